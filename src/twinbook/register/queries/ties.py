"""What a tie's steps add up to: its level, its state and its beginning, now or on any day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Day
from typing import Any

from twinbook.register.queries.values import Thing
from twinbook.vocabulary.partial_date import PartialDate

# A paper that only prepares the tie dates nothing; of the others the one that binds comes first.
BASIS_ORDER = ("signature", "in_force", "", "council_vote", "announcement", "term", "first_contact")
STATE_AFTER = {
    "contact": "contact",
    "intent": "intent",
    "agreement": "active",
    "renewal": "active",
    "level_change": "active",
    "pause": "suspended",
    "resumption": "active",
    "end": "ended",
}


@dataclass(frozen=True)
class Step:
    """What counts of a step: its kind, date (EDTF, empty if unknown), basis, level, and whether it was done."""

    kind: str
    date: str
    basis: str
    level: str
    is_firm: bool

    @classmethod
    def of(cls, columns: Mapping[str, Any]) -> Step:
        return cls(*(columns[name] for name in ("kind", "date", "basis", "level", "is_firm")))

    def first_day(self) -> Day | None:
        return PartialDate.parse(self.date).first if self.date else None


def joined_label(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """The name of a tie by language: both places, each in that language or the next best."""
    first, second = Thing("…", "place", one), Thing("…", "place", other)
    return {language: f"{first.name(language)} – {second.name(language)}" for language in {**one, **other}}


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps by their first possible day; those without one first, since something must have come before.

    An end or pause that nobody dates comes last: it closed what is known, and would else count for nothing.
    """
    told = list(steps)
    closing = {"end"} if any(step.kind == "resumption" for step in told) else {"end", "pause"}
    without = {step: Day.max if step.kind in closing and not step.date else Day.min for step in told}
    return sorted(told, key=lambda step: (step.first_day() or without[step], step.date, step.kind))


def tie_now(claimed_kind: str, stated_since: str, steps: Iterable[Step], *, on: Day | None = None) -> dict[str, Any]:
    """Level, state, beginning and open question as row columns; `on` leaves out what began after that day."""
    told = [step for step in in_order(steps) if on is None or _had_begun(step, on)]
    firm = [step for step in told if step.is_firm]
    since = stated_since or _beginning(firm)
    parsed = PartialDate.parse(since) if since else None
    return {
        "level": _level(claimed_kind, firm),
        "state": _state(claimed_kind, firm),
        "since": since,
        "since_first": parsed.first if parsed else None,
        "since_last": parsed.last if parsed else None,
        "has_open_question": _has_open_question(told),
    }


def _had_begun(step: Step, on: Day) -> bool:
    """Whether a step may have been made by that day; an end without a date is told of today alone."""
    if step.kind in {"end", "pause"} and not step.date:
        return False
    return (step.first_day() or Day.min) <= on


def _has_open_question(told: list[Step]) -> bool:
    """A proposed step that no firm step of its kind has answered since."""
    answered = set()
    for step in reversed(told):
        if step.is_firm:
            answered.add(step.kind)
        elif step.kind not in answered:
            return True
    return False


def _level(claimed_kind: str, firm: list[Step]) -> str:
    levels = [step.level for step in firm if step.level]
    if levels:
        return levels[-1]
    if claimed_kind:
        return claimed_kind
    return "contact" if any(step.kind in {"contact", "intent"} for step in firm) else ""


def _state(claimed_kind: str, firm: list[Step]) -> str:
    state = {"": "unknown", "contact": "contact"}.get(claimed_kind, "active")
    for step in firm:
        if step.kind in {"contact", "intent"} and state not in {"unknown", "contact"}:
            continue  # a later contact does not undo an agreement
        state = STATE_AFTER[step.kind]
    return state


def _beginning(firm: list[Step]) -> str:
    """The date of the first agreement: of the papers that dated it, the one that binds most."""
    agreements = [step for step in firm if step.kind == "agreement" and step.date and step.basis != "draft"]
    for basis in BASIS_ORDER:
        found = [step.date for step in agreements if step.basis == basis]
        if found:
            return found[0]
    return ""
