"""Each importer of a file that is no plain table: its input gives just what is expected, its traps included."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from twinbook.reading.importer import Imported, NobodyReadsError, RowTrouble, importers, read_list
from twinbook.reading.importers.activity_table import guess
from twinbook.reading.importers.wikidata_json import edtf
from twinbook.reading.tables import TableError

HERE = Path(__file__).parent
INPUTS = [
    ("wikidata_json", "entities.json"),
    ("wikidata_json", "sparql.json"),
    ("geonames", "dump.txt"),
    ("iati", "activities.xml"),
    ("vcard", "contacts.vcf"),
    ("icalendar", "plans.ics"),
]


def told(row: Imported) -> dict[str, Any]:
    """A row as JSON values, without what is left at its default."""
    kept = {one.name: getattr(row, one.name) for one in fields(row) if getattr(row, one.name) != one.default}
    return {"is": type(row).__name__} | {name: _plain(value) for name, value in kept.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)
                if getattr(value, one.name) != one.default}  # fmt: skip
    return value


def expected(code: str, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HERE / code / f"{name}.expected.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize(("code", "name"), INPUTS)
def test_a_file_is_recognised_and_gives_what_is_expected(code: str, name: str) -> None:
    importer, table = read_list((HERE / code / name).read_bytes(), name=name)

    assert importer.code == code
    assert [told(row) for row in importer.read(table, {})] == expected(code, name)


def test_a_citys_own_list_gives_activities_and_errors_with_their_lines() -> None:
    importer, table = read_list((HERE / "activity_table" / "activities.csv").read_bytes(), code="activity_table")
    mapping = guess(table.columns)

    assert list(mapping) == ["partner", "partner_country", "title", "kind", "areas", "when", "people_in", "note"]
    rows = [told(row) for row in importer.read(table, mapping)]
    assert rows == expected("activity_table", "activities.csv")
    assert [row["row"] for row in rows if row["is"] == "RowTrouble"] == [4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("columns", "mapping"),
    [
        (("事業名", "相手都市", "国", "年月日", "種別", "派遣人数"),
         {"partner": "相手都市", "partner_country": "国", "title": "事業名", "kind": "種別", "when": "年月日",
          "people_out": "派遣人数"}),
        (("No", "Name of the event", "Start date", "End date", "Twin town", "Remarks"),
         {"partner": "Twin town", "title": "Name of the event", "since": "Start date", "until": "End date",
          "note": "Remarks"}),
        (("Дата начала", "Название", "Партнёр"), {"partner": "Партнёр", "title": "Название", "when": "Дата начала"}),
        (("a", "b", "c"), {}),
    ],
)  # fmt: skip
def test_columns_are_guessed_in_three_languages(columns: tuple[str, ...], mapping: dict[str, str]) -> None:
    assert guess(columns) == mapping


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
BOMB = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 1000}">' for n in range(9)
) + "]>"  # fmt: skip
BODY = (
    '<iati-activities version="2.03"><iati-activity><title><narrative>{}</narrative></title></iati-activity>'
    "</iati-activities>"
)
PAYLOADS = {
    "outside file": ENTITY + BODY.format("&e;"),
    "outside address": '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>' + BODY.format("&e;"),
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>' + BODY.format("x"),
    "outside document type": '<!DOCTYPE iati-activities SYSTEM "file:///etc/hostname">' + BODY.format("x"),
    "billion laughs": BOMB + BODY.format("&a8;"),
    "quadratic": f'<!DOCTYPE x [<!ENTITY q "{"q" * 50_000}">]>' + BODY.format("&q;" * 2_000),
    "entity in an attribute": ENTITY + BODY.replace('version="2.03"', 'version="2.03" x="&e;"').format("x"),
    "lower case": ENTITY.replace("DOCTYPE", "doctype") + BODY.format("x"),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("payload", list(PAYLOADS.values()), ids=list(PAYLOADS))
def test_a_document_type_is_refused_before_it_is_read(payload: str, encoding: str) -> None:
    raw = f'<?xml version="1.0" encoding="{encoding}"?>{payload}'.encode(encoding)

    with pytest.raises(TableError) as refused:
        importer, table = read_list(raw, code="iati")
        list(importer.read(table, {}))

    assert str(refused.value).endswith(".")


def test_an_include_is_not_followed() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'

    importer, table = read_list(BODY.format(f"plain{include}").encode(), code="iati")
    (row,) = importer.read(table, {})

    assert row.words == "plain"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'<iati-activities version="1.05"/>', "no IATI file of version 2"),
        (b'<iati-activities version="2.03">', "broken"),
        (b'{"entities": [', "JSON is broken"),
        (b'{"head":{"vars":["x"]},"results":{"bindings":[]}}', "must name both ends"),
        (b"[" * 100_000, "JSON is broken"),
    ],
)
def test_what_cannot_be_read_is_said(raw: bytes, words: str) -> None:
    code = "iati" if raw.startswith(b"<") else "wikidata_json"

    with pytest.raises(TableError, match=words):
        importer, table = read_list(raw, code=code)
        list(importer.read(table, {}))


def test_columns_that_nobody_knows_are_named() -> None:
    with pytest.raises(NobodyReadsError, match="a, b"):
        read_list(b"a,b\n1,2\n")


@pytest.mark.parametrize("code", ["wikidata_json", "geonames", "iati", "vcard", "icalendar", "twinbook_export"])
@given(noise=st.binary(max_size=200), cut=st.integers(0, 2000))
@example(noise=b"\xef\xbb\xbf\t", cut=0)
def test_any_bytes_are_rows_or_a_sentence(code: str, noise: bytes, cut: int) -> None:
    samples = {one: HERE / one / name for one, name in INPUTS}
    whole = (
        samples[code].read_bytes() if code in samples else b'{"format": "twinbook-register", "version": 1}\n{"table":'
    )
    for raw in (noise, whole[:cut] + noise + whole[cut + 20 :]):
        try:
            importer, table = read_list(raw, code=code)
            rows = list(importer.read(table, {}))
        except TableError as error:
            assert str(error)
        else:
            assert all(row.words.strip() for row in rows)


@pytest.mark.parametrize(
    ("time", "precision", "is_julian", "expected_date"),
    [
        ("+1967-03-20T00:00:00Z", 11, False, "1967-03-20"),
        ("+1967-03-00T00:00:00Z", 10, False, "1967-03"),
        ("+1900-00-00T00:00:00Z", 7, False, "18XX"),
        ("+1901-00-00T00:00:00Z", 7, False, "19XX"),
        ("-0044-03-15T00:00:00Z", 11, False, ""),
        ("+1967-02-30T00:00:00Z", 11, False, ""),
        ("+1917-10-25T00:00:00Z", 11, True, "1917"),
        ("+1967-03-20T00:00:00Z", 14, False, ""),
        ("+1967-03-20T00:00:00Z", None, False, ""),
    ],
)
def test_a_time_is_no_finer_than_its_precision(
    time: str, precision: int | None, is_julian: bool, expected_date: str
) -> None:
    assert edtf(time, precision, is_julian=is_julian) == expected_date


def test_every_importer_is_found_by_itself() -> None:
    assert {"wikidata_json", "geonames", "iati", "vcard", "icalendar", "twinbook_export", "activity_table"} <= set(
        importers()
    )
    assert not [one for one in importers().values() if one.fits and not one.open]


def test_a_trouble_says_what_to_do() -> None:
    for code, name in INPUTS:
        importer, table = read_list((HERE / code / name).read_bytes(), name=name)
        for row in importer.read(table, {}):
            if isinstance(row, RowTrouble):
                assert row.sentence.endswith(".") and row.row > 0 and row.words
