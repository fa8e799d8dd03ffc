"""Words of a text with their offsets, and the small tests that the other modules ask of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

WORD = re.compile(
    r"[а-яё]+(?=[А-ЯЁ][а-яё])|[^\W\d_]+?(?=(?<=[а-яё])[А-ЯЁ][а-яё])|[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*|[^\w\s]|_"
)
DASHES = "–—-−―"
OPENING = '«„“"('
CLOSING = '»”“")'


@dataclass(slots=True, eq=False)
class Word:
    """A word, number or mark: its letters, where it stands, and whether it opens its sentence.

    `lower`, `is_letters` (a word rather than a mark) and `is_capital` follow from the text; they are asked often.
    """

    text: str
    start: int
    end: int
    is_first: bool = False
    lower: str = field(init=False)
    is_letters: bool = field(init=False)
    is_capital: bool = field(init=False)

    def __post_init__(self) -> None:
        first = self.text[0]
        self.lower = self.text.lower()
        self.is_letters = first.isalpha()
        self.is_capital = first.isupper()


def find_words(text: str, start: int, end: int, split: Callable[[str], int] = lambda word: 0) -> list[Word]:
    """The words and marks of one sentence, in order; after an opening mark or dash the next word is a first one too.

    `split` tells after how many letters a word breaks in two because its space was lost; 0 where it is whole.
    """
    words: list[Word] = []
    is_first = True
    for found in WORD.finditer(text, start, end):
        token = found[0]
        if token[0].isalpha() and (cut := split(token)):
            words.append(Word(token[:cut], found.start(), found.start() + cut, is_first))
            words.append(Word(token[cut:], found.start() + cut, found.end()))
            is_first = False
            continue
        words.append(Word(token, found.start(), found.end(), is_first and token[0].isalpha()))
        if token[0].isalnum():
            is_first = False
        elif token in "«„“—–:" or token == '"':
            is_first = is_first or token in "«„“:" or not any(word.is_letters for word in words)
    return words
