"""The desk's pages for partners' registers: a file opened, its key compared, what may leave chosen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from people import make_user
from twinbook.register.queries.lists import partners
from twinbook.register.queries.queue import page_review
from twinbook.register.workflow.capture import capture_text
from twinbook.register.workflow.enter import Given, enter, find_or_make_place, set_home
from twinbook.register.workflow.exchange_file import fingerprint, new_key, public_key, sign

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
THEIRS = new_key()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the office's key."""
    monkeypatch.setenv("TWINBOOK_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def head(db: None) -> User:
    return make_user("vera")


@pytest.fixture
def tie(head: User) -> str:
    """Irkutsk's tie with Kanazawa, with a school exchange since 1989."""
    home = set_home("Irkutsk", language="en", country="RU", by=head, at=NOW)
    partner = find_or_make_place("Kanazawa", language="en", country="JP", by=head, at=NOW)
    words = "A school exchange between the twin towns has run since 1989."
    page = capture_text(words, by=head, at=NOW, kind="row", language="en", title="Ties").source
    places = [Given("places", home), Given("places", partner)]
    made = enter("tie", [*places, Given("kind", "sister_city")], source=page, by=head, at=NOW).record
    since = [Given("kind", "exchange"), Given("title", "School exchange", "en"), Given("when", "1989/..")]
    enter("activity", [*since, *places, Given("is_recurring", True)], source=page, by=head, at=NOW)
    return made


@pytest.fixture
def desk(head: User, tie: str) -> Iterator[Client]:
    client = Client()
    client.force_login(head)
    yield client


def file_of_kanazawa(serial: int = 1, since: str = "1994/..") -> bytes:
    evidence = [{"quote": f"学校交流は{since[:4]}年から。", "said_by": "", "source": {"title": "市の歩み"}}]
    told = {
        "property": "when",
        "value": since,
        "evidence": evidence,
    }
    kind = {"property": "kind", "value": "exchange", "evidence": evidence}
    title = {"property": "title", "value": "学校交流", "language": "ja", "evidence": evidence}
    recurs = {"property": "is_recurring", "value": True, "evidence": evidence}
    body = {
        "from": {"names": [{"language": "en", "text": "Kanazawa"}], "country": "JP", "identifiers": {}},
        "to": {"names": [{"language": "en", "text": "Irkutsk"}], "country": "RU", "identifiers": {}},
        "tie": "abc",
        "serial": serial,
        "made_at": "2026-11-25T09:00:00Z",
        "items": [{"id": "x1", "kind": "activity", "statements": [kind, title, told, recurs]}],
    }
    return sign(body, THEIRS)


def upload(raw: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("kanazawa.twinbook.json", raw)


def test_a_new_key_is_shown_in_words_and_accepted_by_a_person(desk: Client, tie: str) -> None:
    raw = file_of_kanazawa()
    shown = fingerprint(public_key(THEIRS))

    asked = desk.post(reverse("exchange:index"), {"file": upload(raw)})
    refused = desk.post(reverse("exchange:trust"), {"content": raw.decode(), "how": " "})
    taken = desk.post(reverse("exchange:trust"), {"content": raw.decode(), "how": "telephone, Ms Tanaka"})

    assert shown.words in asked.content.decode() and shown.groups in asked.content.decode()
    assert (asked.status_code, refused.status_code, taken.status_code) == (200, 422, 302)
    review = desk.get(taken.headers["Location"]).content.decode()
    assert "学校交流" in review and "Is it one of these?" in review
    assert 'data-act="correct"' not in review, "a partner's view is not corrected"
    assert shown.words in desk.get(reverse("exchange:index")).content.decode()


def test_an_accepted_view_stands_beside_ours(desk: Client, head: User, tie: str) -> None:
    raw = file_of_kanazawa()
    taken = desk.post(reverse("exchange:trust"), {"content": raw.decode(), "how": "telephone"})
    source = taken.headers["Location"].rstrip("/").rpartition("/")[2]
    page = page_review(source)
    assert page is not None
    (card,) = page.cards

    assert card.view is not None and card.view.name("en") == "Kanazawa"
    desk.post(reverse("desk:accept", args=[card.id]), {"version": card.version, "record": card.candidates[0].thing.id})
    dossier = desk.get(reverse("desk:dossier", args=[tie])).content.decode()

    assert "As the partner tells it" in dossier and "differs" in dossier
    (line,) = partners()
    assert line.open_disputes == 1


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
def test_what_is_not_right_is_refused_in_the_officers_language(desk: Client, language: str) -> None:
    raw = file_of_kanazawa()
    desk.post(reverse("exchange:trust"), {"content": raw.decode(), "how": "telephone"})
    desk.post(reverse("desk:language"), {"language": language, "next": "/"})
    bad = [raw, raw.replace(b"1994", b"1984"), b"{}", file_of_kanazawa(serial=1)]

    answers = [desk.post(reverse("exchange:index"), {"file": upload(one)}) for one in bad]

    said = [answer.content.decode() for answer in answers]
    expected = {
        "en": ["taken in already", "changed after it was signed", "no exchange file", "taken in already"],
        "ru": ["уже принят", "изменён после подписания", "не файл обмена", "уже принят"],
        "ja": ["すでに取り込", "署名の後に変更", "交換ファイルではありません", "すでに取り込"],
    }[language]
    assert [answer.status_code for answer in answers] == [422] * 4
    assert [words in page for words, page in zip(expected, said, strict=True)] == [True] * 4


def test_another_key_for_a_known_partner_is_refused(desk: Client) -> None:
    raw = file_of_kanazawa()
    desk.post(reverse("exchange:trust"), {"content": raw.decode(), "how": "telephone"})
    plain = {k: v for k, v in json.loads(raw).items() if k not in ("key", "signature", "format", "version")}

    answer = desk.post(reverse("exchange:index"), {"file": upload(sign({**plain, "serial": 9}, new_key()))})

    assert answer.status_code == 422 and "signed by another key" in answer.content.decode()


def test_only_chosen_facts_leave_signed_by_our_key(desk: Client, tie: str, home: Path) -> None:
    page = desk.get(reverse("exchange:choose", args=[tie])).content.decode()
    assert "School exchange" in page and "since 1989" in page

    nothing = desk.post(reverse("exchange:choose", args=[tie]), {})
    chosen = [value.split('"')[0] for value in page.split('name="fact" ')[1:] for value in [value.split('value="')[1]]]
    sent = desk.post(reverse("exchange:choose", args=[tie]), {"fact": chosen[-1:]})

    assert nothing.status_code == 302
    body = json.loads(sent.content)
    assert [item["kind"] for item in body["items"]] == ["activity"]
    assert (home / "exchange.key").stat().st_mode & 0o077 == 0
    assert "sent" in desk.get(reverse("exchange:index")).content.decode()


@pytest.mark.parametrize("address", ["exchange:index", "exchange:trust"])
def test_who_has_no_right_is_kept_out(db: None, tie: str, address: str) -> None:
    reader = make_user("reader", "reader")
    client = Client()
    client.force_login(reader)

    answer = client.post(reverse(address), {"content": file_of_kanazawa().decode(), "how": "x"})

    assert answer.status_code == 403
    assert client.get(reverse("exchange:choose", args=[tie])).status_code == 403
