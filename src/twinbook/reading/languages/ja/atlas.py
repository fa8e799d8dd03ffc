"""What a Japanese name of a place can mean: countries, divisions and towns of the pack's list and of the gazetteer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from twinbook.reading.gazetteer import find_places
from twinbook.reading.languages.ja.words import data

LARGE = 50_000  # people: a name of the table that the dictionary has not is believed from this size on


@dataclass(frozen=True)
class Meaning:
    """A place that bears the name: base form, kind (city · district · region · country), country, people."""

    name: str
    kind: str
    country: str | None
    population: int = 0


@lru_cache(maxsize=4096)
def meanings(name: str) -> tuple[Meaning, ...]:
    """What a bare name or a name with its suffix means, the pack's own list first; empty where unknown."""
    own = _own().get(name, ())
    if name in _not_places():
        return own
    table = tuple(Meaning(name, "city", place.country, place.population) for place in find_places(name, "japanese"))
    return own + table


def countries_in(text: str) -> list[str]:
    """Codes of the countries whose names stand in the text, in the pack's order."""
    return [code for name, code in _country_names() if name in text]


def country_code(name: str) -> str | None:
    return _country_codes().get(name)


def best(found: Collection[Meaning], countries: Collection[str]) -> Meaning | None:
    """The meaning in one of the countries that the page names, else the pack's own, else the largest."""
    if not found:
        return None
    return next((meaning for meaning in found if meaning.country in countries), next(iter(found)))


@lru_cache(maxsize=4096)
def prefecture_of(bare: str) -> str | None:
    """石川 → 石川県; None for what is no Japanese prefecture."""
    return next((name for name in data("places")["regions"]["JP"] if name[:-1] == bare or name == bare), None)


@lru_cache(maxsize=4096)
def region_of(bare: str) -> Meaning | None:
    """ワシントン → ワシントン州, where the pack knows the division."""
    return next((meanings(bare + suffix)[0] for suffix in ("州", "県", "省", "道") if _own().get(bare + suffix)), None)


@cache
def _own() -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, tuple[Meaning, ...]] = {}
    tables = data("places")
    for code, spellings in tables["countries"].items():
        for name in spellings:
            found[name] = (Meaning(spellings[0], "country", code),)
    for key, kind in (("regions", "region"), ("cities", "city")):
        for code, members in tables[key].items():
            for name in members:
                kind_here = "district" if name.endswith("区") and kind == "city" else kind
                found[name] = (*found.get(name, ()), Meaning(name, kind_here, code))
    return found


@cache
def _country_codes() -> dict[str, str | None]:
    """Codes of countries by all their names; of two countries of one name the first."""
    found: dict[str, str | None] = {}
    for name, members in _own().items():
        for meaning in members:
            if meaning.kind == "country":
                found.setdefault(name, meaning.country)
    return found


@cache
def _country_names() -> list[tuple[str, str]]:
    return [(name, code) for code, spellings in data("places")["countries"].items() for name in spellings]


@cache
def _not_places() -> frozenset[str]:
    return frozenset(data("places")["not_places"]["words"])
