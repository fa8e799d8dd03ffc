"""A paper's words as plain text that a person may change, and back: what stays as it was keeps its marks and links.

A line of text is a line of the paper; the cells of a table's row stand between bars; [1] or [1,3] are notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from twinbook.publishing.rendering.clean import one_line
from twinbook.publishing.rendering.paper import Document, Line, Run, Section

MARK = re.compile(r"\s*\[(\d{1,3}(?:,\d{1,3})*)\]")
BAR = " | "
LONGEST_TEXT = 20_000  # characters of one section


@dataclass(frozen=True)
class Written:
    """One section as text: its heading, and its lines or rows."""

    heading: str
    text: str


def as_text(section: Section) -> Written:
    """The section's lead, lines and rows, a line each."""
    lines = [_text(line) for line in (*section.lead, *section.lines)]
    rows = [BAR.join(_text(cell) for cell in row) for row in section.table.rows] if section.table else []
    return Written(section.heading, "\n".join([*lines, *rows]))


def changed(document: Document, title: str, written: Sequence[Written]) -> Document:
    """The document with its sections as they were written; one without a heading and words is left out.

    There may be more sections than the document has: they stand at its end.
    """
    sections: list[Section] = []
    for place, one in enumerate(written):
        before = document.sections[place] if place < len(document.sections) else Section("")
        after = _section(before, one, len(document.notes))
        if after.lines or after.table or after.picture or after.lead:
            sections.append(after)
    return replace(document, title=one_line(title) or document.title, sections=tuple(sections))


def _section(before: Section, written: Written, notes: int) -> Section:
    texts = [one_line(text) for text in written.text[:LONGEST_TEXT].splitlines() if text.strip()]
    heading = one_line(written.heading) or before.heading
    if before.table is not None:
        width = len(before.table.head)
        known = {_row_text(row): row for row in before.table.rows}
        rows = tuple(known.get(text) or _row(text, width, notes) for text in texts)
        table = replace(before.table, rows=rows) if rows else None
        return replace(before, heading=heading, table=table, lead=(), lines=())
    known_lines = {_text(line): line for line in (*before.lead, *before.lines)}
    lines = tuple(known_lines.get(text) or _line(text, notes) for text in texts)
    lead = tuple(line for line in lines if line in before.lead)
    return replace(before, heading=heading, lead=lead, lines=tuple(line for line in lines if line not in lead))


def _row(text: str, width: int, notes: int) -> tuple[Line, ...]:
    """The cells of a row; one with too few gets empty ones, what is too much stays in the last."""
    cells = text.split("|", width - 1)
    cells += [""] * (width - len(cells))
    return tuple(_line(cell.strip(), notes) for cell in cells)


def _row_text(row: Iterable[Line]) -> str:
    return one_line(BAR.join(_text(cell) for cell in row))


def _text(line: Line) -> str:
    return one_line("".join(f" [{run.mark}]" if run.mark else run.text for run in line))


def _line(text: str, notes: int) -> Line:
    """The runs of a written line; a number that is no note of the paper stays words."""
    runs: list[Run] = []
    end = 0
    for found in MARK.finditer(text):
        if all(1 <= int(number) <= notes for number in found[1].split(",")):
            runs += [Run(text[end : found.start()])] if found.start() > end else []
            runs.append(Run("", mark=found[1]))
            end = found.end()
    return (*runs, Run(text[end:])) if end < len(text) else tuple(runs)
