"""Bytes of one document as pages; the format is told by the bytes, then by the name."""

from __future__ import annotations

import re
from dataclasses import replace

from twinbook.reading.formats.html import read_html
from twinbook.reading.formats.lines import MOST_BYTES, Trouble, nothing, text_troubles, unwrapped
from twinbook.reading.formats.mail import is_mail, is_mailbox, letters_of, read_mail, read_mailbox
from twinbook.reading.formats.office import read_office
from twinbook.reading.formats.pdf import read_pdf
from twinbook.reading.page import Page, clean_text, decode_page

__all__ = ["letters_of", "read_bytes", "read_document"]

HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|table|article|center|font|h1|p)[\s>]", re.IGNORECASE
)
SNIFFED = 1_000  # characters
MARKUP_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx")
MAIL_NAMES = (".eml", ".mht", ".mhtml")
# Files that city offices do send and that are not read, with what would help.
KNOWN_BUT_UNREAD = (
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file; save it as DOCX or PDF"),
    (b"{\\rtf", "a rich text file; save it as DOCX or PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"7z\xbc\xaf", "a compressed file; unpack it first"),
    (b"Rar!", "a compressed file; unpack it first"),
)
MOST_CONTROLS = 0.02  # share of control characters in a text that is one


def read_bytes(raw: bytes, *, name: str = "", declared: str | None = None, address: str | None = None) -> Page:
    """The first page that the bytes hold; never raises: what cannot be read is one of the page's troubles.

    `name` is the file's, `declared` the encoding that the HTTP header names, `address` where the bytes come from.
    """
    return read_document(raw, name=name, declared=declared, address=address)[0]


def read_document(raw: bytes, *, name: str = "", declared: str | None = None, address: str | None = None) -> list[Page]:
    """The pages that the bytes hold, at least one: a mailbox has one a message and attachment, all else one."""
    troubles: list[Trouble] = []
    if len(raw) > MOST_BYTES:
        troubles.append(("text-cut", f"only the first {MOST_BYTES} of {len(raw)} bytes were read"))
    pages = _read(raw, name.lower(), declared, address)
    return [
        replace(page, address=page.address or address, troubles=(*troubles, *page.troubles))
        if troubles or address
        else page
        for page in pages
    ]


def _read(raw: bytes, name: str, declared: str | None, address: str | None) -> list[Page]:
    if b"%PDF-" in raw[:1024]:
        return [read_pdf(raw)]
    if raw.startswith(b"PK\x03\x04"):
        return [read_office(raw)]
    for start, what in KNOWN_BUT_UNREAD:
        if raw.startswith(start):
            return [nothing("format-unknown", f"this is {what}")]
    if is_mailbox(raw):
        return read_mailbox(raw[:MOST_BYTES], _read_part)
    if is_mail(raw) or (name.endswith(MAIL_NAMES) and b":" in raw[:1000]):
        return read_mail(raw[:MOST_BYTES], _read_part)
    return [_read_text(raw[:MOST_BYTES], name, declared, address)]


def _read_part(raw: bytes, name: str) -> list[Page]:
    """An attachment; mail inside mail is followed by the mail reader itself, so it is not opened here."""
    if is_mail(raw):
        return [nothing("text-cut", "a message attached as a file is not opened")]
    return _read(raw, name.lower(), None, None)


def _read_text(raw: bytes, name: str, declared: str | None, address: str | None) -> Page:
    decoded = decode_page(raw, declared=declared)
    if name.endswith(MARKUP_NAMES) or HTML_START.search(decoded.text[:SNIFFED]):
        page = read_html(decoded.text, address=address)
        return replace(page, troubles=(*page.troubles, *text_troubles(page.text, decoded.unreadable)))
    clean = clean_text(decoded.text)
    if len(clean.dropped) > MOST_CONTROLS * len(decoded.text):
        return nothing(
            "not-text", f"{len(clean.dropped)} of {len(decoded.text)} characters are controls: this is no text"
        )
    page = Page.of_text(unwrapped(clean.text), address=address)
    return replace(page, troubles=text_troubles(page.text, decoded.unreadable))
