"""How a language writes its dates: the forms, tables and tense words of a pack's dates.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHAPES = frozenset(["point", "range", "since", "until", "start", "recurring"])
# Groups that a date form may name in braces; the words of a table may fill them. "2" after the name: end of a range.
DATE_GROUPS = re.compile(
    r"\{(year|short_year|era|era_year|month|day|weekday|season|part|half|quarter|decade|number|ago|unit|toward"
    r"|year_step|month_step|week_step|weekend_step|day_step|year_same|month_same|day_same)(2?)\}"
)
GROUP_PATTERNS = {"year": r"\d{4}", "short_year": r"\d\d", "day": r"\d{1,2}", "decade": r"\d{3}0", "ago": r"\d{1,3}"}
# Names: written as the table has them also where a pack ignores no case (May is a month, may is not).
NAME_TABLES = frozenset(["month", "weekday"])
# Too common to make a sentence worth a look for dates.
QUIET_TABLES = frozenset(["number", "ago", "part", "half", "quarter"])
DATE_KEYS = frozenset(["ignore_case", "groups", "words", "tense", "triggers", "forms"])
# What a run of digits may be. A group whose pattern has other digits too (一, ３) is always looked for.
DIGIT_GROUPS = frozenset(["year", "decade", "day", "short_year", "month", "era_year"])
LONG_DIGITS = frozenset(["year", "decade"])
SHORT_DIGITS = frozenset(["day", "short_year", "month", "era_year", "decade"])  # 80-х
OTHER_DIGITS = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
TRIGGER = "trigger"
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class DateForm:
    """One way of writing a date: a pattern with named groups, and the EDTF shape it gives.

    `needs` are the groups without which it cannot match (TRIGGER: a word that is a form's own).
    """

    pattern: re.Pattern[str]
    shape: str
    needs: frozenset[str]


@dataclass(frozen=True)
class DateWriting:
    """How a language writes dates: its forms, what its words mean, and the words that look ahead or back.

    `trigger` finds in small letters all words that belong to a date, `groups_of` tells which groups one may fill.
    `tables` has the number of a word by group; words are in lower case with single spaces.
    """

    forms: tuple[DateForm, ...]
    tables: dict[str, dict[str, int]]
    trigger: re.Pattern[str]
    groups_of: dict[str, frozenset[str]]
    ahead: re.Pattern[str] | None
    back: re.Pattern[str] | None
    tense_behind: bool

    def forms_for(self, text: str, start: int, end: int) -> list[DateForm]:
        """The forms that may match in text[start:end]."""
        lowered = text[start:end].lower()
        present: set[str] = set()
        for digits in DIGITS.findall(lowered):
            present |= LONG_DIGITS if len(digits) >= 4 else SHORT_DIGITS
        for word in self.trigger.findall(lowered):
            present |= self.groups_of[" ".join(word.split())]
        return [form for form in self.forms if form.needs <= present] if present else []

    def number(self, group: str, word: str) -> int:
        """What the word means in the group; ValueError names a word that no table has."""
        key = " ".join(word.casefold().split())
        for table in (group, "number"):
            if key in self.tables.get(table, {}):
                return self.tables[table][key]
        if key.isdecimal():
            return int(key)
        raise ValueError(f"{word!r} is no known {group.replace('_', ' ')}")


@cache
def date_writing(path: Path) -> DateWriting:
    data = tomllib.loads(path.read_text("utf-8"))
    if unknown := set(data) - DATE_KEYS:
        raise ValueError(f"{path}: unknown keys {sorted(unknown)}; known: {sorted(DATE_KEYS)}")
    tables = {
        group: {" ".join(word.casefold().split()): int(number) for number, words in table.items() for word in words}
        for group, table in data["words"].items()
    }
    flags = re.IGNORECASE if data.get("ignore_case") else re.NOFLAG
    groups = _group_patterns(data)
    forms = []
    for form in data["forms"]:
        if form["shape"] not in SHAPES:
            raise ValueError(f"{path}: shape {form['shape']!r}; known: {sorted(SHAPES)}")
        needs = _needs(form["pattern"], tables, groups)
        forms.append(DateForm(re.compile(_with_groups(form["pattern"], groups), flags), form["shape"], needs))
    groups_of = _groups_of(tables, [word.lower() for word in data.get("triggers", ())])
    triggers = sorted(groups_of, key=len, reverse=True)
    trigger = re.compile("|".join(map(_flexible, triggers)))
    tense = data.get("tense", {})
    return DateWriting(
        tuple(forms),
        tables,
        trigger,
        groups_of,
        _any(tuple(tense.get("ahead", ()))),
        _any(tuple(tense.get("back", ()))),
        bool(tense.get("only_behind", False)),
    )


def _with_groups(pattern: str, groups: dict[str, str]) -> str:
    """The pattern with its {group}s as named groups; one that stands in several alternatives is numbered: year__2."""
    seen: dict[str, int] = {}

    def named(found: re.Match[str]) -> str:
        name = found[1] + found[2]
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}{f'__{seen[name]}' if seen[name] > 1 else ''}>{groups[found[1]]})"

    return DATE_GROUPS.sub(named, pattern)


def _group_patterns(data: dict[str, Any]) -> dict[str, str]:
    """The pattern of each group: the pack's own, else digits and the words of its table, the longest first."""
    patterns = dict(GROUP_PATTERNS)
    for group, table in data["words"].items():
        words = sorted((word for words in table.values() for word in words), key=len, reverse=True)
        alternatives = "|".join(map(_flexible, words))
        if group not in NAME_TABLES:
            alternatives = f"(?i:{alternatives})"
        patterns[group] = f"{patterns[group]}|{alternatives}" if group in patterns else alternatives
    if "number" in patterns:
        patterns["ago"] = f"{patterns['ago']}|{patterns['number']}"
    own: dict[str, str] = data.get("groups", {})
    return patterns | own


def _flexible(word: str) -> str:
    return r"\s+".join(map(re.escape, word.split()))


def _groups_of(tables: dict[str, dict[str, int]], triggers: Iterable[str]) -> dict[str, frozenset[str]]:
    """The groups that a word may fill, and those of the words inside it ("last" in "last year")."""
    loud = {group: frozenset(words) for group, words in tables.items() if group not in QUIET_TABLES}
    words = {*(word for table in loud.values() for word in table), *(word.casefold() for word in triggers)}
    own = frozenset(word.casefold() for word in triggers)
    return {
        word: frozenset(
            [group for group, table in loud.items() if any(other in word for other in table)]
            + ([TRIGGER] if any(other in word for other in own) else [])
        )
        for word in words
    }


def _needs(pattern: str, tables: dict[str, dict[str, int]], groups: dict[str, str]) -> frozenset[str]:
    """The groups that stand in no bracket of the pattern; TRIGGER where it has no group at all."""
    found = {name for name in _outer_groups(pattern) if name in tables or name in DIGIT_GROUPS}
    needs = {name for name in found if name not in QUIET_TABLES and not OTHER_DIGITS.search(groups.get(name, ""))}
    has_group = bool(DATE_GROUPS.search(pattern)) or "(?P<" in pattern
    return frozenset(needs) if has_group else frozenset([TRIGGER])


def _outer_groups(pattern: str) -> Iterator[str]:
    bare = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", pattern)  # no escapes, no character classes: brackets that count
    depth = 0
    for found in re.finditer(r"\((?:\?P<(\w+)>)?|\)|\{([a-z_]+)2?\}", bare):
        if found[0] == ")":
            depth -= 1
        elif found[0].startswith("("):
            if depth == 0 and found[1] and not _is_optional(bare, found.end()):
                yield found[1].removesuffix("2")
            depth += 1
        elif depth == 0 and bare[found.end() : found.end() + 1] != "?" and "|" not in _outside(bare):
            yield found[2]


def _is_optional(bare: str, start: int) -> bool:
    """Whether the bracket that opened before `start` may be left out, or stands beside an alternative."""
    depth, at = 1, start
    while at < len(bare) and depth:
        depth += {"(": 1, ")": -1}.get(bare[at], 0)
        at += 1
    return bare[at : at + 1] in ("?", "*") or "|" in _outside(bare)


def _outside(bare: str) -> str:
    """The pattern without what stands in brackets."""
    kept, depth = [], 0
    for character in bare:
        depth += character == "("
        if depth == 0:
            kept.append(character)
        depth -= character == ")"
    return "".join(kept)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
