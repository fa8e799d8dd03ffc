"""The year: activities by month, with those that are known to the year only apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from twinbook.register.desk.doors import needs
from twinbook.register.queries import lists
from twinbook.register.queries.lists import ActivityLine
from twinbook.vocabulary.date_words import month_name

MOST = 1000


@dataclass(frozen=True)
class Month:
    """A month's name and what begins in it."""

    name: str
    lines: tuple[ActivityLine, ...]


@needs("read")
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One year; `year` in the address chooses it."""
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and 1900 <= int(text) <= 2200 else timezone.localdate().year
    lines = lists.activities(since=date(year, 1, 1), until=date(year, 12, 31), limit=MOST)
    context = {
        "year": year,
        "before": year - 1,
        "after": year + 1,
        "months": months_of(lines, year, translation.get_language() or "en"),
        "vague": [line for line in lines if month_of(line, year) is None],
    }
    return render(request, "desk/calendar.html", context)


def month_of(line: ActivityLine, year: int) -> int | None:
    """The month of the year in which an activity begins; None where its date is wider than a month."""
    if line.when is None or line.when.first is None or line.when.first.year != year or line.when.last is None:
        return None
    is_narrow = "-" in line.when.edtf.partition("/")[0]
    return line.when.first.month if is_narrow else None


def months_of(lines: tuple[ActivityLine, ...], year: int, language: str) -> list[Month]:
    """The twelve months with their activities in order of day."""
    dated = sorted((line for line in lines if month_of(line, year)), key=lambda line: line.when.first)
    return [
        Month(month_name(number, language), tuple(line for line in dated if month_of(line, year) == number))
        for number in range(1, 13)
    ]
