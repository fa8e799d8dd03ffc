"""Short stories read whole, for tests of the steps after names and dates."""

from dataclasses import replace

from twinbook.reading.finding import Reading
from twinbook.reading.page import Page
from twinbook.reading.pipeline import read_page


def read(language: str, text: str, *, published: str | None = None) -> Reading:
    """The Reading of a plain page whose first line is its headline."""
    return read_page(replace(Page.of_text(text), published=published), language=language)


def quotes(reading: Reading, kind: str) -> list[str]:
    """The words that tell of the activities of a kind, one string an activity."""
    return [" … ".join(e.quote for e in found.evidence) for found in reading.activities if found.kind == kind]
