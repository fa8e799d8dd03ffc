"""Visit files at the desk: rules chosen, a file opened from a request, planned, reported and closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import make_user
from twinbook.register.queries.queue import PageReview
from twinbook.register.queries.visit_rules import all_rules, read_rules, samples
from twinbook.register.queries.visits import VisitFile, visit_file, visits_ahead

FIRST = date(2026, 12, 28)
REQUEST = {
    "direction": "incoming",
    "title_1": "Визит делегации Канадзавы",
    "title_2": "金沢市訪問団",
    "body": "Мэрия Канадзавы, Япония",
    "first_day": "2026-12-28",
    "last_day": "2026-12-30",
    "requested_on": "2026-11-20",
    "request": "Просим принять делегацию.",
    "purpose_1": "Переговоры",
    "guests": "4",
    "language_1": "ru",
    "language_2": "ja",
}


@pytest.fixture
def ruled(desk: Client) -> Client:
    """The desk of an office that has chosen its rules."""
    assert desk.post(reverse("visits:visit-rules"), {"text": samples()["irkutsk"]}).status_code == 302
    return desk


@pytest.fixture
def opened(ruled: Client) -> VisitFile:
    assert ruled.post(reverse("visits:visit-new"), REQUEST).status_code == 302
    return found(visits_ahead(timezone.localdate())[0].id)


def found(visit: str) -> VisitFile:
    file = visit_file(visit, FIRST)
    assert file is not None
    return file


def act(desk: Client, file: VisitFile, name: str, **given: object) -> VisitFile:
    answer = desk.post(reverse("visits:visit", args=[file.id]), {"act": name, **given})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return found(file.id)


def test_without_rules_a_new_visit_leads_to_them(desk: Client) -> None:
    answer = desk.get(reverse("visits:visit-new"), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("visits:visit-rules")
    assert all(f"sample={code}" in answer.content.decode() for code in samples())


def test_rules_that_held_before_can_be_read_and_say_that_they_hold_no_more(ruled: Client) -> None:
    first = all_rules()[0]
    ruled.post(reverse("visits:visit-rules"), {"text": samples()["kanazawa"]})

    page = ruled.get(reverse("visits:visit-rules")).content.decode()
    before = ruled.get(reverse("visits:visit-rules"), {"held": first.id}).content.decode()

    assert f"?held={first.id}" in page and "do not hold any more" not in page
    assert "do not hold any more" in before and read_rules(first.text).currency in before


def test_rules_that_cannot_be_read_say_where_they_are_wrong(ruled: Client) -> None:
    answer = ruled.post(reverse("visits:visit-rules"), {"text": 'name = "x"\ncurrency = "RUB"\nkeep_days = "long"'})

    assert answer.status_code == 422
    assert "keep_days" in str(answer.context["form"].errors["text"])


def test_a_file_is_opened_from_a_page_of_the_inbox(ruled: Client, page: PageReview) -> None:
    form = ruled.get(reverse("visits:visit-new"), {"source": page.source.id}).context["form"]

    assert form["request"].value() == page.text.strip()
    assert form["title_1"].value() == page.source.title


def test_two_languages_and_days_in_order_are_asked_for(ruled: Client) -> None:
    same = ruled.post(reverse("visits:visit-new"), REQUEST | {"language_2": "ru"})
    backwards = ruled.post(reverse("visits:visit-new"), REQUEST | {"last_day": "2026-12-27"})

    assert (same.status_code, backwards.status_code) == (422, 422)
    assert "language_2" in same.context["form"].errors
    assert backwards.context["form"].non_field_errors()
    assert visits_ahead(FIRST) == ()


def test_a_visit_goes_from_the_request_to_the_closed_file(ruled: Client, opened: VisitFile) -> None:
    assert opened.line.title == {"ru": REQUEST["title_1"], "ja": REQUEST["title_2"]}
    hour = {"day": "2026-12-28", "begins": "10:00", "ends": "11:30", "what_1": "Встреча у мэра", "what_2": "市長表敬"}
    file = act(ruled, opened, "hour", **hour, place_1="Мэрия", work="машина", is_for_guests="on")
    file = act(ruled, file, "hour", **hour | {"hour": file.hours[0].id, "begins": "10:30"}, is_for_guests="on")
    assert [(one.begins.hour, one.begins.minute, one.what["ja"]) for one in file.hours if one.begins] == [
        (10, 30, "市長表敬")
    ]
    file = act(ruled, file, "task", department="Протокол", what="Флаги", due="2026-12-25")
    file = act(ruled, file, "finish", item=next(t.id for t in file.tasks if t.what == "Флаги"), on="2026-12-24")
    assert next(task.done_on for task in file.tasks if task.what == "Флаги") == date(2026, 12, 24)
    file = act(ruled, file, "estimate")
    assert {cost.norm: (cost.people, cost.times) for cost in file.costs} == {
        "hotel": (4, 2), "meals": (4, 3), "transport": (1, 1), "interpreter": (1, 1), "gift": (4, 1)
    }  # fmt: skip
    file = act(ruled, file, "cost", norm="hotel", rate="6000", people="1", times="1")
    assert file.over == 1000
    file = act(ruled, file, "take-cost", item=file.costs[-1].id)
    assert file.over == 0
    file = act(ruled, file, "meet", code="order", on="2026-12-10")
    file = act(ruled, file, "journal", said="О школах", permitted_by="Мэр")
    draft = ruled.get(reverse("visits:visit", args=[file.id]), {"draft": "1"}).context["forms"]["report"]
    assert "10:30–11:30 Встреча у мэра (" not in draft["report"].value()
    assert "– 10:30–11:30 Встреча у мэра" in draft["report"].value()
    file = act(ruled, file, "report", report=draft["report"].value())
    assert next(clock.done_on for clock in file.clocks if clock.code == "report") == timezone.localdate()

    assert ruled.post(reverse("visits:visit-state", args=[file.id]), {"act": "close"}).status_code == 302

    assert found(file.id).line.state == "closed"
    journal = ruled.get(reverse("visits:visit-journal"), {"year": "2026"}).content.decode()
    assert "О школах" in journal and "Мэрия Канадзавы" in journal
    ruled.post(reverse("visits:visit", args=[file.id]), {"act": "take-hour", "item": file.hours[0].id})
    assert len(found(file.id).hours) == 1


def test_a_refused_form_keeps_its_words(ruled: Client, opened: VisitFile) -> None:
    given = {"act": "hour", "day": "2030-01-01", "what_1": "Встреча в далёком году"}

    answer = ruled.post(reverse("visits:visit", args=[opened.id]), given)

    assert answer.status_code == 422
    assert "Встреча в далёком году" in answer.content.decode()
    assert answer.context["opened"] == "hour"


def test_today_shows_what_runs_out(ruled: Client, opened: VisitFile) -> None:
    day = timezone.localdate()
    early = REQUEST | {
        "first_day": (day + timedelta(days=5)).isoformat(),
        "last_day": (day + timedelta(days=6)).isoformat(),
    }
    ruled.post(reverse("visits:visit-new"), early | {"title_1": "Скорый визит"})

    shown = ruled.get(reverse("desk:today"))

    assert shown.context["visits"][0].title["ru"] == "Скорый визит"
    assert "Скорый визит" in shown.content.decode()


def test_who_only_reads_sees_no_button_and_changes_nothing(opened: VisitFile) -> None:
    reader = Client()
    reader.force_login(make_user("reader", "reader"))
    address = reverse("visits:visit", args=[opened.id])

    page = reader.get(address).content.decode()

    assert '<form method="post" novalidate' not in page and 'name="act"' not in page
    assert reader.post(address, {"act": "estimate"}).status_code == 403
    assert "visits/new" not in reader.get(reverse("visits:visits")).content.decode()
