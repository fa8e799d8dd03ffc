"""What comes in: one page as a value, and how its bytes become text that every later room can store and print."""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

DECLARED = re.compile(rb"charset=[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
DECLARATION_BYTES = 4096
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The names that the web gives to encodings whose Python namesake knows fewer characters (WHATWG Encoding Standard).
PYTHON_NAMES = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
}


# Encodings that pages are written in. Others that Python knows (hex, punycode, utf-7 …) turn a page into something
# that its publisher did not write.
PAGE_ENCODINGS = frozenset(
    ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic"]
    + ["cp932", "euc_jp", "iso2022_jp", "cp1252", "iso8859-2", "cp1250", "iso8859-15", "gb18030", "big5", "cp949"]
)


@dataclass(frozen=True)
class CleanText:
    """Text without characters that no database, feed or paper can hold, and where each stood before.

    `dropped` are the offsets, in the raw text and ascending, of the characters left out.
    """

    text: str
    dropped: tuple[int, ...] = ()

    def raw_offset(self, offset: int) -> int:
        """The offset in the raw text of the character at `offset` of the clean text."""
        before = 0
        while (found := bisect_right(self.dropped, offset + before)) != before:
            before = found
        return offset + before


@dataclass(frozen=True)
class DecodedPage:
    """A page's text, the encoding that gave it, and how many of its characters could not be read."""

    text: str
    encoding: str
    unreadable: int


@dataclass(frozen=True)
class Block:
    """One block of a page's text (a paragraph, heading, list item, line …): offsets, and what its markup tells.

    `tag` is the HTML element that holds it ("line" in plain text), `path` the names, ids and classes of the elements
    around it from the outside in, `link_share` the part of its characters that stand in links (0 to 1).
    """

    start: int
    end: int
    tag: str = "line"
    path: tuple[str, ...] = ()
    link_share: float = 0.0


@dataclass(frozen=True)
class Page:
    """One page as it comes into reading: its text in blocks, and what its metadata says.

    All offsets that reading gives are code points of `text`. `title` and `published` (EDTF) come from metadata and are
    None where it has none; `language` is what the page or its captor declares; `troubles` are (code, sentence) pairs on
    what was lost on the way here (bytes unreadable, text cut), to become notes.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    language: str | None = None
    title: str | None = None
    published: str | None = None
    site: str | None = None
    address: str | None = None
    troubles: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of_text(cls, text: str, *, language: str | None = None, address: str | None = None) -> Page:
        """A page of plain text: one block a line that is not blank."""
        blocks, start = [], 0
        for line in text.splitlines(keepends=True):
            stripped = line.strip()
            if stripped:
                begin = start + line.index(stripped)
                blocks.append(Block(begin, begin + len(stripped)))
            start += len(line)
        return cls(text, tuple(blocks), language, address=address)


def clean_text(raw: str) -> CleanText:
    """The text without controls (but tab and line ends), lone surrogates and non-characters."""
    kept: list[str] = []
    dropped: list[int] = []
    for offset, character in enumerate(raw):
        if _is_storable(character):
            kept.append(character)
        else:
            dropped.append(offset)
    return CleanText("".join(kept), tuple(dropped))


def decode_page(raw: bytes, *, declared: str | None = None) -> DecodedPage:
    """Bytes as text: byte order mark, then `declared` (the HTTP header's word), the page's own word, UTF-8.

    A declaration is believed only where the bytes agree with it; what nobody can read becomes U+FFFD and is counted.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _replacing(raw[len(mark) :], encoding)
    in_page = DECLARED.search(raw[:DECLARATION_BYTES])
    own_word = in_page[1].decode("ascii") if in_page else None
    known = [name for name in map(_python_name, (declared, own_word)) if name]
    for encoding in [*known, "utf-8"]:
        try:
            return DecodedPage(raw.decode(encoding), encoding, 0)
        except UnicodeError:
            continue
    return _replacing(raw, known[0] if known else "utf-8")


def _replacing(raw: bytes, encoding: str) -> DecodedPage:
    text = raw.decode(encoding, "replace")
    return DecodedPage(text, encoding, text.count("\ufffd"))


def _python_name(label: str | None) -> str | None:
    """Python's name for a declared encoding; None where no page is written in it."""
    if not label:
        return None
    name = label.strip().lower()
    try:
        found = codecs.lookup(PYTHON_NAMES.get(name, name)).name
    except (LookupError, ValueError):
        return None
    return found if found in PAGE_ENCODINGS else None


def _is_storable(character: str) -> bool:
    if character in "\t\n\r":
        return True
    code = ord(character)
    is_non_character = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return not is_non_character and unicodedata.category(character) not in {"Cc", "Cs"}
