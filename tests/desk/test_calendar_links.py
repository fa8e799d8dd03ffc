"""Secret calendar addresses: made once, read without a password, revoked; only their digest is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from people import make_user
from twinbook.register.models import CalendarLink
from twinbook.register.queries.calendar_links import link_of
from twinbook.register.queries.visit_rules import samples
from twinbook.register.workflow import capture, enter, visit, visit_rules
from twinbook.register.workflow.calendar_links import make_link, revoke
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.permission import NotAllowedError

HOLIDAY = re.compile(r"([A-Z]{2}): ")
ADDRESS = re.compile(r"http://testserver(/calendars/[\w-]+\.ics)")


@pytest.fixture
def partner(desk: Client, officer: User) -> str:
    """Kanazawa, with a plan that is public, one that is internal, and a promise, all in thirty days."""
    now = timezone.now()
    day = (now + timedelta(days=30)).date().isoformat()
    source = capture.store_ready("Всё это сказано здесь.", kind="note", by=officer, at=now).source
    home = enter.find_or_make_place("Иркутск", language="ru", by=officer, at=now, country="RU")
    place = enter.find_or_make_place("Канадзава", language="ru", by=officer, at=now, country="JP")

    def say(kind: str, *given: Given) -> str:
        return enter.enter(kind, list(given), source=source, by=officer, at=now).record

    tie = say("tie", Given("places", home), Given("places", place), Given("kind", "sister_city"))
    for title, visibility in (("Открытый концерт", "public"), ("Закрытая встреча", "internal")):
        say(
            "activity", Given("title", title, "ru"), Given("kind", "cultural_event"), Given("status", "planned"),
            Given("when", day), Given("places", home), Given("places", place), Given("visibility", visibility),
        )  # fmt: skip
    say("commitment", Given("what", "Прислать ноты", "ru"), Given("tie", tie), Given("state", "open"),
        Given("due", day))  # fmt: skip
    return place


def titles(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, "the address must open without a password"
    return [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def made(desk: Client, **data: str) -> str:
    """The path of an address made by the form."""
    given = {"name": "Телефон Веры", "audience": "office", "language": "ru"} | data
    answer = desk.post(reverse("desk:calendar-links"), given)
    found = ADDRESS.search(answer.content.decode())
    assert found, "the new address must be shown"
    return found[1]


def test_the_office_sees_everything_and_the_public_address_only_what_is_public(desk: Client, partner: str) -> None:
    stranger = Client()
    office = titles(stranger, made(desk))
    public = titles(stranger, made(desk, audience="public", name="Экран в холле"))
    assert "Открытый концерт" in " ".join(office) and "Закрытая встреча" in " ".join(office)
    assert any("Прислать ноты" in title for title in office)
    assert "Открытый концерт" in " ".join(public)
    assert not any("Закрытая" in title or "ноты" in title for title in public)


def test_visits_are_the_offices_alone_and_holidays_are_told_to_all(desk: Client, officer: User, partner: str) -> None:
    now = timezone.now()
    visit_rules.save_rules(samples()["irkutsk"], by=officer, at=now)
    first = now.date() + timedelta(days=20)
    visit.open_visit(
        {"ru": "Приезд хора"}, direction="incoming", partner=partner, first_day=first,
        last_day=first + timedelta(days=2), languages=("ru", "ja"), by=officer, at=now,
    )  # fmt: skip

    office, public = titles(Client(), made(desk)), titles(Client(), made(desk, audience="public"))

    assert office.count("Приезд хора") == 1 and "Приезд хора" not in public
    assert len(office) > len(public) + 1, "deadlines of the visit stand in the office's own"
    for told in (office, public):
        assert any(title.startswith("JP: ") for title in told) and any(title.startswith("RU: ") for title in told)


def test_a_promise_is_told_a_week_before_it_is_due(desk: Client, partner: str) -> None:
    events = Calendar.from_ical(Client().get(made(desk)).content).walk("VEVENT")

    told = {str(event["summary"]): [alarm["trigger"].dt for alarm in event.walk("VALARM")] for event in events}

    assert [days for title, days in told.items() if "Прислать ноты" in title] == [[timedelta(days=-7)]]
    assert [days for title, days in told.items() if "концерт" in title] == [[]]


def test_an_address_of_one_partner_shows_that_partner_alone(desk: Client, officer: User, partner: str) -> None:
    now = timezone.now()
    source = capture.store_ready("И с Шэньяном.", kind="note", by=officer, at=now).source
    home = enter.find_or_make_place("Иркутск", language="ru", by=officer, at=now, country="RU")
    other = enter.find_or_make_place("Шэньян", language="ru", by=officer, at=now, country="CN")
    places = [Given("places", home), Given("places", other)]
    enter.enter("tie", [*places, Given("kind", "sister_city")], source=source, by=officer, at=now)
    day = (now + timedelta(days=9)).date().isoformat()
    plan = [Given("title", "Ярмарка", "ru"), Given("kind", "cultural_event"), Given("status", "planned")]
    plan += [Given("when", day), Given("visibility", "public")]
    enter.enter("activity", [*plan, *places], source=source, by=officer, at=now)
    told = titles(Client(), made(desk, partner=other))
    assert [title for title in told if not HOLIDAY.match(title)] == ["Ярмарка"]
    assert {found[1] for title in told if (found := HOLIDAY.match(title))} == {"CN", "RU"}
    assert "Ярмарка" in titles(Client(), made(desk))


def test_a_revoked_address_is_as_unknown_as_one_that_never_was(desk: Client, partner: str) -> None:
    path = made(desk)
    link = CalendarLink.objects.get()
    assert Client().get(path).status_code == 200
    desk.post(reverse("desk:revoke-calendar", args=[link.public_id]))
    assert Client().get(path).status_code == Client().get("/calendars/never-was.ics").status_code == 404
    assert "Revoke the address" not in desk.get(reverse("desk:calendar-links")).content.decode()


def test_an_address_serves_no_longer_when_its_maker_is_switched_off(desk: Client, officer: User, partner: str) -> None:
    path = made(desk)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def test_the_secret_is_kept_nowhere(desk: Client, officer: User, partner: str) -> None:
    secret = make_link("Экран", audience="office", language="ja", by=officer, at=timezone.now())
    assert link_of(secret) is not None and link_of(secret + "x") is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM register_calendarlink")
        assert secret not in str(cursor.fetchall())


def test_the_last_day_of_use_is_told(desk: Client, partner: str) -> None:
    path = made(desk)
    assert CalendarLink.objects.get().used_on is None
    Client().get(path)
    assert CalendarLink.objects.get().used_on == timezone.localdate()


def test_a_nameless_address_is_not_made(desk: Client, partner: str) -> None:
    answer = desk.post(reverse("desk:calendar-links"), {"name": " ", "audience": "office", "language": "ru"})
    assert answer.status_code == 422 and not CalendarLink.objects.exists()


def test_only_who_decides_makes_and_revokes(desk: Client, officer: User, partner: str) -> None:
    clerk, now = make_user("clerk", "clerk"), timezone.now()
    with pytest.raises(NotAllowedError):
        make_link("Экран", audience="office", language="ja", by=clerk, at=now)
    make_link("Экран", audience="office", language="ja", by=officer, at=now)
    with pytest.raises(NotAllowedError):
        revoke(CalendarLink.objects.get().public_id, by=clerk, at=now)
