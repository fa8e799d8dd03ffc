"""Joins the mentions of one bearer: family name with full name, short with long name of a body."""

from __future__ import annotations

import re
from collections.abc import Iterable

from twinbook.reading.languages.ja.organisations import BodySpan
from twinbook.reading.languages.ja.people import PersonSpan
from twinbook.reading.languages.ja.words import JOINT

LEAST_END = 4  # letters; 工科大学 may be any
PARTS = re.compile(f"[{JOINT} 　]+")


def full_names(people: Iterable[PersonSpan]) -> dict[str, str]:
    """Each full name of the page by every shorter form that it may be called: the first bearer on the page has it."""
    found: dict[str, str] = {}
    for person in people:
        if person.is_full:
            for short in (person.name, *_short_forms(person)):
                found.setdefault(short, person.name)
    return found


def _short_forms(person: PersonSpan) -> list[str]:
    parts = PARTS.split(person.name)
    if len(parts) > 1:  # of one letter (イ・ジヘ) is only a family name
        return [part for part in (parts[-1], parts[0], *parts[1:-1]) if len(part) > 1 or part is parts[0]]
    if not person.family:
        return []
    # The tokenizer may have cut the family name in the wrong place: two and three letters are tried as well.
    return [person.family, *(person.name[:size] for size in (2, 3) if size < len(person.name))]


def joined_name(person: PersonSpan, full: dict[str, str], places: set[str]) -> str | None:
    """The name that the person has everywhere on the page; None for a family name that may be a place's."""
    if person.is_full:
        return full.get(person.name, person.name)
    if person.name in full:
        return full[person.name]
    if not person.is_sure or person.name in places:
        return None
    return person.name


def long_names(bodies: Iterable[BodySpan]) -> dict[str, str]:
    """The longest name of a body by each shorter one that begins it on the page (那覇市選抜 → 那覇市選抜チーム)."""
    names = sorted(dict.fromkeys(body.name for body in bodies), key=len, reverse=True)
    found: dict[str, str] = {}
    for name in names:
        longer = next(
            (
                other
                for other in names
                if len(other) > len(name)
                and (other.startswith(name) and _adds_little(other, name) or _ends(other, name))
            ),
            None,
        )
        found[name] = found.get(longer, longer) if longer else name
    return found


def _ends(long: str, short: str) -> bool:
    """極東海洋工科大学 called 海洋工科大学: a school by the end of its name."""
    return len(short) > LEAST_END and short.endswith(("大学", "学院", "学校", "高校", "病院")) and long.endswith(short)


def _adds_little(long: str, short: str) -> bool:
    return long[len(short) :] in ("チーム", "の会", "市民の会", "会")
