"""The watch list at the desk: adding, looking now, pausing, the history, what changed, and alarms on Today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import make_user
from register.site import Page, Site, serving
from twinbook.project.worker import Worker, steps_due
from twinbook.register.models import WatchedHost
from twinbook.register.queries import queue, watching

from .conftest import PAGES

LIST = "/watch/"
RELEASE = (PAGES / "01-irkutsk-consul.html").read_text("utf-8")
FORM = {"name": "Новости города", "publisher": "Пресс-служба", "every_hours": "24", "silent_days": "60"}


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    with serving({"/release": Page(RELEASE.encode()), "/robots.txt": Page(b"")}) as up:
        settings.DESK_FETCHER = up.fetcher
        yield up


@pytest.fixture
def watched(desk: Client, site: Site) -> str:
    """The address of the page of a watch that was looked at once."""
    answer = desk.post(LIST, FORM | {"address": "http://city.example/release"})
    desk.post(f"{answer.headers['Location']}act/", {"act": "look"})
    return str(answer.headers["Location"])


def again(desk: Client, watched: str) -> str:
    """Look again, as if minutes had passed since the last look."""
    WatchedHost.objects.update(free_at="2026-01-01T00:00Z")
    return desk.post(f"{watched}act/", {"act": "look"}, follow=True).content.decode()


def test_a_page_is_added_looked_at_and_reviewed(desk: Client, watched: str) -> None:
    page = desk.get(watched).content.decode()

    (line,) = queue.inbox()
    assert line.waiting and line.source.publisher == "Пресс-служба"
    assert "something new" in page
    assert reverse("desk:review", args=[line.source.id]) in page
    assert "Новости города" in desk.get(LIST).content.decode()


def test_what_changed_stands_side_by_side_in_words(desk: Client, site: Site, watched: str) -> None:
    site.pages["/release"] = Page(RELEASE.replace("встретился", "сегодня встретился").encode())
    assert "changed" in again(desk, watched)
    now, before = queue.inbox()

    page = desk.get(reverse("desk:changes", args=[now.source.id]), headers={"Accept-Language": "ru"}).content.decode()

    assert "<del>" in page and "<ins>" in page and "сегодня встретился" in page
    assert reverse("desk:source", args=[before.source.id]) in page
    assert desk.get(reverse("desk:changes", args=[before.source.id])).status_code == 404


def test_a_page_that_is_gone_stands_on_today_with_its_sentence(desk: Client, site: Site, watched: str) -> None:
    del site.pages["/release"]
    again(desk, watched)

    today = desk.get("/", headers={"Accept-Language": "ru"}).content.decode()

    assert watched in today
    assert "Страницы больше нет" in today
    assert "Страницы больше нет" in desk.get(watched, headers={"Accept-Language": "ru"}).content.decode()


def test_looking_twice_in_a_row_says_that_the_server_must_wait(desk: Client, watched: str) -> None:
    answer = desk.post(f"{watched}act/", {"act": "look"}, follow=True)

    assert "city.example was asked just now" in answer.content.decode()


def test_pausing_going_on_changing_and_taking_off(desk: Client, watched: str) -> None:
    paused = desk.post(f"{watched}act/", {"act": "pause"}, follow=True).content.decode()
    on = desk.post(f"{watched}act/", {"act": "resume"}, follow=True).content.decode()
    desk.post(watched, FORM | {"name": "Лента мэрии", "every_hours": "6", "silent_days": "0"})
    (line,) = watching.watches(at=queue.inbox()[0].source.captured_at)
    desk.post(f"{watched}act/", {"act": "remove"})

    assert "Take off the list" in paused and "Take off the list" not in on
    assert (line.name, line.every_hours, line.silent_days) == ("Лента мэрии", 6, 0)
    assert desk.get(watched).status_code == 404
    assert len(queue.inbox()) == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"address": ""}, "Write the address first."),
        ({"address": "file:///etc/passwd"}, "Only addresses that begin with http"),
        ({"address": "http://city.example/release"}, "This address is watched already."),
        ({"address": "http://city.example/a", "every_hours": "0"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_watched_is_refused_in_words(
    desk: Client, watched: str, sent: dict[str, str], says: str
) -> None:
    answer = desk.post(LIST, FORM | sent)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_reader_sees_the_list_without_its_acts(desk: Client, watched: str) -> None:
    reader = Client()
    reader.force_login(make_user("lena", "reader"))

    pages = [reader.get(address).content.decode() for address in (LIST, watched)]

    assert [page.partition("<main")[2].count("<form") for page in pages] == [0, 0]
    assert reader.post(f"{watched}act/", {"act": "look"}).status_code == 403


def test_an_unknown_act_is_none(desk: Client, watched: str) -> None:
    assert desk.post(f"{watched}act/", {"act": "explode"}).status_code == 404


def test_the_worker_does_one_thing_a_turn_and_rests_when_nothing_is_due(desk: Client, site: Site) -> None:
    now = [timezone.now()]
    worker = Worker(clock=lambda: now[0], idle_seconds=10)
    desk.post(LIST, FORM | {"address": "http://city.example/release"})
    now[0] += timedelta(minutes=1)

    waits = [worker.turn(), worker.turn()]

    assert waits == [0.0, 10]
    assert len(queue.inbox()) == 1


def test_all_that_is_due_is_done_with_a_wait_between_two_requests_to_a_server(desk: Client, site: Site) -> None:
    now, waits = [timezone.now()], list[float]()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        now[0] += timedelta(seconds=seconds)

    for path in ("release", "gone"):
        desk.post(LIST, FORM | {"address": f"http://city.example/{path}"})
    now[0] += timedelta(minutes=1)

    steps = steps_due(clock=lambda: now[0], wait=wait)

    assert sorted(step.outcome for step in steps) == ["new", "trouble"]
    assert len(waits) == 1 and 3 <= waits[0] <= 5
