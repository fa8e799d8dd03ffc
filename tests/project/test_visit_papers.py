"""Papers of a visit file: each in any one or two languages, as PDF and DOCX, with what the file says."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
import pytest
from django.contrib.auth.models import User
from django.test import Client
from pypdf import PdfReader

from people import make_user
from twinbook.project.sample.visit import load_visit
from twinbook.register.desk.visit_paper_words import PAPERS
from twinbook.register.workflow import visit as acts

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def made(db: None) -> str:
    return load_visit(make_user("olga"), NOW)


@pytest.fixture
def desk(made: str) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(make_user("reader", "reader"))
    return client


def words(body: bytes) -> str:
    """All words of a DOCX, those in its tables too."""
    file = docx.Document(io.BytesIO(body))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells])


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_each_paper_speaks_both_languages(desk: Client, made: str, paper: str) -> None:
    asked = {"first": "ja", "second": "en"}

    pdf = desk.get(f"/visits/{made}/paper/", asked | {"paper": f"{paper}.pdf"})
    word = words(desk.get(f"/visits/{made}/paper/", asked | {"paper": f"{paper}.docx"}).content)

    assert PdfReader(io.BytesIO(pdf.content)).trailer["/Root"]["/Lang"] == "ja"
    assert "2026年3月18" in word
    assert "公開不可。 / From the visit file of the office. Not for publication." in word
    assert "金沢市訪問団の受入れ" in word


def test_the_guests_do_not_read_what_is_for_us(desk: Client, made: str) -> None:
    guests = words(desk.get(f"/visits/{made}/paper/", {"paper": "programme.docx"}).content)
    ours = words(desk.get(f"/visits/{made}/paper/", {"paper": "working.docx"}).content)

    assert "Встреча у мэра\n市長表敬訪問" in guests and "Встреча у мэра\n市長表敬訪問" in ours
    assert "Проверка зала" in ours and "Проверка зала" not in guests
    assert "Микроавтобус" in ours and "Микроавтобус" not in guests


def test_the_order_names_who_what_and_how_much(desk: Client, made: str) -> None:
    told = words(desk.get(f"/visits/{made}/paper/", {"paper": "order.docx", "first": "ru"}).content)

    assert (
        "1. Принять делегацию: Администрация города Канадзавы, Япония (выдумано); 18–20 марта 2026 г.; 6 человек."
        in told
    )
    assert "Расходы в сумме 141 000,00 ₽" in told.replace("\xa0", " ").replace("\u202f", " ")
    assert "Гостиница" in told and "Питание" in told
    assert "Управление делами" in told and "次の" not in told


def test_a_report_that_is_not_written_yet_is_a_draft(desk: Client, made: str) -> None:
    address = f"/visits/{made}/paper/"
    before = words(desk.get(address, {"paper": "report.docx", "first": "ru"}).content)
    acts.change_visit(made, report="Всё состоялось.", by=User.objects.get(username="olga"), at=NOW)
    after = words(desk.get(address, {"paper": "report.docx", "first": "ru"}).content)

    assert "Набросок" in before and "10:00–12:00 Посещение школы (Школа № 11)" in before
    assert "Всё состоялось." in after and "Набросок" not in after and "Посещение школы" not in after


def test_what_there_is_not_is_not_found(desk: Client, made: str) -> None:
    asked = ("programme.exe", "programme", "delegation.pdf", "nothing.pdf", "")

    assert {desk.get(f"/visits/{made}/paper/", {"paper": one}).status_code for one in asked} == {404}
    assert desk.get("/visits/zzzzzzzzzzzz/paper/", {"paper": "order.pdf"}).status_code == 404
