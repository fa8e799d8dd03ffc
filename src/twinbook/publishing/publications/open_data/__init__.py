"""Open data: tables, places on a map, and every fact with its evidence, one a line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from twinbook.publishing.edition import Activity, Edition, Fact, Footnote, Landmark, Partner, Text
from twinbook.publishing.publication import Editions, Paper, Publication
from twinbook.publishing.rendering import addresses
from twinbook.publishing.rendering.clean import cell, clean, one_line
from twinbook.publishing.rendering.words import Words, words_of

Row = dict[str, str]


MEDIA_TYPES = {"CSV": "text/csv", "GeoJSON": "application/geo+json", "JSON Lines": "application/jsonl"}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def render(editions: Editions, papers: tuple[Paper, ...]) -> Iterator[Paper]:
    made: list[Paper] = []
    for edition in editions.values():
        words = words_of(edition.language)
        for name, title, form, body in _files(edition, words):
            made.append(Paper(addresses.data(edition.language, name), body, title, edition.language, form=form))
    yield from made
    first = next(iter(editions.values()))
    if first.address:  # a catalogue without addresses leads nowhere
        yield Paper("catalog.jsonld", _json(_catalogue(editions, made)), "DCAT", form="JSON-LD")


def _catalogue(editions: Editions, made: Iterable[Paper]) -> dict[str, Any]:
    """An entry for catalogues of open data, in the words of DCAT: one dataset, its titles and files by language."""
    first = next(iter(editions.values()))
    named = {"@language": first.language, "@value": first.office.name.text or first.home.name.text}
    return {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@type": "dcat:Dataset",
        "@id": addresses.absolute(first.address, "catalog.jsonld"),
        "dct:title": [
            {"@language": one.language, "@value": words_of(one.language).say("{city}: twin towns and partners",
             city=one.home.name.text)} for one in editions.values()
        ],
        "dct:publisher": {"@type": "http://xmlns.com/foaf/0.1/Agent", "http://xmlns.com/foaf/0.1/name": named},
        "dct:modified": first.changed_at.date().isoformat(),
        "dct:language": sorted(editions),
        "dct:license": {"@id": LICENCE},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": {"@language": paper.language, "@value": paper.title},
                "dcat:downloadURL": {"@id": addresses.absolute(first.address, paper.path)},
                "dcat:mediaType": MEDIA_TYPES[paper.form],
                "dcat:byteSize": len(paper.body),
            }
            for paper in made
        ],
    }  # fmt: skip


def _files(edition: Edition, words: Words) -> Iterator[tuple[str, str, str, bytes]]:
    yield "partners.csv", words.say("Partners"), "CSV", _table(_partner_row(one) for one in edition.partners)
    yield "activities.csv", words.say("Activities"), "CSV", _table(_activity_row(one) for one in edition.activities)
    yield "landmarks.csv", words.say("Landmarks"), "CSV", _table(_landmark_row(one) for one in edition.landmarks)
    yield "places.geojson", words.say("Partners and landmarks on the map"), "GeoJSON", _json(_features(edition))
    yield "facts.jsonl", words.say("Every fact with its sentence and source"), "JSON Lines", _lines(_facts(edition))


def _table(rows: Iterable[Row]) -> bytes:
    """A table that spreadsheets read as UTF-8 and in which no cell is a formula; empty for no rows."""
    listed = list(rows)
    if not listed:
        return b""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(listed[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: cell(text) for name, text in row.items()} for row in listed)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _partner_row(one: Partner) -> Row:
    place = one.place
    return {
        "key": one.slug,
        "name": one_line(one.name.text),
        "name_language": one.name.language,
        "country": place.country,
        "place_kind": place.kind,
        "level": one.level,
        "state": one.state,
        "since": one.since.value,
        "latitude": "" if place.latitude is None else f"{place.latitude:.4f}",
        "longitude": "" if place.longitude is None else f"{place.longitude:.4f}",
        **{scheme: dict(place.identifiers).get(scheme, "") for scheme in ("wikidata", "geonames")},
        "sources": _addresses(one.since.footnotes),
    }


def _activity_row(one: Activity) -> Row:
    return {
        "key": one.key,
        "title": one_line(one.title.text),
        "title_language": one.title.language,
        "kind": one.kind,
        "areas": " ".join(one.areas),
        "status": one.status,
        "when": one.when.value,
        "is_recurring": "yes" if one.is_recurring else "no",
        "partners": " ".join(one.partners),
        "people_sent": one.people_out.value,
        "people_received": one.people_in.value,
        "said_by": one_line(one.said_by),
        "sources": _addresses(one.footnotes),
    }


def _landmark_row(one: Landmark) -> Row:
    return {
        "key": one.key,
        "name": one_line(one.name.text),
        "name_language": one.name.language,
        "kind": one.kind,
        "partner": one.partner,
        "place": one_line(one.place.text),
        "honours": one_line(one.honours.text),
        "since": one.since.value,
        "said_by": one_line(one.said_by),
        "sources": _addresses(one.footnotes),
    }


def _addresses(footnotes: Iterable[Footnote]) -> str:
    return " ".join(sorted({note.source.address for note in footnotes if note.source.address}))


def _features(edition: Edition) -> dict[str, Any]:
    points = [
        *((one.place.longitude, one.place.latitude, {"kind": "partner", "key": one.slug, "name": one.name.text,
           "country": one.place.country, "level": one.level, "state": one.state, "since": one.since.value})
          for one in edition.partners),
        *((one.longitude, one.latitude, {"kind": "landmark", "key": one.key, "name": one.name.text,
           "landmark_kind": one.kind, "partner": one.partner}) for one in edition.landmarks),
    ]  # fmt: skip
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [longitude, latitude]}, "properties": told}
        for longitude, latitude, told in points
        if longitude is not None and latitude is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def _facts(edition: Edition) -> Iterator[dict[str, Any]]:
    """Each fact once: of which record, which property, its value, its evidence, and what other sources say."""
    for partner in edition.partners:
        yield from _fact("tie", partner.slug, "since", partner.since)
        for step in partner.steps:
            yield from _fact("step", step.key, "date", step.date, kind=step.kind, tie=partner.slug)
    for activity in edition.activities:
        told = {"kind": activity.kind, "status": activity.status, "partners": list(activity.partners)}
        yield _line("activity", activity.key, "title", activity.title, activity.footnotes, **told)
        yield from _fact("activity", activity.key, "when", activity.when)
        yield from _fact("activity", activity.key, "people_out", activity.people_out)
        yield from _fact("activity", activity.key, "people_in", activity.people_in)
    for landmark in edition.landmarks:
        yield _line("landmark", landmark.key, "name", landmark.name, landmark.footnotes, kind=landmark.kind)
        yield from _fact("landmark", landmark.key, "since", landmark.since)


def _fact(record: str, key: str, name: str, fact: Fact, **told: Any) -> Iterator[dict[str, Any]]:
    if fact:
        others = [{"value": other.value, "evidence": _evidence(other.footnotes)} for other in fact.others]
        yield _line(
            record, key, name, Text(fact.value), fact.footnotes, **told, **({"others": others} if others else {})
        )


def _line(record: str, key: str, name: str, value: Text, notes: Iterable[Footnote], **told: Any) -> dict[str, Any]:
    found = {"record": record, "key": key, "property": name, "value": value.text, "evidence": _evidence(notes), **told}
    return found | ({"language": value.language} if value.language else {})


def _evidence(footnotes: Iterable[Footnote]) -> list[dict[str, Any]]:
    return [
        {
            "quote": note.quote,
            "language": note.source.language,
            "said_by": note.said_by,
            "is_withheld": note.is_withheld,
            "source": {
                "title": note.source.title,
                "publisher": note.source.publisher,
                "address": note.source.address,
                "published": note.source.published,
                "captured_on": note.source.captured_on.isoformat() if note.source.captured_on else "",
            },
        }
        for note in footnotes
    ]


def _json(values: Any) -> bytes:
    return (_text(values) + "\n").encode()


def _lines(values: Iterable[dict[str, Any]]) -> bytes:
    return "".join(_text(value) + "\n" for value in values).encode()


def _text(values: Any) -> str:
    return json.dumps(_cleaned(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _cleaned(values: Any) -> Any:
    if isinstance(values, str):
        return clean(values)
    if isinstance(values, dict):
        return {name: _cleaned(value) for name, value in values.items()}
    return [_cleaned(value) for value in values] if isinstance(values, list) else values


PUBLICATION = Publication("open_data", "Open data", ("CSV", "GeoJSON", "JSON Lines", "JSON-LD"), render)
