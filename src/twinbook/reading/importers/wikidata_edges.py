"""Statements of Wikidata's property P190 by item: each side's own claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twinbook.reading.importer import Imported, Importer, PlaceNamed, RowTrouble, TieRow
from twinbook.reading.tables import Table

ITEM = re.compile(r"Q[1-9]\d*\Z")


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """A directed tie a row: that the other side says the same is not taken for granted. Labels are mostly German."""
    del mapping
    for row in table.rows:
        source, target = row.cells.get("source_qid", ""), row.cells.get("target_qid", "")
        if not ITEM.match(source) or not ITEM.match(target):
            yield RowTrouble(
                row.number, row.words, "item-missing", f"{source} {target}", "An item reads as Q and a number."
            )
        elif source == target:
            yield RowTrouble(row.number, row.words, "tied-to-itself", source, "An item is tied to itself here.")
        else:
            first = _place(row.cells.get("source_label", ""), source)
            second = _place(row.cells.get("target_label", ""), target)
            yield TieRow(row.number, row.words, first, second, is_directed=True)


def _place(label: str, item: str) -> PlaceNamed:
    return PlaceNamed((("de", label or item),), identifiers=(("wikidata", item),))


IMPORTER = Importer(
    "wikidata_edges",
    "Wikidata P190 statements by item",
    frozenset(["source_qid", "source_label", "target_qid", "target_label"]),
    read,
    licence="CC0, Wikidata",
)
