"""The words of names.toml around Russian names of people, and the question whether a word is a post."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from twinbook.reading.languages.ru.gazetteer import fold
from twinbook.reading.languages.ru.morphology import Lexicon

DATA = Path(__file__).parent / "names.toml"


@dataclass(frozen=True)
class Words:
    """The words of names.toml, by what they do."""

    posts: Lexicon
    before_posts: frozenset[str]
    titles: Lexicon
    particles: frozenset[str]
    honours: frozenset[str]
    first_names: frozenset[str]
    east_surnames: frozenset[str]
    streets: Lexicon
    waters: Lexicon
    bylines: frozenset[str]
    written_by: frozenset[str]


@cache
def name_words() -> Words:
    """The data of names.toml, ready to be asked; ё is folded."""
    data = tomllib.loads(DATA.read_text("utf-8"))
    rows = {key: frozenset(fold(word) for word in words) for key, words in data.items()}
    return Words(
        Lexicon(rows["posts"]),
        rows["before_posts"],
        Lexicon(rows["titles"]),
        rows["particles"],
        rows["honours"],
        rows["first_names"],
        rows["east_surnames"],
        Lexicon(rows["streets"]),
        Lexicon(rows["waters"]),
        rows["bylines"],
        rows["written_by"],
    )


PARTICIPLE = re.compile(r"(?:заведующ|управляющ|командующ|ведущ)(?:ий|его|ему|им|ем|ая|ей|ую|ие|их|ими)\Z")


def has_post_word(word: str) -> bool:
    """Whether the word is the head of a post in some case."""
    return name_words().posts.lemma_of(word.lower()) is not None or PARTICIPLE.match(word.lower()) is not None
