"""A city's rules and norms for visits, read from TOML: deadlines with a working calendar, norms, tasks; and samples.

    [[deadlines]]  code, what (words by language), days, unit (calendar, working), side (before, after),
                   of (arrival, departure, request), directions
    [[norms]]      code, what, rate, per
    [[tasks]]      department, what, days, side, of

Days off are "MM-DD" for every year or "YYYY-MM-DD" for one; `working_days` are those that a transfer made working.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from twinbook.register.models import VisitRules

SAMPLES = Path(__file__).parent / "visit_rules_samples"
KEYS = {"name", "note", "currency", "keep_days", "weekend", "days_off", "working_days", "deadlines", "norms", "tasks"}
PARTS = {
    "deadlines": {"code", "what", "days", "unit", "side", "of", "directions"},
    "norms": {"code", "what", "rate", "per"},
    "tasks": {"department", "what", "days", "side", "of"},
}
CHOICES = {
    "unit": ("calendar", "working"),
    "side": ("before", "after"),
    "of": ("arrival", "departure", "request"),
    "per": ("person_day", "person_night", "person", "visit", "hour"),
}
DIRECTIONS = ("incoming", "outgoing")
DAY_OFF = re.compile(r"(?:(\d{4})-)?(\d{2})-(\d{2})\Z")
MOST_DAYS = 366
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")


class RulesError(ValueError):
    """The text is no profile of rules; the sentence says where and why."""


@dataclass(frozen=True)
class Deadline:
    """A day by which something must be done, counted from a day of the visit."""

    code: str
    what: Mapping[str, str]
    days: int
    unit: str
    side: str
    of: str
    directions: tuple[str, ...]


@dataclass(frozen=True)
class Norm:
    """What the city allows for one thing, in the currency of the rules."""

    code: str
    what: Mapping[str, str]
    rate: Decimal
    per: str


@dataclass(frozen=True)
class StandingTask:
    """What a department does at every visit."""

    department: str
    what: str
    days: int
    side: str
    of: str


@dataclass(frozen=True)
class Rules:
    """One profile, checked."""

    name: str
    note: str
    currency: str
    keep_days: int
    weekend: frozenset[int]
    days_off: frozenset[str]
    working_days: frozenset[str]
    deadlines: tuple[Deadline, ...]
    norms: tuple[Norm, ...]
    tasks: tuple[StandingTask, ...]

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day."""
        if day.isoformat() in self.working_days:
            return True
        return not (day.isoweekday() in self.weekend or {day.isoformat(), day.isoformat()[5:]} & self.days_off)

    def shifted(self, day: date, days: int, unit: str) -> date:
        """So many days later (or earlier, below zero). Working days: the day itself does not count."""
        if unit == "calendar" or days == 0:
            return day + timedelta(days=days)
        step = timedelta(days=1 if days > 0 else -1)
        left = abs(days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def due(self, deadline: Deadline | StandingTask, days: Mapping[str, date | None]) -> date | None:
        """The last day of a deadline; None where the day that it counts from is not known."""
        start = days.get(deadline.of)
        if start is None:
            return None
        unit = deadline.unit if isinstance(deadline, Deadline) else "calendar"
        return self.shifted(start, deadline.days if deadline.side == "after" else -deadline.days, unit)


@dataclass(frozen=True)
class KeptRules:
    """The office's own profile as it was saved: for files opened from that moment until the next one."""

    id: str
    name: str
    text: str
    since: datetime
    saved_by: str


def read_rules(text: str) -> Rules:
    """A profile from its TOML; RulesError names the key that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"TOML: {error}") from error
    _known(data, KEYS, "")
    weekend = _list(data, "weekend", int)
    if not set(weekend) <= set(range(1, 8)) or len(set(weekend)) == 7:
        raise RulesError("weekend: days from 1 (Monday) to 7 (Sunday), not all seven")
    return Rules(
        name=_text(data, "name", ""),
        note=_text(data, "note", "") if "note" in data else "",
        currency=_text(data, "currency", ""),
        keep_days=_number(data, "keep_days", ""),
        weekend=frozenset(weekend),
        days_off=frozenset(_day_off(one) for one in _list(data, "days_off", str)),
        working_days=frozenset(_day_off(one) for one in _list(data, "working_days", str)),
        deadlines=tuple(_deadline(row, f"deadlines[{n}]") for n, row in enumerate(_rows(data, "deadlines"))),
        norms=tuple(_norm(row, f"norms[{n}]") for n, row in enumerate(_rows(data, "norms"))),
        tasks=tuple(_task(row, f"tasks[{n}]") for n, row in enumerate(_rows(data, "tasks"))),
    )


def _rows(data: Mapping[str, Any], part: str) -> Sequence[Mapping[str, Any]]:
    rows = data.get(part, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RulesError(f"{part}: write each as [[{part}]]")
    for number, row in enumerate(rows):
        _known(row, PARTS[part], f"{part}[{number}].")
    codes = [row.get("code") for row in rows if "code" in row]
    if len(set(codes)) != len(codes):
        raise RulesError(f"{part}: two have the same code")
    return rows


def _known(data: Mapping[str, Any], keys: set[str], where: str) -> None:
    if unknown := sorted(set(data) - keys):
        raise RulesError(f"{where}{unknown[0]}: unknown; known are {', '.join(sorted(keys))}")


def _deadline(row: Mapping[str, Any], where: str) -> Deadline:
    directions = tuple(row.get("directions", DIRECTIONS))
    if not directions or not set(directions) <= set(DIRECTIONS):
        raise RulesError(f"{where}.directions: {', '.join(DIRECTIONS)}")
    return Deadline(
        _code(row, where),
        _words(row, where),
        _number(row, "days", where),
        _choice(row, "unit", where),
        _choice(row, "side", where),
        _choice(row, "of", where),
        directions,
    )


def _norm(row: Mapping[str, Any], where: str) -> Norm:
    try:
        rate = Decimal(str(row["rate"]))
    except (KeyError, InvalidOperation):
        raise RulesError(f"{where}.rate: a number") from None
    if not rate.is_finite() or rate < 0 or rate >= 10**9:
        raise RulesError(f"{where}.rate: from 0 to 999999999")
    return Norm(_code(row, where), _words(row, where), rate, _choice(row, "per", where))


def _task(row: Mapping[str, Any], where: str) -> StandingTask:
    return StandingTask(
        _text(row, "department", where),
        _text(row, "what", where),
        _number(row, "days", where),
        _choice(row, "side", where),
        _choice(row, "of", where),
    )


def _text(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > 500:
        raise RulesError(f"{where}.{key}: words".lstrip("."))
    return value.strip()


def _code(row: Mapping[str, Any], where: str) -> str:
    code = _text(row, "code", where)
    if not CODE.match(code):
        raise RulesError(f"{where}.code: small Latin letters, figures and _")
    return code


def _number(data: Mapping[str, Any], key: str, where: str) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_DAYS:
        raise RulesError(f"{where}.{key}: a number of days from 0 to {MOST_DAYS}".lstrip("."))
    return value


def _choice(row: Mapping[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if value not in CHOICES[key]:
        raise RulesError(f"{where}.{key}: one of {', '.join(CHOICES[key])}")
    return str(value)


def _words(row: Mapping[str, Any], where: str) -> Mapping[str, str]:
    words = row.get("what")
    if not isinstance(words, dict) or not words or not all(isinstance(text, str) and text for text in words.values()):
        raise RulesError(f"{where}.what: words by language, {{ ru = …, ja = …, en = … }}")
    return words


def _list(data: Mapping[str, Any], key: str, kind: type) -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, kind) for one in value):
        raise RulesError(f"{key}: a list")
    return value


def _day_off(text: str) -> str:
    found = DAY_OFF.match(text)
    try:
        if found:
            date(int(found[1] or 2000), int(found[2]), int(found[3]))  # a leap year: 02-29 is a day
            return text
    except ValueError:
        pass
    raise RulesError(f"{text!r} is no day: write MM-DD or YYYY-MM-DD")


@cache
def samples() -> Mapping[str, str]:
    """The samples that are shipped, TOML by name of file, in order of name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.toml"))}


def kept_rules() -> KeptRules | None:
    """The profile that new visit files take; None until the office has chosen one."""
    return next(iter(all_rules(1)), None)


def all_rules(most: int = 100) -> tuple[KeptRules, ...]:
    """The profiles that held, the one that holds first: an open file keeps the rules it was opened by."""
    rows = VisitRules.objects.select_related("made_by").order_by("-pk")[:most]
    return tuple(KeptRules(row.public_id, row.name, row.text, row.made_at, row.made_by.get_username()) for row in rows)
