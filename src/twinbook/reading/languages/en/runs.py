"""Capital words of a sentence, and which of them something has claimed already."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from twinbook.reading.languages.en.words import UPPER

WORD = re.compile(
    rf"(?<![\w’'@#./-])(?:(?:[{UPPER}]\.)+(?:-[{UPPER}]\.)?|(?:St|Ste|Mt|Ft)\.(?=\s[{UPPER}])"
    rf"|[{UPPER}]\w*(?:[’'&-]\w+)*|(?:al|el|ad|an)-[{UPPER}]\w+(?:-\w+)*)(?![$£€])"
)
POSSESSIVE = re.compile(r"[’']s\Z|(?<=s)[’']\Z|-(?:san|sensei|sama)\Z")


@dataclass(frozen=True)
class Word:
    """One capital word: offsets into the page's text, as written, and without its possessive s."""

    start: int
    end: int
    text: str
    base: str

    @property
    def is_possessive(self) -> bool:
        return self.base != self.text

    @property
    def base_end(self) -> int:
        return self.start + len(self.base)


@dataclass
class Line:
    """One sentence while its names are told apart: its capital words and what claims them."""

    text: str
    start: int
    end: int
    words: list[Word]
    is_headline: bool = False
    claims: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, start: int, end: int, *, is_headline: bool) -> Line:
        words = [_word(text, found) for found in WORD.finditer(text, start, end)]
        return cls(text, start, end, words, is_headline)

    def gap(self, i: int) -> str:
        """What stands between word i and the next; a line break counts as a space."""
        if not 0 <= i < len(self.words) - 1:
            return "\0"
        raw = self.text[self.words[i].end : self.words[i + 1].start]
        return " " if raw.isspace() and len(raw) <= 2 else raw

    def is_free(self, i: int) -> bool:
        return 0 <= i < len(self.words) and i not in self.claims

    def claim(self, first: int, last: int, kind: str) -> None:
        """Words first..last belong to one name of this kind."""
        for i in range(first, last + 1):
            self.claims[i] = kind

    def written(self, first: int, last: int) -> str:
        """The words first..last as one name: single spaces, no possessive at the end."""
        raw = self.text[self.words[first].start : self.words[last].base_end]
        return " ".join(raw.split())

    def before(self, i: int, length: int = 60) -> str:
        return self.text[max(self.start, self.words[i].start - length) : self.words[i].start]

    def after(self, i: int, length: int = 90) -> str:
        return self.text[self.words[i].end : min(self.end, self.words[i].end + length)]

    def opens(self, i: int) -> bool:
        """Whether word i opens the sentence (or a quotation in it)."""
        return not self.text[self.start : self.words[i].start].strip(" \t\n“\"‘'«(–—-") or bool(
            re.search(r"[.!?:]\s*[“\"‘'«]\s*\Z|[.!?]\s+\Z", self.before(i, 6))
        )


def _word(text: str, found: re.Match[str]) -> Word:
    start, end = found.span()
    written = found[0]
    if written.endswith("s") and text[end : end + 1] in "’'" and text[end + 1 : end + 2].isspace():
        return Word(start, end + 1, written + text[end], written)
    return Word(start, end, written, POSSESSIVE.sub("", written))
