"""Twinbook with its names model for Russian (the reader `models`): the whole reading; the names are compared."""

from __future__ import annotations

from typing import Any

from twinbook_reader import names

__all__ = ["load", "names"]


def load() -> Any:
    from twinbook.child.worker import warm_up
    from twinbook.reading.page import Page
    from twinbook.reading.pipeline import read_page
    from twinbook.reading.reader import find_reader, load_taggers

    warm_up()
    taggers = load_taggers(find_reader("models"), None)
    return lambda text: read_page(Page.of_text(text), taggers=taggers)
