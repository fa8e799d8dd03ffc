"""Papers that the office keeps: drafted for any year, frozen, approved by the head alone; numbers lead to lists."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from people import make_user
from twinbook.project.sample.load import Loader
from twinbook.project.sample.plan import load_plan
from twinbook.register.models import KeptPaper
from twinbook.register.queries.lists import activities, partners
from twinbook.register.queries.paper_templates import templates
from twinbook.register.queries.papers import paper, papers
from twinbook.register.workflow.enter import Given, enter
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.papers import approve_paper, discard_paper, keep_paper
from twinbook.register.workflow.permission import NotAllowedError
from twinbook.register.workflow.plans import LineGiven, add_line, change_line
from twinbook.register.workflow.propose import take_in

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWINBOOK_HOME", str(tmp_path))


@pytest.fixture
def head(db: None) -> User:
    """The head of an office with the sample register."""
    made = make_user("olga")
    Loader(made, NOW).load()
    return made


@pytest.fixture
def desk(head: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(head)
    return client


def a_year(done: str = "done") -> int:
    """A year of the sample in which something took place."""
    line = next(line for line in activities(status=done) if line.when and line.when.first)
    assert line.when is not None and line.when.first is not None
    return line.when.first.year


def drafted(desk: Client, **given: object) -> str:
    data = {"publication": "yearly_report", "year": a_year(), "language": ["ru", "ja"]} | given
    answer = desk.post("/office-papers/", data)
    assert answer.status_code == 302, answer.content[:300]
    return str(answer.headers["Location"]).strip("/").rpartition("/")[2]


def test_a_report_on_any_year_is_made_in_two_languages_and_both_forms(desk: Client) -> None:
    made = drafted(desk)

    pdf = desk.get(f"/office-papers/{made}/ja.pdf")
    word = desk.get(f"/office-papers/{made}/ru.docx")

    assert PdfReader(io.BytesIO(pdf.content)).trailer["/Root"]["/Lang"] == "ja"
    told = " ".join(one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert str(a_year()) in told
    assert desk.get(f"/office-papers/{made}/ru.svg").headers["Content-Type"] == "image/svg+xml"
    assert desk.get(f"/office-papers/{made}/en.pdf").status_code == 404


def test_each_number_leads_to_its_list(desk: Client) -> None:
    made = drafted(desk)

    page = desk.get(f"/office-papers/{made}/").content.decode()
    word = docx.Document(io.BytesIO(desk.get(f"/office-papers/{made}/ru.docx").content)).element.xml

    wanted = set(re.findall(r'href="#([\w-]+)"><b>', page))
    assert {"held", "partners"} <= wanted
    assert wanted <= set(re.findall(r'<h2 id="([\w-]+)"', page))
    anchors = set(re.findall(r'w:anchor="([\w-]+)"', word))
    assert anchors == wanted and anchors <= set(re.findall(r'w:name="([\w-]+)"', word))


def test_a_kept_report_stays_when_the_register_changes(desk: Client, head: User) -> None:
    made, year = drafted(desk), a_year()
    desk.post(f"/office-papers/{made}/keep/")
    before = desk.get(f"/office-papers/{made}/ru.pdf").content
    source = take_in("Ещё одна встреча.".encode(), by=head, at=NOW, name="note.txt").source
    place = partners()[0].partner.id
    enter("activity", [Given("kind", "meeting"), Given("title", "Ещё одна встреча", "ru"), Given("status", "done"),
                       Given("when", str(year)), Given("places", place)], source=source, by=head, at=NOW)  # fmt: skip

    assert desk.get(f"/office-papers/{made}/ru.pdf").content == before
    assert "Ещё одна встреча" not in desk.get(f"/office-papers/{made}/?language=ru").content.decode()
    assert "Ещё одна встреча" in desk.get(f"/office-papers/{drafted(desk)}/?language=ru").content.decode()
    with pytest.raises(NotPossibleError) as refused:
        discard_paper(made, by=head, at=NOW)
    assert refused.value.code == "paper-kept"


def test_the_head_alone_approves_and_only_what_was_kept(desk: Client, head: User) -> None:
    made = drafted(desk)
    with pytest.raises(NotPossibleError):
        approve_paper(made, by=head, at=NOW)
    keep_paper(made, by=make_user("klara", "clerk"), at=NOW)
    with pytest.raises(NotAllowedError):
        approve_paper(made, by=make_user("oleg", "officer"), at=NOW)

    desk.post(f"/office-papers/{made}/approve/")

    shown = paper(made)
    assert shown is not None
    assert (shown.line.state, shown.line.approved_by, shown.is_whole) == ("approved", "olga", True)


def test_a_changed_kept_paper_says_so(desk: Client) -> None:
    made = drafted(desk)
    desk.post(f"/office-papers/{made}/keep/")
    row = KeptPaper.objects.get(public_id=made)
    row.documents[0]["title"] += "!"
    row.save()

    shown = paper(made)
    assert shown is not None and not shown.is_whole
    assert "notice warn" in desk.get(f"/office-papers/{made}/").content.decode()


def test_a_draft_is_thrown_away_and_what_cannot_be_is_refused(desk: Client) -> None:
    made = drafted(desk)
    desk.post(f"/office-papers/{made}/discard/")

    assert papers() == ()
    assert desk.get(f"/office-papers/{made}/").status_code == 404
    for given in ({"year": "x", "language": "ru"}, {"year": "2016"}):
        desk.post("/office-papers/", {"publication": "yearly_report"} | given)
    assert papers() == ()


def test_a_plan_is_approved_and_stays_as_it_was(desk: Client, head: User) -> None:
    kanazawa = next(line.partner.id for line in partners() if line.partner.name("en") == "Kanazawa")
    words = {"en": "Pupils to Kanazawa", "ru": "Школьники в Канадзаву", "ja": "生徒の金沢訪問"}
    given = LineGiven(words, kanazawa, when="2027-05", people_out=7, cost=Decimal(250_000), currency="RUB")
    line = add_line(2027, given, by=head, at=NOW)
    made = drafted(desk, publication="yearly_plan", year=2027, language=["ru", "en", "ja"])
    desk.post(f"/office-papers/{made}/keep/")
    desk.post(f"/office-papers/{made}/approve/")
    change_line(line, LineGiven({"ru": "Другое"}, people_out=70), by=head, at=NOW)
    add_line(2027, LineGiven({"ru": "Позднее"}), by=head, at=timezone.now())

    for language, title in words.items():
        text = " ".join(page.extract_text() for page in PdfReader(
            io.BytesIO(desk.get(f"/office-papers/{made}/{language}.pdf").content)).pages)  # fmt: skip
        assert "".join(title.split()) in "".join(text.split())
        assert "250" in text and "RUB" in text and "olga" in text
    shown = paper(made)
    assert shown is not None and (shown.line.state, shown.is_whole, len(shown.documents)) == ("approved", True, 3)
    page = desk.get("/plan/2027/", headers={"accept-language": "en"}).content.decode()
    assert page.count("after the approval") == 1
    assert f"/office-papers/{made}/" in page


def own_form(*texts: str) -> SimpleUploadedFile:
    file = docx.Document()
    for text in texts:
        file.add_paragraph(text)
    buffer = io.BytesIO()
    file.save(buffer)
    return SimpleUploadedFile("Бланк.docx", buffer.getvalue())


def test_a_paper_is_printed_with_the_citys_own_form(desk: Client, head: User) -> None:
    add_line(2027, LineGiven({"ru": "Школьники"}, people_out=7), by=head, at=NOW)
    made = drafted(desk, publication="yearly_plan", year=2027, language=["ru", "en"])
    form = own_form("АДМИНИСТРАЦИЯ ГОРОДА {{city}}", "{{section.lines}}", "Утвердил: {{approved_by}}")
    wrong = own_form("{{nonsense}}", "{{sections}}")
    refused = desk.post("/paper-templates/", {"publication": "yearly_plan", "language": "ru", "form": wrong})
    desk.post("/paper-templates/", {"publication": "yearly_plan", "language": "ru", "form": form})
    desk.post(f"/office-papers/{made}/keep/")
    desk.post(f"/office-papers/{made}/approve/")

    assert refused.status_code == 422 and "{{nonsense}}" in refused.content.decode()
    files = {
        name: desk.get(f"/office-papers/{made}/{name}").content for name in ("ru.docx", "en.docx", "ru.docx?plain")
    }
    texts = {name: [one.text for one in docx.Document(io.BytesIO(body)).paragraphs] for name, body in files.items()}
    assert texts["ru.docx"] == ["АДМИНИСТРАЦИЯ ГОРОДА Иркутск", "Строки плана", "Утвердил: olga"]
    assert "АДМИНИСТРАЦИЯ ГОРОДА Иркутск" not in texts["en.docx"] + texts["ru.docx?plain"]
    used = templates()
    assert [(one.name, one.is_used) for one in used] == [("Бланк.docx", True)]
    assert desk.get(f"/paper-templates/{used[0].id}.docx").content[:2] == b"PK"
    assert desk.get("/paper-templates/sample/briefing/ja/").content[:2] == b"PK"
    desk.post(f"/paper-templates/{used[0].id}/discard/")
    assert templates() == ()


def test_the_samples_plan_is_proved_by_its_activities(desk: Client, head: User) -> None:
    assert load_plan(head, NOW) == 6

    shown = paper(drafted(desk, year=2025, language=["en"]))
    assert shown is not None
    section = next(one for one in shown.documents[0]["sections"] if one["key"] == "plan")
    outcomes = [row[2][0]["text"] for row in section["table"]["rows"]]
    assert sorted(outcomes) == ["held"] * 4 + ["moved to another year", "not held"]
    assert all(any(run["mark"] for run in row[2]) for row in section["table"]["rows"] if row[2][0]["text"] == "held")
