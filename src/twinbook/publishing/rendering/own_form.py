"""The city's own DOCX as the form of a paper: its placeholders are checked when it comes in, and filled when printed.

{{title}} and the other words may stand anywhere, also in headers and tables; {{sections}}, {{section.NAME}} and the
other blocks stand alone in a paragraph, and what they hold takes its place. docs/how-to/own-paper-templates.md lists
them all.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from twinbook.publishing.rendering.clean import clean, one_line
from twinbook.publishing.rendering.office_file import add_facts, add_notes, add_picture, add_section, same_each_time
from twinbook.publishing.rendering.paper import Document, Section

WORDS = ("title", "city", "office", "known_on", "approved_by", "approved_on", "year", "footer")
PARTS = ("facts", "picture", "sections", "notes")  # blocks that every paper has; sections are all of them in order
PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z_.-]*)\s*\}\}")
HALF = re.compile(r"\{\{|\}\}")
LARGEST, LARGEST_UNPACKED, MOST_MEMBERS = 5_000_000, 60_000_000, 500  # bytes, bytes, files
OUTSIDE_TAKEN = "hyperlink"  # the only relation that may lead out of the file


@dataclass(frozen=True)
class Trouble:
    """Why a form cannot be taken: a code and the words that fill its sentence."""

    code: str  # no-docx · too-large · macros · outside · unknown · half · not-alone · not-in-body · text-box · empty
    word: str = ""


def blocks_of(sections: Iterable[str]) -> tuple[str, ...]:
    """The names of all blocks that a form of a paper with such sections may ask for."""
    return (*PARTS, *(f"section.{name}" for name in sections))


def troubles(raw: bytes, sections: Iterable[str]) -> tuple[Trouble, ...]:
    """What stands against taking a form; nothing where all of it is good."""
    if found := _outer_trouble(raw):
        return (found,)
    file = _opened(raw)
    if file is None:
        return (Trouble("no-docx"),)
    blocks = blocks_of(sections)
    found_troubles: list[Trouble] = []
    asked: set[str] = set()
    for paragraph in _paragraphs(file):
        text = _text(paragraph)
        names = PLACEHOLDER.findall(text)
        asked.update(names)
        found_troubles += [Trouble("unknown", name) for name in names if name not in WORDS and name not in blocks]
        if HALF.search(PLACEHOLDER.sub("", text)):
            found_troubles.append(Trouble("half", one_line(text)[:80]))
        is_alone = PLACEHOLDER.fullmatch(text.strip()) is not None
        found_troubles += [Trouble("not-alone", name) for name in names if name in blocks and not is_alone]
        if any(name in blocks for name in names) and not _is_in_body(paragraph):
            found_troubles.append(Trouble("not-in-body", next(name for name in names if name in blocks)))
    for box in file.element.body.iter(qn("w:txbxContent")):
        if HALF.search("".join(box.itertext())):
            found_troubles.append(Trouble("text-box"))
    if not asked & set(blocks):
        found_troubles.append(Trouble("empty"))
    return tuple(dict.fromkeys(found_troubles))


def fill(raw: bytes, document: Document, values: Mapping[str, str]) -> bytes:
    """The form with the document in it; `values` are the words by name. The same input gives the same bytes.

    What was taken out of the paper, or is empty this time, leaves an empty place and no error.
    """
    file = _opened(raw)
    if file is None:
        raise ValueError("a form that was checked cannot be opened any more")
    _ensure_styles(file)
    for paragraph in list(_paragraphs(file)):
        text = _text(paragraph).strip()
        alone = PLACEHOLDER.fullmatch(text)
        if alone and alone[1] not in WORDS:
            _put_block(file, paragraph, alone[1], document)
        elif PLACEHOLDER.search(text):
            _put_words(paragraph, values)
    core = file.core_properties
    core.title, core.language = clean(document.title)[:255], document.language
    return same_each_time(file)


def sections_named(document: Document, name: str) -> Sequence[Section]:
    """The sections of a name: that key itself, or several keys that begin with it."""
    exact = [one for one in document.sections if one.key == name]
    return exact or [one for one in document.sections if re.fullmatch(rf"{re.escape(name)}-.+", one.key)]


def sample(words: Sequence[str], sections: Sequence[str], language: str) -> bytes:
    """A form to begin with: every placeholder once, in the order in which a paper has them."""
    file = docx.Document()
    file.core_properties.language = language
    file.add_heading("{{title}}", level=1)
    for name in words:
        if name not in ("title", "footer"):
            file.add_paragraph(f"{name}: {{{{{name}}}}}")
    file.sections[0].footer.paragraphs[0].text = "{{footer}}"
    for block in ("facts", "picture", *(f"section.{name}" for name in sections), "notes"):
        file.add_paragraph(f"{{{{{block}}}}}")
    return same_each_time(file)


def _outer_trouble(raw: bytes) -> Trouble | None:
    """What can be told of the file without opening its documents."""
    if len(raw) > LARGEST:
        return Trouble("too-large")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            members = packed.infolist()
            if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > LARGEST_UNPACKED:
                return Trouble("too-large")
            names = [one.filename for one in members]
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return Trouble("macros")
            links = [packed.read(name) for name in names if name.endswith(".rels")]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):  # locked, or packed in a way unknown here
        return Trouble("no-docx")
    for relation in re.findall(rb"<Relationship\b[^>]*>", b"".join(links)):
        if b'TargetMode="External"' in relation and f'/{OUTSIDE_TAKEN}"'.encode() not in relation:
            target = re.search(rb'Target="([^"]*)"', relation)
            return Trouble("outside", target[1].decode("utf-8", "replace")[:120] if target else "")
    return None


def _opened(raw: bytes) -> Any:
    try:
        return docx.Document(io.BytesIO(raw))
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, zipfile.BadZipFile):
        return None


def _paragraphs(file: Any) -> Iterator[Any]:
    """Every paragraph: of the body, of tables within tables, of headers and footers."""
    yield from _within(file)
    for page in file.sections:
        for part in (page.header, page.first_page_header, page.footer, page.first_page_footer):
            if not part.is_linked_to_previous:
                yield from _within(part)


def _within(holder: Any) -> Iterator[Any]:
    yield from holder.paragraphs
    for table in holder.tables:
        seen: set[Any] = set()
        for row in table.rows:
            for cell in row.cells:
                if cell._tc not in seen:  # a merged cell stands in several places
                    seen.add(cell._tc)
                    yield from _within(cell)


def _is_in_body(paragraph: Any) -> bool:
    """Whether a block may stand there: sections and tables go between the paragraphs of the text itself."""
    return bool(paragraph._p.getparent().tag.endswith("}body"))


def _text(paragraph: Any) -> str:
    return "".join(run.text for run in paragraph.runs)


def _put_words(paragraph: Any, values: Mapping[str, str]) -> None:
    """Each placeholder's words in the run where it begins; what a word processor split is joined again."""
    for found in reversed(list(PLACEHOLDER.finditer(_text(paragraph)))):
        told = one_line(clean(values.get(found[1], "")))
        end = 0
        for run in paragraph.runs:
            begin, end = end, end + len(run.text)
            first, last = max(found.start(), begin) - begin, min(found.end(), end) - begin
            if first < last:
                run.text = run.text[:first] + (told if found.start() >= begin else "") + run.text[last:]


def _put_block(file: Any, paragraph: Any, name: str, document: Document) -> None:
    """Make the block at the end of the file, then move it to where its placeholder stands."""
    before = len(_of_body(file))
    if name == "facts":
        add_facts(file, document)
    elif name == "notes":
        add_notes(file, document)
    elif name == "picture":
        add_picture(file, document.picture, document.picture_text)
    else:
        chosen = document.sections if name == "sections" else sections_named(document, name.removeprefix("section."))
        for section in chosen:
            add_section(file, section, document.language)
    for element in _of_body(file)[before:]:
        paragraph._p.addprevious(element)
    paragraph._p.getparent().remove(paragraph._p)


def _of_body(file: Any) -> list[Any]:
    """The paragraphs and tables of the text; what describes the page stands behind them."""
    return [one for one in file.element.body if one.tag != qn("w:sectPr")]


def _ensure_styles(file: Any) -> None:
    """The styles that a paper's parts are set in; a form that lacks one gets a plain one."""
    wanted = (
        ("Heading 1", WD_STYLE_TYPE.PARAGRAPH),
        ("Heading 2", WD_STYLE_TYPE.PARAGRAPH),
        ("List Bullet", WD_STYLE_TYPE.PARAGRAPH),
        ("Table Grid", WD_STYLE_TYPE.TABLE),
    )
    present = {style.name for style in file.styles}
    for name, kind in wanted:
        if name not in present:
            style = file.styles.add_style(name, kind)
            if name.startswith("Heading"):
                style.font.bold = True
