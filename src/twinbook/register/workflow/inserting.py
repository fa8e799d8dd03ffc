"""Many rows into one table at once: what bulk_create does, without building a model instance for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, DecimalField, JSONField, Model

from twinbook.register.models.fields import ReadableEncoder

_encode: Callable[[Any], str] = ReadableEncoder().encode


def encode(value: Any) -> str:
    """A value as JSON text, as the columns' own encoder writes it; short words, which are most, without the encoder."""
    kind = type(value)
    if kind is str:
        return f'"{value}"' if _is_plain(value) else _encode(value)
    if kind is dict:
        if not value:
            return "{}"
        if len(value) == 1:
            [(name, told)] = value.items()
            if type(told) is str and _is_plain(told) and _is_plain(name):
                return f'{{"{name}": "{told}"}}'
    elif kind is list and not value:
        return "[]"
    return _encode(value)


def _is_plain(text: str) -> bool:
    """Whether JSON writes the text as it is."""
    return '"' not in text and "\\" not in text and text.isprintable()


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store rows: `columns` are attribute names (record_id), the rows' values stand in their order.

    JSON columns take text that `encode` made. PostgreSQL gets them by COPY, SQLite by one prepared statement.
    """
    fields = [model._meta.get_field(name) for name in columns]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)  # type: ignore[union-attr]  # no relation without a column
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:  # type: ignore[attr-defined]  # psycopg's own
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))


def plain(model: type[Model], name: str) -> Callable[[Any], Any]:
    """How a value of a column is handed to `insert`."""
    return _plain(model, name, connection.vendor)


@cache
def _plain(model: type[Model], name: str, vendor: str) -> Callable[[Any], Any]:
    field = model._meta.get_field(name)
    ops = connection.ops
    if isinstance(field, JSONField):
        return lambda value: None if value is None else encode(value)
    if isinstance(field, DateTimeField):
        return lambda value: None if value is None else ops.adapt_datetimefield_value(value)
    if isinstance(field, DateField):
        return lambda value: value if value is None or vendor == "postgresql" else str(value)
    if isinstance(field, DecimalField):
        return lambda value: None if value is None else field.get_db_prep_save(field.to_python(value), connection)
    return lambda value: value


def next_ids(model: type[Model], count: int) -> Iterable[int]:
    """Ids for rows about to be stored, in order; inside a writing transaction nobody else takes them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = (found[0] if found else 0) + 1
        return range(first, first + count)
