"""A batch of a list's statements at one stroke: what record.state and settle do one by one, with few queries.

What the batch makes is told from the batch itself, without asking the database what has just been written; what it
adds to records that stood before goes through `settle`. The audit proves the rows by their statements.
"""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, ClassVar

from django.db import connection

from twinbook.register.models import Backing, Decision, Place, Record, Source, Statement
from twinbook.register.models.fields import new_public_id
from twinbook.register.models.properties import property_of
from twinbook.register.queries.accounts import Accounts
from twinbook.register.queries.telling import Account, give_account
from twinbook.register.workflow.covering import refuse_erased
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.inserting import encode, insert, next_ids, plain
from twinbook.register.workflow.record import CONTEXT, check_value, rank_of, settle
from twinbook.register.workflow.rows import write_rows

SPOKEN = frozenset(["text", "words", "name"])
KEYS_A_QUERY = 5_000
LARGE_CACHE = -400_000  # KiB
# As attributes are called, in the order in which the rows below give their values.
STATEMENT_COLUMNS = (
    *("key", "record_id", "property", "value", "target_id", "language", "qualifiers"),
    *("as_written", "quote", "prefix", "suffix", "start", "end", "also", "said_by", "view_id"),
    *("source_id", "read_by", "rank", "first_seen", "last_seen"),
    *("decision_id", "withdrawn_by_id", "restates_id", "amends_id"),
)
RECORD_COLUMNS = (
    *("id", "public_id", "kind", "canonical_id", "label", "visibility", "is_standing", "version", "made_at"),
)


class Ref:
    """A record by its two ids and its kind; one that is about to be stored has no `pk` yet."""

    __slots__ = ("kind", "pk", "public_id")

    def __init__(self, kind: str, public_id: str = "", pk: int = 0) -> None:
        self.kind = kind
        self.public_id = public_id or new_public_id()
        self.pk = pk


class Span:
    """Where a row stands in its source, with the words before and after it."""

    __slots__ = ("end", "prefix", "quote", "start", "suffix")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.quote = text[start:end]
        self.prefix, self.suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


class Cell:
    """One value of one row about to be a statement; has what telling needs to know of a statement."""

    __slots__ = ("as_written", "id", "json", "key", "language", "property", "record", "span", "target", "value", "view")
    qualifiers: ClassVar[dict[str, str]] = {}
    restates_id = None
    rank = 0  # all of one list have the same
    first_seen = datetime.min

    def __init__(
        self,
        record: Ref,
        name: str,
        value: Any,
        span: Span,
        *,
        target: Ref | None = None,
        language: str = "",
        as_written: str = "",
        view: Ref | None = None,
    ) -> None:
        self.record, self.property, self.value, self.span = record, name, value, span
        self.target, self.language, self.as_written, self.view = target, language, as_written, view
        self.key, self.id = "", 0
        self.json = None if target else encode(value)

    @property
    def target_id(self) -> int | None:
        return self.target.pk if self.target else None


def enter_batch(
    decision: Decision, source: Source, read_by: str, at: datetime, made: Sequence[Ref], cells: Iterable[Cell]
) -> int:
    """Store the records a batch made and the statements of its cells, and write the rows that follow.

    Returns how many statements there are of the batch, those that stood before included. A decision that let nothing
    in is not kept.
    """
    for ref, pk in zip(made, next_ids(Record, len(made)) if made else (), strict=True):
        ref.pk = pk
    by_key = _by_key(source, cells)
    refuse_erased([str(c.value) for c in by_key.values() if c.property == "name" and c.record.kind == "person"])
    new = {ref.pk for ref in made}
    standing = _back_standing([key for key, cell in by_key.items() if cell.record.pk not in new], decision)
    fresh = [cell for key, cell in by_key.items() if key not in standing] if standing else list(by_key.values())
    accounts, later = _tell(made, fresh, new)
    _store_records(made, accounts, at)
    _store_statements(fresh, decision, source, read_by)
    write_rows(accounts.by_id)
    if later:
        settle(later)
    if not fresh and not decision.backings.exists():
        decision.delete()
    return len(by_key)


def _by_key(source: Source, cells: Iterable[Cell]) -> dict[str, Cell]:
    """The cells by their statements' keys, checked; what a batch says twice is said once."""
    by_key: dict[str, Cell] = {}
    beginning = source.public_id + "\0"
    for number, cell in enumerate(cells):
        _check(cell)
        told = cell.target.public_id if cell.target else cell.json
        parts = f"{beginning}{cell.record.public_id}\0{cell.property}\0{told}\0{cell.language}"
        cell.key, cell.id = hashlib.sha256(parts.encode()).hexdigest(), number
        by_key.setdefault(cell.key, cell)
    return by_key


def _check(cell: Cell) -> None:
    if cell.span.end <= cell.span.start:
        raise NotPossibleError("a row without words is no evidence", code="no-evidence", property=cell.property)
    if cell.target is None and isinstance(cell.value, str) and _is_spoken(cell.record.kind, cell.property):
        if cell.value.strip():
            return
        check_value(cell.record.kind, cell.property, cell.value, None)
    _check_once(cell.record.kind, cell.property, cell.value, cell.target.kind if cell.target else "")


@cache
def _is_spoken(kind: str, name: str) -> bool:
    return property_of(kind, name).type in SPOKEN


@lru_cache(maxsize=20_000, typed=True)
def _check_once(kind: str, name: str, value: Any, target_kind: str) -> None:
    check_value(kind, name, value, Record(kind=target_kind) if target_kind else None)


def _back_standing(keys: list[str], decision: Decision) -> set[str]:
    """The keys that stand already; the decision backs those statements, unless it is of the act that let them in: an
    import that was broken off goes on in its own act and backs nothing."""
    standing: set[str] = set()
    for begin in range(0, len(keys), KEYS_A_QUERY):
        rows = Statement.objects.filter(key__in=keys[begin : begin + KEYS_A_QUERY], withdrawn_by=None)
        found = list(rows.values_list("pk", "key", "decision__act"))
        standing |= {key for _, key, _ in found}
        again = [Backing(statement_id=pk, decision=decision) for pk, _, act in found if act != decision.act]
        Backing.objects.bulk_create(again, ignore_conflicts=True)
    return standing


def _tell(made: Sequence[Ref], fresh: Iterable[Cell], new: Collection[int]) -> tuple[Accounts, set[int]]:
    """The accounts of new records, and the keys of records whose rows must be asked for: what stood before, and steps
    of ties that stood before."""
    by_record: dict[int, list[Cell]] = defaultdict(list)
    later: set[int] = set()
    for cell in fresh:
        by_record[cell.record.pk].append(cell)
        if cell.record.pk not in new or (
            cell.property == "tie" and cell.target and cell.record.kind == "step" and cell.target.pk not in new
        ):
            later.add(cell.record.pk)
    accounts = Accounts()
    for ref in made:
        cells = by_record.get(ref.pk)
        if cells and ref.pk not in later:
            accounts.by_id[ref.pk] = give_account(ref.kind, cells, canonical={})
    beside = _places_beside(accounts)
    accounts.by_id |= beside
    accounts.tell_families()
    for pk in beside:
        del accounts.by_id[pk]
    return accounts, later


def _places_beside(accounts: Accounts) -> dict[int, Account]:
    """Places that new ties name and that stood before: their names are the ties'."""
    named = {place for a in accounts.by_id.values() if a.kind == "tie" for place, _ in a.links.get("places", ())} - set(
        accounts.by_id
    )
    rows = Place.objects.filter(pk__in=named).values_list("pk", "is_home", "record__label")
    return {pk: Account("place", {"is_home": is_home}, label=label) for pk, is_home, label in rows}


def _store_records(made: Sequence[Ref], accounts: Accounts, at: datetime) -> None:
    moment = plain(Record, "made_at")(at)
    rows = []
    for ref in made:
        account = accounts.get(ref.pk)
        label = encode(account.label) if account else "{}"
        told = (account.visibility, True, 2) if account else ("", False, 1)
        rows.append((ref.pk, ref.public_id, ref.kind, None, label, *told, moment))
    if rows:
        insert(Record, RECORD_COLUMNS, rows)


def _store_statements(cells: Sequence[Cell], decision: Decision, source: Source, read_by: str) -> None:
    moment = plain(Statement, "first_seen")(source.captured_at)
    tail = ("[]", "")
    end = (source.pk, read_by, rank_of(read_by), moment, moment, decision.pk, None, None, None)
    rows = []
    for c in cells:
        span, target = c.span, c.target
        rows.append(
            (c.key, c.record.pk, c.property, c.json, target.pk if target else None,
             c.language, "{}", c.as_written or span.quote, span.quote, span.prefix, span.suffix, span.start, span.end,
             *tail, c.view.pk if c.view else None, *end)
        )  # fmt: skip
    if rows:
        insert(Statement, STATEMENT_COLUMNS, rows)


@contextmanager
def without_collecting() -> Iterator[None]:
    """A batch makes millions of values and no cycles: looking for those would cost a fifth of its time."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


@contextmanager
def with_large_cache() -> Iterator[None]:
    """Room in memory for the indexes that a large import writes to, on SQLite."""
    before = _cache_size(LARGE_CACHE)
    try:
        yield
    finally:
        _cache_size(before)


def _cache_size(wanted: int) -> int:
    """Set SQLite's page cache (negative: KiB); gives what it was."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        before: int = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size={wanted}")
    return before


def look_at_all() -> None:
    """Let the database look at how its tables are filled, so that it chooses its ways by it; on SQLite at a sample of
    each, which takes a moment whatever the size."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=100000")
        cursor.execute("ANALYZE")
