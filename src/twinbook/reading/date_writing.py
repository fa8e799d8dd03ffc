"""How a language writes its dates: the forms, tables and tense words of a pack's dates.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from twinbook.reading.openings import first_letters_of
from twinbook.reading.pattern_index import LatePattern, PatternIndex

SHAPES = frozenset(["point", "range", "since", "until", "start", "recurring"])
# Groups that a date form may name in braces; the words of a table may fill them. "2" after the name: end of a range.
DATE_GROUPS = re.compile(
    r"\{(year|short_year|era|era_year|month|day|weekday|season|part|half|quarter|decade|number|ago|unit|toward"
    r"|year_step|month_step|week_step|weekend_step|day_step|year_same|month_same|day_same)(2?)\}"
)
GROUP_PATTERNS = {"year": r"\d{4}", "short_year": r"\d\d", "day": r"\d{1,2}", "decade": r"\d{3}0", "ago": r"\d{1,3}"}
# Names: written as the table has them also where a pack ignores no case (May is a month, may is not).
NAME_TABLES = frozenset(["month", "weekday"])
DATE_KEYS = frozenset(["papers", "ignore_case", "groups", "words", "tense", "forms"])


@dataclass(frozen=True)
class DateForm(LatePattern):
    """One way of writing a date: a pattern with named groups, and the EDTF shape it gives."""

    shape: str = "point"


@dataclass(frozen=True)
class DateWriting:
    """How a language writes dates: its forms, what its words mean, and the words that look ahead or back.

    `tables` has the number of a word by group; words are in lower case with single spaces.
    """

    forms: tuple[DateForm, ...]
    index: PatternIndex
    tables: dict[str, dict[str, int]]
    ahead: re.Pattern[str] | None
    back: re.Pattern[str] | None
    tense_behind: bool
    papers: re.Pattern[str] | None = None  # words before the date of a paper that is only named: "the decision of"

    def forms_for(self, lowered: str) -> list[DateForm]:
        """The forms that may match in words that `pattern_index.lower` has made small."""
        return [self.forms[number] for number in self.index.may_match(lowered)]

    def number(self, group: str, word: str) -> int:
        """What the word means in the group; ValueError names a word that no table has."""
        key = " ".join(word.casefold().split())
        for table in (group, "number"):
            if key in self.tables.get(table, {}):
                return self.tables[table][key]
        if key.isdecimal():
            return int(key)
        raise ValueError(f"{word!r} is no known {group.replace('_', ' ')}")


@cache
def date_writing(path: Path) -> DateWriting:
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
        forms.append(DateForm(_quickly_left(_with_groups(form["pattern"], groups)), flags, form["shape"]))
    tense = data.get("tense", {})
    return DateWriting(
        tuple(forms),
        PatternIndex([form.source for form in forms]),
        tables,
        _any(tuple(tense.get("ahead", ()))),
        _any(tuple(tense.get("back", ()))),
        bool(tense.get("only_behind", False)),
        _any(tuple(data.get("papers", ()))),
    )


def _quickly_left(pattern: str) -> str:
    """The pattern with a look at the first letter before looks behind it, which take long at each place of a text."""
    letters = first_letters_of(pattern) if pattern.startswith("(?<") else None
    if not letters or any(letter.lower() != letter.upper() for letter in letters):
        return pattern
    return rf"(?=[\d{re.escape(''.join(sorted(letters)))}]){pattern}"


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


def _any(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
