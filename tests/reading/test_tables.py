"""Tables out of bytes: a large file is read piece by piece and gives what it gives as a whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twinbook.reading import tables
from twinbook.reading.tables import Row, TableError, read_table

CELL = st.text(alphabet='ab1 ,;"\n\u2028\x0bйЁ金山', max_size=6)


def written(rows: list[list[str]], mark: str, ending: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=ending).writerows([["town", "what"], *rows])
    return (mark + file.getvalue()).encode()


def rows_of(raw: bytes, large: int, monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    monkeypatch.setattr(tables, "LARGE", large)
    return list(read_table(raw).rows)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=5),
    mark=st.sampled_from(["", "\ufeff"]),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_in_pieces_as_in_one(rows: list[list[str]], mark: str, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = written(rows, mark, ending)

    in_pieces = rows_of(raw, 3, monkeypatch)

    assert in_pieces == rows_of(raw, 1 << 20, monkeypatch)
    assert [list(row.cells.values()) for row in in_pieces] == [
        [cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)
    ]


def test_each_row_keeps_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other marks than line ends (U+2028, vertical tab) part no rows."""
    raw = 'town,what\nA\u2028B,"two\nlines"\nC,\x0bone\n'.encode()

    rows = rows_of(raw, 3, monkeypatch)

    assert [row.words for row in rows] == ['A\u2028B,"two\nlines"', "C,\x0bone"]
    assert [row.number for row in rows] == [2, 4]


def test_what_is_not_utf_8_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = "город;что\nКанадзава;визит делегации города\n".encode("cp1251")

    (row,) = rows_of(raw, 3, monkeypatch)

    assert row.cells["город"] == "Канадзава"


def test_an_empty_file_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(TableError):
        read_table(b"")
