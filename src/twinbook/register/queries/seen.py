"""Statements as pages show them, read as plain rows: each source, decision and record once, whoever rests on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from django.db.models import QuerySet

from twinbook.register.models import Decision, Record, Source, Statement
from twinbook.register.queries.plain import plain_values, read_json
from twinbook.register.queries.values import SourceLine

Row = TypeVar("Row")
KEYS_A_QUERY = 5_000
SOURCE_COLUMNS = ("public_id", "kind", "title", "publisher", "address", "language", "published", "captured_at", "day")
MOMENTS = ("first_seen", "last_seen")


class SeenRecord(NamedTuple):
    """What a statement tells of the record it was decided about."""

    public_id: str
    kind: str
    canonical_id: int | None


class SeenDecision(NamedTuple):
    """Who decided, and when."""

    public_id: str
    at: datetime
    by: str


class Seen:
    """A statement with the record, source and decisions that it names; the same names as a Statement's."""

    __slots__ = ("also", "as_written", "decision", "decision_id", "end", "first_seen", "id", "key", "language",
                 "last_seen", "prefix", "property", "qualifiers", "quote", "rank", "read_by", "record", "record_id",
                 "restates_id", "said_by", "source", "source_id", "start", "suffix", "target_id", "value", "view_id",
                 "withdrawn_by", "withdrawn_by_id")  # fmt: skip
    COLUMNS = ("id", "key", "record_id", "property", "value", "target_id", "language", "qualifiers", "as_written",
               "quote", "prefix", "suffix", "start", "end", "also", "said_by", "view_id", "source_id", "read_by",
               "rank", "first_seen", "last_seen", "decision_id", "withdrawn_by_id", "restates_id")  # fmt: skip
    record: SeenRecord
    source: SourceLine
    decision: SeenDecision
    withdrawn_by: SeenDecision | None

    def __init__(self, row: Sequence[Any]) -> None:
        (self.id, self.key, self.record_id, self.property, value, self.target_id, self.language, qualifiers,
         self.as_written, self.quote, self.prefix, self.suffix, self.start, self.end, also, self.said_by, self.view_id,
         self.source_id, self.read_by, self.rank, self.first_seen, self.last_seen, self.decision_id,
         self.withdrawn_by_id, self.restates_id) = row  # fmt: skip
        self.value = read_json(value)
        self.qualifiers = read_json(qualifiers)
        self.also = () if also == "[]" else read_json(also)


def with_sources(statements: QuerySet[Statement]) -> list[Seen]:
    """The statements with their records, and with what is shown of their sources and decisions.

    Each source and decision is asked for once, however many statements rest on it, and never joined: SQLite would walk
    through all of a source's text for each statement.
    """
    found = [Seen(row) for row in plain_values(statements, Seen.COLUMNS, converted=MOMENTS)]
    names = ("public_id", "kind", "canonical_id")
    records = _by_key(Record.objects.all(), names, SeenRecord, {one.record_id for one in found})
    sources = _by_key(Source.objects.all(), SOURCE_COLUMNS, source_line_of, {one.source_id for one in found})
    decided = {pk for one in found for pk in (one.decision_id, one.withdrawn_by_id) if pk}
    decisions = _by_key(Decision.objects.all(), ("public_id", "at", "by__username"), SeenDecision, decided)
    for one in found:
        one.record, one.source = records[one.record_id], sources[one.source_id]
        one.decision = decisions[one.decision_id]
        one.withdrawn_by = decisions[one.withdrawn_by_id] if one.withdrawn_by_id else None
    return found


def _by_key(
    rows: QuerySet[Any], names: Sequence[str], make: Callable[..., Row], keys: Collection[int]
) -> dict[int, Row]:
    wanted = sorted(keys)
    found: dict[int, Row] = {}
    for begin in range(0, len(wanted), KEYS_A_QUERY):
        part = rows.filter(pk__in=wanted[begin : begin + KEYS_A_QUERY]).values_list("pk", *names)
        found |= {pk: make(*row) for pk, *row in part}
    return found


def source_line_of(*row: Any) -> SourceLine:
    """A source's SOURCE_COLUMNS as the line that lists and footnotes show."""
    *shown, captured_at, day = row
    told: date = day or captured_at.date()
    return SourceLine(*shown, captured_at, told)
