"""Lists that were uploaded: what they are, which mapping such columns had before, what became of their rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from twinbook.reading.importer import Imported, read_list
from twinbook.reading.importers.activity_table import guess
from twinbook.reading.tables import TableError
from twinbook.register.models import Decision, Source
from twinbook.register.queries.compare import Difference, compare
from twinbook.register.queries.records import home

KIND = "list"
MAPPED = "activity_table"
PREVIEW = 8  # rows


@dataclass(frozen=True)
class Fate:
    """What became of one row, as bring_in tells it."""

    row: int
    outcome: str
    record: str
    remark: str
    words: str
    code: str
    value: str


@dataclass(frozen=True)
class Report:
    """What an import or its trial did; `is_undone` where the import was taken back."""

    is_trial: bool
    act: str
    by: str
    at: datetime
    rows: int
    outcomes: Mapping[str, int]
    places: Mapping[str, int]
    fates: tuple[Fate, ...]
    is_undone: bool


@dataclass(frozen=True)
class OutsideList:
    """One list. `mapping` is what was used for it or for the last list with the same columns, else what the headings
    suggest; `is_remembered` tells which. `preview` are its first rows, cell by cell."""

    id: str
    name: str
    by: str
    at: datetime
    importer: str
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    is_remembered: bool
    preview: tuple[tuple[int, tuple[str, ...]], ...]
    report: Report | None

    @property
    def is_mapped(self) -> bool:
        return self.importer == MAPPED


@dataclass(frozen=True)
class Compared:
    """A difference with what was decided on it: `side` ours · theirs, or empty; `act` undoes it."""

    difference: Difference
    key: str
    side: str
    act: str


def columns_key(columns: Sequence[str]) -> str:
    """By which lists with the same columns, in any order, are found."""
    return hashlib.sha256("\0".join(sorted(columns)).encode()).hexdigest()[:32]


def outside_lists(*, limit: int = 50) -> tuple[OutsideList, ...]:
    """The lists that were uploaded, the newest first, without their rows."""
    found = Source.objects.filter(kind=KIND).select_related("captured_by").defer("raw", "text")
    return tuple(_shown(one, ()) for one in found.order_by("-captured_at", "-pk")[:limit])


def outside_list(source: str) -> OutsideList | None:
    """One list with its first rows."""
    found = Source.objects.filter(public_id=source, kind=KIND).select_related("captured_by").first()
    if found is None:
        return None
    columns = tuple(found.reading["columns"])
    try:
        _, table = read_list(bytes(found.raw), name=found.name, code=found.reading["importer"])
        first = islice(table.rows, PREVIEW)
        rows = tuple((row.number, tuple(row.cells.get(name, "") for name in columns)) for row in first)
    except TableError:
        rows = ()
    return _shown(found, rows)


def _shown(source: Source, preview: tuple[tuple[int, tuple[str, ...]], ...]) -> OutsideList:
    told = source.reading
    columns = tuple(told["columns"])
    mapping, is_remembered = _mapping(source, columns)
    return OutsideList(
        source.public_id,
        source.name,
        source.captured_by.get_username() if source.captured_by else "",
        source.captured_at,
        told["importer"],
        columns,
        mapping,
        is_remembered,
        preview,
        _report(told["report"]) if told.get("report") else None,
    )


def _mapping(source: Source, columns: Sequence[str]) -> tuple[Mapping[str, str], bool]:
    if source.reading.get("mapping"):
        return source.reading["mapping"], True
    before = Source.objects.filter(kind=KIND, reading__columns_key=columns_key(columns)).exclude(pk=source.pk)
    for told in before.order_by("-captured_at", "-pk").values_list("reading", flat=True)[:20]:
        if told.get("mapping"):
            return told["mapping"], True
    return guess(columns), False


def remembered(columns: Sequence[str]) -> Mapping[str, str] | None:
    """The mapping that was used last for a list with these columns."""
    before = Source.objects.filter(kind=KIND, reading__columns_key=columns_key(columns))
    told = before.order_by("-captured_at", "-pk").values_list("reading", flat=True)[:20]
    return next((one["mapping"] for one in told if one.get("mapping")), None)


def _report(told: Mapping[str, Any]) -> Report:
    decisions = Decision.objects.filter(act=told["act"]) if told["act"] else Decision.objects.none()
    return Report(
        told["is_trial"],
        told["act"],
        told["by"],
        datetime.fromisoformat(told["at"]),
        told["rows"],
        told["outcomes"],
        told["places"],
        tuple(Fate(*one) for one in told["fates"]),
        decisions.exists() and not decisions.filter(undone_by=None).exists(),
    )


def whose_list() -> dict[str, str]:
    """Our own city as importers take it: lists of ties are told from its side."""
    own = home()
    if own is None:
        return {}
    names = {one.language: one.text for one in own.names}
    return {"home": names.get("en") or next(iter(names.values()), ""), "home_country": own.country}


def rows_of(source: str, mapping: Mapping[str, str]) -> Iterator[Imported]:
    """A list's rows as its importer reads them; TableError where it cannot be read."""
    found = Source.objects.get(public_id=source, kind=KIND)
    importer, table = read_list(bytes(found.raw), name=found.name, code=found.reading["importer"])
    return importer.read(table, dict(mapping))


def compared(source: str) -> tuple[Compared, ...]:
    """Our ties against a list's, with what was decided on each line and is not undone."""
    found = Source.objects.get(public_id=source, kind=KIND)
    decided: dict[str, dict[str, str]] = found.reading.get("decided", {})
    acts = [one["act"] for one in decided.values()]
    standing = set(Decision.objects.filter(act__in=acts, undone_by=None).values_list("act", flat=True))
    lines = []
    for difference in compare(rows_of(source, whose_list())):
        key = line_key(difference)
        told = decided.get(key, {})
        holds = told.get("act") in standing
        lines.append(Compared(difference, key, told["side"] if holds else "", told["act"] if holds else ""))
    return tuple(lines)


def line_key(difference: Difference) -> str:
    """By which a line is found again: its row in the list, else our tie."""
    return f"row-{difference.row}" if difference.row else f"tie-{difference.tie.id if difference.tie else ''}"
