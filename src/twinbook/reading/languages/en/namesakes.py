"""Which country a place of the text lies in: by the words around it, else by what the page speaks of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from twinbook.reading.gazetteer import GazetteerPlace
from twinbook.reading.languages.en.runs import Line
from twinbook.reading.languages.en.words import cities, countries, demonyms, divisions, regions

UNKNOWN_AFTER = re.compile(
    r"(?:\s+(?:city|town|county|district|prefecture|village|municipality|ward))?(?:,\s*|\s+in\s+|\s*\()(?:the\s+)?"
    r"(?:[a-z]+ern\s+|[Nn]orth(?:ern)?[ -]?\w*\s+|central\s+)?\Z"
)
COUNTRY_BEFORE = re.compile(
    r"(?:(?P<owner>[A-Z]\w+(?:\s[A-Z]\w+)?)[’']s\s+(?:\w+\s+)?"
    r"|(?P<people>[A-Z]\w+(?:\s[A-Z]\w+)?)\s+(?:(?!became|become|is|was|were|are|has|had|and|to|as|with)\w+[ -]){0,3}"
    r"(?:city|town|port|village|capital|twin"
    r"|municipality|county|region|partner)\s+(?:of\s+)?)\Z"
)


@dataclass(frozen=True)
class Spot:
    """A place as it stands in the text, before its namesakes are told apart."""

    start: int
    end: int
    name: str
    kind: str
    country: str | None = None
    division: str | None = None


def country_before(line: Line, i: int) -> str | None:
    """Germany’s Freiburg, the Chinese city of Haiyan."""
    found = COUNTRY_BEFORE.search(line.before(i, 60))
    if not found:
        return None
    words = (found["owner"] or found["people"]).split()
    for name in (" ".join(words), words[-1], words[0]):
        if country := countries().get(name) or demonyms().get(name):
            return country
    return None


def state_after(line: Line, i: int) -> tuple[str | None, str | None] | None:
    """(country, division) that stands after word i: ", Germany", " in Japan", ", N.Y."; None where none does."""
    if i + 1 >= len(line.words):
        return None
    between = line.gap(i)
    if not UNKNOWN_AFTER.fullmatch(between):
        return None
    names = [line.written(i + 1, last) for last in (i + 1, i + 2, i + 3) if last < len(line.words)]
    raw = line.text[line.words[i + 1].start : line.words[i + 1].start + 8]
    for name in reversed(names):
        if name in countries():
            return countries()[name], None
        if between.startswith(",") and name in divisions():
            return "US", divisions()[name]
        if name in regions():
            return regions()[name], None
    for abbreviation, code in divisions().items():
        if between.startswith(",") and abbreviation.endswith(".") and raw.startswith(abbreviation):
            return "US", code
    return None


def country_of(name: str, spots: list[Spot], mentioned: Counter[str], home: str | None) -> str | None:
    """The country that the text gives to the name, else its largest namesake in a country the page speaks of."""
    for spot in spots:
        if spot.name == name and spot.country:
            return spot.country
    found = cities(name)
    if not found:
        return None
    return best_namesake(found, mentioned, home).country


def best_namesake(found: list[GazetteerPlace], mentioned: Counter[str], home: str | None) -> GazetteerPlace:
    if mentioned[found[0].country] or home == found[0].country:
        return found[0]
    for place in found[1:]:
        if mentioned[place.country] >= 1 and place.population * 10 >= found[0].population:
            return place
    return found[0]
