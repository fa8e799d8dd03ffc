"""What an importer is: it turns an outside list into ties and activities, row by row; finds the importers."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from twinbook.reading.tables import Table

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
    """One row that states an activity with a partner; counts are of people, `cost` is as written."""

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


@dataclass(frozen=True)
class RowTrouble:
    """A row that gives nothing, or less than it says: code, the value in question, and a sentence on what to do."""

    row: int
    words: str
    code: str
    value: str
    sentence: str


Imported = TieRow | ActivityRow | RowTrouble


@dataclass(frozen=True)
class Importer:
    """One outside list: `columns` must be in the heading for it to be recognised; `read` gives its rows in order.

    `is_mapped`: the office says which column means what, so `read` is given a mapping of meaning to column.
    """

    code: str
    title: str
    columns: frozenset[str]
    read: Callable[[Table, dict[str, str]], Iterator[Imported]]
    is_mapped: bool = False
    licence: str = ""


@cache
def importers() -> dict[str, Importer]:
    """The importers found, by code."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(FOLDER)]))
    found = [importlib.import_module(f"twinbook.reading.importers.{name}").IMPORTER for name in names]
    return {importer.code: importer for importer in found}


def recognise(table: Table) -> Importer | None:
    """The importer whose columns the table has, the one with the most where several do; None where none fits."""
    columns = set(table.columns)
    fitting = [importer for importer in importers().values() if importer.columns <= columns and not importer.is_mapped]
    return max(fitting, key=lambda importer: len(importer.columns), default=None)
