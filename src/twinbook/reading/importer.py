"""What an importer is: it turns an outside list into ties, activities, people, row by row; finds the importers."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from twinbook.reading.tables import Table, TableError, read_table

FOLDER = Path(__file__).with_name("importers")


@dataclass(frozen=True)
class PlaceNamed:
    """A place as a list names it; `country` is ISO 3166-1 alpha-2 or "" where the list leaves it open or is unclear.

    `names` are (language, name) pairs, the first is the one to show; `identifiers` (scheme, identifier) pairs; degrees
    are None where the list gives none. Country is the list's claim, never ours.
    """

    names: tuple[tuple[str, str], ...]
    country: str = ""
    country_as_written: str = ""
    kind: str = "city"
    latitude: float | None = None
    longitude: float | None = None
    identifiers: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.names[0][1]


@dataclass(frozen=True)
class StepNamed:
    """One step of a tie as a list gives it: kind, EDTF date or "", basis code or "", the words for the decider."""

    kind: str
    when: str = ""
    basis: str = ""
    decider: str = ""
    by_partner: bool = False


@dataclass(frozen=True)
class TieRow:
    """One row that states a tie; `kind` is "" where the list tells no level, `words` the row as it stands."""

    row: int
    words: str
    first: PlaceNamed
    second: PlaceNamed
    kind: str = ""
    steps: tuple[StepNamed, ...] = ()
    is_directed: bool = False
    note: str = ""


@dataclass(frozen=True)
class ActivityRow:
    """One row that states an activity with partners; counts are of people. `status` "" is one that the list leaves
    open; `more_titles` are (language, title) pairs, `note` what the row says beyond these.
    """

    row: int
    words: str
    partner: PlaceNamed
    kind: str
    title: str
    language: str
    status: str = "done"
    when: str = ""
    areas: tuple[str, ...] = ()
    people_in: int | None = None
    people_out: int | None = None
    note: str = ""
    is_recurring: bool = False
    more_titles: tuple[tuple[str, str], ...] = ()
    more_partners: tuple[PlaceNamed, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PersonRow:
    """One row that names a person with a post: `title` in the list's words, `organisation` or `place` whose post it is.

    `note` holds what reaches the person (telephone, mail); a list's people are contacts, never public by themselves.
    """

    row: int
    words: str
    names: tuple[tuple[str, str], ...]
    title: str = ""
    organisation: str = ""
    place: PlaceNamed | None = None
    language: str = ""
    note: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PlaceRow:
    """One row that states a place: its names, country, degrees and identifiers."""

    row: int
    words: str
    place: PlaceNamed


@dataclass(frozen=True)
class RowTrouble:
    """A row that gives nothing, or less than it says: code, the value in question, and a sentence on what to do."""

    row: int
    words: str
    code: str
    value: str
    sentence: str


Imported = TieRow | ActivityRow | PersonRow | PlaceRow | RowTrouble


@dataclass(frozen=True)
class Importer:
    """One outside list: `columns` must be in the heading for it to be recognised; `read` gives its rows in order.

    `is_mapped`: the office says which column means what, so `read` is given a mapping of meaning to column.
    What is no table (JSON, XML, vCard …) is told by `fits` from its bytes and name, and made a table by `open`, whose
    rows hold the thing's words as one line each.
    """

    code: str
    title: str
    columns: frozenset[str]
    read: Callable[[Table, dict[str, str]], Iterator[Imported]]
    is_mapped: bool = False
    licence: str = ""
    fits: Callable[[bytes, str], bool] | None = None
    open: Callable[[bytes], Table] | None = None


class NobodyReadsError(TableError):
    """A table, but none whose columns an importer knows."""


@cache
def importers() -> dict[str, Importer]:
    """The importers found, by code."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(FOLDER)]))
    found = [importlib.import_module(f"twinbook.reading.importers.{name}").IMPORTER for name in names]
    return {importer.code: importer for importer in found}


def recognise(table: Table) -> Importer | None:
    """The importer whose columns the table has, the one with the most where several do; None where none fits."""
    columns = set(table.columns)
    fitting = [importer for importer in importers().values() if importer.columns and importer.columns <= columns]
    return max(fitting, key=lambda importer: len(importer.columns), default=None)


def read_list(raw: bytes, *, name: str = "", code: str = "") -> tuple[Importer, Table]:
    """The importer of a file (the one named, else the one that fits) and the file as a table.

    TableError where the file cannot be read, NobodyReadsError where no importer knows its columns.
    """
    chosen = importers().get(code)
    if chosen is None:
        chosen = next((one for one in importers().values() if one.fits and one.fits(raw, name)), None)
    if chosen and chosen.open:
        return chosen, chosen.open(raw)
    table = read_table(raw, name=name)
    chosen = chosen or recognise(table)
    if chosen is None:
        known = "; ".join(
            f"{one.code}: {', '.join(sorted(one.columns))}" for one in importers().values() if one.columns
        )
        raise NobodyReadsError(f"Nobody reads these columns ({', '.join(table.columns)}). Known: {known}.")
    return chosen, table
