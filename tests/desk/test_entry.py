"""Facts entered by hand, promises, a new register: an officer's words are a source like any other."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import make_user
from twinbook.register.desk.entries import ENTRIES
from twinbook.register.queries import history, lists, queue, records
from twinbook.register.queries.values import PersonShown, PlaceShown, Shown
from twinbook.register.workflow import decide
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.capture import LARGEST_SOURCE

KNOWS = {"knows": "Видно из протокола от 3 мая 2024 года.", "text_language": "ru", "said_by": ""}
SENT = {
    "activity": {"title": "Визит хора", "kind": "visit", "status": "done", "when": "май 2024", "people_in": "12"},
    "step": {"kind": "renewal", "date": "03.05.2024", "basis": "signature", "decider": "мэры обоих городов"},
    "person": {
        "name": "Мария Пример",
        "person_class": "contact",
        "salutation": "Уважаемая Мария",
        "pronunciation": "Мари́я",
        "post_post_1": "teacher",
        "post_since_1": "2020",
        "post_title_2": "руководитель хора",
        "post_until_2": "2019",
    },
    "landmark": {"name": "Сквер образца", "kind": "garden", "honours": "в честь гостей"},
    "commitment": {"what": "прислать ноты", "due": "осень 2027"},
    "agreement": {
        "title": "Соглашение о сотрудничестве",
        "kind": "cooperation",
        "signed_on": "03.05.2024",
        "valid_until": "2029",
        "renewal": "сама на пять лет",
        "more_signatories": "Пётр Образец\nСаяка Нихон",
        "elsewhere": "Чита",
        "step": "renewal",
        "level": "sister_city",
    },
    "organisation": {"name": "Хор образца", "kind": "хор"},
    "gift": {"title": "Ваза", "when": "1994", "kept_at": "в музее"},
    "publication": {"title": "Две реки", "when": "2001", "status": "done"},
    "route": {"title": "Иркутск – Канадзава", "status": "ongoing", "when": "с 2011", "operator": "Авиа"},
}
PDF = b"%PDF-1.4 a scanned paper"


@pytest.fixture
def tie(desk: Client) -> str:
    """A partner entered by hand."""
    sent = {"name": "Канадзава", "country": "JP", "kind": "sister_city", "since": "1967", **KNOWS}
    answer = desk.post(reverse("desk:new-partner"), sent)
    assert answer.status_code == 302, answer.content.decode()
    (line,) = lists.partners()
    return line.tie.id


def enter(desk: Client, tie: str, kind: str, **changes: object) -> HttpResponse:
    dossier = records.dossier(tie)
    assert dossier is not None and dossier.home is not None
    partner, home = dossier.partner.id, dossier.home.id
    sides = {
        "gift": {"given_by": partner, "given_to": home},
        "organisation": {"place": partner},
        "person": {"post_of_1": partner, "post_of_2": partner},
        "landmark": {"place": home},
        "commitment": {"side": partner},
    }
    sent = {**SENT[kind], **sides.get(kind, {}), **KNOWS, **changes}
    return desk.post(f"{reverse('desk:enter', args=[kind])}?tie={tie}", sent)


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
        "agreement": dossier.agreements,
        "organisation": dossier.organisations,
        "gift": dossier.gifts,
        "publication": dossier.publications,
        "route": dossier.routes,
    }
    (made,) = lists_of[kind]
    assert {item.quote for stated in made.stated.values() for item in stated} == {KNOWS["knows"]}
    assert {item.rank for stated in made.stated.values() for item in stated} == {3}


def test_a_person_by_hand_holds_the_post(desk: Client, tie: str) -> None:
    enter(desk, tie, "person")

    dossier = records.dossier(tie)
    assert dossier is not None
    (person,) = dossier.people
    teacher, leader = person.posts
    assert teacher.post == "teacher" and teacher.of is not None and teacher.of.id == dossier.partner.id
    assert leader.title == {"ru": "руководитель хора"} and leader.until is not None and leader.until.edtf == "2019"
    assert (person.salutation, person.pronunciation) == ({"ru": "Уважаемая Мария"}, {"ru": "Мари́я"})


def test_a_paper_has_its_signatories_its_place_its_scan_and_the_step_it_made(desk: Client, tie: str) -> None:
    upload = SimpleUploadedFile("IMG_0001.exe", PDF, content_type="application/x-msdownload")

    assert enter(desk, tie, "agreement", scan=upload, scan_name="Соглашение 2024").status_code == 302

    dossier = records.dossier(tie)
    assert dossier is not None
    (paper,) = dossier.agreements
    assert {one.name("ru") for one in paper.signatories} == {"Пётр Образец", "Саяка Нихон"}
    assert {one.name("ru") for one in paper.signatories} <= {one.thing.name("ru") for one in dossier.people}
    assert paper.signed_in is not None and paper.signed_in.name("ru") == "Чита"
    assert paper.renewal == {"ru": "сама на пять лет"}
    (step,) = dossier.tie.steps
    assert (step.step_kind, step.agreement and step.agreement.id) == ("renewal", paper.id)
    (file,) = paper.stated["files"]
    assert file.qualifiers == {"name": "Соглашение 2024.pdf"}
    page = desk.get(reverse("desk:record", args=[paper.id])).content.decode()
    assert "Соглашение 2024.pdf" in page and reverse("desk:scan", args=[str(file.value)]) in page
    answer = desk.get(reverse("desk:scan", args=[str(file.value)]))
    assert answer.content == PDF and answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"] and "sandbox" in answer["Content-Security-Policy"]
    assert list(audit()) == []


@pytest.mark.parametrize(
    ("raw", "says"), [(b"MZ\x90 a program", "neither a PDF nor a picture"), (PDF + b" " * LARGEST_SOURCE, "20 MB")]
)
def test_what_is_no_scan_is_refused_and_nothing_is_entered(desk: Client, tie: str, raw: bytes, says: str) -> None:
    answer = enter(desk, tie, "agreement", scan=SimpleUploadedFile("paper.pdf", raw))

    dossier = records.dossier(tie)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert dossier is not None and dossier.agreements == ()


@pytest.mark.parametrize(
    ("kind", "sent", "told"),
    [
        ("name", {"name": "Каназава", "name_language": "ru", "kind": "former", "until": "1950"}, "Каназава"),
        ("details", {"kind": "city", "belongs_to": "Исикава", "country": "JP"}, "Исикава"),
    ],
)
def test_a_place_gets_former_names_and_what_it_belongs_to(
    desk: Client, tie: str, kind: str, sent: dict[str, str], told: str
) -> None:
    dossier = records.dossier(tie)
    assert dossier is not None

    answer = desk.post(reverse("desk:add", args=[dossier.partner.id, kind]), {**sent, **KNOWS})

    place = records.record(dossier.partner.id)
    assert answer.status_code == 302 and isinstance(place, PlaceShown)
    if kind == "name":
        (former,) = [name for name in place.names if name.kind == "former"]
        assert (former.text, former.until and former.until.edtf) == (told, "1950")
        assert place.thing.name("ru") == "Канадзава"
    else:
        assert place.within is not None and place.within.name("ru") == told


def test_a_person_gets_one_more_post(desk: Client, tie: str) -> None:
    enter(desk, tie, "person")
    dossier = records.dossier(tie)
    assert dossier is not None
    (person,) = dossier.people
    sent = {"post": "director", "since": "2024", "of": dossier.partner.id, **KNOWS}

    answer = desk.post(reverse("desk:add", args=[person.id, "post"]), sent)
    empty = desk.post(reverse("desk:add", args=[person.id, "details"]), KNOWS)

    offered = desk.get(reverse("desk:add", args=[person.id, "name"])).content.decode()
    shown = records.record(person.id)
    assert answer.status_code == 302 and isinstance(shown, PersonShown)
    assert "マリヤ" in offered and reverse("desk:add-reading", args=[person.id]) in offered
    assert shown.posts[0].post == "director" and len(shown.posts) == 3
    assert empty.status_code == 422 and "Fill in what you want to add." in empty.content.decode()


@pytest.mark.parametrize("kind", sorted(ENTRIES))
def test_a_clerks_entry_waits_and_becomes_the_same_when_an_officer_accepts(
    desk: Client, officer: User, tie: str, kind: str
) -> None:
    clerk = Client()
    clerk.force_login(make_user("clerk", "clerk"))

    answer = enter(clerk, tie, kind)
    before = records.dossier(tie)
    source = answer["Location"].split("/")[2]
    waiting = queue.page_review(source)
    listed = desk.get(reverse("desk:inbox")).content.decode()
    card = desk.get(reverse("desk:review", args=[source])).content.decode()
    made = decide.accept_page(source, by=officer, at=timezone.now())

    after = records.dossier(tie)
    assert before is not None and after is not None and waiting is not None
    assert reverse("desk:review", args=[source]) in listed
    assert 'data-act="accept"' in card and 'data-act="correct"' not in card
    assert len(made) == len(waiting.cards) and not queue.page_review(source).waiting  # type: ignore[union-attr]
    assert shape(before) != shape(after)
    said = [
        one for item in everything(after) for told in item.stated.values() for one in told if one.source.id == source
    ]
    assert said and {one.read_by for one in said} == {"person:clerk"} and {one.rank for one in said} == {3}
    assert {one.decided_by for one in said} == {"officer"}
    assert list(audit()) == []


def everything(dossier: records.Dossier) -> list[Shown]:
    posts = [post for person in dossier.people for post in person.posts]
    lists = (dossier.tie.steps, dossier.agreements, dossier.activities, dossier.people, dossier.organisations)
    return [
        *posts,
        *(one for listed in (*lists, dossier.landmarks, dossier.commitments, dossier.gifts) for one in listed),
    ]


def shape(dossier: records.Dossier) -> list[str]:
    return sorted(one.kind for one in everything(dossier))


def test_a_reader_writes_nothing_down(desk: Client, tie: str) -> None:
    reader = Client()
    reader.force_login(make_user("reader", "reader"))

    assert enter(reader, tie, "gift").status_code == 403
    assert (
        reverse("desk:enter", args=["activity"]) not in reader.get(reverse("desk:dossier", args=[tie])).content.decode()
    )
    assert reverse("desk:enter", args=["activity"]) in desk.get(reverse("desk:dossier", args=[tie])).content.decode()


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
