"""What a language pack holds; finds the packs."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKS = Path(__file__).parent / "languages"
SHAPES = frozenset(["since", "range", "point"])


@dataclass(frozen=True)
class DateForm:
    """One way of writing a date: a pattern with named groups, and the EDTF shape it gives."""

    pattern: re.Pattern[str]
    shape: str


@dataclass(frozen=True)
class LanguagePack:
    """How one language writes: its dates and the words that end a story.

    `months` maps a word in lower case to 1–12, `eras` to the year 0.
    """

    code: str
    months: dict[str, int]
    eras: dict[str, int]
    date_forms: tuple[DateForm, ...]
    article_ends: tuple[str, ...]


def languages() -> tuple[str, ...]:
    """Codes of the packs found, sorted."""
    return tuple(sorted(path.parent.name for path in PACKS.glob("*/dates.toml")))


@cache
def language_pack(code: str) -> LanguagePack:
    """The pack of a language; ValueError names the known ones, or the file and the key that is wrong."""
    if code not in languages():
        raise ValueError(f"no language pack for {code!r}; known: {', '.join(languages())}")
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
    return LanguagePack(code, months, data["eras"], tuple(forms), tuple(article["ends"]))
