"""One person's data at the desk: found, given out as JSON and PDF, erased, and the published site without it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import make_user
from twinbook.project.commands.publish import LANGUAGES, publish
from twinbook.register.models import AccessEntry, Record
from twinbook.register.queries.person_data import person_data
from twinbook.register.workflow import capture, enter
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.enter import Given

CANARY = "Канарейкин"


@pytest.fixture
def person(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A partner's mayor who stands on the published site; the record's id."""
    monkeypatch.setenv("TWINBOOK_HOME", str(tmp_path))
    by, at = make_user("olga"), timezone.now()
    home = enter.set_home("Иркутск", language="ru", country="RU", by=by, at=at)
    partner = enter.find_or_make_place("Канадзава", language="ru", country="JP", by=by, at=at)
    text = f"Иркутск и Канадзава — города-побратимы. Мэр Канадзавы Пётр {CANARY}."
    source = capture.capture_text(text, kind="note", by=by, at=at, language="ru").source
    kind = Given("kind", "sister_city", quote="города-побратимы")
    enter.enter("tie", [Given("places", home), Given("places", partner), kind], source=source, by=by, at=at)
    name = Given("name", f"Пётр {CANARY}", "ru", quote=f"Пётр {CANARY}")
    official = Given("person_class", "official", quote="Мэр")
    made = enter.enter("person", [name, official], source=source, by=by, at=at).record
    post = [Given("person", made), Given("post", "mayor", quote="Мэр"), Given("of", partner)]
    enter.enter("holding", post, source=source, by=by, at=at)
    publish(tmp_path / "site", "", LANGUAGES)
    return made


@pytest.fixture
def petra(db: None) -> Client:
    client = Client()
    client.force_login(make_user("petra", "protection"))
    return client


def on_site(folder: Path) -> list[str]:
    """The published files that name the person, unpacked where they are packed."""
    files = [path for path in (folder / "site").rglob("*") if path.is_file()]
    bodies = {path: path.read_bytes() for path in files}
    unpacked = {path: gzip.decompress(body) if path.suffix == ".gz" else body for path, body in bodies.items()}
    return [path.name for path, body in unpacked.items() if CANARY.encode() in body]


def test_a_person_is_found_and_what_is_kept_is_given_out(person: str, petra: Client) -> None:
    found = petra.get(reverse("personal:people"), {"name": "Канарейкина"}).content.decode()
    given = petra.get(reverse("personal:given-out", args=[person, "json"]))
    paper = petra.get(reverse("personal:given-out", args=[person, "pdf"]))
    data = json.loads(given.content)

    assert reverse("personal:person", args=[person]) in found
    assert [one["text"] for one in data["names"]] == [f"Пётр {CANARY}"]
    assert {one["property"] for one in data["statements"]} >= {"name", "person_class", "post", "person", "of"}
    assert data["sources"] and data["decisions"]
    assert [(one["by"], one["act"]) for one in data["looked_at"]] == [("petra", "give-out")]
    assert paper.content.startswith(b"%PDF-") and b"StructTreeRoot" in paper.content


def test_erasing_takes_the_person_off_the_published_site(person: str, petra: Client, tmp_path: Path) -> None:
    assert on_site(tmp_path), "the site names the mayor before"

    page = reverse("personal:person", args=[person])
    answer = petra.post(page, {"ground": "request", "is_meant": "on"}, follow=True)

    assert answer.status_code == 200 and "Act of destruction" in answer.content.decode()
    assert on_site(tmp_path) == []
    assert list(audit()) == []
    assert petra.get(page).status_code == 200
    assert CANARY not in json.dumps(person_data(person), ensure_ascii=False)


def test_nothing_is_erased_without_a_word_that_it_is_meant(person: str, petra: Client) -> None:
    answer = petra.post(reverse("personal:person", args=[person]), {"ground": "request"})

    assert answer.status_code == 422
    assert Record.objects.get(public_id=person).label


def test_the_act_and_the_log_extract_are_papers(person: str, petra: Client) -> None:
    answer = petra.post(reverse("personal:person", args=[person]), {"ground": "request", "is_meant": "on"})
    act = answer.headers["Location"]
    told = json.loads(petra.get(act, {"form": "json"}).content)
    paper = petra.get(act, {"form": "pdf"}, headers={"Accept-Language": "ja"})

    assert told["ground"] == "request" and told["counts"]["Statement"] >= 3
    assert [line["act"] for line in told["log"]] == ["erase"]
    assert CANARY not in json.dumps(told, ensure_ascii=False)
    assert paper.content.startswith(b"%PDF-")


def test_that_somebody_looked_is_in_the_log(person: str, petra: Client) -> None:
    petra.get(reverse("personal:person", args=[person]))

    assert list(AccessEntry.objects.values_list("act", "about")) == [("look", person)]


def test_only_the_protection_officer_gets_here(person: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username="olga"))

    assert client.get(reverse("personal:person", args=[person])).status_code == 403
    assert client.get(reverse("personal:given-out", args=[person, "json"])).status_code == 403
