"""The whole register as CSV tables in a zip with a Frictionless data package; such a zip as lines to build from.

Source: Data Package and Table Schema 2.0 (datapackage.org). What a spreadsheet would take for a formula starts with
an apostrophe (reading.tables); an empty cell is null where the column may be null, else an empty text.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.db.models import (
    BigIntegerField,
    BinaryField,
    BooleanField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
)

from twinbook.reading.tables import as_cell, from_cell
from twinbook.register.queries.whole import FORMAT, TABLES, USER_COLUMNS, columns_of, line, whole_table

DESCRIPTION = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LONGEST_CELL = 64 * 1024 * 1024  # characters; a source of 20 MB in base64 has 28
WHEN = (1980, 1, 1, 0, 0, 0)  # of every part of the zip: the same register makes the same bytes
BROKEN = (KeyError, ValueError, csv.Error, zipfile.BadZipFile, EOFError)


def write_package(file: IO[bytes]) -> int:
    """Fill a file with the package; the number of rows in it."""
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo(DESCRIPTION, WHEN), json.dumps(description(), indent=1))
        for table, _ in TABLES:
            part = zipfile.ZipInfo(_path(table), WHEN)
            part.compress_type = zipfile.ZIP_DEFLATED
            with package.open(part, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
                count += _write_table(table, text)
    return count


def _path(table: type[Model]) -> str:
    return f"{table.__name__.lower()}.csv"


def _write_table(table: type[Model], text: IO[str]) -> int:
    columns, count = columns_of(table), 0
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([name for name, _ in columns])
    for row in whole_table(table):
        writer.writerow([_cell(row[name], field) for name, field in columns])
        count += 1
    return count


def _cell(value: Any, field: Field[Any, Any]) -> str:
    if value is None:
        return ""
    if isinstance(field, JSONField):
        return as_cell(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else as_cell(str(value))


def description() -> dict[str, Any]:
    """The package's own description: each table with its columns, types and keys."""
    return {
        "$schema": PROFILE,
        "name": "twinbook-register",
        "title": "A register of a city's cooperation with its twin towns",
        "twinbook": FORMAT,
        "resources": [_resource(table) for table, _ in TABLES],
    }


def _resource(table: type[Model]) -> dict[str, Any]:
    names = {other: _path(other).removesuffix(".csv") for other, _ in TABLES}
    keys = [
        {"fields": [name], "reference": {"resource": names[field.related_model], "fields": ["pk"]}}
        for name, field in columns_of(table)
        if isinstance(field, ForeignKey) and name not in USER_COLUMNS and field.related_model in names
    ]
    return {
        "name": names[table],
        "path": _path(table),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {
            "fields": [_field(name, field) for name, field in columns_of(table)],
            "primaryKey": ["pk"],
            "foreignKeys": keys,
            "missingValues": [""],
        },
    }


def _field(name: str, field: Field[Any, Any]) -> dict[str, Any]:
    kinds = (
        (JSONField, "any"),
        (BooleanField, "boolean"),
        (DateTimeField, "datetime"),
        (DateField, "date"),
        (BigIntegerField, "integer"),
        (IntegerField, "integer"),
    )
    is_key = isinstance(field, ForeignKey) and name not in USER_COLUMNS
    kind = "integer" if is_key else next((code for kind, code in kinds if isinstance(field, kind)), "string")
    told: dict[str, Any] = {"name": name, "type": kind}
    if isinstance(field, BinaryField):
        told["format"] = "binary"
    if field.unique or name == "pk":
        told["constraints"] = {"required": True, "unique": True}
    return told


def package_lines(file: IO[bytes]) -> Iterator[str]:
    """A package's rows as the lines that bring_back builds a register from; ValueError where it is damaged."""
    try:
        with zipfile.ZipFile(file) as package:
            told = json.loads(package.read(DESCRIPTION))
            yield json.dumps(told.get("twinbook"))
            for table, later in TABLES:
                for row in _rows(package, table):
                    yield line(table.__name__, {name: value for name, value in row.items() if name not in later})
            for table, later in TABLES:
                for row in _rows(package, table) if later else ():
                    if any(row[name] is not None for name in later):
                        kept = {name: row[name] for name in ("pk", *later) if row[name] is not None}
                        yield line(table.__name__, kept)
    except BROKEN as error:
        raise ValueError(f"the package is damaged: {error}") from error


def _rows(package: zipfile.ZipFile, table: type[Model]) -> Iterator[dict[str, Any]]:
    columns = columns_of(table)
    with package.open(_path(table)) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text, _long_cells():
        reader = csv.reader(text, strict=True)
        if next(reader, None) != [name for name, _ in columns]:
            raise ValueError(f"{_path(table)} has other columns than this version of Twinbook")
        for cells in reader:
            pairs = zip(columns, cells, strict=True)
            yield {name: _value(cell, name, field) for (name, field), cell in pairs}


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _value(cell: str, name: str, field: Field[Any, Any]) -> Any:
    if cell == "" and (field.null or not _holds_text(field)):
        return None
    if isinstance(field, JSONField):
        return json.loads(from_cell(cell))
    if isinstance(field, BooleanField):
        return {"true": True, "false": False}[cell]
    if isinstance(field, IntegerField) or (isinstance(field, ForeignKey) and name not in USER_COLUMNS):
        return int(cell)
    return from_cell(cell)


def _holds_text(field: Field[Any, Any]) -> bool:
    return not isinstance(field, JSONField | BooleanField | IntegerField | DateField | ForeignKey)
