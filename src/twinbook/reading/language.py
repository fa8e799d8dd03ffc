"""What a language pack holds; finds the packs."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from twinbook.reading.finding import Span
from twinbook.reading.finding_words import FindingWords, finding_words
from twinbook.reading.story import NameMention, QuoteMention, Story
from twinbook.vocabulary.concept import concepts

LINE_KEYS = ("comments", "ends", "teasers", "drops", "bylines", "captions")
LINE_START = r"[\s•·*▶►▼▽△▲■□●○◆◇・»→|–—‐-]{0,6}"  # bullets and arrows before a line's words
PACKS = Path(__file__).parent / "languages"
SHAPES = frozenset(["point", "range", "since", "until", "start", "recurring"])
# Groups that a date form may name in braces; the words of a table may fill them. "2" after the name: end of a range.
DATE_GROUPS = re.compile(
    r"\{(year|short_year|era|era_year|month|day|weekday|season|part|half|quarter|decade|number|ago|unit|toward"
    r"|year_step|month_step|week_step|weekend_step|day_step|year_same|month_same|day_same)(2?)\}"
)
GROUP_PATTERNS = {"year": r"\d{4}", "short_year": r"\d\d", "day": r"\d{1,2}", "decade": r"\d{3}0", "ago": r"\d{1,3}"}
# Names: written as the table has them also where a pack ignores no case (May is a month, may is not).
NAME_TABLES = frozenset(["month", "weekday"])
# Too common to make a sentence worth a look for dates.
QUIET_TABLES = frozenset(["number", "ago", "part", "half", "quarter"])
DATE_KEYS = frozenset(["ignore_case", "groups", "words", "tense", "triggers", "forms"])


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
class DateWriting:
    """How a language writes dates: its forms, what its words mean, and the words that look ahead or back.

    `trigger` matches in every sentence that may hold a date. `tables` has the number of a word by group; words are in
    lower case with single spaces.
    """

    forms: tuple[DateForm, ...]
    tables: dict[str, dict[str, int]]
    trigger: re.Pattern[str]
    ahead: re.Pattern[str] | None
    back: re.Pattern[str] | None
    tense_behind: bool

    def number(self, group: str, word: str) -> int:
        """What the word means in the group; ValueError names a word that no table has."""
        key = " ".join(word.casefold().split())
        for table in (group, "number"):
            if key in self.tables.get(table, {}):
                return self.tables[table][key]
        if key.isdecimal():
            return int(key)
        raise ValueError(f"{word!r} is no known {group.replace('_', ' ')}")


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
    language tags ("*" is all) that write 9/3/2012 so.
    """

    comments: re.Pattern[str]
    ends: re.Pattern[str]
    teasers: re.Pattern[str]
    drops: re.Pattern[str]
    bylines: re.Pattern[str]
    captions: re.Pattern[str]
    dates: re.Pattern[str]
    updates: re.Pattern[str]
    day_first: frozenset[str]
    month_first: frozenset[str]
    day_first_signs: re.Pattern[str]
    month_first_signs: re.Pattern[str]


@dataclass(frozen=True)
class LanguagePack:
    """How one language writes: its dates and what stands around a story. `script` is a gazetteer script."""

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
        """A noun phrase in base form; a language that declines has `base_form` in its grammar, others keep the words."""
        base: Callable[[str], str] | None = getattr(self.grammar, "base_form", None)
        return base(words) if base else words

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
    return LanguagePack(
        code,
        pack["script"],
        *(re.compile(pack[key]) for key in ("letters", "foreign_letters", "telling_letters")),
        *(frozenset(pack[key]) for key in ("common_words", "foreign_words")),
        _date_writing(PACKS / code / "dates.toml"),
        _article_words(PACKS / code / "article.toml"),
        finding_words(PACKS / code / "findings.toml", code),
        importlib.import_module(f"twinbook.reading.languages.{code}.grammar"),
    )


def _article_words(path: Path) -> ArticleWords:
    data = tomllib.loads(path.read_text("utf-8"))
    keys = {*LINE_KEYS, "dates", "updates", "day_first", "month_first", "day_first_signs", "month_first_signs"}
    if wrong := set(data) ^ keys:
        raise ValueError(f"{path}: keys unknown or missing: {sorted(wrong)}")
    patterns = {key: re.compile(LINE_START + _either(data[key]), re.IGNORECASE) for key in LINE_KEYS}
    return ArticleWords(
        day_first=frozenset(data["day_first"]),
        month_first=frozenset(data["month_first"]),
        dates=re.compile(_either(data["dates"]), re.IGNORECASE),
        updates=re.compile(_either(data["updates"]), re.IGNORECASE),
        day_first_signs=re.compile(_either(data["day_first_signs"])),
        month_first_signs=re.compile(_either(data["month_first_signs"])),
        **patterns,
    )


def _either(patterns: list[str]) -> str:
    """A pattern that matches where one of them does; nothing where there are none."""
    return f"(?:{'|'.join(patterns)})" if patterns else "(?!)"


def _date_writing(path: Path) -> DateWriting:
    data = tomllib.loads(path.read_text("utf-8"))
    if unknown := set(data) - DATE_KEYS:
        raise ValueError(f"{path}: unknown keys {sorted(unknown)}; known: {sorted(DATE_KEYS)}")
    tables = {
        group: {" ".join(word.casefold().split()): int(number) for number, words in table.items() for word in words}
        for group, table in data["words"].items()
    }
    flags = re.IGNORECASE if data.get("ignore_case") else re.NOFLAG
    groups = _group_patterns(data)
    forms = []
    for form in data["forms"]:
        if form["shape"] not in SHAPES:
            raise ValueError(f"{path}: shape {form['shape']!r}; known: {sorted(SHAPES)}")
        forms.append(DateForm(re.compile(_with_groups(form["pattern"], groups), flags), form["shape"]))
    loud = [word for group, words in tables.items() if group not in QUIET_TABLES for word in words]
    triggers = sorted({*loud, *data.get("triggers", ())}, key=len, reverse=True)
    trigger = re.compile("|".join([r"\d", *map(_flexible, triggers)]), re.IGNORECASE)
    tense = data.get("tense", {})
    return DateWriting(
        tuple(forms),
        tables,
        trigger,
        _any(tuple(tense.get("ahead", ()))),
        _any(tuple(tense.get("back", ()))),
        bool(tense.get("only_behind", False)),
    )


def _with_groups(pattern: str, groups: dict[str, str]) -> str:
    """The pattern with its {group}s as named groups; one that stands in several alternatives is numbered: year__2."""
    seen: dict[str, int] = {}

    def named(found: re.Match[str]) -> str:
        name = found[1] + found[2]
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}{f'__{seen[name]}' if seen[name] > 1 else ''}>{groups[found[1]]})"

    return DATE_GROUPS.sub(named, pattern)


def _group_patterns(data: dict[str, Any]) -> dict[str, str]:
    """The pattern of each group: the pack's own, else digits and the words of its table, the longest first."""
    patterns = dict(GROUP_PATTERNS)
    for group, table in data["words"].items():
        words = sorted((word for words in table.values() for word in words), key=len, reverse=True)
        alternatives = "|".join(map(_flexible, words))
        if group not in NAME_TABLES:
            alternatives = f"(?i:{alternatives})"
        patterns[group] = f"{patterns[group]}|{alternatives}" if group in patterns else alternatives
    if "number" in patterns:
        patterns["ago"] = f"{patterns['ago']}|{patterns['number']}"
    own: dict[str, str] = data.get("groups", {})
    return patterns | own


def _flexible(word: str) -> str:
    return r"\s+".join(map(re.escape, word.split()))


@cache
def _cues(scheme: str, code: str) -> dict[str, Cues]:
    found = {}
    for concept in concepts(scheme).values():
        if words := concept.words.get(code):
            found[concept.code] = Cues(_any(words.cues), _any(words.weak_cues), _any(words.not_cues))
    return found


def _any(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
