"""The log of decisions, each with its undo; and the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.queries import history, search

SHOWN = 100
HITS = 50


@needs("read")
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """The latest decisions; `mine` keeps the officer's own."""
    mine = request.GET.get("by") == "me"
    found = history.latest_decisions(by=request.user if mine else None, limit=SHOWN)
    return render(request, "desk/decisions.html", {"decisions": found, "mine": mine})


@needs("read")
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Records found by any name or word, in any script."""
    query = request.GET.get("q", "").strip()[:200]
    kind = request.GET.get("kind", "")
    kinds = (kind,) if kind in words.RECORD_KINDS else ()
    hits = search.find(query, kinds=kinds, limit=HITS) if query else None
    kinds_shown = ("place", "activity", "person", "organisation", "landmark", "agreement", "commitment")
    return render(request, "desk/search.html", {"query": query, "kind": kind, "hits": hits, "kinds": kinds_shown})
