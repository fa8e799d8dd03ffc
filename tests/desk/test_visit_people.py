"""Participants at the desk: shown to those who need to know, written down, given out and erased by the right person."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta

import docx
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import make_user
from twinbook.project.worker import Worker
from twinbook.register.models import AccessEntry, Visit, VisitParticipant
from twinbook.register.queries.visit_rules import samples
from twinbook.register.workflow import visit, visit_rules

CANARY = "Канарейкина Юки"
PERSON = {"side": "guest", "name": CANARY, "other_name": "金糸雀ゆき", "post": "учитель", "other_post": "教員"}
CONSENT = {"consent_by": "она сама", "consent_scope": "визит", "consent_on": "2026-11-20"}


@pytest.fixture
def made(desk: Client, officer: User) -> str:
    now = timezone.now()
    visit_rules.save_rules(samples()["irkutsk"], by=officer, at=now)
    return visit.open_visit({"ru": "Визит", "ja": "訪問"}, direction="incoming", partner=None, languages=("ru", "ja"),
                            first_day=date(2026, 12, 28), last_day=date(2026, 12, 30), by=officer, at=now)  # fmt: skip


@pytest.fixture
def listed(desk: Client, made: str) -> str:
    answer = desk.post(reverse("visits:visit-people", args=[made]), PERSON | CONSENT | {"document": "TK 777"})
    assert answer.status_code == 302
    return VisitParticipant.objects.get().public_id


def of(role: str) -> Client:
    client = Client()
    client.force_login(make_user(f"other-{role}", role))
    return client


def test_a_document_without_consent_keeps_the_form(desk: Client, made: str) -> None:
    answer = desk.post(reverse("visits:visit-people", args=[made]), PERSON | {"document": "TK 777"})

    assert answer.status_code == 422
    assert "TK 777" in answer.content.decode() and answer.context["form"].non_field_errors()
    assert VisitParticipant.objects.count() == 0


def test_the_file_shows_heads_and_the_list_shows_names(desk: Client, made: str, listed: str) -> None:
    file = desk.get(reverse("visits:visit", args=[made])).content.decode()
    shown = desk.get(reverse("visits:visit-people", args=[made])).content.decode()

    assert CANARY not in file and reverse("visits:visit-people", args=[made]) in file
    assert CANARY in shown and "TK 777" in shown
    assert AccessEntry.objects.order_by("number").last().act == "look"


def test_an_officer_who_need_not_know_is_told_who_does(made: str, listed: str) -> None:
    other = of("officer")

    answer = other.get(reverse("visits:visit-people", args=[made]))
    paper = other.get(reverse("visit-papers:visit-delegation", args=[made]), {"paper": "delegation.pdf"})

    assert (answer.status_code, paper.status_code) == (403, 403)
    assert "Вера" in answer.content.decode() and CANARY not in answer.content.decode()
    assert AccessEntry.objects.filter(act__in=("look", "download")).count() == 0
    assert (
        reverse("visits:visit-people", args=[made])
        not in other.get(reverse("visits:visit", args=[made])).content.decode()
    )


def test_the_maker_lets_another_know_and_takes_it_back(desk: Client, made: str, listed: str) -> None:
    other, address = of("protection"), reverse("visits:visit", args=[made])

    desk.post(address, {"act": "know", "user": "other-protection"})
    assert other.get(reverse("visits:visit-people", args=[made])).status_code == 200
    desk.post(address, {"act": "unknow", "user": "other-protection"})
    assert other.get(reverse("visits:visit-people", args=[made])).status_code == 403


def test_the_list_is_changed_withdrawn_and_shortened(desk: Client, made: str, listed: str) -> None:
    address = reverse("visits:visit-people", args=[made])
    assert desk.get(address, {"person": listed}).context["form"]["document"].value() == "TK 777"

    desk.post(address, PERSON | CONSENT | {"person": listed, "post": "директор"})
    assert VisitParticipant.objects.get().post == "директор"
    desk.post(address, PERSON | {"name": "По ошибке"})
    desk.post(address, {"act": "take-off", "item": VisitParticipant.objects.order_by("pk").last().public_id})
    desk.post(address, {"act": "withdraw", "item": listed})

    row = VisitParticipant.objects.get()
    assert (row.public_id, row.name, row.deleted_why) == (listed, None, "consent-withdrawn")
    assert CANARY not in desk.get(address).content.decode()


def test_the_delegation_is_listed_in_two_languages_without_documents(desk: Client, made: str, listed: str) -> None:
    answer = desk.get(reverse("visit-papers:visit-delegation", args=[made]), {"paper": "delegation.docx"})

    file = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert cells[3:] == ["1", f"{CANARY}\n金糸雀ゆき", "учитель\n教員"]
    assert AccessEntry.objects.order_by("number").last().act == "download"


def test_the_protection_officer_finds_gives_out_and_erases(made: str, listed: str) -> None:
    petra = of("protection")
    hit = petra.get(reverse("visits:visit-find"), {"text": "tk777"}).content.decode()
    given = petra.get(reverse("visits:visit-given-out", args=[listed]))

    assert CANARY in hit
    assert json.loads(given.content)["document"] == "TK 777"
    assert petra.post(reverse("visits:visit-erase", args=[listed])).status_code == 302
    assert VisitParticipant.objects.get().name is None
    assert petra.get(reverse("visits:visit-given-out", args=[listed])).status_code == 404


def test_what_is_due_is_told_before_it_is_deleted(made: str, listed: str) -> None:
    petra, address = of("protection"), reverse("visits:visit-terms")
    assert petra.get(address).context["due"] == ()
    Visit.objects.update(keep_until=date(2026, 1, 1))

    assert [(one.visit, one.people) for one in petra.get(address).context["due"]] == [(made, 1)]
    assert VisitParticipant.objects.get().name == CANARY
    petra.post(address)
    assert VisitParticipant.objects.get().name is None


def test_the_worker_deletes_by_itself_once_the_day_has_passed(made: str, listed: str) -> None:
    day = datetime(2027, 1, 29, 3, tzinfo=UTC)  # the last day is 30 December, and 30 days are kept

    Worker(clock=lambda: day).turn()
    assert VisitParticipant.objects.get().name == CANARY
    Worker(clock=lambda: day + timedelta(days=1)).turn()

    assert VisitParticipant.objects.get().deleted_why == "term"
    line = AccessEntry.objects.order_by("number").last()
    assert (line.act, line.by, line.about, line.note) == ("erase", None, made, "term: 1")
