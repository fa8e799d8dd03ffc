"""Outside lists become ties and troubles: every row has a fate, nothing is guessed."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from odf.text import P

from twinbook.reading.countries import country_code, country_name
from twinbook.reading.importer import RowTrouble, TieRow, importers, recognise
from twinbook.reading.tables import TableError, read_table

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
ROWS = [["city", "country", "people"], ["Канадзава", "JP", "12"], ["", "", ""], ["Pforzheim, Baden", "DE", "7"]]


def as_csv(delimiter: str, encoding: str) -> bytes:
    quoted = [delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in ROWS]
    return "\r\n".join(quoted).encode(encoding)


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods() -> bytes:
    document = OpenDocumentSpreadsheet()
    sheet = OdsTable(name="one")
    for row in ROWS:
        line = TableRow()
        for words in row:
            cell = TableCell()
            cell.addElement(P(text=words))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        as_csv(",", "utf-8"),
        as_csv(";", "utf-8-sig"),
        as_csv("\t", "utf-16"),
        as_csv(";", "cp1251"),
        as_xlsx(),
        as_ods(),
    ],
    ids=["csv", "semicolons", "tabs in utf-16", "windows-1251", "xlsx", "ods"],
)
def test_a_table_reads_the_same_from_every_format(raw: bytes) -> None:
    table = read_table(raw)
    rows = list(table.rows)

    assert table.columns == ("city", "country", "people")
    assert [(row.number, row.cells) for row in rows] == [
        (2, {"city": "Канадзава", "country": "JP", "people": "12"}),
        (4, {"city": "Pforzheim, Baden", "country": "DE", "people": "7"}),
    ]
    assert "Канадзава" in rows[0].words


def test_a_cell_may_hold_line_ends_and_the_row_keeps_its_number() -> None:
    rows = list(read_table(b'a,b\r\n"one\ntwo",2\r\n3,4\r\n').rows)

    assert [(row.number, row.cells["a"]) for row in rows] == [(2, "one\ntwo"), (4, "3")]
    assert rows[0].words == '"one\ntwo",2'


@pytest.mark.parametrize("raw", [b"", b"   ", b"one column\nonly\n", b"PK\x03\x04 broken"])
def test_what_is_no_table_is_said(raw: bytes) -> None:
    with pytest.raises(TableError, match=r"\.$"):
        list(read_table(raw).rows)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(raw: bytes) -> None:
    try:
        for row in read_table(raw).rows:
            assert row.number >= 2
    except TableError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Japan", "JP"), ("Россия", "RU"), ("ロシア連邦", "RU"), ("England, United Kingdom", "GB"),
        ("Georgia (country)", "GE"),
        ("in Italy", "IT"), ("Kazakhstah", "KZ"), ("DE", "DE"), ("Deutschland", "DE"), ("-99", None), ("", None),
        ("Rauma, Norway", "NO"), ("Atlantis", None), ("Bosnia and Herzegovina", "BA"), ("Turkey", "TR"),
    ],
)  # fmt: skip
def test_countries_as_lists_write_them(written: str, code: str | None) -> None:
    assert country_code(written) == code


def test_countries_have_names_in_three_languages() -> None:
    assert [country_name("JP", language) for language in ("en", "ru", "ja")] == ["Japan", "Япония", "日本"]


def test_a_list_is_recognised_by_its_columns() -> None:
    table = read_table(b"city1,country1,lat1,lng1,city2,country2,lat2,lng2\nA,Japan,1,2,B,Italy,3,4\n")
    importer = recognise(table)
    assert importer
    (row,) = importer.read(table, {})

    assert isinstance(row, TieRow)
    assert (row.first.name, row.first.country, row.second.name, row.second.country) == ("A", "JP", "B", "IT")
    assert row.first.latitude is None


def test_importers_are_found_by_themselves() -> None:
    assert {"tie_list", "wikidata_edges", "wikidata_ties", "wikipedia_pairs"} <= set(importers())


TIE_LIST = (
    "partner_en,partner_ru,partner_ja,country,level,qid,relation,"
    "start_edtf,start_basis,end_edtf,end_kind,ended_by,note\n"
    "Eugene,Юджин,ユージーン,US,city,Q171224,twin,1988,agreement,2022-07-18,suspended,city council,\n"
    "Bialystok,Белосток,,PL,city,,letter of intent,2014-06-20,letter of intent,2022-02-27,terminated,mayor,\n"
    "Dijon,Дижон,,FR,city,,claim only,,,,,,\n"
    "Prijedor,Приедор,,BA,city,,twin,../2022-05,not found,,,,\n"
)


def test_a_citys_own_list_gives_steps_with_their_basis() -> None:
    table = read_table(TIE_LIST.encode())
    rows = list(importers()["tie_list"].read(table, {"home": "Irkutsk", "home_country": "RU"}))

    assert [(type(row).__name__, row.row) for row in rows] == [
        ("TieRow", 2),
        ("TieRow", 3),
        ("RowTrouble", 4),
        ("TieRow", 5),
    ]
    eugene, bialystok, dijon, prijedor = rows
    assert isinstance(eugene, TieRow) and isinstance(bialystok, TieRow) and isinstance(prijedor, TieRow)
    assert isinstance(dijon, RowTrouble) and dijon.code == "unsupported"
    assert [(step.kind, step.when, step.basis, step.by_partner) for step in eugene.steps] == [
        ("agreement", "1988", "signature", False),
        ("pause", "2022-07-18", "", True),
    ]
    assert [(step.kind, step.when) for step in bialystok.steps] == [("intent", "2014-06-20"), ("end", "2022-02-27")]
    assert (bialystok.kind, prijedor.steps[0].when) == ("contact", "../2022-05")
    assert eugene.second.names == (("en", "Eugene"), ("ru", "Юджин"), ("ja", "ユージーン"))


def test_a_tie_with_one_end_unnamed_is_a_trouble_and_no_tie() -> None:
    lines = "partner_en,country,relation,start_edtf,end_kind\nKanazawa,JP,twin,1967,\n,DE,twin,1990,\n"
    read = importers()["tie_list"].read

    owned = list(read(read_table(lines.encode()), {"home": "Irkutsk", "home_country": "RU"}))
    ownerless = list(read(read_table(lines.encode()), {}))

    assert [type(row) for row in owned] == [TieRow, RowTrouble]
    assert [row.code for row in ownerless if isinstance(row, RowTrouble)] == ["item-missing", "item-missing"]


@pytest.mark.skipif(not DATA.exists(), reason="the bulk lists stand beside the checkout, in ../shared/data")
@pytest.mark.parametrize(
    ("file", "code", "ties", "troubles"),
    [
        ("twin-pairs-wikipedia-2026.csv", "wikipedia_pairs", 25_914, {"tied-to-itself": 3}),
        ("twin-edges-wikidata-2016.tsv", "wikidata_edges", 34_178, {}),
        ("twin-ties-wikidata-eu-2025.tsv", "wikidata_ties", 13_081, {}),
        ("irkutsk-ties.csv", "tie_list", 26, {"unsupported": 3}),
        ("kanazawa-ties.csv", "tie_list", 8, {}),
    ],
)
def test_every_row_of_the_bulk_lists_has_a_fate(file: str, code: str, ties: int, troubles: dict[str, int]) -> None:
    table = read_table((DATA / file).read_bytes(), name=file)
    importer = recognise(table)
    assert importer and importer.code == code
    found = Counter(
        row.code if isinstance(row, RowTrouble) else "tie" for row in importer.read(table, {"home": "Irkutsk"})
    )

    assert found == Counter({"tie": ties} | troubles)
