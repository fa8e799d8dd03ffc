"""The city's own DOCX as a paper's form: what stands against it is told, what it asks for is filled, nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from publishing.test_plan_and_fact import YEAR, planned
from twinbook.publishing.publications import briefing, yearly_plan, yearly_report
from twinbook.publishing.rendering.own_form import (
    LARGEST,
    PARTS,
    WORDS,
    Trouble,
    blocks_of,
    fill,
    sample,
    sections_named,
    troubles,
)

ALL = {"yearly_plan": yearly_plan.BLOCKS, "yearly_report": yearly_report.BLOCKS, "briefing": briefing.BLOCKS}
VALUES = {"title": "План", "city": "Иркутск", "approved_by": "Глава Примеров"}


def form(make: Callable[[Any], object]) -> bytes:
    file = docx.Document()
    make(file)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def paragraphs(*texts: str) -> bytes:
    return form(lambda file: [file.add_paragraph(text) for text in texts])


def told(raw: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(raw)).paragraphs]


@pytest.mark.parametrize("slug", list(ALL))
def test_the_form_to_begin_with_is_taken_and_filled(slug: str) -> None:
    document = yearly_plan.draft(planned("ru"), YEAR)
    raw = sample(WORDS, ALL[slug], "ru")

    assert troubles(raw, ALL[slug]) == ()
    filled = fill(raw, document, VALUES)
    assert "{{" not in docx.Document(io.BytesIO(filled)).element.xml
    assert filled == fill(raw, document, VALUES)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("{{sections}}", "{{ tittle }}"), Trouble("unknown", "tittle")),
        (("{{sections}}", "{{section.lunch}}"), Trouble("unknown", "section.lunch")),
        (("{{sections}}", "{{title"), Trouble("half", "{{title")),
        (("{{sections}}", "{{Title}}"), Trouble("half", "{{Title}}")),
        (("Here: {{sections}}",), Trouble("not-alone", "sections")),
        (("{{title}}",), Trouble("empty")),
    ],
)
def test_what_stands_against_a_form_is_told(texts: tuple[str, ...], expected: Trouble) -> None:
    assert troubles(paragraphs(*texts), yearly_plan.BLOCKS) == (expected,)


def test_a_block_cannot_stand_in_a_table_or_header() -> None:
    def make(file: Any) -> None:
        file.add_paragraph("{{sections}}")
        file.add_table(1, 1).cell(0, 0).text = "{{notes}}"
        file.sections[0].header.paragraphs[0].text = "{{facts}}"

    assert set(troubles(form(make), ())) == {Trouble("not-in-body", "notes"), Trouble("not-in-body", "facts")}


def packed(members: dict[str, bytes]) -> bytes:
    """A good form with some members more, or others in their place."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paragraphs("{{sections}}"))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, body in members.items():
            new.writestr(name, body)
    return buffer.getvalue()


LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://198.51.100.7/a.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "no-docx"),
        (b"%PDF-1.7", "no-docx"),
        (b"PK\x05\x06" + b"\0" * 18, "no-docx"),
        (b"x" * (LARGEST + 1), "too-large"),
        (packed({"word/vbaProject.bin": b"x"}), "macros"),
        (packed({"word/_rels/settings.xml.rels": LINK}), "outside"),
        (packed({f"word/media/{n}.png": b"" for n in range(600)}), "too-large"),
        (packed({"word/document.xml": b"<not xml"}), "no-docx"),
    ],
    ids=["empty", "pdf", "no members", "large", "macros", "outside", "many", "broken"],
)
def test_a_file_that_is_no_harmless_docx_is_refused(raw: bytes, code: str) -> None:
    assert [one.code for one in troubles(raw, ())] == [code]


def test_words_are_filled_across_runs_headers_and_tables_and_keep_their_look() -> None:
    def make(file: Any) -> None:
        line = file.add_paragraph("Утверждаю: ")
        line.add_run("{{appro").bold = True
        line.add_run("ved_by}} ({{city}})")
        file.add_table(1, 1).cell(0, 0).text = "{{title}}"
        file.sections[0].header.paragraphs[0].text = "Герб · {{city}}"
        file.add_paragraph("До")
        file.add_paragraph("{{section.lines}}")
        file.add_paragraph("После")
        file.add_paragraph("{{section.money}}")

    raw = form(make)
    assert troubles(raw, yearly_plan.BLOCKS) == ()
    file = docx.Document(io.BytesIO(fill(raw, yearly_plan.draft(planned("ru"), YEAR), VALUES)))

    first = file.paragraphs[0]
    assert first.text == "Утверждаю: Глава Примеров (Иркутск)"
    assert [run.text for run in first.runs if run.bold] == ["Глава Примеров"]
    assert file.tables[0].cell(0, 0).text == "План"
    assert file.sections[0].header.paragraphs[0].text == "Герб · Иркутск"
    order = [one.text for one in file.paragraphs]
    assert order.index("До") < order.index("Строки плана") < order.index("После") < order.index("Запланировано средств")
    assert len(file.tables) == 2 and "Обмен" in file.tables[1].cell(1, 1).text


def test_what_a_page_said_is_never_a_placeholder_or_markup() -> None:
    raw = paragraphs("{{title}}", "{{section.lines}}")
    body = fill(raw, yearly_plan.draft(planned("en"), YEAR), {"title": "{{city}} <w:br/> {{sections}}", "city": "x"})

    assert told(body)[0] == "{{city}} <w:br/> {{sections}}"


def test_a_section_that_is_empty_this_time_leaves_no_trace() -> None:
    body = fill(paragraphs("A", "{{section.gifts}}", "B"), yearly_plan.draft(planned("en"), YEAR), {})

    assert told(body) == ["A", "B"]


def test_a_name_stands_for_all_sections_that_begin_with_it() -> None:
    report = yearly_report.draft(planned("en"), YEAR)

    assert [one.key for one in sections_named(report, "chart")] == ["chart-1", "chart-2", "chart-3"]
    assert [one.key for one in sections_named(report, "partner")] == ["partner-kanazawa"]
    assert [one.key for one in sections_named(report, "plan")] == ["plan"]
    keys = {re.sub(r"-(\d|kanazawa|eugene|ulaanbaatar).*", "", one.key) for one in report.sections}
    assert keys <= set(yearly_report.BLOCKS)


def test_the_page_of_the_manual_lists_every_placeholder() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "own-paper-templates.md"
    text = page.read_text("utf-8")

    every = {*WORDS, *PARTS, *(name for names in ALL.values() for name in blocks_of(names))}
    assert {name for name in every if f"`{{{{{name}}}}}`" not in text} == set()
