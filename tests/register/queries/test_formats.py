"""The whole register in open formats: tables come back without loss, linked data is read by a library of RDF."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest
import rdflib
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import BooleanField, Field, ForeignKey, IntegerField, JSONField
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import to_isomorphic

from register.workflow.test_bring_back import empty_the_register
from twinbook.reading.tables import as_cell, from_cell, read_table
from twinbook.register.models import Source, Statement
from twinbook.register.queries.formats import FORMATS
from twinbook.register.queries.formats.table_package import (
    _cell,
    _holds_text,
    _value,
    description,
    package_lines,
)
from twinbook.register.queries.whole import TABLES, USER_COLUMNS, columns_of, whole_register
from twinbook.register.workflow.bring_back import bring_back
from twinbook.register.workflow.capture import capture_text, store_ready
from twinbook.register.workflow.decide import accept_page
from twinbook.register.workflow.enter import Given, enter, set_home
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.propose import take_in
from twinbook.register.workflow.undo import undo

Clock = Callable[[], datetime]
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
TERM = rdflib.Namespace("urn:twinbook:term:")
FORMULAS = ("=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "＝1", "'=1", "  =1", "plain", "'Ndrangheta", "")
PACKAGE_SCHEMA = {  # the part of datapackage.org's profile that concerns tables
    "type": "object",
    "required": ["resources"],
    "properties": {
        "name": {"pattern": "^[a-z0-9._-]+$"},
        "resources": {
            "minItems": 1,
            "items": {
                "required": ["name", "path", "schema"],
                "properties": {
                    "path": {"pattern": "^[^/.][^:]*$"},
                    "schema": {
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "items": {
                                    "required": ["name", "type"],
                                    "properties": {
                                        "type": {"enum": ["string", "integer", "boolean", "any", "date", "datetime"]}
                                    },
                                }
                            }
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def lived_in(olga: User, clock: Clock, pages: Path) -> None:
    """Pages decided and undone in two languages, and words that would be formulas, close a quotation or end a line."""
    home = set_home("Иркутск", language="ru", country="RU", by=olga, at=clock())
    first = take_in((pages / "ru" / "01.html").read_bytes(), by=olga, at=clock(), name="01.html")
    done = accept_page(first.source, by=olga, at=clock())
    undo(done[0].act, by=olga, at=clock())
    accept_page(first.source, by=olga, at=clock())
    take_in((pages / "ja" / "01.html").read_bytes(), by=olga, at=clock(), name="01.html")
    words = 'Said "so", \\ and\nthen\tthis: naïve 😀 «…»\r'
    for number, formula in enumerate(FORMULAS):
        text = f"{formula}{words}{number}"
        note = store_ready(text, kind="row", by=olga, at=clock(), title=formula, address="https://a.example/а б?<x>")
        given_title = [Given("kind", "meeting"), Given("title", f"{formula}{words}", "ru"), Given("places", home)]
        enter("activity", [*given_title, Given("cost", 1.5)], source=note.source, by=olga, at=clock(), reason=formula)


def written(code: str) -> bytes:
    file = io.BytesIO()
    FORMATS[code].write(file)
    return file.getvalue()


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize("code", [code for code, one in FORMATS.items() if one.is_whole])
def test_a_whole_format_comes_back_without_loss(code: str) -> None:
    before, raw = list(whole_register()), written(code)
    empty_the_register()

    lines = package_lines(io.BytesIO(raw)) if raw.startswith(b"PK") else iter(raw.decode().split("\n"))
    bring_back(lines)

    assert list(whole_register()) == before
    assert written(code) == raw
    call_command("audit_register")


@pytest.mark.usefixtures("lived_in")
def test_the_package_describes_its_tables_and_holds_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(written("csv"))) as package:
        told = json.loads(package.read("datapackage.json"))
        tables = {
            one["path"]: list(csv.reader(io.StringIO(package.read(one["path"]).decode(), newline="")))
            for one in told["resources"]
        }

    jsonschema.validate(told, PACKAGE_SCHEMA)
    assert told == json.loads(json.dumps(description()))
    assert {path: rows[0] for path, rows in tables.items()} == {
        one["path"]: [field["name"] for field in one["schema"]["fields"]] for one in told["resources"]
    }
    assert len(tables["statement.csv"]) == Statement.objects.count() + 1
    cells = [cell for rows in tables.values() for row in rows for cell in row]
    risky = [cell for cell in cells if cell.lstrip(" ")[:1] in tuple("=+-@\t\r＝＋－＠") and cell.strip()]
    assert risky == []
    assert "'=HYPERLINK(1)" in cells


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize("damage", ["a table is gone", "other columns", "no zip"])
def test_a_damaged_package_writes_nothing(damage: str) -> None:
    raw = written("csv")
    empty_the_register()
    if damage == "no zip":
        raw = raw[: len(raw) // 2]
    else:
        raw = without(raw, "statement.csv", b"pk,other\r\n" if damage == "other columns" else None)

    with pytest.raises((ValueError, NotPossibleError)):
        bring_back(package_lines(io.BytesIO(raw)))

    assert not Source.objects.exists()


def without(raw: bytes, name: str, instead: bytes | None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as package, zipfile.ZipFile(out, "w") as changed:
        for part in package.namelist():
            content = instead if part == name else package.read(part)
            if content is not None:
                changed.writestr(part, content)
    return out.getvalue()


@pytest.mark.usefixtures("lived_in")
def test_turtle_and_json_ld_are_one_graph() -> None:
    turtle, json_ld = rdflib.Graph(), rdflib.Graph()

    turtle.parse(data=written("turtle").decode(), format="turtle")
    json_ld.parse(data=written("jsonld").decode(), format="json-ld")

    assert to_isomorphic(turtle) == to_isomorphic(json_ld)
    assert len(turtle) > 1000


@pytest.mark.usefixtures("lived_in")
def test_every_statement_is_an_annotation_whose_words_stand_in_its_source() -> None:
    graph = rdflib.Graph().parse(data=written("turtle").decode(), format="turtle")
    texts = {f"urn:twinbook:source:{one.public_id}": one.text for one in Source.objects.all()}
    found = {}

    for annotation in graph.subjects(rdflib.RDF.type, OA.Annotation):
        for target in graph.objects(annotation, OA.hasTarget):
            source = str(graph.value(target, OA.hasSource))
            words = {kind: one for one in graph.objects(target, OA.hasSelector) for kind in graph.objects(one, None)}
            quote = str(graph.value(words[OA.TextQuoteSelector], OA.exact))
            start = int(str(graph.value(words[OA.TextPositionSelector], OA.start)))
            end = int(str(graph.value(words[OA.TextPositionSelector], OA.end)))
            assert texts[source][start:end] == quote
            found[str(annotation)] = quote

    assert {f"urn:twinbook:statement:{one.pk}": one.quote for one in Statement.objects.all()}.keys() == found.keys()


@pytest.mark.usefixtures("lived_in")
def test_a_record_tells_its_values_and_dates_are_edtf(olga: User, clock: Clock) -> None:
    note = capture_text("Since 1994.", by=olga, at=clock(), kind="note").source
    given_values = [Given("kind", "exchange"), Given("title", "Школьный обмен", "ru"), Given("when", "1994/..")]
    made = enter("activity", given_values, source=note, by=olga, at=clock()).record

    graph = rdflib.Graph().parse(data=written("jsonld").decode(), format="json-ld")

    record = rdflib.URIRef(f"urn:twinbook:record:{made}")
    (when,) = graph.objects(record, TERM.when)
    assert (str(when), str(when.datatype)) == ("1994/..", "http://id.loc.gov/datatypes/edtf/EDTF")
    assert list(graph.objects(record, TERM.title)) == [rdflib.Literal("Школьный обмен", lang="ru")]


@given(st.text(max_size=30) | st.builds("".join, st.lists(st.sampled_from(["'", "=", "+", "-", "@", " ", "x", "\t"]))))
def test_a_cell_is_no_formula_and_gives_its_text_back(text: str) -> None:
    cell = as_cell(text)

    assert from_cell(cell) == text
    assert cell.lstrip(" ")[:1] not in tuple("=+-@\t\r\n\0＝＋－＠")


def json_values() -> st.SearchStrategy[object]:
    plain = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=9) | st.floats(-9, 9)
    return st.recursive(plain, lambda inside: st.lists(inside) | st.dictionaries(st.text(max_size=3), inside))


def column_values(field: Field) -> st.SearchStrategy[object]:  # type: ignore[type-arg]  # any column
    """Values that a column of an export may hold."""
    texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
    if isinstance(field, JSONField):
        kinds: st.SearchStrategy[object] = json_values().filter(lambda value: value is not None)
    elif isinstance(field, BooleanField):
        kinds = st.booleans()
    elif isinstance(field, IntegerField | ForeignKey) and field.attname not in USER_COLUMNS:
        kinds = st.integers(0, 2**40)
    else:
        kinds = texts.filter(bool) if field.null or not _holds_text(field) else texts
    return st.none() | kinds if field.null else kinds


@given(st.data())
def test_every_column_gives_every_value_back(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from([table for table, _ in TABLES]))
    columns = columns_of(table)
    row = {name: data.draw(column_values(field), label=name) for name, field in columns}
    text = io.StringIO(newline="")

    csv.writer(text, lineterminator="\r\n").writerow([_cell(row[name], field) for name, field in columns])
    (cells,) = csv.reader(io.StringIO(text.getvalue(), newline=""), strict=True)

    found = {name: _value(cell, name, field) for (name, field), cell in zip(columns, cells, strict=True)}
    assert found == row


def test_a_table_reads_what_was_kept_from_being_a_formula() -> None:
    (row,) = read_table(b"name,note\r\n'=1+1,'Ndrangheta\r\n").rows

    assert row.cells == {"name": "=1+1", "note": "'Ndrangheta"}
