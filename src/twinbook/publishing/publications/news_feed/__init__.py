"""The news as an Atom feed in each language: the activities that were accepted last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from twinbook.publishing.edition import Activity, Edition
from twinbook.publishing.publication import Editions, Paper, Publication
from twinbook.publishing.rendering import addresses
from twinbook.publishing.rendering.clean import clean, one_line
from twinbook.publishing.rendering.html import year
from twinbook.publishing.rendering.words import Words, words_of

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ENTRIES = 50


def render(editions: Editions, papers: tuple[Paper, ...]) -> Iterator[Paper]:
    for edition in editions.values():
        words = words_of(edition.language)
        title = words.say("{city}: news of twin towns", city=edition.home.name.text)
        yield Paper(
            addresses.feed(edition.language), _feed(edition, words, title), title, edition.language, form="Atom"
        )


def _feed(edition: Edition, words: Words, title: str) -> bytes:
    newest = sorted(edition.activities, key=lambda one: (_accepted(one, edition), one.key), reverse=True)[:ENTRIES]
    feed = etree.Element(f"{{{ATOM}}}feed", {LANG: edition.language}, nsmap={None: ATOM})
    _add(feed, "id", f"urn:twinbook:{edition.home.key}:news:{edition.language}")
    _add(feed, "title", title)
    _add(feed, "updated", _moment(max([_accepted(one, edition) for one in newest], default=edition.changed_at)))
    for rel, path in (("self", addresses.feed(edition.language)), ("alternate", f"{edition.language}/news.html")):
        if address := addresses.absolute(edition.address, path):
            etree.SubElement(feed, f"{{{ATOM}}}link", {"rel": rel, "href": address})
    author = etree.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", edition.office.name.text or edition.home.name.text)
    for activity in newest:
        _entry(feed, activity, edition, words)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _entry(feed: etree._Element, activity: Activity, edition: Edition, words: Words) -> None:
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    if activity.title.language and activity.title.language != edition.language:
        entry.set(LANG, activity.title.language)
    _add(entry, "id", f"urn:twinbook:activity:{activity.key}")
    _add(entry, "title", activity.title.text)
    _add(entry, "updated", _moment(_accepted(activity, edition)))
    path = addresses.activity(edition.language, year(activity.when.value), activity.key)
    if address := addresses.absolute(edition.address, path):
        etree.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": address})
    for area in activity.areas:
        etree.SubElement(
            entry, f"{{{ATOM}}}category", {"term": one_line(area), "label": one_line(words.label("areas", area))}
        )
    lines = [
        ", ".join([words.date(activity.when.value), words.label("statuses", activity.status)]),
        *(f"«{note.quote}» ({note.source.title or note.source.address})" for note in activity.footnotes if note.quote),
    ]
    _add(entry, "summary", "\n".join(lines), one_lined=False)


def _accepted(activity: Activity, edition: Edition) -> datetime:
    return activity.decided_at or edition.changed_at


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _add(parent: etree._Element, name: str, text: str, *, one_lined: bool = True) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = one_line(text) if one_lined else clean(text)


PUBLICATION = Publication("news_feed", "News feed", ("Atom",), render)
