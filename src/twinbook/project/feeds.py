"""Calendars at secret addresses: what a telephone or a calendar programme fetches without a password."""

from __future__ import annotations

from dataclasses import replace

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
from twinbook.publishing.rendering import addresses
from twinbook.register.desk.doors import OPEN, needs
from twinbook.register.queries.calendar_links import LinkLine, link_of
from twinbook.register.queries.revision import revision
from twinbook.register.workflow.calendar_links import note_use

LANGUAGES = ("en", "ru", "ja")
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
    return next(paper.body for paper in papers if paper.path == wanted)


app_name = "feeds"
urlpatterns: list[URLPattern] = [path("calendars/<slug:secret>.ics", calendar, name="calendar")]
