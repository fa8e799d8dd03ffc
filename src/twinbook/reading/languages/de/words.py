"""The word lists of this pack as sets and tables, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠȘȚŢŤŪŮŰŲŴŶŸŹŻŽ"


@cache
def table(name: str) -> dict[str, Any]:
    """One of the pack's TOML files."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of names.toml as written there."""
    return frozenset(table("names")[name])


@cache
def endings(name: str) -> tuple[str, ...]:
    """A list of names.toml, the longest first, to be given to str.endswith."""
    return tuple(sorted(word_set(name), key=len, reverse=True))


@cache
def given_names() -> dict[str, str]:
    """Given name → "f" or "m" ("" where both bear it)."""
    women, men = (frozenset(table("given")[key].split()) for key in ("women", "men"))
    return {name: "" if name in women and name in men else "f" if name in women else "m" for name in women | men}


@cache
def surnames_first() -> frozenset[str]:
    return frozenset(table("given")["surnames_first"].split())


@cache
def placed(name: str) -> dict[str, str]:
    """Names of a table of places.toml → code of their country."""
    return {word: code for code, words in table("places")[name].items() for word in words}


def country_of_adjective(word: str) -> str | None:
    """The country of "ungarische", "japanischen" or "Schweizer"; None for another word."""
    small = word.casefold()
    if small in placed("adjectives"):
        return placed("adjectives")[small]
    for ending in ("e", "en", "er", "es", "em"):
        if small.endswith(ending) and (code := placed("adjectives").get(small.removesuffix(ending))):
            return code
    return None
