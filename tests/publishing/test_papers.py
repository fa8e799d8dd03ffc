"""Booklets and briefings: tagged, in their language, the same each time; what a page said is never markup."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from publishing.editions import LANGUAGES, edition, with_text_everywhere
from twinbook.publishing.edition import Edition
from twinbook.publishing.publication import Paper, office_papers, papers, publications
from twinbook.publishing.publications import booklet, briefing
from twinbook.publishing.publications.yearly_report import reported_year
from twinbook.publishing.rendering.pdf import PaperError, render_pdf

PAYLOADS = (
    '#read("/etc/passwd")',
    '#eval("1")',
    "$x^2$",
    "*bold* _it_",
    "@label <label>",
    "#while true {}",
    ']]#import "@preview/x:1"',
    "\\u{41}",
    "= Heading",
    "*" * 5000,
    "\x00\x0b\ud800\ufffe x",
    "// comment",
    "`raw`",
    "#",
)


def alone(made: Edition, slug: str = "kanazawa") -> dict[str, Edition]:
    return {made.language: replace(made, partners=(made.partner(slug),))}


def pdf(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(paper.body))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_booklet_speaks_the_guests_language(language: str) -> None:
    paper = next(iter(booklet.render(alone(edition(language)), ())))
    reader = pdf(paper)
    root = reader.trailer["/Root"]

    assert root["/Lang"] == language
    assert str(root["/MarkInfo"]["/Marked"]) == "True"
    assert reader.metadata.title == {"ru": "Иркутск", "ja": "イルクーツク", "en": "Irkutsk"}[language]  # type: ignore[union-attr]
    assert "/StructTreeRoot" in root
    told = text_of(reader)
    for words in {
        "ru": ("Нашим гостям: Канадзава", "улица Канадзавы"),
        "ja": ("金沢の皆さまへ", "金沢通り"),
        "en": ("For our guests from Kanazawa", "Irkutsk Garden"),
    }[language]:
        assert words in told
    width, height = map(float, reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (420, 595)  # A5 in points


def test_the_booklet_is_offered_on_the_partner_page() -> None:
    made = {paper.path: paper.body for paper in papers({language: edition(language) for language in LANGUAGES})}

    assert "ja/booklet/kanazawa.pdf" in made
    assert "ja/booklet/vilnius.pdf" not in made  # the tie is ended
    assert 'href="../booklet/kanazawa.pdf"' in made["ja/partners/kanazawa.html"].decode()


def test_papers_are_the_same_each_time() -> None:
    made = alone(edition("ru", audience="office"))

    assert [one.body for one in booklet.render(made, ())] == [one.body for one in booklet.render(made, ())]
    assert [one.body for one in briefing.render(made, ())] == [one.body for one in briefing.render(made, ())]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_what_a_page_said_is_never_markup(payload: str) -> None:
    made = with_text_everywhere(edition("en", audience="office"), f"a {payload} z")
    made = replace(made, partners=made.partners[:1])

    for paper in (*booklet.render({"en": made}, ()), *briefing.render({"en": made}, ())):
        if paper.form == "PDF":
            told = text_of(pdf(paper)).replace(" ", "")
            assert "root:x:0" not in told
            plain = payload.replace("\x00", "").replace("\x0b", "").replace("\ud800", "").replace("\ufffe", "")
            assert "".join(plain.split())[:20] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_briefing_says_what_was_promised_and_what_is_disputed(language: str) -> None:
    made = list(briefing.render(alone(edition(language, audience="office")), ()))
    told = text_of(pdf(next(one for one in made if one.form == "PDF")))
    words = {
        "ru": ("О чём договорились и что из этого вышло", "Источники расходятся", "60 лет партнёрства"),
        "ja": ("合意したことと、その後", "出典が食い違うもの", "提携60周年"),
        "en": ("What was agreed, and what became of it", "In dispute", "60 years of partnership"),
    }[language]

    assert [word for word in words if word not in told] == []
    assert "Прислать программу Дней культуры" in told
    assert "1989" in told
    assert {"ru": "Каменный фонарь", "ja": "石灯籠", "en": "Каменный фонарь"}[language] in told


def test_a_briefing_fits_two_pages_however_much_there_is() -> None:
    made = edition("ru", audience="office").partner("kanazawa")
    many = replace(
        made,
        activities=made.activities * 12,
        landmarks=made.landmarks * 9,
        commitments=made.commitments * 9,
        people=made.people * 9,
        steps=made.steps * 8,
    )
    whole = replace(edition("ru", audience="office"), partners=(many,))

    paper = next(one for one in briefing.render({"ru": whole}, ()) if one.form == "PDF")

    assert len(pdf(paper).pages) <= 2


def test_the_briefing_can_be_edited() -> None:
    paper = next(one for one in briefing.render(alone(edition("ja", audience="office")), ()) if one.form == "DOCX")
    file = docx.Document(io.BytesIO(paper.body))
    headings = [one.text for one in file.paragraphs if one.style.name.startswith("Heading")]  # type: ignore[union-attr]

    assert headings[0] == "金沢"
    assert "合意したことと、その後" in headings
    assert [cell.text for cell in file.tables[0].rows[0].cells] == ["約束の内容", "どちら側", "期限", "その後"]
    assert file.core_properties.language == "ja"
    assert 'w:eastAsia="ja"' in file.element.xml


def test_papers_of_the_office_are_made_for_one_partner_and_never_published() -> None:
    office = edition("ru", audience="office")
    made = office_papers("briefing", {"ru": office}, partner="kanazawa")

    assert [one.path for one in made] == ["ru/briefing/kanazawa.pdf", "ru/briefing/kanazawa.docx"]
    assert not [path for path in (one.path for one in papers({"ru": edition("ru")})) if "briefing" in path]
    with pytest.raises(ValueError, match="for the office"):
        office_papers("briefing", {"ru": edition("ru")}, partner="kanazawa")
    with pytest.raises(KeyError, match="nowhere"):
        office_papers("briefing", {"ru": office}, partner="nowhere")


def test_a_template_that_cannot_be_set_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#nothing-of-this-name", "utf-8")

    with pytest.raises(PaperError, match=r"broken\.typ: unknown variable"):
        render_pdf(broken, {"language": "en", "title": "x"}, made_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_every_publication_declares_itself() -> None:
    found = publications()

    assert list(found)[-1] == "website"  # it links to the others
    assert {one.audience for one in found.values()} == {"public", "office"}
    assert all(set(one.titles()) == {"en", "ja", "ru"} and one.forms for one in found.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_proves_its_numbers(language: str) -> None:
    made = replace(edition(language, audience="office"), at=datetime(2017, 2, 1, tzinfo=UTC))

    paper = next(one for one in office_papers("yearly_report", {language: made}) if one.form == "PDF")

    told = text_of(pdf(paper))
    held = [one for partner in made.partners for one in partner.activities if one.when.value.startswith("2016")]
    assert paper.path == f"{language}/yearly_report/2016.pdf"
    assert len(held) == 8
    number = {"ru": "Состоялось мероприятий 8", "ja": "実施した交流事業 8", "en": "Activities held 8"}[language]
    assert number in told
    assert {"ru": "Принято человек 96", "ja": "受入人数 96", "en": "People received 96"}[language] in told
    for activity in held:
        assert " ".join(activity.title.text.split()[:3]) in told


def test_a_report_is_on_the_year_that_has_ended() -> None:
    assert [reported_year(date(2027, month, 1)) for month in (1, 3, 11, 12)] == [2026, 2026, 2026, 2027]
