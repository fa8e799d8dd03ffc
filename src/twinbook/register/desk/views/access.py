"""The access log, as the data-protection officer reads it: who looked, at what, when; and who looked at this."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from twinbook.register.desk.doors import needs
from twinbook.register.desk.role_words import ACTS
from twinbook.register.queries import people

A_PAGE = 100


@needs("access-log")
@require_safe
def access_log(request: HttpRequest) -> HttpResponse:
    """A hundred lines at a time, the newest first; by person, act, thing and days."""
    asked = {name: request.GET.get(name, "")[:150] for name in ("by", "act", "about", "since", "until")}
    start = request.GET.get("from", "")
    offset = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 0
    found = people.access_lines(
        by=asked["by"],
        act=asked["act"],
        about=asked["about"],
        since=_day(asked["since"]),
        until=_day(asked["until"]),
        limit=A_PAGE + 1,
        offset=offset,
    )
    context = {
        "lines": [(line, ACTS.get(line.act, line.act)) for line in found[:A_PAGE]],
        "asked": asked,
        "acts": ACTS.items(),
        "people": people.accounts(),
        "after": offset + A_PAGE if len(found) > A_PAGE else 0,
        "before": max(0, offset - A_PAGE) if offset else None,
    }
    return render(request, "desk/access_log.html", context)


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
