"""Facts entered by hand, promises, a new register: an officer's words are a source like any other."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from twinbook.register.desk.entries import ENTRIES
from twinbook.register.queries import history, lists, records

KNOWS = {"knows": "Видно из протокола от 3 мая 2024 года.", "text_language": "ru", "said_by": ""}
SENT = {
    "activity": {"title": "Визит хора", "kind": "visit", "status": "done", "when": "май 2024", "people_in": "12"},
    "step": {"kind": "renewal", "date": "03.05.2024", "basis": "signature", "decider": "мэры обоих городов"},
    "person": {
        "name": "Мария Пример",
        "person_class": "contact",
        "post": "teacher",
        "since": "2020",
        "of_partner": "on",
    },
    "landmark": {"name": "Сквер образца", "kind": "garden", "honours": "в честь гостей"},
    "commitment": {"what": "прислать ноты", "due": "осень 2027"},
}


@pytest.fixture
def tie(desk: Client) -> str:
    """A partner entered by hand."""
    sent = {"name": "Канадзава", "country": "JP", "kind": "sister_city", "since": "1967", **KNOWS}
    answer = desk.post(reverse("desk:new-partner"), sent)
    assert answer.status_code == 302, answer.content.decode()
    (line,) = lists.partners()
    return line.tie.id


def enter(desk: Client, tie: str, kind: str, **changes: str) -> HttpResponse:
    return desk.post(f"{reverse('desk:enter', args=[kind])}?tie={tie}", {**SENT[kind], **KNOWS, **changes})


def test_a_partner_by_hand_has_its_tie(desk: Client, tie: str) -> None:
    dossier = records.dossier(tie)

    assert dossier is not None
    assert (dossier.partner.country, dossier.tie.level) == ("JP", "sister_city")
    assert dossier.tie.since is not None and dossier.tie.since.edtf == "1967"


@pytest.mark.parametrize("kind", sorted(ENTRIES))
def test_each_kind_of_fact_stands_in_the_dossier_with_the_officers_words(desk: Client, tie: str, kind: str) -> None:
    assert enter(desk, tie, kind).status_code == 302

    dossier = records.dossier(tie)
    assert dossier is not None
    lists_of = {
        "activity": dossier.activities,
        "step": dossier.tie.steps,
        "person": dossier.people,
        "landmark": dossier.landmarks,
        "commitment": dossier.commitments,
    }
    (made,) = lists_of[kind]
    assert {item.quote for stated in made.stated.values() for item in stated} == {KNOWS["knows"]}
    assert {item.rank for stated in made.stated.values() for item in stated} == {3}


def test_a_person_by_hand_holds_the_post(desk: Client, tie: str) -> None:
    enter(desk, tie, "person")

    dossier = records.dossier(tie)
    assert dossier is not None
    (post,) = dossier.people[0].posts
    assert post.post == "teacher" and post.of is not None and post.of.id == dossier.partner.id


@pytest.mark.parametrize("kind", sorted(ENTRIES))
def test_nothing_is_entered_without_a_source_and_no_word_is_lost(desk: Client, tie: str, kind: str) -> None:
    answer = enter(desk, tie, kind, knows=" ")

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "nothing stands in the register without a source" in html
    kept = next(iter(value for name, value in SENT[kind].items() if name in ("title", "name", "what", "decider")))
    assert kept in html


def test_a_date_that_is_none_is_refused(desk: Client, tie: str) -> None:
    answer = enter(desk, tie, "activity", when="31.02.2024")

    assert answer.status_code == 422
    assert "is no date" in answer.content.decode()


def test_a_fact_of_no_tie_or_no_kind_is_not_found(desk: Client, tie: str) -> None:
    assert desk.get(f"{reverse('desk:enter', args=['activity'])}?tie=nothere").status_code == 404
    assert desk.get(f"{reverse('desk:enter', args=['opinion'])}?tie={tie}").status_code == 404


def test_a_promise_is_made_kept_and_the_decision_undone(desk: Client, tie: str) -> None:
    enter(desk, tie, "activity", status="planned", when="2026")
    dossier = records.dossier(tie)
    assert dossier is not None
    activity = dossier.activities[0].id
    desk.post(
        reverse("desk:make-promise", args=[activity]),
        {"what": "прислать программу", "due": "10.2026", "owner": "отдел"},
    )
    dossier = records.dossier(tie)
    assert dossier is not None
    (promise,) = dossier.open_promises
    listed = desk.get(reverse("desk:promises")).content.decode()
    page = desk.get(reverse("desk:record", args=[promise.id])).content.decode()

    desk.post(reverse("desk:settle", args=[promise.id]), {"act": "keep", "proof": activity})

    assert "прислать программу" in listed and promise.due is not None and promise.due.edtf == "2026-10"
    assert f'<option value="{activity}"' in page
    assert "прислать программу" not in desk.get(reverse("desk:promises")).content.decode()
    assert "прислать программу" in desk.get(reverse("desk:promises"), {"state": "kept"}).content.decode()
    latest = history.decisions_about(promise.id)[0]
    desk.post(reverse("desk:undo", args=[latest.id]))
    assert "прислать программу" in desk.get(reverse("desk:promises")).content.decode()


def test_dropping_a_promise_needs_a_reason(desk: Client, tie: str) -> None:
    enter(desk, tie, "commitment")
    dossier = records.dossier(tie)
    assert dossier is not None
    (promise,) = dossier.open_promises
    address = reverse("desk:settle", args=[promise.id])

    refused = desk.post(address, {"act": "drop", "reason": " "}, follow=True).content.decode()
    still_open = records.record(promise.id)
    desk.post(address, {"act": "drop", "reason": "хор распущен"})

    assert "Say in a few words why." in refused
    assert getattr(still_open, "state", "") == "open"
    assert getattr(records.record(promise.id), "state", "") == "dropped"
    assert desk.post(address, {"act": "explode"}).status_code == 404


def test_a_new_register_asks_whose_it_is_first(officer: User) -> None:
    client = Client()
    client.force_login(officer)
    first = client.get(reverse("desk:today"))

    wrong = client.post(reverse("desk:set-up"), {"name": "Иркутск", "text_language": "ru", "country": ""})
    client.post(reverse("desk:set-up"), {"name": "Иркутск", "text_language": "ru", "country": "RU"})

    assert first.headers["Location"] == reverse("desk:set-up")
    assert (
        wrong.status_code == 422
        and "Choose the country." in wrong.content.decode()
        and "Иркутск" in wrong.content.decode()
    )
    assert client.get(reverse("desk:today")).status_code == 200
    assert "Irkutsk" in client.get(reverse("desk:today")).content.decode()
