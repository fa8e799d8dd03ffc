"""The word lists of this pack as sets and patterns, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from twinbook.reading.gazetteer import GazetteerPlace, find_places

HERE = Path(__file__).parent
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĜĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŜŞŠȘȚŢŤŪŬŮŰŲŴŶŸŹŻŽ"


@cache
def table(name: str) -> dict[str, Any]:
    """One of the pack's TOML files."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of names.toml as written there."""
    return frozenset(table("names")[name])


@cache
def alternatives(name: str) -> str:
    """A list of names.toml as alternatives of a pattern, the longest first, white space flexible."""
    words = sorted(word_set(name), key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)


@cache
def given_names() -> dict[str, str]:
    """Given name → "f" or "m" ("" where both bear it)."""
    women, men = (frozenset(table("given")[key].split()) for key in ("women", "men"))
    return {name: "" if name in women and name in men else "f" if name in women else "m" for name in women | men}


@cache
def given_places() -> frozenset[str]:
    """Given names that are first of all places (Virginia, Lincoln)."""
    return frozenset(table("given")["also_places"].split())


@cache
def surnames_first() -> frozenset[str]:
    return frozenset(table("given")["surnames_first"].split())


@cache
def countries() -> dict[str, str]:
    """Name of a country → its code."""
    return {name: code for code, names in table("places")["countries"].items() for name in names}


@cache
def demonyms() -> dict[str, str]:
    """Japanese → JP."""
    return {name: code for code, names in table("places")["demonyms"].items() for name in names}


@cache
def regions() -> dict[str, str]:
    """Name of a region → code of its country."""
    return {name: code for code, names in table("places")["regions"].items() for name in names}


@cache
def divisions() -> dict[str, str]:
    """Name or abbreviation of a state of the United States → its division code."""
    return {name: code for code, names in table("places")["divisions"].items() for name in names}


def cities(name: str) -> list[GazetteerPlace]:
    """The gazetteer's places of this name, the largest first; also of Saint for St. and without a closing City."""
    found = find_places(name, "latin")
    if not found and name.startswith(("St. ", "St ")):
        found = find_places("Saint " + name.partition(" ")[2], "latin") or find_places(
            "St. " + name.partition(" ")[2], "latin"
        )
    return found
