"""Words of a Japanese sentence, by the Sudachi tokenizer with its small dictionary; the data files of this pack."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sudachipy import Dictionary, SplitMode

HERE = Path(__file__).parent
KATAKANA = "ァ-ヺー"
KANJI = "㐀-䶿一-鿿豈-﫿々〆ヶ\U00020000-\U0002ffff"
IS_KATAKANA = re.compile(f"[{KATAKANA}]+")
IS_KANJI = re.compile(f"[{KANJI}]+")
# The letters of names' joints: エレーナ・ソコロワ, サン＝レミ.
JOINT = "・･＝=‐‑"
NAME_KINDS = frozenset(["surname", "given", "person"])
PLACE_KINDS = frozenset(["place", "country"])
NOUN_KINDS = frozenset(["noun", "proper", "number", "time", "suffix", "prefix"]) | NAME_KINDS | PLACE_KINDS
# Sudachi's part of speech (first three columns), the most special first, and our kind.
KINDS = (
    ("名詞,固有名詞,人名,姓", "surname"),
    ("名詞,固有名詞,人名,名", "given"),
    ("名詞,固有名詞,人名", "person"),
    ("名詞,固有名詞,地名,国", "country"),
    ("名詞,固有名詞,地名", "place"),
    ("名詞,固有名詞", "proper"),
    ("名詞,数詞", "number"),
    ("名詞,普通名詞,副詞可能", "time"),
    ("名詞", "noun"),
    ("代名詞", "pronoun"),
    ("接尾辞", "suffix"),
    ("接頭辞", "prefix"),
    ("形状詞", "noun"),
    ("助詞", "particle"),
    ("動詞", "verb"),
    ("助動詞", "auxiliary"),
    ("補助記号", "mark"),
    ("空白", "mark"),
)
SURROGATE = re.compile("[\ud800-\udfff]")
BYTES_LIMIT = 40_000  # Sudachi refuses more in one call (49,149 bytes)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: offsets into its sentence, its kind (see KINDS, else "other"), whether the dictionary knows it."""

    start: int
    end: int
    text: str
    kind: str
    known: bool


@dataclass(frozen=True)
class Line:
    """One sentence: its text, its offset in the page, its words in order and by first and last character."""

    text: str
    start: int
    words: tuple[Word, ...]
    by_start: dict[int, Word]
    by_end: dict[int, Word]

    @classmethod
    def of(cls, text: str, start: int = 0) -> Line:
        words = words_of(text)
        return cls(text, start, words, {word.start: word for word in words}, {word.end: word for word in words})

    def words_in(self, start: int, end: int) -> list[Word]:
        return [word for word in self.words if start <= word.start and word.end <= end]

    def is_boundary(self, offset: int) -> bool:
        """Whether a word begins or ends there."""
        return offset in self.by_start or offset in self.by_end


@lru_cache(maxsize=2048)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a sentence in order; empty where it is longer than the tokenizer takes."""
    text = SURROGATE.sub("?", text)
    if len(text.encode()) > BYTES_LIMIT:
        return ()
    words = [
        Word(found.begin(), found.end(), found.surface(), _kind(found.part_of_speech_id()), not found.is_oov())
        for found in _tokenizer().tokenize(text, SplitMode.C)
        if found.begin() < found.end()
    ]
    return tuple(part for word in words for part in _without_town(word, text))


def _without_town(word: Word, text: str) -> tuple[Word, ...]:
    """伸市 + 長 in 磯田達伸市長: a given name that took the town of a mayor."""
    if (
        word.kind != "given"
        or len(word.text) < 2
        or word.text[-1] not in "市町村区"
        or text[word.end : word.end + 1] != "長"
    ):
        return (word,)
    cut = word.end - 1
    return (
        Word(word.start, cut, word.text[:-1], word.kind, word.known),
        Word(cut, word.end, word.text[-1], "suffix", True),
    )


@cache
def data(name: str) -> dict[str, Any]:
    """A data file of this pack."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def any_of(words: list[str] | tuple[str, ...] | frozenset[str]) -> str:
    """A pattern of the words, the longest first."""
    return _any_of(tuple(words))


@lru_cache(256)  # a page asks with the same names line after line
def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _tokenizer() -> Any:
    return _dictionary().tokenizer()


@cache
def _dictionary() -> Any:
    return Dictionary(dict="small")


@cache
def _kind(part_of_speech: int) -> str:
    columns = ",".join(_dictionary().pos_of(part_of_speech))
    return next((kind for prefix, kind in KINDS if columns.startswith(prefix)), "other")
