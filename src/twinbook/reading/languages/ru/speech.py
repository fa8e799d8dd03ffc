"""What Russian says speech with: verbs and phrases of saying, and posts that name one man."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from twinbook.reading.finding import Span

DATA = Path(__file__).parent / "quotes.toml"
LETTERS = re.compile(r"\w+")


@dataclass(frozen=True)
class Speech:
    """Spoken words and the words that say who speaks."""

    start: int
    end: int
    attribution: Span | None


class Saying:
    """Words that say that somebody speaks: stems of verbs by their first letters, and phrases."""

    def __init__(self, verbs: list[str], phrases: list[str]) -> None:
        self._stems: dict[str, list[re.Pattern[str]]] = {}
        for stem in verbs:
            self._stems.setdefault(stem[:2], []).append(re.compile(stem + r"\w*", re.IGNORECASE))
        self._phrases = re.compile("|".join(phrases), re.IGNORECASE)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first such word or phrase inside text[start:end]."""
        return next(self.finditer(text, start, end), None)

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Such a word right at the offset."""
        stems = self._stems.get(text[start : start + 2].lower(), ())
        return next((found for stem in stems if (found := stem.match(text, start))), None)

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Such words and phrases in order."""
        phrase = self._phrases.search(text, start, end)
        for word in LETTERS.finditer(text, start, end):
            if phrase is not None and phrase.start() <= word.start():
                yield phrase
                phrase = self._phrases.search(text, phrase.end(), end)
            for stem in self._stems.get(word[0][:2].lower(), ()):
                if found := stem.match(text, word.start(), end):
                    yield found
                    break


@cache
def saying() -> Saying:
    """The verbs and phrases of quotes.toml."""
    data = tomllib.loads(DATA.read_text("utf-8"))
    return Saying(data["verbs"], data["phrases"])


@cache
def alike_posts() -> dict[str, frozenset[str]]:
    """Posts by each other: whom «градоначальник» may mean."""
    rows = tomllib.loads(DATA.read_text("utf-8"))["alike"]
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        for word in row:
            found[word.replace("ё", "е")] = found.get(word, frozenset()) | {other.replace("ё", "е") for other in row}
    return found
