"""A paper as a DOCX file that an office can edit, sign and file; the same Document that a PDF is set from."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from twinbook.publishing.rendering.clean import clean
from twinbook.publishing.rendering.paper import Document, Line, Run, Section, Table
from twinbook.publishing.rendering.pdf import render_png

INK, MUTED, ACCENT = RGBColor(0x1C, 0x23, 0x2D), RGBColor(0x55, 0x60, 0x6D), RGBColor(0x14, 0x50, 0x6B)
LATIN_FONT, EAST_ASIAN_FONT = "Noto Sans", "Noto Sans JP"
NARROW = 2.6  # centimetres: a column of short words
PICTURE_POINTS, MAP_POINTS = 420.0, 230.0  # how wide charts and maps stand; a map is tall for its width
SIZE, TALL = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"'), 0.45
LONGEST_TITLE = 255  # characters; what the format allows
FIXED = (1980, 1, 1, 0, 0, 0)  # the only time that a ZIP member of a byte-equal file may bear


def render_docx(document: Document, *, made_at: datetime) -> bytes:
    """The document as DOCX; the same document and moment give the same bytes."""
    file = docx.Document()
    _set_up(file, document, made_at)
    if document.kicker:
        _line(file.add_paragraph(), (Run(document.kicker, is_quiet=True),), document.language)
    file.add_heading(clean(document.title), level=1)
    if document.subtitle:
        _line(file.add_paragraph(), (Run(document.subtitle, is_quiet=True),), document.language)
    if document.names:
        _line(file.add_paragraph(), _spaced(document.names), document.language)
    add_facts(file, document)
    add_picture(file, document.picture, document.picture_text)
    for section in document.sections:
        add_section(file, section, document.language)
    add_notes(file, document)
    for line in document.colophon:
        _line(file.add_paragraph(), line, document.language, size=8)
    return same_each_time(file)


def _set_up(file: Any, document: Document, made_at: datetime) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.6)
    core = file.core_properties
    core.title, core.language, core.author = clean(document.title)[:LONGEST_TITLE], document.language, ""
    core.created = core.modified = made_at.replace(tzinfo=None)
    core.last_modified_by, core.comments = "", ""
    for name, size, colour in (("Normal", 9.5, INK), ("Heading 1", 20, INK), ("Heading 2", 12, ACCENT)):
        style = file.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = LATIN_FONT, Pt(size), colour
        style.font.bold = name != "Normal"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)
        style.paragraph_format.space_after = Pt(3)
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else 9)
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _line(footer, (Run(document.footer, is_quiet=True),), document.language, size=7.5)


def add_facts(file: Any, document: Document) -> None:
    """The facts at the head of a paper, a paragraph each."""
    for label, line in document.facts:
        _line(file.add_paragraph(), (Run(f"{label}: ", is_quiet=True), *line), document.language)


def add_notes(file: Any, document: Document) -> None:
    """The notes with their heading; nothing where there are none."""
    if document.notes:
        file.add_heading(clean(document.notes_heading), level=2)
    for number, line in enumerate(document.notes, 1):
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.7)
        paragraph.paragraph_format.first_line_indent = Cm(-0.7)
        _line(paragraph, (Run(f"{number}. "), *line), document.language, size=8)


def add_section(file: Any, section: Section, language: str) -> None:
    """A section's heading, lines, table and drawing at the end of the file."""
    heading = file.add_heading(clean(section.heading), level=2)
    if section.key:
        _bookmark(heading, section.key)
    for line in section.lead:
        _line(file.add_paragraph(), line, language)
    for line in section.lines:
        _line(file.add_paragraph(style="List Bullet"), line, language)
    if section.table:
        _table(file, section.table, language)
    add_picture(file, section.picture, section.picture_text)


def add_picture(file: Any, svg: str, told: str) -> None:
    """A drawing with the words that tell it to who cannot see it."""
    if not svg:
        return
    size = SIZE.search(svg)
    is_tall = size is not None and float(size[2]) > TALL * float(size[1])
    points = MAP_POINTS if is_tall else PICTURE_POINTS
    shape = file.add_picture(io.BytesIO(render_png(svg, width=points)), width=Pt(points))
    shape._inline.docPr.set("descr", clean(told))
    shape._inline.docPr.set("title", "")


def _table(file: Any, table: Table, language: str) -> None:
    grid = file.add_table(rows=1, cols=len(table.head), style="Table Grid")
    grid.autofit = False
    _quiet_borders(grid)
    page = file.sections[0]
    room = Emu(page.page_width - page.left_margin - page.right_margin).cm
    widths = [Cm(width) for width in _widths(table.shares, room)]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    head = tuple((Run(word, is_quiet=True),) for word in table.head)
    header = grid.rows[0]._tr.get_or_add_trPr()
    header.append(header.makeelement(qn("w:tblHeader"), {}))  # repeated on each page, and told to screen readers
    for place, row in enumerate((head, *table.rows)):
        made = grid.add_row() if place else grid.rows[0]
        _keep_whole(made)
        cells = made.cells
        for cell, line, width in zip(cells, row, widths, strict=True):
            cell.width = width
            _line(cell.paragraphs[0], line, language)


def _keep_whole(row: Any) -> None:
    """A row that no page break goes through."""
    properties = row._tr.get_or_add_trPr()
    properties.insert(0, properties.makeelement(qn("w:cantSplit"), {}))


def _widths(shares: tuple[int, ...], room: float) -> list[float]:
    """The columns' widths in centimetres: a share of the room that columns of short words leave."""
    narrow = min(NARROW, room / len(shares))
    left = room - narrow * shares.count(0)
    return [left * share / sum(shares) if share else narrow for share in shares]


def _quiet_borders(grid: Any) -> None:
    """Thin lines between rows, none between columns, as in print."""
    properties = grid._tbl.tblPr
    borders = properties.makeelement(qn("w:tblBorders"), {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        is_line = side in ("top", "bottom", "insideH")
        look = {qn("w:val"): "single" if is_line else "nil", qn("w:sz"): "4", qn("w:color"): "C9C3B4"}
        borders.append(borders.makeelement(qn(f"w:{side}"), look))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _line(paragraph: Any, line: Line, language: str, *, size: float | None = None) -> None:
    for run in line:
        words = paragraph.add_run(clean(run.mark or run.text))
        words.bold = run.is_strong or None
        if size:
            words.font.size = Pt(size)
        if run.is_quiet:
            words.font.color.rgb = MUTED
        if run.mark:
            words.font.superscript = True
            words.font.color.rgb = ACCENT
        _say_language(words, run.language or language)
        if run.to:
            words.font.color.rgb = ACCENT
            link = paragraph._p.makeelement(qn("w:hyperlink"), {qn("w:anchor"): run.to})
            paragraph._p.append(link)
            link.append(words._r)


def _bookmark(heading: Any, key: str) -> None:
    """Name a heading, so that the numbers that were counted from its list lead to it."""
    number = str(len(heading.part.element.findall(f".//{qn('w:bookmarkStart')}")) + 1)
    start = heading._p.makeelement(qn("w:bookmarkStart"), {qn("w:id"): number, qn("w:name"): key})
    heading._p.insert(1 if heading._p.pPr is not None else 0, start)
    heading._p.append(heading._p.makeelement(qn("w:bookmarkEnd"), {qn("w:id"): number}))


def _say_language(words: Any, language: str) -> None:
    """Tell the language to spelling checkers and screen readers, and the East Asian font to the word processor."""
    properties = words._r.get_or_add_rPr()
    name = "w:eastAsia" if language.split("-")[0] in ("ja", "zh", "ko") else "w:val"
    properties.append(properties.makeelement(qn("w:lang"), {qn(name): language}))


def _spaced(runs: tuple[Run, ...]) -> Line:
    return tuple(part for run in runs for part in (run, Run("   ")))


def same_each_time(file: Any) -> bytes:
    """The file's bytes without the times at which its members were packed."""
    packed, even = io.BytesIO(), io.BytesIO()
    file.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(even, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            body = old.read(name)
            if name == "docProps/thumbnail.jpeg":
                continue
            if name == "_rels/.rels":
                body = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", body)
            new.writestr(zipfile.ZipInfo(name, FIXED), body, zipfile.ZIP_DEFLATED)
    return even.getvalue()
