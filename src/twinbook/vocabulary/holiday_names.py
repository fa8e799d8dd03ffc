"""Names of public holidays in Russian and Japanese, by their English names; data in holiday_names.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_suffix(".toml")
LANGUAGES = ("ru", "ja")  # the order of the names in the file


def holiday_names(english: str) -> Mapping[str, str]:
    """The holiday's names by language tag; of two on one day ("A; B") both; empty where one of them is not known."""
    parts = [_names_of(part) for part in english.split("; ")]
    if not all(parts):
        return {}
    return {tag: "; ".join(part[tag] for part in parts) for tag in LANGUAGES}


def _names_of(english: str) -> Mapping[str, str]:
    names, around = _tables()
    if english in names:
        return names[english]
    for pattern, forms in around:
        if found := pattern.fullmatch(english):
            inner = names.get(found[1], {})
            if inner or not any("{}" in form for form in forms.values()):
                return {tag: form.format(inner.get(tag, "")) for tag, form in forms.items()}
    return {}


@cache
def _tables() -> tuple[Mapping[str, Mapping[str, str]], tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]]:
    """Names by English name; and what stands around a name, as a pattern and its forms by language."""
    data = tomllib.loads(PATH.read_text("utf-8"))
    names = {name: dict(zip(LANGUAGES, told, strict=True)) for name, told in data["names"].items()}
    around = tuple(
        (re.compile(re.escape(form).replace(r"\{\}", "(.+)")), dict(zip(LANGUAGES, told, strict=True)))
        for form, told in data["around"].items()
    )
    return names, around
