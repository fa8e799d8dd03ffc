"""A date known to the decade, year, month, part of month or day, or an interval of such dates (EDTF)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

ANY_LEAP_YEAR = "2000"  # an unknown year may have a 29 February

# Seasons of EDTF level 1, as months from first to last; winter begins in the year it is named for.
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d\dXX|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d|[012]X|3X))?)?(?P<unsure>[~?%])?\Z",
    re.ASCII,
)


@dataclass(frozen=True)
class PartialDate:
    """An EDTF expression with the first and last day it may mean; None where that side is open."""

    edtf: str
    first: date | None
    last: date | None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read an EDTF date or interval: `2019`, `2019-10-2X`, `1994/..`, `../2022-05`, `2013~`,
        `197X`, `XXXX-10-2X` (a day of an unknown year: no first and no last).

        Raises ValueError naming the text when it is no such date, when the day does not exist,
        or when the interval ends before it begins.
        Source: ISO 8601-2 (EDTF), levels 0 and 1 and the X of level 2 in days.
        """
        start, slash, end = text.partition("/")
        if not slash:
            return cls(text, *_point(text))
        if start == ".." and end == "..":
            raise ValueError(f"{text!r} has neither beginning nor end")
        first = None if start == ".." else _point(start)[0]
        last = None if end == ".." else _point(end)[1]
        if first and last and last < first:
            raise ValueError(f"{text!r} ends before it begins")
        return cls(text, first, last)


def _point(text: str) -> tuple[date | None, date | None]:
    """First and last day that one EDTF date may mean; None for both where the year is unknown."""
    found = POINT.match(text)
    if not found:
        raise ValueError(f"{text!r} is no EDTF date; write 2019, 2019-10, 2019-10-2X, 2019-10-21 or an interval a/b")
    if found["year"] == "XXXX":
        if found["month"] is None:
            raise ValueError(f"{text!r} says nothing; leave an unknown date out")
        try:
            _point(ANY_LEAP_YEAR + text[4:])
        except ValueError as error:
            raise ValueError(f"{text!r} is a day or month of no year") from error
        return None, None
    if "X" in found["year"]:
        if found["month"]:
            raise ValueError(f"{text!r} has a month in an unknown year; write the decade or the century alone")
        return _point(found["year"].replace("X", "0"))[0], _point(found["year"].replace("X", "9"))[1]
    year, month, day = int(found["year"]), found["month"], found["day"]
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        number = int(month)
        if number in SEASONS and day is None:
            opens, closes = SEASONS[number]
            closing_year = year + (closes < opens)
            return date(year, opens, 1), _last_of_month(closing_year, closes)
        if day is None:
            return date(year, number, 1), _last_of_month(year, number)
        if day.endswith("X"):
            decade = int(day[0]) * 10
            last_day = min(decade + 9, _last_of_month(year, number).day)
            return date(year, number, max(decade, 1)), date(year, number, last_day)
        exact = date(year, number, int(day))
        return exact, exact
    except (ValueError, calendar.IllegalMonthError) as error:
        raise ValueError(f"{text!r} does not exist in the calendar: {error}") from error


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
