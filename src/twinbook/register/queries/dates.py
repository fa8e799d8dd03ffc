"""When two stated dates exclude each other, and which of two that agree says more."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from twinbook.register.queries.values import When
from twinbook.vocabulary.partial_date import PartialDate

EARLIEST, LATEST = date.min, date.max


@lru_cache(maxsize=4_096)
def when(edtf: str) -> When | None:
    """An EDTF text as a value; None where it is empty."""
    if not edtf:
        return None
    parsed = PartialDate.parse(edtf)
    return When(parsed.edtf, parsed.first, parsed.last)


def span_of(edtf: str) -> tuple[date, date]:
    """First and last day with open sides as the ends of time."""
    parsed = PartialDate.parse(edtf)
    return parsed.first or EARLIEST, parsed.last or LATEST


def agree(one: str, other: str) -> bool:
    """Whether both dates can be true at once.

    Two open intervals (`1989/..`, `1994/..`) are compared by their beginnings: a series begins once.
    """
    if one == other:
        return True
    if one.endswith("/..") and other.endswith("/.."):
        one, other = one.removesuffix("/.."), other.removesuffix("/..")
    first, last = span_of(one)
    other_first, other_last = span_of(other)
    slack = timedelta(days=400) if "~" in one + other else timedelta()
    return _minus(first, slack) <= other_last and _minus(other_first, slack) <= last


def _minus(day: date, slack: timedelta) -> date:
    return day - slack if day > date.min + slack else date.min


def is_narrower(one: str, other: str) -> bool:
    """Whether `one` lies inside `other` and says more."""
    first, last = span_of(one)
    other_first, other_last = span_of(other)
    return (first, last) != (other_first, other_last) and other_first <= first and last <= other_last


def is_vague(edtf: str) -> bool:
    """Whether a date leaves more than a year open, or its year unknown, and is no open interval."""
    if "/.." in edtf or "../" in edtf:
        return False
    first, last = span_of(edtf)
    return (last - first).days > 366
