"""Bytes of one document as a Page: plain text and HTML so far; the format is told by the bytes, then by the name."""

from __future__ import annotations

import re

from twinbook.reading.page import Page, clean_text, decode_page

TAG = re.compile(r"<[^<>]{0,2000}>")


def read_bytes(raw: bytes, *, name: str = "", declared: str | None = None, address: str | None = None) -> Page:
    """The page that the bytes hold; never raises: what cannot be read is one of the page's troubles."""
    decoded = decode_page(raw, declared=declared)
    text = clean_text(decoded.text).text
    if name.lower().endswith((".html", ".htm")):
        text = TAG.sub("\n", text)
    return Page.of_text(text, address=address)
