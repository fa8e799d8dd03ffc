"""What a language pack holds; finds the packs."""

from __future__ import annotations

import importlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from twinbook.reading.finding import Span
from twinbook.reading.story import NameMention, QuoteMention, Story
from twinbook.vocabulary.concept import concepts

PACKS = Path(__file__).parent / "languages"
SHAPES = frozenset(["since", "range", "point"])


class Grammar(Protocol):
    """What data cannot say about a language: the functions of its grammar.py. All are pure and never raise."""

    def find_sentences(self, text: str, start: int, end: int) -> list[Span]:
        """Sentences of the paragraph text[start:end], in order, without outer white space."""

    def find_names(self, story: Story) -> list[NameMention]:
        """People, places and organisations named in the story's spans, in order; one base form a bearer."""

    def find_quotes(self, story: Story) -> list[QuoteMention]:
        """Direct speech in the story, with its speakers; `story.names` is there already."""


@dataclass(frozen=True)
class DateForm:
    """One way of writing a date: a pattern with named groups, and the EDTF shape it gives."""

    pattern: re.Pattern[str]
    shape: str


@dataclass(frozen=True)
class Cues:
    """A concept's patterns in one language: `strong` is enough alone, `weak` beside another, `taken_back` voids."""

    strong: re.Pattern[str] | None
    weak: re.Pattern[str] | None
    taken_back: re.Pattern[str] | None


@dataclass(frozen=True)
class LanguagePack:
    """How one language writes: its dates and the words that end a story.

    `months` maps a word in lower case to 1–12, `eras` to the year 0. `script` is a gazetteer script.
    """

    code: str
    script: str
    letters: re.Pattern[str]
    common_words: frozenset[str]
    months: dict[str, int]
    eras: dict[str, int]
    date_forms: tuple[DateForm, ...]
    article_ends: tuple[str, ...]
    grammar: Grammar

    def cues(self, scheme: str) -> dict[str, Cues]:
        """The cue patterns of a scheme's concepts by code, in the scheme's order."""
        return _cues(scheme, self.code)


def languages() -> tuple[str, ...]:
    """Codes of the packs found, sorted."""
    return tuple(sorted(path.parent.name for path in PACKS.glob("*/pack.toml")))


@cache
def language_pack(code: str) -> LanguagePack:
    """The pack of a language; ValueError names the known ones, or the file and the key that is wrong."""
    if code not in languages():
        raise ValueError(f"no language pack for {code!r}; known: {', '.join(languages())}")
    pack = tomllib.loads((PACKS / code / "pack.toml").read_text("utf-8"))
    path = PACKS / code / "dates.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    unknown = set(data) - {"months", "eras", "forms"}
    if unknown:
        raise ValueError(f"{path.name} of {code!r}: unknown keys {sorted(unknown)}")
    months = {word.lower(): int(number) for number, words in data["months"].items() for word in words}
    words = {"MONTH": "|".join(sorted(months, key=len, reverse=True)), "ERA": "|".join(data["eras"])}
    flags = re.IGNORECASE if months else re.NOFLAG
    forms = []
    for form in data["forms"]:
        if form["shape"] not in SHAPES:
            raise ValueError(f"{path.name} of {code!r}: shape {form['shape']!r}; known: {sorted(SHAPES)}")
        pattern = form["pattern"].replace("MONTH", words["MONTH"]).replace("ERA", words["ERA"])
        forms.append(DateForm(re.compile(pattern, flags), form["shape"]))
    article = tomllib.loads((PACKS / code / "article.toml").read_text("utf-8"))
    return LanguagePack(
        code,
        pack["script"],
        re.compile(pack["letters"]),
        frozenset(pack["common_words"]),
        months,
        data["eras"],
        tuple(forms),
        tuple(article["ends"]),
        importlib.import_module(f"twinbook.reading.languages.{code}.grammar"),
    )


@cache
def _cues(scheme: str, code: str) -> dict[str, Cues]:
    found = {}
    for concept in concepts(scheme).values():
        if words := concept.words.get(code):
            found[concept.code] = Cues(_any(words.cues), _any(words.weak_cues), _any(words.not_cues))
    return found


def _any(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
