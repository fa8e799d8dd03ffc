"""Bytes of one document as pages; the format is told by the bytes, then by the name."""

from __future__ import annotations

import re

from twinbook.reading.formats.html import read_html
from twinbook.reading.page import Page, clean_text, decode_page

HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|table|article|center|font|h1)[\s>]", re.IGNORECASE
)
SNIFFED = 1_000  # characters


def read_bytes(raw: bytes, *, name: str = "", declared: str | None = None, address: str | None = None) -> Page:
    """The page that the bytes hold; never raises: what cannot be read is one of the page's troubles."""
    decoded = decode_page(raw, declared=declared)
    text = clean_text(decoded.text).text
    if name.lower().endswith((".html", ".htm")) or HTML_START.search(text[:SNIFFED]):
        return read_html(text, address=address)
    return Page.of_text(text, address=address)
