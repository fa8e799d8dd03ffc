"""Names of countries to their codes, as lists and pages write them; data of CLDR with a table of our own beside it."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale

OWN = Path(__file__).with_name("countries.toml")
LANGUAGES = ("en", "ru", "ja", "de", "fr", "zh", "ko")
BRACKETS = re.compile(r"\s*\([^()]{0,40}\)")


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                codes.setdefault(_key(name), code)
    return codes | {_key(name): code for name, code in tomllib.loads(OWN.read_text("utf-8")).items()}


@lru_cache(maxsize=4_000)  # lists name the same few hundred over and over
def country_code(name: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country's name in any of seven languages, or None where it is none that we know.

    "England, United Kingdom" and "Georgia (country)" give the country; "in Italy" gives Italy; a code gives itself.
    What could be two countries gives None: nothing is guessed.
    """
    codes = _codes()
    plain = BRACKETS.sub("", name).strip()
    if len(plain) == 2 and plain.isascii() and plain.isupper() and plain in set(codes.values()):
        return plain
    if found := codes.get(_key(plain)):
        return found
    last = plain.rpartition(",")[2]
    return codes.get(_key(last)) or codes.get(_key(re.sub(r"^(?:in|the|The)\s+", "", plain)))


def country_name(code: str, language: str) -> str:
    """The usual name of a country in a language, or the code where CLDR has none."""
    return str(Locale.parse(language).territories.get(code, code))


def _key(name: str) -> str:
    return " ".join(name.replace("&", "and").casefold().replace("ё", "е").replace(".", "").split())
