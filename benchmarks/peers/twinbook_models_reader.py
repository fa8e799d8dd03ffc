"""Twinbook with its names model for Russian (the reader `models`): the whole reading; the names are compared."""

from __future__ import annotations

from functools import partial
from typing import Any

from twinbook_reader import names, page_names

__all__ = ["load", "names", "page_names"]


def load() -> Any:
    from twinbook.child.worker import warm_up
    from twinbook.reading.pipeline import read_page
    from twinbook.reading.reader import find_reader, load_taggers

    warm_up()
    taggers = load_taggers(find_reader("models"), None)
    return partial(read_page, taggers=taggers)
