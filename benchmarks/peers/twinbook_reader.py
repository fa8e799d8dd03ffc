"""Twinbook itself: the whole reading of a story, of which only the names are compared."""

from __future__ import annotations

from typing import Any


def load() -> Any:
    from twinbook.child.worker import warm_up
    from twinbook.reading.page import Page
    from twinbook.reading.pipeline import read_page

    warm_up()
    return lambda text: read_page(Page.of_text(text))


def names(loaded: Any, text: str) -> dict[str, list[str]]:
    reading = loaded(text)
    return {
        "people": [person.name for person in reading.people],
        "places": [place.name for place in reading.places if place.kind != "country"],
        "organisations": [organisation.name for organisation in reading.organisations],
    }
