"""The log of decisions, each with its undo; and the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.queries import found, history

SHOWN = 100
HITS = 50


@needs("read")
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """The latest decisions; `mine` keeps the officer's own."""
    mine = request.GET.get("by") == "me"
    latest = history.latest_decisions(by=request.user if mine else None, limit=SHOWN)
    return render(request, "desk/decisions.html", {"decisions": latest, "mine": mine})


@needs("read")
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Records found by any name or word, in any script, by kinds; one kind alone is listed page by page."""
    query = request.GET.get("q", "").strip()[:200]
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in words.RECORD_KINDS else ""
    text = request.GET.get("page", "")
    number = max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    context = {
        "query": query,
        "kind": kind,
        "answer": found.answer(query, kind=kind, limit=HITS, offset=(number - 1) * HITS) if query else None,
        "kinds": found.ORDER,
        "page": number,
        "shown_until": number * HITS,
    }
    return render(request, "desk/search.html", context)
