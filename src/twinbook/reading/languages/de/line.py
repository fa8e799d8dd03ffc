"""Capital words of one sentence, and which characters of it a name has claimed already."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from twinbook.reading.languages.de.words import UPPER, word_set

WORD = re.compile(
    rf"(?<![\w’'@#./-])(?:[{UPPER}]\.(?:-?[{UPPER}]\.)*|St\.(?=\s[{UPPER}])|[{UPPER}][\w’']*(?:-\w[\w’']*)*)"
)
LOWER_BEFORE = re.compile(r"([\w.’'-]+)\s+\Z")
ARTICLES = word_set("articles")


@dataclass(frozen=True)
class Word:
    """One capital word: offsets into the page's text, and the word as written."""

    start: int
    end: int
    text: str


@dataclass
class Line:
    """One sentence while its names are told apart."""

    text: str
    start: int
    end: int
    words: list[Word]
    is_headline: bool = False
    claims: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, start: int, end: int, *, is_headline: bool) -> Line:
        words = [Word(found.start(), found.end(), found[0]) for found in WORD.finditer(text, start, end)]
        return cls(text, start, end, words, is_headline)

    def gap(self, i: int) -> str:
        """What stands between word i and the next; a line break counts as a space."""
        if not 0 <= i < len(self.words) - 1:
            return "\0"
        raw = self.text[self.words[i].end : self.words[i + 1].start]
        return " " if raw.isspace() and len(raw) <= 2 else raw

    def is_free(self, start: int, end: int) -> bool:
        return not any(first < end and start < last for first, last in self.claims)

    def claim(self, start: int, end: int) -> None:
        """The characters belong to one name."""
        self.claims.append((start, end))

    def before(self, at: int, length: int = 60) -> str:
        return self.text[max(self.start, at - length) : at]

    def word_before(self, at: int) -> str:
        """The word right before the offset, without a mark between; empty where there is none."""
        found = LOWER_BEFORE.search(self.before(at, 40))
        return found[1] if found else ""

    def opens(self, at: int) -> bool:
        """Whether the offset opens the sentence, or a quotation in it."""
        return not self.text[self.start : at].strip(' \t\n„“"»«‚(–—-') or self.text[at - 1] in '„“"»«‚'

    def has_article(self, at: int) -> bool:
        return self.word_before(at).casefold() in ARTICLES
