"""An exported register into an empty one: the same ids, statements and decisions; the rows are built anew."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.color import no_style
from django.db import IntegrityError, connection
from django.db.models import BinaryField, DateField, DateTimeField, Model

from twinbook.register.models import Record, Statement
from twinbook.register.queries.whole import FORMAT, TABLES, USER_COLUMNS
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.record import rebuild_all, writing

BATCH = 500
KNOWN = {table.__name__: table for table, _ in TABLES}


def bring_back(lines: Iterable[str]) -> dict[str, int]:
    """Build the register of an export in an empty one, in one transaction; how many rows of each table came in.

    Officers that are not here yet are made without a password: they decide nothing until somebody gives them one.
    NotPossibleError where the register is not empty, or a line is not of the export's form; then nothing is written.
    """
    rows = iter(lines)
    _check_head(next(rows, ""))
    if Record.objects.exists() or Statement.objects.exists():
        raise NotPossibleError(
            "this register holds records already; an export comes back into an empty one", code="not-empty"
        )
    counts: dict[str, int] = {}
    with writing():
        try:
            for table, batch in _batches(rows):
                _store(table, batch)
                fresh = [row for row in batch if _is_whole(table, row)]
                counts[table.__name__] = counts.get(table.__name__, 0) + len(fresh)
            connection.check_constraints()
        except (IntegrityError, ValueError, KeyError, TypeError) as error:
            raise NotPossibleError(f"the export is damaged: {error}", code="damaged-export") from error
        _set_sequences()
        rebuild_all()
    return counts


def _check_head(line: str) -> None:
    try:
        head = json.loads(line)
    except ValueError:
        head = None
    if head != FORMAT:
        raise NotPossibleError("this is no export of a Twinbook register of this version", code="no-export")


def _batches(lines: Iterator[str]) -> Iterator[tuple[type[Model], list[dict[str, Any]]]]:
    table, batch = "", []
    is_whole = True
    for line in lines:
        if not line.strip():
            continue
        data = json.loads(line)
        whole = _is_whole(KNOWN[data["table"]], data["row"])
        if batch and (data["table"] != table or whole != is_whole or len(batch) >= BATCH):
            yield KNOWN[table], batch
            batch = []
        table, is_whole = data["table"], whole
        batch.append(data["row"])
    if batch:
        yield KNOWN[table], batch


def _is_whole(table: type[Model], row: dict[str, Any]) -> bool:
    """Whether a line is a row of its own; else it sets columns of one that came before."""
    later = dict(TABLES)[table]
    return not later or not set(row) <= {"pk", *later}


def _store(table: type[Model], batch: list[dict[str, Any]]) -> None:
    if _is_whole(table, batch[0]):
        table._default_manager.bulk_create([table(**_values(table, row)) for row in batch])
        return
    for row in batch:
        pk = row.pop("pk")
        table._default_manager.filter(pk=pk).update(**row)


def _values(table: type[Model], row: dict[str, Any]) -> dict[str, Any]:
    values = {}
    for column in table._meta.concrete_fields:
        name = "pk" if column.primary_key else column.attname
        if name not in row:
            continue
        value = row[name]
        if column.attname in USER_COLUMNS and value is not None:
            value = _officer(value)
        elif isinstance(column, BinaryField):
            value = base64.b64decode(value)
        elif isinstance(column, DateTimeField | DateField) and value is not None:
            value = column.to_python(value)
        values[name] = value
    return values


def _officer(name: str) -> int:
    users = get_user_model()
    found = users.objects.filter(username=name).first()
    if found is None:
        found = users.objects.create_user(name)
        found.is_active = False
        found.save(update_fields=["is_active"])
    return int(found.pk)


def _set_sequences() -> None:
    """Let the database count on from the ids that came in; SQLite does so by itself."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(KNOWN.values()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
