"""A month as weeks of days, each with what falls on it."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from babel import Locale

from twinbook.register.queries.agenda import Event
from twinbook.register.queries.holidays import Holiday
from twinbook.register.queries.values import Words
from twinbook.vocabulary.date_words import month_name

SUNDAY_FIRST = frozenset(["ja"])
FIRST_YEAR, LAST_YEAR = 1900, 2199
ON_A_DAY, IN_A_MONTH = 8, 40  # more than that nobody reads in a calendar: a day and a year have pages of their own


@dataclass(frozen=True)
class Few:
    """The first events of a list, and how many more it has."""

    shown: tuple[Event, ...]
    more: int


def few(events: Sequence[Event], most: int) -> Few:
    """At most so many of the events."""
    return Few(tuple(events[:most]), max(0, len(events) - most))


@dataclass(frozen=True)
class Day:
    """One day of a month's page; `is_here` is false for the days of the months beside it."""

    day: date
    is_here: bool
    is_today: bool
    events: tuple[Event, ...]
    holidays: tuple[Holiday, ...]

    @property
    def few(self) -> Few:
        return few(self.events, ON_A_DAY)

    @property
    def is_bare(self) -> bool:
        """Nothing falls on it: a phone leaves it out."""
        return not (self.is_here and (self.events or self.holidays))


@dataclass(frozen=True)
class DaysOff:
    """Days off one after another under one name in one country."""

    first: date
    last: date
    country: str
    names: Words

    @property
    def edtf(self) -> str:
        return self.first.isoformat() if self.first == self.last else f"{self.first}/{self.last}"


@dataclass(frozen=True)
class Month:
    """A month: its name, its weeks, and what falls in it without a known day."""

    year: int
    number: int
    name: str
    weeks: tuple[tuple[Day, ...], ...]
    dated: tuple[Event, ...]
    vague: tuple[Event, ...]
    days_off: tuple[DaysOff, ...]

    @property
    def key(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def begun(self) -> tuple[Event, ...]:
        """What begins in it: in a year each thing is told once. The year before's stand in January."""
        before = date(self.year, self.number, 1) if self.number > 1 else date.min
        return tuple(event for event in self.dated if event.first >= before)

    @property
    def few_vague(self) -> Few:
        return few(self.vague, IN_A_MONTH)

    @property
    def few_told(self) -> Few:
        """What a year tells of it: what begins in it, and what has no known day."""
        return few((*self.begun, *self.vague), IN_A_MONTH)


def weekdays(language: str) -> list[tuple[str, str]]:
    """Short and long names of the days of the week in the order in which the language's calendars have them."""
    names = Locale.parse(language).days["stand-alone"]
    return [(names["abbreviated"][day], names["wide"][day]) for day in _calendar(language).iterweekdays()]


def _calendar(language: str) -> Calendar:
    return Calendar(6 if language in SUNDAY_FIRST else 0)


def month_of(year: int, number: int, events: Iterable[Event], holidays: Sequence[Holiday], language: str,
             today: date) -> Month:  # fmt: skip
    """The month with its events and holidays."""
    first, last = ends_of(year, number)
    here = [event for event in events if event.first <= last and event.last >= first]
    dated = tuple(event for event in here if not event.is_vague)
    free = [one for one in holidays if first <= one.day <= last]

    def day(one: date) -> Day:
        on = tuple(event for event in dated if event.first <= one <= event.last)
        return Day(one, one.month == number, one == today, on, tuple(each for each in free if each.day == one))

    weeks = tuple(tuple(map(day, week)) for week in _calendar(language).monthdatescalendar(year, number))
    vague = tuple(event for event in here if event.is_vague)
    return Month(year, number, month_name(number, language), weeks, dated, vague, days_off(free))


def days_off(holidays: Iterable[Holiday]) -> tuple[DaysOff, ...]:
    """The holidays with those that follow each other under one name as one, in the order of days."""
    found: list[DaysOff] = []
    for one in sorted(holidays, key=lambda one: (one.country, one.day)):
        before = found[-1] if found else None
        follows = before and before.last + timedelta(days=1) == one.day
        if before and follows and (before.country, before.names) == (one.country, one.names):
            found[-1] = replace(before, last=one.day)
        else:
            found.append(DaysOff(one.day, one.day, one.country, one.names))
    return tuple(sorted(found, key=lambda one: (one.first, one.country)))


def ends_of(year: int, number: int) -> tuple[date, date]:
    """First and last day of a month."""
    first = date(year, number, 1)
    following = date(year + number // 12, number % 12 + 1, 1)
    return first, following - timedelta(days=1)


def asked_month(text: str, today: date) -> date:
    """The first day of the month that an address asks for as 2026-11; of the present one where it asks for none."""
    try:
        asked = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return today.replace(day=1)
    return asked if FIRST_YEAR <= asked.year <= LAST_YEAR else today.replace(day=1)


def asked_day(text: str) -> date | None:
    """The day that an address asks for as 2026-11-25; None where it asks for none."""
    try:
        asked = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None
    return asked if FIRST_YEAR <= asked.year <= LAST_YEAR else None


def asked_year(text: str, today: date) -> int:
    """The year that an address asks for, else the present one."""
    is_year = text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR
    return int(text) if is_year else today.year
