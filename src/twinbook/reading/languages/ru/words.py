"""Words of a text with their offsets, and the small tests that the other modules ask of them."""

from __future__ import annotations

import re
from collections.abc import Callable

PLAIN = r"[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_"
PLAIN_WORD = re.compile(PLAIN)
RUN_TOGETHER = re.compile(r"[а-яё][А-ЯЁ][а-яё]")  # сГенеральным: a space was lost there
WORD = re.compile(rf"[а-яё]+(?=[А-ЯЁ][а-яё])|[^\W\d_]+?(?=(?<=[а-яё])[А-ЯЁ][а-яё])|{PLAIN}")
DASHES = "–—-−―"
OPENING = '«„“"('
CLOSING = '»”“")'


class Word:
    """A word, number or mark: its letters, where it stands, and whether it opens its sentence.

    `lower`, `is_letters` (a word rather than a mark) and `is_capital` follow from the text; they are asked often.
    """

    __slots__ = ("end", "is_capital", "is_first", "is_letters", "lower", "start", "text")

    def __init__(self, text: str, start: int, end: int, is_first: bool = False) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.is_first = is_first
        self.lower = text.lower()
        self.is_letters = text[0].isalpha()
        self.is_capital = text[0].isupper()


def find_words(text: str, start: int, end: int, split: Callable[[str], int] = lambda word: 0) -> list[Word]:
    """The words and marks of one sentence, in order; after an opening mark or dash the next word is a first one too.

    `split` tells after how many letters a word breaks in two because its space was lost; 0 where it is whole.
    """
    words: list[Word] = []
    is_first = True
    pattern = WORD if RUN_TOGETHER.search(text, start, end + 2) else PLAIN_WORD
    for found in pattern.finditer(text, start, end):
        token, begin = found[0], found.start()
        if token[0].isalpha():
            if cut := split(token):
                words += (Word(token[:cut], begin, begin + cut, is_first), Word(token[cut:], begin + cut, found.end()))
            else:
                words.append(Word(token, begin, found.end(), is_first))
            is_first = False
            continue
        words.append(Word(token, begin, found.end()))
        if token[0].isalnum():
            is_first = False
        elif token in "«„“—–:" or token == '"':
            is_first = is_first or token in "«„“:" or not any(word.is_letters for word in words)
    return words
