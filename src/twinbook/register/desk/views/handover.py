"""Hand-over: what a successor must know, partner by partner, on pages to be read or printed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from twinbook.register.desk.doors import needs
from twinbook.register.queries import handover, queue

ON_A_PAGE = 6
GAPS = {
    "no-paper": _("No agreement or other paper is on record."),
    "no-scan": _("No paper has its scan here."),
    "no-since": _("Since when the tie exists is not known."),
    "nobody": _("Nobody is known who holds a post there now."),
    "no-contact": _("No contact person for daily work is named."),
    "silent": _("No sign of life for more than two years."),
    "no-due": _("Some promises have no day by which they are due."),
}
COMING = {
    "jubilee": _("jubilee"),
    "visit": _("visit"),
    "planned": _("planned"),
    "due": _("promise due"),
    "overdue": _("promise overdue"),
    "ends": _("agreement ends"),
    "past-term": _("agreement has run out"),
}


@needs("read")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The partners, some to a page; `all` puts every partner on one, to be printed."""
    day = timezone.localdate()
    lines = handover.in_order()
    is_all = request.GET.get("all") == "1"
    shown = Paginator(lines, max(len(lines), 1) if is_all else ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "day": day,
        "rows": [(line, number // ON_A_PAGE + 1) for number, line in enumerate(lines)],
        "page": shown,
        "is_all": is_all,
        "partners": handover.handover(shown.object_list, day),
        "gaps": GAPS,
        "coming": COMING,
        "waiting": queue.waiting_count(),
    }
    return render(request, "desk/handover.html", context)
