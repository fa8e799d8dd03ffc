"""The whole register as JSON Lines: every source, decision and statement with its evidence, to build it anew from.

The first line names the format; then a line a row, `{"table": …, "row": {column: value}}`, in an order in which each
row names only rows before it. Rows that follow from statements are not in it: they are rebuilt. Bytes are in base64.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Field, Model

from twinbook.register.models import Backing, Decision, Merge, Preference, Proposal, Record, Source, Statement

FORMAT = {"format": "twinbook-register", "version": 1}
# Each table with the columns that may name rows that come later: a second line sets them.
TABLES: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Source, ("previous_id",)),
    (Record, ("canonical_id",)),
    (Proposal, ("earlier_id", "decision_id", "formed_by_id")),
    (Decision, ("undoes_id",)),
    (Statement, ("restates_id", "amends_id")),
    (Backing, ()),
    (Preference, ()),
    (Merge, ()),
)
USER_COLUMNS = frozenset(["by_id", "captured_by_id"])
FOLLOWING = frozenset(["label", "visibility", "is_standing", "version"])  # of a record: follow from its statements


def whole_register() -> Iterator[str]:
    """The lines of the export, without line ends."""
    yield json.dumps(FORMAT)
    names = _officers()
    for table, later in TABLES:
        for row in table._default_manager.order_by("pk").iterator(chunk_size=500):
            yield line(table.__name__, _columns(row, names, leave_out=later))
    for table, later in TABLES:
        if later:
            rows = table._default_manager.order_by("pk").values("pk", *later).iterator(chunk_size=2000)
            for values in rows:
                if any(values[column] is not None for column in later):
                    yield line(table.__name__, {key: value for key, value in values.items() if value is not None})


def whole_table(table: type[Model]) -> Iterator[dict[str, Any]]:
    """The rows of one of TABLES, each with all its columns as JSON values."""
    names = _officers()
    for row in table._default_manager.order_by("pk").iterator(chunk_size=500):
        yield _columns(row, names, leave_out=())


def columns_of(table: type[Model]) -> list[tuple[str, Field[Any, Any]]]:
    """What the columns of a table are called in an export, and the fields they come from."""
    fields = [one for one in table._meta.concrete_fields if not (table is Record and one.attname in FOLLOWING)]
    return [("pk" if one.primary_key else one.attname, one) for one in fields]


def _officers() -> dict[int, str]:
    return dict(get_user_model().objects.values_list("pk", "username"))


def line(table: str, row: dict[str, Any]) -> str:
    """One line of the export: a row, or some columns of one that came before."""
    return json.dumps({"table": table, "row": row}, ensure_ascii=False, separators=(",", ":"))


def _columns(row: Model, names: dict[int, str], *, leave_out: tuple[str, ...]) -> dict[str, Any]:
    columns = {}
    for name, column in columns_of(type(row)):
        if name in leave_out:
            continue
        value = getattr(row, column.attname)
        columns[name] = names.get(value) if name in USER_COLUMNS else _plain(value)
    return columns


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value
