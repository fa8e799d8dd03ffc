"""Lines of a document as a Page: the way from any format without HTML to text and blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from twinbook.reading.page import Block, Page, clean_text, garbled_as

Trouble = tuple[str, str]
MOST_BYTES = 20_000_000
MOST_CHARACTERS = 20_000_000
UNREADABLE_SHARE = 0.01
SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
WRAPPED_LEAST, WRAPPED_MOST = 45, 100  # characters of the lines that a mail program or typist breaks by hand
CLOSING = (".", "!", "?", "…", "。", "」", "»", "”", '"')
BULLETS = ("•", "*", "- ", "– ", "— ", ">", "·", "・", "●", "■")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def page_of_lines(
    lines: Iterable[tuple[str, str]], *, title: str | None = None, troubles: Iterable[Trouble] = ()
) -> Page:
    """A page of (tag, text) lines: one block each, in order; lines without text are left out."""
    kept: list[str] = []
    blocks: list[Block] = []
    start, found = 0, list(troubles)
    for tag, raw in lines:
        text = SPACES.sub(" ", clean_text(raw).text.translate(INVISIBLE).replace("\n", " ")).strip(" \u3000")
        if not text:
            continue
        if start + len(text) > MOST_CHARACTERS:
            found.append(("text-cut", f"only the first {start} characters were read"))
            break
        kept.append(text)
        blocks.append(Block(start, start + len(text), tag))
        start += len(text) + 1
    text = "\n".join(kept)
    return Page(text, tuple(blocks), title=title, troubles=(*found, *text_troubles(text)))


def nothing(code: str, message: str) -> Page:
    """A page without text, and why."""
    return Page("", troubles=((code, message),))


def text_troubles(text: str, unreadable: int = 0) -> tuple[Trouble, ...]:
    """What is wrong with a text as it was decoded: letters lost or of another encoding, hidden direction marks."""
    found: list[Trouble] = []
    if unreadable:
        grave = "; the text cannot be relied on" if unreadable > UNREADABLE_SHARE * len(text) else ""
        found.append(("characters-unreadable", f"{unreadable} characters could not be read{grave}"))
    if encoding := garbled_as(text):
        found.append(("text-garbled", f"the text looks like UTF-8 that was once read as {encoding}"))
    if BIDI.search(text):
        found.append(("direction-marks", "invisible marks change the order in which parts of the text are shown"))
    return tuple(found)


def unwrapped(text: str) -> str:
    """Text whose lines were broken by hand at 45 to 100 characters, with each paragraph in one line.

    Only where most lines are of that kind and few of them end a sentence; one line end becomes one space, or
    nothing between two Japanese characters.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    full = [line for line in lines if WRAPPED_LEAST <= len(line) <= WRAPPED_MOST]
    words = sum(bool(line) for line in lines)
    ended = sum(line.endswith(CLOSING) for line in full)
    if words < 6 or len(full) < 0.5 * words or ended > 0.4 * len(full) or max(map(len, lines)) > WRAPPED_MOST + 20:
        return text
    width = max(map(len, lines))
    paragraphs: list[list[str]] = []
    was_full = False
    for line in lines:
        if was_full and line and not line[0].isspace() and not line.startswith(BULLETS):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        was_full = len(line) > 0.6 * width
    return "\n".join(map(_one_line, paragraphs))


def _one_line(lines: list[str]) -> str:
    parts = [lines[0]]
    for before, line in zip(lines, lines[1:], strict=False):
        parts += ["" if WIDE.match(before[-1]) and WIDE.match(line) else " ", line]
    return "".join(parts)
