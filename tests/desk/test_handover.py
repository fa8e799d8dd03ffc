"""The hand-over: of each partner what stands, who, what is open or contradicts, what comes, what is not on record."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from twinbook.register.queries import handover, lists, records
from twinbook.register.queries.handover import Handover

DAY = date(2026, 11, 25)
KNOWS = {"knows": "Из папки отдела.", "text_language": "ru", "said_by": ""}


@pytest.fixture
def tie(desk: Client) -> str:
    sent = {"name": "Канадзава", "country": "JP", "kind": "sister_city", "since": "1967", **KNOWS}
    desk.post(reverse("desk:new-partner"), sent)
    (line,) = lists.partners()
    return line.tie.id


def enter(desk: Client, tie: str, form: str, /, **sent: str) -> None:
    answer = desk.post(f"{reverse('desk:enter', args=[form])}?tie={tie}", {**sent, **KNOWS})
    assert answer.status_code == 302, answer.content.decode()


def told() -> Handover:
    (one,) = handover.handover(handover.in_order(), DAY)
    return one


def test_an_empty_tie_tells_what_is_not_on_record(desk: Client, tie: str) -> None:
    one = told()

    assert one.gaps == ("no-paper", "nobody", "silent")
    assert [(dated.kind, dated.years, dated.when.edtf) for dated in one.coming] == [("jubilee", 60, "2027")]


def test_a_successor_sees_who_what_is_open_and_what_comes(desk: Client, tie: str) -> None:
    dossier = records.dossier(tie)
    assert dossier is not None
    there = dossier.partner.id
    enter(desk, tie, "agreement", title="Соглашение", kind="twinning", signed_on="1967", valid_until="2025")
    enter(desk, tie, "person", name="Саяка Нихон", person_class="contact", post_post_1="head", post_of_1=there)
    enter(desk, tie, "person", name="Прежний Мэр", person_class="official", post_post_1="mayor", post_of_1=there,
          post_until_1="2020")  # fmt: skip
    enter(desk, tie, "commitment", what="прислать ноты", due="2026-01", side=there)
    enter(desk, tie, "activity", title="Визит хора", kind="visit", status="done", when="2026-05")
    enter(desk, tie, "activity", title="Выставка", kind="cultural_event", status="planned", when="2027-03")

    one = told()

    assert [person.thing.name("ru") for person in one.people] == ["Саяка Нихон"] and one.former == 1
    assert [(dated.kind, dated.thing.name("ru")) for dated in one.coming if dated.kind != "jubilee"] == [
        ("past-term", "Соглашение"),
        ("overdue", "прислать ноты"),
        ("planned", "Выставка"),
    ]
    assert [activity.title["ru"] for activity in one.contacts] == ["Визит хора"]
    assert one.gaps == ("no-scan",)
    enter(desk, tie, "commitment", what="прислать ответ", side=there)
    assert len(told().dossier.open_promises) == 2 and "no-due" in told().gaps
    page = desk.get(reverse("desk:handover"), {"all": "1"}).content.decode()
    for words in ("Саяка Нихон", "прислать ноты", "Выставка", "No paper has its scan here."):
        assert words in page


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_the_hand_over_is_a_paper(desk: Client, tie: str, form: str, begins: bytes) -> None:
    answer = desk.get(reverse("papers:handover", args=[form]))

    assert answer.status_code == 200 and answer.content.startswith(begins)
    assert desk.get(reverse("papers:handover", args=["exe"])).status_code == 404
