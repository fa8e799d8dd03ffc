"""PDF with a text layer as a page."""

from __future__ import annotations

import logging
from io import BytesIO

from twinbook.reading.formats.lines import MOST_CHARACTERS, Trouble, nothing, page_of_lines, unwrapped
from twinbook.reading.page import Page

MOST_PAGES = 300
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it grumbles about becomes a trouble where text is lost


def read_pdf(raw: bytes) -> Page:
    """The text of a PDF by paragraphs. Never raises: a scan, a locked or broken file is a page with troubles."""
    from pypdf import PdfReader  # here, since few pages are PDF, and loading it takes as long as reading ten others

    try:
        reader = PdfReader(BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return nothing("file-locked", "the PDF needs a password")
        count = len(reader.pages)
    except Exception as error:
        return nothing("file-broken", f"the PDF cannot be opened: {type(error).__name__}: {error}"[:300])
    troubles: list[Trouble] = []
    texts, size = [], 0
    for number in range(min(count, MOST_PAGES)):
        try:
            text = reader.pages[number].extract_text()
        except Exception as error:
            troubles.append(("page-unreadable", f"page {number + 1} cannot be read: {type(error).__name__}"))
            continue
        texts.append(text)
        size += len(text)
        if size > MOST_CHARACTERS:
            break
    if len(texts) + len(troubles) < count:
        troubles.append(("text-cut", f"read {len(texts)} of {count} pages"))
    if not any(text.strip() for text in texts):
        return nothing("no-text-layer", "the PDF holds pictures of pages and no text; it needs text recognition first")
    lines = unwrapped("\n".join(texts)).splitlines()
    return page_of_lines((("line", line) for line in lines), troubles=troubles)
