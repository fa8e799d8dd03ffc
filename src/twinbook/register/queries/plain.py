"""Rows of tables as plain tuples, for whoever looks at many: no model instances, no conversions."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import BooleanField, DateField, Field, IntegerField, JSONField, QuerySet, TextField
from django.db.models.functions import Cast

NOTHING: dict[str, str] = {}


def plain_values(
    rows: QuerySet[Any], names: Iterable[str], *, converted: Collection[str] = ()
) -> QuerySet[Any, tuple[Any, ...]]:
    """The columns of these attributes as the database holds them: JSON, days and moments as text, flags as 0 and 1.
    Those that are `converted` come as the model has them.

    What stands in another table (record__kind) is a plain text or number there.
    """
    columns = []
    for name in names:
        wanted = None if "__" in name or name in converted else _plain_field(rows.model._meta.get_field(name))
        columns.append(Cast(name, wanted) if wanted else name)
    return rows.values_list(*columns)


def _plain_field(field: Any) -> Field[Any, Any] | None:
    if isinstance(field, JSONField | DateField):
        return TextField()
    return IntegerField() if isinstance(field, BooleanField) else None


def read_json(raw: str | None) -> Any:
    """The value of a JSON column's text; most are a short string or empty, which needs no parser."""
    if raw is None:
        return None
    if raw == "{}":
        return NOTHING
    if raw[:1] == '"' and "\\" not in raw:
        return raw[1:-1]
    return json.loads(raw)
