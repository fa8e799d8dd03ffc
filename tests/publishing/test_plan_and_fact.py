"""The plan as a paper, and the report that sets facts beside it: sums, lists behind them, charts in PDF and DOCX."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from pypdf import PdfReader

from publishing.editions import LANGUAGES, edition
from twinbook.publishing.edition import Edition, Fact, PlanLine, Text
from twinbook.publishing.publications import yearly_plan, yearly_report
from twinbook.publishing.rendering.office_file import render_docx
from twinbook.publishing.rendering.paper import Document, Section, as_data, from_data
from twinbook.publishing.rendering.pdf import render_pdf

YEAR = 2024


def planned(language: str) -> Edition:
    """An edition with two activities held in a year, and a plan of five lines: one held, one taken out late."""
    made = edition(language)
    first, second = (
        replace(one, key=f"fact-{place}", status="done", when=Fact(f"{YEAR}-0{place + 5}"), partners=("kanazawa",),
                people_out=Fact("18"), people_in=Fact(""), cost=Fact("70000.00"), currency="RUB")
        for place, one in enumerate(made.activities[:2])
    )  # fmt: skip
    name = made.partner("kanazawa").name
    lines = (
        PlanLine("a", YEAR, Text("Обмен", "ru"), "kanazawa", name, "culture", f"{YEAR}-05", "Отдел", 20, None, 90000.0,
                 "RUB", outcome="held", activity="fact-0"),
        PlanLine("b", YEAR, Text("Поездка", "ru"), "kanazawa", name, "", "", "", 900, 5, 400.0, "JPY", outcome="moved"),
        PlanLine("c", YEAR, Text("Визит", "ru"), outcome="", people_in=4),
        PlanLine("d", YEAR, Text("Снято", "ru"), cost=5.0, currency="RUB", is_withdrawn=True),
        PlanLine("e", YEAR + 1, Text("Другой год", "ru"), people_in=77),
    )  # fmt: skip
    return replace(made, activities=(first, second), plan=lines, audience="office")


def section(document: Document, key: str) -> Section:
    return next(one for one in document.sections if one.key == key)


def figures(document: Document) -> dict[str, str]:
    table = document.sections[0].table
    assert table is not None
    return {f"{row[0][0].text}{'' if row[1][0].text[-1].isdigit() else row[1][0].text[-4:]}": row[1][0].text
            for row in table.rows}  # fmt: skip


def test_a_plan_sums_its_own_lines_and_leads_to_them() -> None:
    document = yearly_plan.draft(planned("en"), YEAR)

    assert figures(document) == {
        "Lines of the plan": "3", "People to send": "920", "People to receive": "9",
        "Money planned JPY": "400 JPY", "Money planned RUB": "90,000 RUB",
    }  # fmt: skip
    table = document.sections[0].table
    assert table is not None
    for row in table.rows:
        assert row[1][0].to and section(document, row[1][0].to)
    assert [line[0].text for line in section(document, "sent").lines] == ["20", "900"]
    told = str(document)
    assert "Снято" not in told and "Другой год" not in told


def test_a_report_counts_what_became_of_the_plan() -> None:
    document = yearly_report.draft(planned("en"), YEAR)
    found = figures(document)

    assert found["Lines of the plan"] == "4"
    assert (found["Lines held"], found["Lines not held or moved"], found["Lines of which nothing is known"]) == (
        "1", "2", "1",
    )  # fmt: skip
    assert found["Held without standing in the plan"] == "1"
    assert found["Money spent on the plan’s lines RUB"] == "70,000 RUB"  # of the proving activity's source
    assert len(section(document, "unplanned").lines) == 1


def test_money_that_the_office_wrote_comes_before_the_sources() -> None:
    made = planned("en")
    own = replace(made, plan=(replace(made.plan[0], spent=80000.0), *made.plan[1:]))

    assert figures(yearly_report.draft(own, YEAR))["Money spent on the plan’s lines RUB"] == "80,000 RUB"


def test_a_year_without_a_plan_reports_none() -> None:
    document = yearly_report.draft(replace(planned("en"), plan=()), YEAR)

    assert "Lines held" not in figures(document)
    assert [one.key for one in document.sections if one.key in ("plan", "unplanned")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_stand_in_both_files_with_their_numbers_as_words(language: str) -> None:
    made = planned(language)
    document = yearly_report.draft(made, YEAR)
    drawn = [one for one in document.sections if one.picture]

    assert len(drawn) == 3  # people, and money in two currencies
    assert "925" in drawn[0].picture_text and "18" in drawn[0].picture_text
    assert from_data(as_data(document)) == document
    body = render_docx(document, made_at=made.at)
    assert body == render_docx(document, made_at=made.at)
    pictures = [name for name in zipfile.ZipFile(io.BytesIO(body)).namelist() if name.startswith("word/media/")]
    shapes = docx.Document(io.BytesIO(body)).inline_shapes
    assert len(shapes) == len(pictures) == 4
    assert [shape._inline.docPr.get("descr") for shape in shapes][1:] == [one.picture_text for one in drawn]
    pdf = PdfReader(io.BytesIO(render_pdf(yearly_report.PRINT, as_data(document), made_at=made.at)))
    assert pdf.trailer["/Root"]["/Lang"] == language


def test_a_paper_kept_before_sections_had_pictures_is_printed_again() -> None:
    made = planned("ru")
    data = as_data(yearly_plan.draft(made, YEAR))
    for one in data["sections"]:
        del one["picture"], one["picture_text"]

    assert render_pdf(yearly_plan.PRINT, data, made_at=made.at)[:5] == b"%PDF-"
    assert render_docx(from_data(data), made_at=made.at)[:2] == b"PK"
