"""Ties of a few countries out of Wikidata with population, coordinates and distance, without items or dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twinbook.reading.countries import country_code
from twinbook.reading.importer import Imported, Importer, PlaceNamed, RowTrouble, TieRow
from twinbook.reading.tables import Row, Table

ITEM = re.compile(r"Q[1-9]\d*\Z")


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """A directed tie a row, from origin to sister city. A label that is a bare item is kept as that item's number."""
    del mapping
    for row in table.rows:
        first = _place(row, "origincityLabel", "origincountry", "originlat", "originlong")
        second = _place(row, "sistercityLabel", "destination_countryLabel", "destinationlat", "destinationlong")
        if not first.name or not second.name:
            yield RowTrouble(row.number, row.words, "name-missing", "", "Both towns need a name.")
        elif first == second:  # two towns of one name with other coordinates are namesakes that found each other
            yield RowTrouble(row.number, row.words, "tied-to-itself", first.name, "A town is tied to itself here.")
        else:
            yield TieRow(row.number, row.words, first, second, is_directed=True)


def _place(row: Row, label: str, country: str, latitude: str, longitude: str) -> PlaceNamed:
    name, written = row.cells.get(label, ""), row.cells.get(country, "")
    identifiers = (("wikidata", name),) if ITEM.match(name) else ()
    return PlaceNamed(
        (("en", name),),
        country_code(written) or "",
        written,
        latitude=_degrees(row.cells.get(latitude, ""), 90),
        longitude=_degrees(row.cells.get(longitude, ""), 180),
        identifiers=identifiers,
    )


def _degrees(written: str, most: float) -> float | None:
    try:
        degrees = float(written)
    except ValueError:
        return None
    return degrees if -most <= degrees <= most else None


IMPORTER = Importer(
    "wikidata_ties",
    "Wikidata ties with coordinates",
    frozenset(["origincityLabel", "origincountry", "sistercityLabel", "destination_countryLabel"]),
    read,
    licence="CC0, Wikidata",
)
