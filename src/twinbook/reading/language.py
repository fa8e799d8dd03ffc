"""What a language pack holds; finds the packs."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from twinbook.reading.date_writing import DateWriting, date_writing
from twinbook.reading.finding import Span
from twinbook.reading.finding_words import FindingWords, finding_words
from twinbook.reading.story import NameMention, QuoteMention, Story, Tagger
from twinbook.vocabulary.concept import concepts

OPTIONAL_KEYS = frozenset(["day_writings", "month_writings", "yearless_writings"])
LINE_KEYS = ("comments", "ends", "teasers", "drops", "bylines", "captions")
LINE_START = r"[\s•·*▶►▼▽△▲■□●○◆◇・»→|–—‐-]{0,6}"  # bullets and arrows before a line's words
PACKS = Path(__file__).parent / "languages"


class Grammar(Protocol):
    """What data cannot say about a language: the functions of its grammar.py. All are pure and never raise."""

    def find_sentences(self, text: str, start: int, end: int) -> list[Span]:
        """Sentences of the paragraph text[start:end], in order, without outer white space."""

    def find_names(self, story: Story) -> list[NameMention]:
        """People, places and organisations named in the story's spans, in order; one base form a bearer."""

    def find_quotes(self, story: Story) -> list[QuoteMention]:
        """Direct speech in the story, with its speakers; `story.names` is there already."""


@dataclass(frozen=True)
class Cues:
    """A concept's patterns in one language: `strong` is enough alone, `weak` beside another, `taken_back` voids."""

    strong: re.Pattern[str] | None
    weak: re.Pattern[str] | None
    taken_back: re.Pattern[str] | None


@dataclass(frozen=True)
class ArticleWords:
    """What newsrooms write around a story: patterns for the beginning of a line (see the English article.toml).

    `dates`, `updates` and the signs are for anywhere in a line. `day_first` and `month_first` are territories of
    language tags ("*" is all) that write 9/3/2012 so. `day_endings` is a
    pattern of what may follow a day's number before its month (st, th of). `days`, `months` and `yearless` are further
    ways of writing those (2019年9月16日), with groups year, or era and number, month, day; see ja/article.toml.
    """

    comments: re.Pattern[str]
    ends: re.Pattern[str]
    teasers: re.Pattern[str]
    drops: re.Pattern[str]
    bylines: re.Pattern[str]
    captions: re.Pattern[str]
    dates: re.Pattern[str]
    updates: re.Pattern[str]
    closings: re.Pattern[str]
    day_first: frozenset[str]
    month_first: frozenset[str]
    day_first_signs: re.Pattern[str]
    month_first_signs: re.Pattern[str]
    day_endings: str
    days: tuple[str, ...]
    months: tuple[str, ...]
    yearless: tuple[str, ...]


@dataclass(frozen=True)
class LanguagePack:
    """How one language writes: its dates and what stands around a story. `script` is a gazetteer script.

    `letters` and `foreign_letters` match one letter.
    """

    code: str
    script: str
    letters: re.Pattern[str]
    foreign_letters: re.Pattern[str]
    telling_letters: re.Pattern[str]
    common_words: frozenset[str]
    foreign_words: frozenset[str]
    date_writing: DateWriting
    article: ArticleWords
    findings: FindingWords
    grammar: Grammar

    def base_form(self, words: str) -> str:
        """A noun phrase in base form; a language that declines has `base_form` in its grammar, others keep it."""
        base: Callable[[str], str] | None = getattr(self.grammar, "base_form", None)
        return base(words) if base else words

    def find_names(self, story: Story, tagger: Tagger | None = None) -> list[NameMention]:
        """The grammar's names, and a names model's where the grammar can put those into base form."""
        with_tagger: Callable[[Story, Tagger], list[NameMention]] | None
        with_tagger = getattr(self.grammar, "find_names_with", None)
        return with_tagger(story, tagger) if tagger and with_tagger else self.grammar.find_names(story)

    def cues(self, scheme: str) -> dict[str, Cues]:
        """The cue patterns of a scheme's concepts by code, in the scheme's order."""
        return _cues(scheme, self.code)


@cache
def languages() -> tuple[str, ...]:
    """Codes of the packs found, sorted."""
    return tuple(sorted(path.parent.name for path in PACKS.glob("*/grammar.py")))


@cache
def language_pack(code: str) -> LanguagePack:
    """The pack of a language; ValueError names the known ones, or the file and the key that is wrong."""
    if code not in languages():
        raise ValueError(f"no language pack for {code!r}; known: {', '.join(languages())}")
    pack = tomllib.loads((PACKS / code / "pack.toml").read_text("utf-8"))
    return LanguagePack(
        code,
        pack["script"],
        re.compile(pack["letters"]),
        re.compile(pack["foreign_letters"]),
        re.compile(pack["telling_letters"]),
        frozenset(pack["common_words"]),
        frozenset(pack["foreign_words"]),
        date_writing(PACKS / code / "dates.toml"),
        _article_words(PACKS / code / "article.toml"),
        finding_words(PACKS / code / "findings.toml", code),
        importlib.import_module(f"twinbook.reading.languages.{code}.grammar"),
    )


def _article_words(path: Path) -> ArticleWords:
    data = tomllib.loads(path.read_text("utf-8"))
    keys = {
        *LINE_KEYS,
        "dates",
        "updates",
        "closings",
        "day_first",
        "month_first",
        "day_first_signs",
        "month_first_signs",
        "day_endings",
    }
    if wrong := (set(data) - OPTIONAL_KEYS) ^ keys:
        raise ValueError(f"{path}: keys unknown or missing: {sorted(wrong)}")
    patterns = {key: re.compile(LINE_START + _either(data[key]), re.IGNORECASE) for key in LINE_KEYS}
    return ArticleWords(
        day_first=frozenset(data["day_first"]),
        month_first=frozenset(data["month_first"]),
        dates=re.compile(_either(data["dates"]), re.IGNORECASE),
        updates=re.compile(_either(data["updates"]), re.IGNORECASE),
        closings=re.compile(_either(data["closings"])),
        day_first_signs=re.compile(_either(data["day_first_signs"])),
        month_first_signs=re.compile(_either(data["month_first_signs"])),
        day_endings=_either(data["day_endings"]),
        days=tuple(data.get("day_writings", [])),
        months=tuple(data.get("month_writings", [])),
        yearless=tuple(data.get("yearless_writings", [])),
        **patterns,
    )


def _either(patterns: list[str]) -> str:
    """A pattern that matches where one of them does; nothing where there are none."""
    return f"(?:{'|'.join(patterns)})" if patterns else "(?!)"


@cache
def _cues(scheme: str, code: str) -> dict[str, Cues]:
    found = {}
    for concept in concepts(scheme).values():
        if words := concept.words.get(code):
            found[concept.code] = Cues(_any(words.cues), _any(words.weak_cues), _any(words.not_cues))
    return found


def _any(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
