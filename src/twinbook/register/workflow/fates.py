"""What becomes of a list's row, and the places that it names."""

from __future__ import annotations

from dataclasses import dataclass

from twinbook.reading.importer import ActivityRow, PersonRow, PlaceNamed, PlaceRow, RowTrouble, TieRow


@dataclass(frozen=True)
class Fate:
    """What became of one row: `outcome` new · known · trouble; `remark` says what a person should look at."""

    row: int
    outcome: str
    record: str = ""
    remark: str = ""
    words: str = ""
    code: str = ""  # of a trouble, with the value in question: the desk says it in its reader's language
    value: str = ""

    @classmethod
    def of_trouble(cls, row: RowTrouble) -> Fate:
        return cls(row.row, "trouble", "", row.sentence, row.words, row.code, row.value)


def places_in(row: TieRow | ActivityRow | PersonRow | PlaceRow) -> list[PlaceNamed]:
    """The places that a row names."""
    if isinstance(row, TieRow):
        return [row.first, row.second]
    if isinstance(row, ActivityRow):
        return [row.partner, *row.more_partners]
    return [row.place] if row.place else []
