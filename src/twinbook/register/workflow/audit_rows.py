"""What the audit asks of rows: that each record's row and child rows are what its statements say, none more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from twinbook.register.models import (
    ActivityPlace,
    Dispute,
    Identifier,
    Name,
    Participation,
    Record,
    SearchToken,
)
from twinbook.register.queries.accounts import canonical_ids, preferences
from twinbook.register.queries.light import LightAccounts, ranges
from twinbook.register.queries.plain import plain_values, read_json
from twinbook.register.queries.telling import Account
from twinbook.register.workflow.audit_statements import Damage, Progress
from twinbook.register.workflow.rows import NAME_COLUMNS, ROWS, row_columns, search_weights

RANGE = 4_000  # records looked at at once
CHILDREN: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Name, "record", NAME_COLUMNS),
    (Identifier, "record", ("scheme", "identifier")),
    (Dispute, "record", ("property", "is_open")),
    (SearchToken, "record", ("token", "weight")),
    (ActivityPlace, "activity", ("place_id",)),
    (Participation, "activity", ("who_id", "role")),
)
RECORD_COLUMNS = ("id", "public_id", "kind", "label", "visibility", "is_standing")
Rows = Mapping[int, Sequence[tuple[Any, ...]]]


def records(progress: Progress) -> Iterator[Damage]:
    """All that differs between a record's rows and its statements, and rows that no record should have."""
    told = LightAccounts(canonical_ids(), preferences())
    for low, high in ranges(Record, RANGE):
        found = list(plain_values(Record.objects.filter(pk__gt=low, pk__lte=high, canonical=None), RECORD_COLUMNS))
        yield from _range(low, high, found, told)
        progress(len(found))
    yield from _left_over()


def _left_over() -> Iterator[Damage]:
    merged = Record.objects.filter(canonical__gt=0).values("pk")  # not "is not null": SQLite has no index for that
    for kind, model in ROWS.items():
        for pk in model._default_manager.filter(record__in=merged).values_list("pk", flat=True):
            yield Damage("row-left-over", f"{kind} {pk}", "a merged record has a row of its own")
        for pk in model._default_manager.exclude(record__kind=kind).values_list("pk", flat=True):
            yield Damage("row-left-over", f"{kind} {pk}", "a record of another kind has such a row")
    for model, parent, _ in CHILDREN:
        for pk in model._default_manager.filter(**{f"{parent}__in": merged}).values_list(f"{parent}_id", flat=True):
            yield Damage("row-left-over", f"{model._meta.model_name} of {pk}", "a merged record has a row of its own")


def _range(low: int, high: int, found: Sequence[tuple[Any, ...]], told: LightAccounts) -> Iterator[Damage]:
    kinds: dict[int, str] = {row[0]: row[2] for row in found}
    accounts = told.of(low, high, kinds)
    rows = {kind: _rows_of(kind, low, high) for kind in set(kinds.values())}
    children = {
        model: _grouped(model, parent, columns, low, high)
        for model, parent, columns in CHILDREN
        if parent == "record" or "activity" in rows
    }
    for pk, public_id, kind, label, visibility, is_standing in found:
        account, row = accounts.get(pk), rows[kind].get(pk)
        for sentence in _differences(pk, (label, visibility, is_standing), account, row, children):
            yield Damage("row-differs", f"{kind} {public_id}", sentence)


def _rows_of(kind: str, low: int, high: int) -> dict[int, dict[str, Any]]:
    model = ROWS[kind]
    names = [field.attname for field in model._meta.concrete_fields]
    rows = plain_values(model._default_manager.filter(record_id__gt=low, record_id__lte=high), names)
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


def _grouped(
    model: type[Model], parent: str, columns: Iterable[str], low: int, high: int
) -> dict[int, list[tuple[Any, ...]]]:
    """A child table's rows by the record whose they are."""
    here = model._default_manager.filter(**{f"{parent}_id__gt": low, f"{parent}_id__lte": high})
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for pk, *row in plain_values(here, (f"{parent}_id", *columns)):
        found[pk].append(tuple(row))
    return found


def _differences(
    pk: int,
    kept: tuple[str, str, int],
    account: Account | None,
    row: Mapping[str, Any] | None,
    children: Mapping[type[Model], Rows],
) -> Iterator[str]:
    """What of a record's rows does not follow from its statements, in sentences; `kept` of the record are its label,
    its visibility and whether it stands."""
    label, visibility, is_standing = kept
    if bool(is_standing) != (account is not None):
        yield "it is marked as standing where nothing stands, or the other way about"
    if (row is None) != (account is None):
        yield "it has a row where nothing stands, or none where something does"
    if account is None or row is None:
        return
    if visibility != account.visibility or not _is_same(label, account.label):
        yield "its label or visibility is not what its statements say"
    for name, value in row_columns(account).items():
        if not _is_same(row[name], value):
            yield f"{name} is {row[name]!r}, its statements say {value!r}"
    yield from _child_differences(pk, account, children)


def _is_same(kept: Any, told: Any) -> bool:
    """Whether a column as the database holds it is a value as it is told."""
    if isinstance(told, dict | list):
        return isinstance(kept, str) and bool(read_json(kept) == told)
    if isinstance(kept, Decimal) and told is not None:
        return kept == round(Decimal(str(told)), 2)
    return bool(kept == (told.isoformat() if isinstance(told, date) else told))


def _child_differences(pk: int, account: Account, children: Mapping[type[Model], Rows]) -> Iterator[str]:
    names = [tuple(_plain(name[column]) for column in NAME_COLUMNS) for name in account.names]
    if not _are_same(children[Name].get(pk), names):
        yield "its names are not those of its statements"
    if not _are_same(children[Identifier].get(pk), account.identifiers):
        yield "its identifiers are not those of its statements"
    if not _are_same(children[Dispute].get(pk), account.disputes.items()):
        yield "its contradictions are not those of its statements"
    if not _are_same(children[SearchToken].get(pk), search_weights(account).items()):
        yield "it is not found by its own words"
    if account.kind == "activity":
        places = [(place,) for place, _ in account.links.get("places", ())]
        if not _are_same(children[ActivityPlace].get(pk), places):
            yield "its places are not those of its statements"
        if not _are_same(children[Participation].get(pk), account.links.get("participants", ())):
            yield "its participants are not those of its statements"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _are_same(kept: Sequence[tuple[Any, ...]] | None, told: Collection[tuple[Any, ...]]) -> bool:
    """Whether rows are the told ones, each once; their order says nothing."""
    if not kept or not told:
        return not kept and not told
    return len(kept) == len(told) and (set(kept) == set(told) if len(told) > 1 else kept[0] == next(iter(told)))
