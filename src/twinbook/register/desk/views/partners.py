"""Partners: the list of ties, and the dossier of one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal

from babel.languages import get_official_languages
from babel.units import format_unit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from twinbook.register.desk import figures, words
from twinbook.register.desk.doors import needs
from twinbook.register.queries import lists, records
from twinbook.register.queries.holidays import holidays_between
from twinbook.register.queries.partner_view import side_by_side
from twinbook.register.queries.readings import readings
from twinbook.register.queries.records import Dossier, TimelineLine
from twinbook.register.queries.time_zones import time_there
from twinbook.register.queries.values import NameShown, PlaceShown, Shown, TieShown
from twinbook.register.workflow.errors import RefusedError
from twinbook.register.workflow.time_zone import state_time_zone

HOLIDAYS_AHEAD = timedelta(days=120)


@needs("read")
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """All ties, by level and name; a state can be chosen."""
    language = translation.get_language() or "en"
    lines = sorted(lists.partners(), key=lambda line: (_order(line.state), line.partner.name(language)))
    state = request.GET.get("state", "")
    states = list(dict.fromkeys(line.state for line in lines))
    shown = [line for line in lines if not state or line.state == state]
    return render(
        request, "desk/partners.html", {"lines": shown, "states": states, "state": state, "total": len(lines)}
    )


def _order(state: str) -> int:
    order = ("active", "intent", "contact", "unknown", "suspended", "ended")
    return order.index(state) if state in order else len(order)


@needs("read")
@require_safe
def dossier(request: HttpRequest, record: str) -> HttpResponse:
    """Everything about one partner; `on` shows it as it was known on that day."""
    on, is_wrong = _day(request.GET.get("on", ""))
    found = records.dossier(record, on=on)
    if found is None:
        raise Http404
    if found.canonical != record and record not in (found.tie.id, found.partner.id):
        return redirect("desk:dossier", found.canonical)
    context = {
        "dossier": found,
        "on": on,
        "on_text": request.GET.get("on", ""),
        "on_is_wrong": is_wrong,
        "other_names": other_names(found.partner, translation.get_language() or "en"),
        "since_from": since_from(found.tie),
        "level_from": level_from(found.tie),
        "years": years_of(found.timeline),
        "people_by_year": figures.people_by_year(found.activities),
        "held_by_year": figures.held_by_year(found.activities),
        **there(found, timezone.now()),
        "contacts": [one for one in found.people if one.person_class == "contact"],
        "beside": side_by_side(found),
        "readings": readings(found.partner.names, country=found.partner.country),
        "open_disputes": [dispute for dispute in found.disputes if dispute.is_open],
        "settled_disputes": [dispute for dispute in found.disputes if not dispute.is_open],
    }
    return render(request, "desk/dossier.html", context)


def _hours(minutes: int) -> str:
    """Minutes as hours and minutes in the user's language (CLDR): 1 час, 5時間30分."""
    language = (translation.get_language() or "en")[:2]
    is_japanese = language == "ja"
    length: Literal["short", "long"] = "short" if is_japanese else "long"  # Babel 2.18 has no long form in Japanese
    parts = ((minutes // 60, "hour"), (minutes % 60, "minute"))
    told = [format_unit(number, f"duration-{unit}", length, locale=language) for number, unit in parts if number]
    return "".join(told).replace(" ", "") if is_japanese else " ".join(told)


def there(found: Dossier, now: datetime) -> dict[str, object]:
    """What is good to know of the other side today: time, holidays near, languages, whether a map can be drawn."""
    partner, today = found.partner, timezone.localdate(now)
    ends = [place for place in (found.home, partner) if place and None not in (place.latitude, place.longitude)]
    time = time_there(partner, found.home, now)
    minutes = round(time.ahead.total_seconds() / 60) if time and time.ahead is not None else 0
    return {
        "time": time,
        "ahead": _hours(abs(minutes)) if minutes else "",
        "is_behind": minutes < 0,
        "holidays": holidays_between(partner.country, today, today + HOLIDAYS_AHEAD) if partner.country else (),
        "spoken": get_official_languages(partner.country, de_facto=True) if partner.country else (),
        "has_map": len(ends) == 2,
    }


@needs("enter")
@require_POST
def time_zone(request: HttpRequest, record: str) -> HttpResponse:
    """State which time zone a partner keeps."""
    try:
        state_time_zone(record, request.POST.get("zone", ""), by=request.user, at=timezone.now())
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    return redirect("desk:dossier", record)


def since_from(tie: TieShown) -> tuple[Shown, str]:
    """The record and property that the beginning of a tie is told from: its own, else its first agreement's date."""
    if "since" not in tie.stated and tie.since:
        for step in tie.steps:
            if step.date and step.date.edtf == tie.since.edtf:
                return step, "date"
    return tie, "since"


def level_from(tie: TieShown) -> tuple[Shown, str]:
    """The record and property that a tie's level is told from: its last step with a level, else what it is called."""
    levels = [step for step in tie.steps if step.level == tie.level and step.is_firm and "level" in step.stated]
    return (levels[-1], "level") if levels else (tie, "kind")


def other_names(place: PlaceShown, language: str) -> list[NameShown]:
    """The names of a place beside the one in its heading, each spelling once."""
    found = {place.thing.name(language): None}
    return [name for name in place.names if name.text not in found and not found.update({name.text: None})]


def _day(text: str) -> tuple[date | None, bool]:
    """A day from the address; whether it was given and is none."""
    if not text:
        return None, False
    try:
        return datetime.strptime(text, "%Y-%m-%d").date(), False
    except ValueError:
        return None, True


def years_of(timeline: tuple[TimelineLine, ...]) -> list[tuple[str, list[TimelineLine]]]:
    """The timeline by year, newest first; what has no year comes last under an empty one."""
    found = [(year, list(lines)) for year, lines in groupby(_newest_first(timeline), key=_year)]
    return [group for group in found if group[0]] + [group for group in found if not group[0]]


def _newest_first(timeline: tuple[TimelineLine, ...]) -> list[TimelineLine]:
    return sorted(timeline, key=lambda line: (_year(line), line.when.edtf if line.when else ""), reverse=True)


def _year(line: TimelineLine) -> str:
    if line.when is None:
        return ""
    day = line.when.first or line.when.last
    return str(day.year) if day else ""
