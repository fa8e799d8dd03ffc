"""A table out of a file's bytes: CSV and TSV in any usual writing, XLSX, ODS; every row with its line as it stands."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from lxml import etree

from twinbook.reading.page import ESCAPES, decode_page

DELIMITERS = ",;\t|"
LARGE = 1 << 20  # bytes of a file that is read piece by piece, and of the pieces
LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes a workbook's part may unpack to
MOST_CELLS = 400  # of one row; a workbook may claim a million empty ones
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# What spreadsheets take for the beginning of a formula, full-width forms too; and what begins so behind apostrophes.
FORMULA = re.compile("'*[ ]*[=+\\-@\t\r\n\0＝＋－＠]")


class TableError(ValueError):
    """The bytes are no table that we read; the sentence says what to do."""


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (the heading is 1), its words as they stand, and its cells by column."""

    number: int
    words: str
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table's columns in order, and its rows, read as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def as_cell(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula; from_cell gives it back."""
    return f"'{text}" if FORMULA.match(text) else text


def from_cell(text: str) -> str:
    """The text of a cell that as_cell wrote; any other cell as it is."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def read_table(raw: bytes, *, name: str = "") -> Table:
    """The table in a file; TableError where there is none. Empty rows are left out, their numbers not used again."""
    lines = _workbook_rows(raw) if raw.startswith(b"PK") else _delimited_rows(raw)
    head = next(lines, None)
    if head is None:
        raise TableError(f"{name or 'The file'} is empty. Save the table again, with its heading in the first row.")
    columns = tuple("\t".join(cell.strip() for cell in head[2]).rstrip("\t").split("\t"))
    if sum(map(bool, columns)) < 2:
        raise TableError("The first row must be the heading, with a name for each column.")
    return Table(columns, _rows(columns, lines))


def _rows(columns: tuple[str, ...], lines: Iterator[tuple[int, str, list[str]]]) -> Iterator[Row]:
    for number, words, cells in lines:
        if any(cell.strip() for cell in cells):
            yield Row(
                number,
                words,
                {column: from_cell(cell.strip()) for column, cell in zip(columns, cells, strict=False) if column},
            )


def _delimited_rows(raw: bytes) -> Iterator[tuple[int, str, list[str]]]:
    lines = _Lines(_text_of(raw))
    first = lines.first()
    delimiter = max(DELIMITERS, key=first.count)
    if not first.count(delimiter):
        raise TableError("The columns are not parted by commas, semicolons or tabs. Save the table as CSV or XLSX.")
    reader = csv.reader(lines, delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            yield before + 1, lines.taken(), cells
            before = reader.line_num
    except csv.Error as error:
        raise TableError(f"Line {reader.line_num} cannot be read ({error}). Mend it and import again.") from error


def _text_of(raw: bytes) -> TextIO:
    """The text, of a large file decoded as it is asked for: a list of a million rows is never held as one string."""
    if len(raw) > LARGE and ESCAPES not in raw and b"\0" not in raw and _is_utf_8(raw):
        return io.TextIOWrapper(io.BytesIO(raw), "utf-8", newline="")
    return io.StringIO(decode_page(raw).text, newline="")


def _is_utf_8(raw: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for begin in range(0, len(raw), LARGE):
            decoder.decode(raw[begin : begin + LARGE], begin + LARGE >= len(raw))
    except UnicodeDecodeError:
        return False
    return True


class _Lines:
    """Lines as a reader of rows takes them, and what it took for its latest row."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._taken: list[str] = []
        self._first: str | None = None

    def first(self) -> str:
        """The first line; it is given again to the reader."""
        if self._first is None:
            self._first = self._text.readline().lstrip("\ufeff")
        return self._first

    def __iter__(self) -> Iterator[str]:
        yield from self._keeping(filter(None, [self.first()]))
        yield from self._keeping(self._text)

    def _keeping(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._taken.append(line)
            yield line

    def taken(self) -> str:
        """The lines that were taken since the last call, as one text."""
        words = "\n".join(line.rstrip("\r\n") for line in self._taken).strip()
        self._taken.clear()
        return words


def _workbook_rows(raw: bytes) -> Iterator[tuple[int, str, list[str]]]:
    return _ods_rows(raw) if _is_ods(raw) else _xlsx_rows(raw)


def _xlsx_rows(raw: bytes) -> Iterator[tuple[int, str, list[str]]]:
    import openpyxl  # here, since only workbooks need its half second

    _check_size(raw)
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_CELLS), 1):
            cells = [_as_written(value) for value in values]
            yield number, " | ".join(cell for cell in cells if cell), cells
    except (KeyError, ValueError, IndexError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise TableError(
            f"The workbook cannot be read ({type(error).__name__}). Save it again as XLSX or CSV."
        ) from error


def _as_written(value: object) -> str:
    """A cell as its reader saw it: whole numbers without a point, days without the hour that a workbook adds."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    words = str(value)
    return words.removesuffix(" 00:00:00")


def _is_ods(raw: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            return "content.xml" in book.namelist()
    except zipfile.BadZipFile as error:
        raise TableError("The workbook is damaged. Save it again as XLSX or CSV.") from error


def _ods_rows(raw: bytes) -> Iterator[tuple[int, str, list[str]]]:
    _check_size(raw)
    parser = {"events": ("end",), "tag": f"{TABLE}table-row", "no_network": True, "resolve_entities": False}
    number = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book, book.open("content.xml") as content:
            for _, element in etree.iterparse(content, **parser):
                repeated = int(element.get(f"{TABLE}number-rows-repeated", "1"))
                cells = _ods_cells(element)
                number += 1
                if any(cells):
                    yield number, " | ".join(cell for cell in cells if cell), cells
                number += repeated - 1
                element.clear()
    except (KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise TableError(f"The table cannot be read ({type(error).__name__}). Save it again as ODS or CSV.") from error


def _ods_cells(row: etree._Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        repeated = min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), MOST_CELLS - len(cells))
        words = cell.get(f"{OFFICE}date-value") or "\n".join("".join(part.itertext()) for part in cell)
        cells += [words.strip()] * max(0, repeated)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _check_size(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            if any(part.file_size > LARGEST_UNPACKED for part in book.infolist()):
                raise TableError("The workbook unpacks to more than 300 MB. Save it as CSV.")
    except zipfile.BadZipFile as error:
        raise TableError("The workbook is damaged. Save it again as XLSX or CSV.") from error
