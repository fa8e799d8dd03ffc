"""Twinbook itself: the whole reading of a story or page, of which only the names are compared."""

from __future__ import annotations

from typing import Any


def load() -> Any:
    from twinbook.child.worker import warm_up
    from twinbook.reading.pipeline import read_page

    warm_up()
    return read_page


def names(loaded: Any, text: str) -> dict[str, list[str]]:
    from twinbook.reading.page import Page

    return names_of(loaded(Page.of_text(text)))


def page_names(loaded: Any, raw: bytes, name: str) -> dict[str, list[str]]:
    from twinbook.reading.formats import read_bytes

    return names_of(loaded(read_bytes(raw, name=name)))


def names_of(reading: Any) -> dict[str, list[str]]:
    return {
        "people": [person.name for person in reading.people],
        "places": [place.name for place in reading.places if place.kind != "country"],
        "organisations": [organisation.name for organisation in reading.organisations],
    }
