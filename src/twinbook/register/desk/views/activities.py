"""All activities, chosen by kind, area, status and year; the figures, each with its rule and its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.queries import lists, statistics

A_PAGE = 50


@dataclass(frozen=True)
class Choice:
    """One filter: its name in the address, its label, its choices and the one that is chosen."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@needs("read")
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """Fifty at a time, the latest first."""
    language = translation.get_language() or "en"
    filters = [
        _choice(request, *pair, language) for pair in (("kind", "kind"), ("area", "areas"), ("status", "status"))
    ]
    year, offset = _number(request, "year"), _number(request, "from") or 0
    found = lists.activities(
        **{choice.name: choice.chosen or None for choice in filters},
        since=date(year, 1, 1) if year else None,
        until=date(year, 12, 31) if year else None,
        limit=A_PAGE + 1,
        offset=offset,
    )
    context = {
        "lines": found[:A_PAGE],
        "filters": filters,
        "year": year or "",
        "query": _query({choice.name: choice.chosen for choice in filters}, year),
        "after": offset + A_PAGE if len(found) > A_PAGE else 0,
        "before": max(0, offset - A_PAGE) if offset else None,
    }
    return render(request, "desk/activities.html", context)


def _query(chosen: dict[str, str], year: int | None) -> QueryDict:
    """What a link to another page of the list keeps."""
    kept = QueryDict(mutable=True)
    kept.update({name: value for name, value in chosen.items() if value} | ({"year": str(year)} if year else {}))
    return kept


def _choice(request: HttpRequest, name: str, listed: str, language: str) -> Choice:
    """A filter whose value is a known code, or none."""
    choices = tuple(words.choices("activity", listed, language))
    given = request.GET.get(name, "")
    return Choice(name, words.property_name(listed), choices, given if given in dict(choices) else "")


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
    return None if name == "year" and number is not None and not 1000 <= number <= 2999 else number


@needs("read")
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every number with the rule it was counted by, and what was counted."""
    return render(request, "desk/figures.html", {"figures": statistics.figures()})
