"""Rows of a GeoNames dump: places with their number there, by which the lists that follow find them.

Source: download.geonames.org/export/dump/readme.txt, the 19 columns of the main table. Licence CC BY 4.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from twinbook.reading.importer import Imported, Importer, PlaceNamed, PlaceRow, RowTrouble
from twinbook.reading.tables import Row, Table, TableError

COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class", "feature code",
    "country code", "cc2", "admin1 code", "admin2 code", "admin3 code", "admin4 code", "population", "elevation", "dem",
    "timezone", "modification date",
)  # fmt: skip
LINE = re.compile(rb"\d{1,9}\t[^\t\n]+\t(?:[^\t\n]*\t){4}[A-Z]?\t(?:[^\t\n]*\t){10}[^\t\n]*")
KINDS = {"ADM1": "region", "ADM2": "district", "ADM3": "district", "ADM4": "city", "PCLI": "country", "PCL": "country"}
GONE = frozenset(["PPLH", "PPLQ", "PPLW", "PPLCH", "ADM1H", "ADM2H", "ADM3H", "ADM4H", "PCLH"])
PARTS = frozenset(["PPLX"])  # a quarter of a town


def fits(raw: bytes, name: str) -> bool:
    return bool(LINE.match(raw.removeprefix(b"\xef\xbb\xbf")))


def open_dump(raw: bytes) -> Table:
    """A place a row; the dump has no heading, and a quotation mark in it is a letter like any other."""
    try:
        lines = raw.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise TableError("A GeoNames dump is written in UTF-8. Take it again from download.geonames.org.") from error
    return Table(COLUMNS, _rows(lines))


def _rows(lines: list[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r").split("\t")
        if len(cells) > 1 and line.strip():  # a row of empty cells says nothing
            yield Row(number, line.rstrip("\r"), dict(zip(COLUMNS, cells, strict=False)))


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """A place a row; mountains and streets, and what is a place no more, are troubles."""
    del mapping
    for row in table.rows:
        cells = row.cells
        code, group = cells.get("feature code", ""), cells.get("feature class", "")
        if not cells.get("geonameid", "").isdigit() or not cells.get("name") or "country code" not in cells:
            yield RowTrouble(row.number, row.words, "row-damaged", "", "The row has not the columns of a dump.")
        elif code in GONE:
            yield RowTrouble(row.number, row.words, "gone", code, "GeoNames says that this is a place no more.")
        elif code in PARTS or group not in {"P", "A"} or (group == "A" and code not in KINDS):
            sentence = "This is no town, district or region that could have a partner."
            yield RowTrouble(row.number, row.words, "no-place", code, sentence)
        else:
            yield PlaceRow(row.number, row.words, _place(cells, code))


def _place(cells: dict[str, str], code: str) -> PlaceNamed:
    return PlaceNamed(
        (("en", cells["name"]),),
        cells["country code"],
        cells["country code"],
        KINDS.get(code, "city"),
        _degrees(cells["latitude"], 90),
        _degrees(cells["longitude"], 180),
        (("geonames", cells["geonameid"]),),
    )


def _degrees(written: str, most: float) -> float | None:
    try:
        degrees = float(written)
    except ValueError:
        return None
    return degrees if -most <= degrees <= most else None


IMPORTER = Importer(
    "geonames", "Places of GeoNames", frozenset(), read, licence="CC BY 4.0, GeoNames", fits=fits, open=open_dump
)
