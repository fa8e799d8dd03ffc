"""JSON-LD for search engines, in schema.org's words."""

from __future__ import annotations

from typing import Any

from twinbook.publishing.edition import Activity, Edition, Landmark, Partner, Place
from twinbook.vocabulary.partial_date import PartialDate

STATUS = {"cancelled": "https://schema.org/EventCancelled", "planned": "https://schema.org/EventScheduled"}
EVENTS = ("meeting", "visit", "competition", "cultural_event", "commemoration", "training")


def home(edition: Edition) -> dict[str, Any]:
    """The city and its site."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "inLanguage": edition.language,
        "about": _place(edition.home),
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }


def partner(edition: Edition, one: Partner) -> dict[str, Any]:
    """The partner, its landmarks and the events with it."""
    graph = [_place(one.place), *(_landmark(landmark) for landmark in one.landmarks)]
    graph += [_event(activity, one.place) for activity in one.activities if activity.kind in EVENTS and activity.when]
    return {"@context": "https://schema.org", "@graph": graph}


def _place(place: Place) -> dict[str, Any]:
    kind = {"city": "City", "region": "AdministrativeArea", "country": "Country"}.get(place.kind, "AdministrativeArea")
    others = sorted({name.text for name in place.names} - {place.name.text})
    found: dict[str, Any] = {"@type": kind, "name": place.name.text}
    if others:
        found["alternateName"] = others
    if place.latitude is not None and place.longitude is not None:
        found["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    if same := [address for scheme, key in place.identifiers if (address := _same_as(scheme, key))]:
        found["sameAs"] = same
    return found


def _same_as(scheme: str, key: str) -> str:
    forms = {"wikidata": "https://www.wikidata.org/entity/{}", "geonames": "https://sws.geonames.org/{}/"}
    return forms[scheme].format(key) if scheme in forms else ""


def _landmark(landmark: Landmark) -> dict[str, Any]:
    return {"@type": "LandmarksOrHistoricalBuildings", "name": landmark.name.text}


def _event(activity: Activity, place: Place) -> dict[str, Any]:
    date = PartialDate.parse(activity.when.value)
    where = ", ".join(one.text for one in activity.places) or place.name.text
    found: dict[str, Any] = {
        "@type": "Event",
        "name": activity.title.text,
        "location": {"@type": "Place", "name": where},
    }
    if date.first:
        found["startDate"] = date.first.isoformat() if date.first == date.last else _no_finer(activity.when.value)
    if activity.status in STATUS:
        found["eventStatus"] = STATUS[activity.status]
    return found


def _no_finer(edtf: str) -> str:
    """The start as far as ISO 8601 says it: year, or year and month."""
    start = edtf.partition("/")[0].rstrip("~?%")
    parts = start.split("-")
    month = [parts[1]] if len(parts) > 1 and parts[1].isdigit() and int(parts[1]) <= 12 else []
    day = [parts[2]] if len(parts) > 2 and parts[2].isdigit() and month else []
    return "-".join([parts[0].replace("X", "0"), *month, *day])
