"""What a block of a page is by its own words: prose, date line, byline, advert, head of a list of other stories …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from twinbook.reading.language import LanguagePack
from twinbook.reading.page import Page
from twinbook.reading.steps.article.published import is_date_line

WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
CLOSED = re.compile(r"[.!?…。！？」』”\"»）)](?:\s?[\])）」』”\"'»*]){0,3}\Z")
SENTENCE_END = re.compile(r"[.!?…](?:[\"”»)]?\s|\Z)|[。！？]")
WORDS = re.compile(r"[^\W\d_]{4,}")
WIDE_RUN = re.compile(r"[\u30a0-\u30ff\u3400-\u9fff]{2,}")
HASHTAGS = re.compile(r"(?:#\w{2,60}[\s,]*)+\Z")
WIDE_FACTOR = 1.5  # a Japanese character says about two and a half times what a letter says
LONGEST_CUE_LINE = 260  # size; a longer line is prose, whatever its first words are
SHORT_PROSE, PROSE = 30, 70  # size


@dataclass(eq=False)
class Line:
    """A block with what its words tell. `size` counts characters, wide ones two and a half times.

    `kind` is the cue that its beginning matches (comments, ends, teasers, drops, bylines, captions), "dates" where it
    holds a day and little else, "" where it may be story. `is_closed`: it ends as a sentence does.
    """

    number: int
    start: int
    end: int
    text: str
    tag: str
    path: tuple[str, ...]
    link_share: float
    size: int
    is_closed: bool
    is_prose: bool
    pack: LanguagePack

    @cached_property
    def kind(self) -> str:
        """The cue of the line; asked of few lines, as it costs more than all the rest."""
        return _kind(self.text, self.size, self.pack)


def find_lines(page: Page, pack: LanguagePack) -> list[Line]:
    """The page's blocks as lines, in order."""
    found = []
    for number, block in enumerate(page.blocks):
        text = page.text[block.start : block.end]
        size = len(text) + int(WIDE_FACTOR * sum(map(len, WIDE.findall(text))))
        is_closed = CLOSED.search(text[-6:]) is not None or pack.article.closings.search(text[-10:]) is not None
        found.append(
            Line(
                number,
                block.start,
                block.end,
                text,
                block.tag,
                block.path,
                block.link_share,
                size,
                is_closed,
                _is_prose(text, size, block.link_share, is_closed),
                pack,
            )
        )
    return found


def stems(text: str) -> set[str]:
    """What the text is about: first letters of its longer words, pairs of kanji and katakana."""
    found = {word[:5].lower() for word in WORDS.findall(text) if word[0] < "\u3040"}
    for run in WIDE_RUN.findall(text):
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


def cohesion(line: Line, about: set[str]) -> float:
    """Share of the line's stems that the story has as well (0 to 1); 0 where it has none."""
    own = stems(line.text)
    return len(own & about) / len(own) if own else 0.0


def _kind(text: str, size: int, pack: LanguagePack) -> str:
    if size > LONGEST_CUE_LINE:
        return ""
    words = pack.article
    for kind, pattern in (
        ("captions", words.captions),
        ("comments", words.comments),
        ("ends", words.ends),
        ("teasers", words.teasers),
        ("drops", words.drops),
        ("bylines", words.bylines),
    ):
        if pattern.match(text):
            return kind
    if HASHTAGS.match(text):
        return "drops"
    return "dates" if is_date_line(text, pack) else ""


def _is_prose(text: str, size: int, link_share: float, is_closed: bool) -> bool:
    if link_share > 0.5 or size < SHORT_PROSE:
        return False
    sentences = len(SENTENCE_END.findall(text))
    if size < PROSE:
        return is_closed and sentences > 0 and link_share < 0.3
    return is_closed or sentences > 1 or (size > 2 * PROSE and link_share < 0.3)
