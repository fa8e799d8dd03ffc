"""Lists at the desk: upload, mapping, trial, import, report, undo; comparison with decisions and corrections."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import make_user
from twinbook.register.models import AccessEntry
from twinbook.register.queries import records
from twinbook.register.queries.lists import partners
from twinbook.register.workflow.bring_in import bring_in

INPUTS = Path(__file__).resolve().parents[1] / "reading" / "importers"
ACTIVITIES = (INPUTS / "activity_table" / "activities.csv").read_bytes()
MAPPING = {
    "column-partner": "Город-партнёр",
    "column-partner_country": "Страна",
    "column-title": "Мероприятие",
    "column-kind": "Вид",
    "column-areas": "Направление",
    "column-when": "Дата",
    "column-people_in": "Принято человек",
    "column-note": "Примечание",
}
HEAD = "partner_en,country,level,qid,relation,start_edtf,start_basis,end_edtf,end_kind,ended_by\n"
OURS = (
    "Kanazawa,JP,city,Q191130,twin,1967-03-20,vote,,,\n"
    "Eugene,US,city,Q171224,twin,1988,agreement,2022-07-18,suspended,council\n"
    "Vitebsk,BY,city,,cooperation agreement,2017,agreement,,,\n"
)
THEIRS = (
    "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
    "Irkutsk,Russia,1,2,Kanazawa,Japan,1,2\nIrkutsk,Russia,1,2,Eugene,United States,1,2\n"
    "Irkutsk,Russia,1,2,Dijon,France,1,2\n"
)


def upload(client: Client, raw: bytes, name: str) -> str:
    answer = client.post(reverse("desk:lists"), {"file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def as_xlsx(raw: bytes) -> bytes:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(raw.decode(), newline=""), delimiter=";"):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_spreadsheet_is_mapped_tried_brought_in_reported_and_undone(desk: Client, kind: str) -> None:
    page = upload(desk, ACTIVITIES if kind == "csv" else as_xlsx(ACTIVITIES), f"activities.{kind}")
    shown = desk.get(page).content.decode()
    assert "<option selected>Город-партнёр</option>" in shown and "Концерт хора" in shown

    desk.post(f"{page}bring/", {**MAPPING, "act": "try"})
    tried = desk.get(page).content.decode()
    assert records.register().activities == ()
    desk.post(f"{page}bring/", {**MAPPING, "act": "bring"})
    done = desk.get(page).content.decode()

    for told in (tried, done):
        assert "31.06.2020" in told and '<td class="number">4</td>' in told
    assert len(records.register().activities) == 4
    rows = list(csv.DictReader(io.StringIO(desk.get(f"{page}report.csv").content.decode("utf-8-sig"))))
    assert [row["row"] for row in rows if row["outcome"] == "trouble"] == ["4", "5", "6", "7", "8"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]
    act = done.split("/undo/")[1].split("/")[0]
    desk.post(reverse("desk:undo", args=[act]), {"next": page})
    assert records.register().activities == ()
    assert "undone" in desk.get(page).content.decode()
    call_command("audit_register")


def test_a_mapping_is_remembered_for_the_same_columns(desk: Client) -> None:
    first = upload(desk, ACTIVITIES, "one.csv")
    desk.post(f"{first}bring/", {**MAPPING, "column-note": "", "default_kind": "visit", "act": "try"})
    other = ACTIVITIES.replace("Концерт хора".encode(), "Концерт оркестра".encode())

    shown = desk.get(upload(desk, other, "two.csv")).content.decode()

    assert "as you said for such a list before" in shown
    note = shown.split('id="column-note"')[1].split("</select>")[0]
    assert "selected" not in note
    assert '<option value="visit" selected>' in shown


def test_what_is_needed_is_asked_for(desk: Client) -> None:
    page = upload(desk, ACTIVITIES, "one.csv")

    answer = desk.post(f"{page}bring/", {"act": "bring"}, follow=True)

    assert "Say which column names the partner" in answer.content.decode()
    assert records.register().activities == ()


@pytest.mark.parametrize("raw", [b"", b"x", b"PK\x03\x04 broken", b'{"entities": ['])
def test_what_is_no_list_is_refused(desk: Client, raw: bytes) -> None:
    answer = desk.post(reverse("desk:lists"), {"file": SimpleUploadedFile("x.csv", raw)})

    assert answer.status_code == 422


@pytest.fixture
def compared(desk: Client, officer: User) -> str:
    """The page that compares three ties of Irkutsk with a list of three."""
    bring_in(
        (HEAD + OURS).encode(), by=officer, at=timezone.now(), name="ours.csv",
        mapping={"home": "Irkutsk", "home_country": "RU"},
    )  # fmt: skip
    return upload(desk, THEIRS.encode(), "pairs.csv") + "compare/"


def test_a_comparison_shows_both_sides_and_takes_decisions(desk: Client, compared: str) -> None:
    page = desk.get(compared).content.decode()
    assert "They list it, we do not" in page and "Dijon" in page
    assert "We know it as ended or suspended" in page and "Vitebsk" in page
    before = len(partners())

    desk.post(f"{compared}settle/", {"line": "row-4", "act": "theirs"})
    refused = desk.post(f"{compared}settle/", {"line": "row-3", "act": "ours", "reason": ""}, follow=True)
    desk.post(f"{compared}settle/", {"line": "row-3", "act": "ours", "reason": "the council suspended it in 2022"})
    decided = desk.get(compared).content.decode()

    assert len(partners()) == before + 1
    assert "Say in a few words why" in refused.content.decode()
    assert "ours stands" in decided
    act = decided.split("ours stands")[1].split("/undo/")[1].split("/")[0]
    desk.post(reverse("desk:undo", args=[act]), {"next": compared})
    assert "ours stands" not in desk.get(compared).content.decode()
    call_command("audit_register")


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("en", "Eugene (United States): the tie runs no longer"),
        ("ru", "Eugene (Соединенные Штаты): связи больше не действуют"),
        ("ja", "Eugene（アメリカ合衆国）：提携はすでに続いていません"),
    ],
)
def test_corrections_are_ready_to_send(desk: Client, compared: str, language: str, letter: str) -> None:
    desk.post(reverse("desk:language"), {"language": language, "next": "/"})

    table = desk.get(f"{compared}table/").content.decode("utf-8-sig")
    told = desk.get(f"{compared}letter/").content.decode()
    rows = list(csv.DictReader(io.StringIO(table)))

    assert [(row["partner"], row["correction"], row["ended"]) for row in rows] == [
        ("Eugene", "ended-here", "2022-07-18"),
        ("Vitebsk", "missing-there", ""),
    ]
    assert letter in told and "Vitebsk" in told
    assert desk.get(f"{compared}quickstatements/").status_code == 200


def test_a_reader_brings_nothing_in(desk: Client) -> None:
    page = upload(desk, ACTIVITIES, "one.csv")
    client = Client()
    client.force_login(make_user("reader", "reader"))

    assert client.get(page).status_code == 200
    assert client.post(f"{page}bring/", {**MAPPING, "act": "bring"}).status_code == 403
    assert client.post(reverse("desk:lists"), {"file": SimpleUploadedFile("x.csv", ACTIVITIES)}).status_code == 403


def test_a_computed_reading_is_offered_and_kept_as_computed(desk: Client, officer: User) -> None:
    bring_in(
        (HEAD.replace("partner_en", "partner_ru") + "Улан-Батор,MN,city,,twin,1996,agreement,,,\n").encode(),
        by=officer, at=timezone.now(), name="ours.csv", importer="tie_list",
        mapping={"home": "Irkutsk", "home_country": "RU"},
    )  # fmt: skip
    (line,) = partners()
    page = reverse("desk:dossier", args=[line.tie.id])
    assert "Ulan-Bator" in desk.get(page).content.decode()

    desk.post(reverse("desk:add-reading", args=[line.partner.id]), {"language": "en", "next": page})

    place = records.record(line.partner.id)
    assert place is not None
    assert {(one.text, one.language, one.kind) for one in place.names} == {  # type: ignore[attr-defined]  # a place's
        ("Улан-Батор", "ru", ""),
        ("Ulan-Bator", "en", "computed"),
    }


@pytest.mark.parametrize(
    ("code", "ending"), [("jsonl", "jsonl"), ("csv", "zip"), ("jsonld", "jsonld"), ("turtle", "ttl")]
)
def test_everything_is_taken_out_by_who_may_and_the_log_keeps_it(desk: Client, code: str, ending: str) -> None:
    answer = desk.post(reverse("desk:export", args=[code]))
    clerk = Client()
    clerk.force_login(make_user("clerk", "clerk"))

    assert answer.headers["Content-Disposition"] == f'attachment; filename="register.{ending}"'
    assert len(b"".join(answer.streaming_content)) > 500  # type: ignore[attr-defined]  # a FileResponse
    assert AccessEntry.objects.filter(act="download", kind="register", note=code).count() == 1
    assert clerk.post(reverse("desk:export", args=[code])).status_code == 403
    assert "Take everything out" not in clerk.get(reverse("desk:lists")).content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "is no date"), ("ru", "не дата"), ("ja", "日付として読めません")]
)
def test_an_error_is_told_in_the_officers_language(desk: Client, language: str, words: str) -> None:
    desk.post(reverse("desk:language"), {"language": language, "next": "/"})
    page = upload(desk, ACTIVITIES, "one.csv")

    desk.post(f"{page}bring/", {**MAPPING, "act": "try"})

    assert words in desk.get(page).content.decode()
