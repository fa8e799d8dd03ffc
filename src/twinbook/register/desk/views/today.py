"""Today: what waits, what comes, what is due, what went silent; each line leads to its act."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from twinbook.register.desk.doors import needs
from twinbook.register.queries import queue, records, watching
from twinbook.register.queries import today as today_query
from twinbook.register.queries.rights import may
from twinbook.register.queries.visits import visits_ahead

FIRST_LINES = 6


@needs("own")
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The first page; an office that has not named its city is led to that first."""
    if not may(request.user, "read"):
        return redirect("desk:accounts" if may(request.user, "accounts") else "desk:help")
    if records.home() is None and may(request.user, "enter"):
        return redirect("desk:set-up")
    day = timezone.localdate()
    shown = today_query.today(day)
    context = {
        "day": day,
        "today": shown,
        "waiting": queue.inbox(only_waiting=True, limit=FIRST_LINES),
        "disputes": records.disputes(only_open=True),
        "visits": visits_ahead(day)[:FIRST_LINES],
        "alarms": watching.alarms(at=timezone.now()),
    }
    return render(request, "desk/today.html", context)
