"""Maps for the desk, drawn by publishing's own hand: the way from our city to a partner, as SVG."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.views.decorators.http import require_GET

from twinbook.publishing.rendering.maps import Pin, locator_map
from twinbook.publishing.rendering.svg import standalone_svg
from twinbook.register.desk.doors import needs
from twinbook.register.queries.records import home, record
from twinbook.register.queries.values import PlaceShown


@needs("read")
@require_GET
def way(request: HttpRequest, place: str) -> HttpResponse:
    """The map of our city and one place; 404 where one of them has no coordinates."""
    ours, theirs = home(), record(place)
    language = (translation.get_language() or "en")[:2]
    if ours is None or not isinstance(theirs, PlaceShown):
        raise Http404
    ends = [_pin(one, language) for one in (ours, theirs)]
    if ends[0] is None or ends[1] is None:
        raise Http404
    answer = HttpResponse(standalone_svg(locator_map(ends[0], ends[1])), content_type="image/svg+xml")
    answer["Vary"] = "Cookie, Accept-Language"
    return answer


def _pin(place: PlaceShown, language: str) -> Pin | None:
    if place.latitude is None or place.longitude is None:
        return None
    return Pin(place.thing.name(language), language, place.longitude, place.latitude)


app_name = "maps"
urlpatterns: list[URLPattern] = [path("maps/<slug:place>.svg", way, name="way")]
