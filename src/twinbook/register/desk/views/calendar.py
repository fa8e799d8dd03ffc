"""The calendar: a month by its days, a year by its months; of all partners or of one, with holidays of both sides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from twinbook.register.desk.doors import needs
from twinbook.register.desk.months import (
    IN_A_MONTH,
    asked_day,
    asked_month,
    asked_year,
    ends_of,
    few,
    month_of,
    weekdays,
)
from twinbook.register.queries import agenda, lists
from twinbook.register.queries.holidays import holidays_between
from twinbook.register.queries.lists import PartnerLine

KINDS = {
    "visit": pgettext_lazy("in a calendar", "visit"),
    "deadline": pgettext_lazy("in a calendar", "deadline"),
    "task": pgettext_lazy("in a calendar", "task"),
    "due": pgettext_lazy("in a calendar", "promise due"),
    "ends": pgettext_lazy("in a calendar", "paper ends"),
    "jubilee": pgettext_lazy("in a calendar", "jubilee"),
}
MOST_COUNTRIES = 12


@needs("read")
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month (`month=2026-11`, else the present one), with `year` a whole year, with `day` all that falls on a day.

    `partner` keeps one partner's.
    """
    today, language = timezone.localdate(), (translation.get_language() or "en")[:2]
    lines = lists.partners()
    partner = agenda.partner_of(request.GET.get("partner", ""), lines)
    day = asked_day(request.GET.get("day", ""))
    is_year = "year" in request.GET and not day
    begin = day or asked_month(request.GET.get("month", ""), today)
    year = asked_year(request.GET["year"], today) if is_year else begin.year
    first, last = (date(year, 1, 1), date(year, 12, 31)) if is_year else ends_of(begin.year, begin.month)
    events = agenda.agenda(day or first, day or last, partner=partner, lines=lines)
    free = [one for country in _countries(partner, lines) for one in holidays_between(country, first, last)]
    free.sort(key=lambda one: (one.day, one.country))
    numbers = range(1, 13) if is_year else (begin.month,)
    wide = [event for event in events if event.is_vague and _is_wide(event)] if is_year else []
    told = [event for event in events if not (event.is_vague and _is_wide(event))] if is_year else events
    context = {
        "months": [month_of(year, number, told, free, language, today) for number in numbers],
        "all_year": few(wide, IN_A_MONTH),
        "day": day,
        "on_day": [event for event in events if not event.is_vague] if day else [],
        "is_year": is_year,
        "year": year,
        "weekdays": weekdays(language),
        "partners": sorted(lines, key=lambda line: line.partner.name(language)),
        "partner": partner,
        "kept": f"&partner={partner.tie.id}" if partner else "",
        "before": _month_before(first),
        "after": f"{last + timedelta(days=1):%Y-%m}",
        "kinds": KINDS,
        "countries": sorted({one.country for one in free}),
    }
    return render(request, "desk/calendar.html", context)


def _month_before(first: date) -> str:
    return f"{first - timedelta(days=1):%Y-%m}"


def _is_wide(event: agenda.Event) -> bool:
    """Whether it spans more than one month: then it is told once, for the year."""
    return (event.first.year, event.first.month) != (event.last.year, event.last.month)


def _countries(partner: PartnerLine | None, lines: Sequence[PartnerLine]) -> list[str]:
    """Our own country first, then the chosen partner's, or those of all partners in force."""
    theirs = [partner.country] if partner else [line.country for line in lines if line.state == "active"]
    found = dict.fromkeys(code for code in [agenda.home_country(), *theirs] if code)
    return list(found)[:MOST_COUNTRIES]
