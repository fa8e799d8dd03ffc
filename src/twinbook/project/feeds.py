"""Calendars at secret addresses: what a telephone or a calendar programme fetches without a password."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from twinbook.project import office
from twinbook.project.city import offices
from twinbook.publishing.edition import make_editions
from twinbook.publishing.publication import publications
from twinbook.publishing.publications.calendar import Beside, with_days
from twinbook.publishing.rendering import addresses
from twinbook.register.desk.doors import OPEN, needs
from twinbook.register.queries.agenda import agenda, home_country, partner_of
from twinbook.register.queries.calendar_links import LinkLine, link_of
from twinbook.register.queries.holidays import holidays_between
from twinbook.register.queries.lists import partners
from twinbook.register.queries.revision import revision
from twinbook.register.queries.values import Words
from twinbook.register.workflow.calendar_links import note_use

LANGUAGES = ("en", "ru", "ja")
OF_VISITS = frozenset(["visit", "deadline", "task"])
BACK, AHEAD = timedelta(days=60), timedelta(days=400)  # how far visits and holidays are told from today
KEPT = 24 * 3600  # seconds; a change of the register or a new day makes a calendar anew sooner


@needs(OPEN)
@login_not_required
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar that a secret opens; 404 alike where there is none and where it was revoked."""
    link = link_of(secret)
    if link is None:
        raise Http404
    today = timezone.localdate()
    key = f"calendar:{link.id}:{revision()}:{today}"
    body = cache.get(key)
    if body is None:
        cache.set(key, body := _body(link), KEPT)
    note_use(link.id, on=today)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="twinbook.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _body(link: LinkLine) -> bytes:
    order = (link.language, *(other for other in LANGUAGES if other != link.language))
    city = offices(office.home())
    edition = make_editions(order, at=timezone.now(), office=city.offices, audience=link.audience)[link.language]
    slug = ""
    if link.partner_id:
        partners = tuple(one for one in edition.partners if one.place.key == link.partner_id)
        if not partners:
            raise Http404
        edition, slug = replace(edition, partners=partners), partners[0].slug
    wanted = addresses.calendar(link.language, slug)
    papers = publications()["calendar"].render({link.language: edition}, ())
    body = next(paper.body for paper in papers if paper.path == wanted)
    return with_days(body, _days_beside(link, timezone.localdate()), edition)


def _days_beside(link: LinkLine, today: date) -> Iterator[Beside]:
    """What no edition holds: the visits of the office with their deadlines and tasks, and both sides' holidays."""
    lines = partners()
    partner = partner_of(link.partner_id, lines) if link.partner_id else None
    first, last = today - BACK, today + AHEAD
    if link.audience == "office":
        for event in agenda(first, last, partner=partner, lines=lines):
            if event.kind in OF_VISITS:
                key = f"{event.kind}-{event.visit}-{event.first}-{_in(event.label, link.language)}"
                yield Beside(key, _in(event.label, link.language), event.first, event.last)
    theirs = [partner.country] if partner else [line.country for line in lines if line.state == "active"]
    for country in dict.fromkeys(code for code in (home_country(), *theirs) if code):
        for holiday in holidays_between(country, today, last):
            title = f"{country}: {_in(holiday.names, link.language)}"
            yield Beside(f"holiday-{country}-{holiday.day}", title, holiday.day, holiday.day)


def _in(texts: Words, language: str) -> str:
    """A text in the calendar's language, else in any."""
    return next((texts[tag] for tag in (language, "en", *texts) if texts.get(tag)), "")


app_name = "feeds"
urlpatterns: list[URLPattern] = [path("calendars/<slug:secret>.ics", calendar, name="calendar")]
