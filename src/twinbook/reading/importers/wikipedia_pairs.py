"""Pairs of twin towns by name and country with guessed coordinates, as gathered out of Wikipedia's lists."""

from __future__ import annotations

from collections.abc import Iterator

from twinbook.reading.countries import country_code
from twinbook.reading.importer import Imported, Importer, PlaceNamed, RowTrouble, TieRow
from twinbook.reading.tables import Row, Table


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """A tie a row, kind not told. A row that ties a place to itself, or has no name, is a trouble."""
    del mapping
    for row in table.rows:
        first, second = _place(row, "1"), _place(row, "2")
        if not first.name or not second.name:
            yield RowTrouble(row.number, row.words, "name-missing", "", "Both towns need a name.")
        elif (first.name, first.country) == (second.name, second.country):
            yield RowTrouble(row.number, row.words, "tied-to-itself", first.name, "A town is tied to itself here.")
        else:
            yield TieRow(row.number, row.words, first, second)


def _place(row: Row, side: str) -> PlaceNamed:
    written = row.cells.get(f"country{side}", "")
    # Coordinates are guesses of the list's maker, some on the wrong continent: not taken for the place's own.
    return PlaceNamed((("en", row.cells.get(f"city{side}", "")),), country_code(written) or "", written)


IMPORTER = Importer(
    "wikipedia_pairs",
    "Pairs of twin towns out of Wikipedia's lists",
    frozenset(["city1", "country1", "city2", "country2"]),
    read,
    licence="CC BY-SA 4.0, Wikipedia",
)
