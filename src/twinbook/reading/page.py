"""What comes in: one page as a value, and how its bytes become text that every later room can store and print."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice

import chardetng_py

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


# Troubles that are none: text that is no part of what a page says was left out on purpose, and is told all the same.
LEFT_OUT = frozenset(["readings-left-out", "choices-left-out", "fallbacks-left-out"])
UNREADABLE = "\ufffd"
SAMPLE = 50_000  # characters that are looked at to judge a text
DETECTED_BYTES = 65_536
JUDGED_RUNS = 30
MOST_BAD = 0.02  # share of the letters beyond ASCII that may be lost before an encoding is doubted
CYRILLIC = frozenset(["cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic"])
CYRILLIC_LETTER = re.compile("[а-яёА-ЯЁ]")
ESCAPES = b"\x1b"
UTF_16_HIGH_BYTES = frozenset([0x00, 0x04, 0x30, *range(0x4E, 0xA0)])  # Latin, Cyrillic, kana, kanji
OF_MANY_BYTES = frozenset(["cp932", "euc_jp", "gb18030", "big5", "cp949"])
# Encodings that hold the same letters and more: tried where the plain one fails (NEC and IBM rows of Japanese).
WIDER = {"euc_jp": ("euc_jis_2004",), "cp932": ("shift_jis_2004",), "koi8-r": ("koi8-u",), "gb18030": ("gbk",)}
ISO_2022 = ("iso2022_jp", "iso2022_jp_2004", "iso2022_jp_ext")
# Beyond the basic plane only the last two of each plane: asked apart, as a long character class is slow.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LAST_OF_PLANES = "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
UNSTORABLE_BEYOND = re.compile(f"{UNSTORABLE.pattern}|[{LAST_OF_PLANES}]")
BEYOND = re.compile("[\U00010000-\U0010ffff]")
HIGH_RUN = re.compile(r"[^\x00-\x7f\s]{4,}")
HIGH_WORD = re.compile(r"[^\x00-\x7f\W\d_]+")
ODD_LETTERS = re.compile(
    r"[\u00c0-\u00ff]{3,}|[а-яё][А-ЯЁ]+|[a-z][а-яё]|[А-Яа-яЁёà-ÿ]?[¡¢£¤¥¦¨©ª¬®°±´µ¶·¸º‚†‡‰‹Љ-Џ\u00ad\u2500-\u25a0][А-Яа-яЁёà-ÿA-Za-z]|[\u2500-\u259f]+[а-яёА-ЯЁ]|[\uff61-\uff9f]{2,}"
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
    unstorable = UNSTORABLE_BEYOND if BEYOND.search(raw) else UNSTORABLE
    dropped = tuple(found.start() for found in unstorable.finditer(raw))
    return CleanText(unstorable.sub("", raw), dropped) if dropped else CleanText(raw)


def decode_page(raw: bytes, *, declared: str | None = None) -> DecodedPage:
    """Bytes as text, by what is surest first.

    Byte order mark; UTF-8 that holds throughout (no other encoding makes it by chance); `declared` (the HTTP header's
    word), then the page's own word, where the bytes agree and the letters look like a language; UTF-8 or a declared
    encoding with a few bad bytes; the guess of a detector (Firefox's). What nobody can read becomes U+FFFD and is
    counted.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _replacing(raw[len(mark) :], encoding)
    in_page = DECLARED.search(raw[:DECLARATION_BYTES])
    own_word = in_page[1].decode("ascii") if in_page else None
    known = [name for name in map(_python_name, (declared, own_word)) if name and not name.startswith("utf-16")]
    if raw.isascii() and ESCAPES not in raw and b"\0" not in raw:
        return DecodedPage(raw.decode("ascii"), known[0] if known and known[0] != "iso2022_jp" else "utf-8", 0)
    if ESCAPES not in raw and b"\0" not in raw and (sound := _strictly(raw, "utf-8")) is not None:
        return DecodedPage(sound, "utf-8", sound.count(UNREADABLE))
    guess = _python_name(chardetng_py.detect(raw[:DETECTED_BYTES], allow_utf8=False)) or "cp1252"
    foremost = guess if _is_surer(raw, guess, known) else None
    for name in (_special(raw), foremost, *known, "utf-8", guess):
        read = _strictly(raw, name) if name else None
        if name and read is not None and not _is_odd(read):
            return DecodedPage(read, name, read.count(UNREADABLE))
    for encoding in ("utf-8", *known):
        page = _replacing(raw, encoding)
        high = sum(character > "\x7f" for character in page.text[:SAMPLE])
        if page.unreadable <= MOST_BAD * high and not _is_odd(page.text):
            return page
    return _replacing(raw, guess)


def _is_surer(raw: bytes, guess: str, known: list[str]) -> bool:
    """Whether the detector's guess goes before the declared encodings.

    It does where it found characters of several bytes and they name none, and where both are Cyrillic and the guess
    gives far more of the letters that Cyrillic texts are mostly made of.
    """
    if guess in OF_MANY_BYTES:
        return not OF_MANY_BYTES.intersection(known)
    if guess not in CYRILLIC or not known or known[0] not in CYRILLIC:
        return False
    guessed, said = (_common_share(raw[:DETECTED_BYTES].decode(name, "replace")) for name in (guess, known[0]))
    return guessed > said + 0.15


def _common_share(text: str) -> float:
    letters = CYRILLIC_LETTER.findall(text)
    return sum(letter in "оеаинтс" for letter in letters) / max(1, len(letters))


def garbled_as(text: str) -> str | None:
    """The encoding as which UTF-8 was once read to give this text (РњСЌСЂ, ÐœÑÑ€); None where the text is sound."""
    runs = [found[0] for found in islice(HIGH_RUN.finditer(text), JUDGED_RUNS)]
    if len(runs) < 3:
        return None
    for encoding in ("cp1251", "cp1252", "latin-1"):
        if sum(_was_utf_8(run, encoding) for run in runs) > 0.5 * len(runs):
            return encoding
    return None


def _was_utf_8(run: str, encoding: str) -> bool:
    try:
        return len(run.encode(encoding).decode("utf-8")) < len(run)
    except UnicodeError:
        return False


def _special(raw: bytes) -> str | None:
    """Encodings that show in their bytes: ISO-2022-JP by its escapes, UTF-16 without mark by its high bytes."""
    if ESCAPES in raw and raw.isascii():
        return next((name for name in ISO_2022 if _strictly(raw, name) is not None), None)
    sample = raw[:DECLARATION_BYTES]
    half = len(sample) // 2
    if half < 8 or b"\0" not in sample:
        return None
    shares = [sum(byte in UTF_16_HIGH_BYTES for byte in sample[at::2]) / half for at in (0, 1)]
    if max(shares) > 0.7 and min(shares) < 0.6:
        return "utf-16-be" if shares[0] > shares[1] else "utf-16-le"
    return None


def _strictly(raw: bytes, encoding: str) -> str | None:
    for name in (encoding, *WIDER.get(encoding, ())):
        try:
            return raw.decode(name)
        except (UnicodeError, LookupError):
            continue
    return None


def _is_odd(text: str) -> bool:
    """Whether the letters are of no language: accented Latin in heaps, capitals in Cyrillic words, half-width kana."""
    sample = text[:SAMPLE]
    words = len(HIGH_WORD.findall(sample))
    return words > 2 and len(ODD_LETTERS.findall(sample)) > 0.35 * words


def _replacing(raw: bytes, encoding: str) -> DecodedPage:
    text = raw.decode(encoding, "replace")
    return DecodedPage(text, encoding, text.count(UNREADABLE))


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
