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

    Only where most lines are of that kind and paragraphs are parted by blank lines; one line end becomes one space, or
    nothing between two Japanese characters.
    """
    lines = text.splitlines()
    full = sum(WRAPPED_LEAST <= len(line.rstrip()) <= WRAPPED_MOST for line in lines)
    words = sum(bool(line.strip()) for line in lines)
    if words < 6 or full < 0.5 * words or max(map(len, lines)) > WRAPPED_MOST + 20:
        return text
    width = max(len(line.rstrip()) for line in lines)
    joined: list[str] = []
    was_full = False
    for line in lines:
        bare = line.strip()
        if (
            joined
            and was_full
            and bare
            and not line[0].isspace()
            and not bare.startswith(("•", "*", "- ", "– ", "— ", ">"))
        ):
            gap = "" if WIDE.match(joined[-1][-1]) and WIDE.match(bare) else " "
            joined[-1] += gap + bare
        else:
            joined.append(line.rstrip())
        was_full = len(line.rstrip()) > 0.6 * width
    return "\n".join(joined)
