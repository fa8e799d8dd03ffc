"""The calendar: a month by its days, a year by its months, one partner alone, with holidays and deadlines of visits."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from twinbook.register.desk.months import days_off, month_of
from twinbook.register.queries import agenda, lists
from twinbook.register.queries.agenda import Event
from twinbook.register.queries.dates import when
from twinbook.register.queries.holidays import Holiday, holidays_between
from twinbook.register.queries.visit_rules import samples
from twinbook.register.workflow import visit, visit_rules

KNOWS = {"knows": "Из папки отдела.", "text_language": "ru", "said_by": ""}
FACTS = (
    ("activity", {"title": "Фестиваль", "kind": "cultural_event", "status": "planned", "when": "20.03.2027"}),
    ("activity", {"title": "Выставка", "kind": "cultural_event", "status": "planned", "when": "03.2027"}),
    ("activity", {"title": "Поезд", "kind": "transport", "status": "proposed", "when": "2027"}),
    ("commitment", {"what": "прислать ноты", "due": "05.03.2027"}),
    ("agreement", {"title": "Соглашение", "kind": "twinning", "valid_until": "31.03.2027"}),
)


def enter(desk: Client, tie: str, form: str, sent: dict[str, str]) -> None:
    answer = desk.post(f"{reverse('desk:enter', args=[form])}?tie={tie}", {**sent, **KNOWS})
    assert answer.status_code == 302, answer.content.decode()


@pytest.fixture
def tie(desk: Client, officer: User) -> str:
    """Kanazawa with facts of spring 2027, and a visit; and another partner without any."""
    for name, country in (("Канадзава", "JP"), ("Вильнюс", "LT")):
        sent = {"name": name, "country": country, "kind": "sister_city", "since": "20.03.1967", **KNOWS}
        desk.post(reverse("desk:new-partner"), sent)
    (line,) = [line for line in lists.partners() if line.country == "JP"]
    for form, sent in FACTS:
        enter(desk, line.tie.id, form, sent)
    visit_rules.save_rules(samples()["irkutsk"], by=officer, at=timezone.now())
    visit.open_visit(
        {"ru": "Визит мэра"},
        direction="incoming",
        partner=line.partner.id,
        first_day=date(2027, 3, 10),
        last_day=date(2027, 3, 12),
        languages=("ru", "ja"),
        by=officer,
        at=timezone.now(),
    )
    return line.tie.id


def test_a_month_has_each_thing_on_its_day_and_what_has_none_beside(desk: Client, tie: str) -> None:
    events = agenda.agenda(date(2027, 3, 1), date(2027, 3, 31))
    month = month_of(2027, 3, events, (), "ru", date(2027, 3, 5))

    on = {day.day.day: [event.kind for event in day.events] for week in month.weeks for day in week if day.is_here}
    assert on[5].count("due") == 1 and on[31].count("ends") == 1
    assert on[20].count("jubilee") == 2 and on[20].count("activity") == 1
    assert all("visit" in on[day] for day in (10, 11, 12)) and "visit" not in on[13]
    assert any(event.kind == "deadline" for event in events)
    assert [event.label["ru"] for event in month.vague] == ["Поезд", "Выставка"]
    page = desk.get(reverse("desk:calendar"), {"month": "2027-03"}).content.decode()
    assert page.count("Визит мэра") >= 3 and "прислать ноты" in page


def test_one_partners_calendar_leaves_the_others_out_and_has_its_holidays(desk: Client, tie: str) -> None:
    (other,) = [line for line in lists.partners() if line.country == "LT"]
    theirs = desk.get(reverse("desk:calendar"), {"month": "2027-03", "partner": other.tie.id}).content.decode()
    ours = desk.get(reverse("desk:calendar"), {"month": "2027-03", "partner": tie}).content.decode()

    assert "Фестиваль" not in theirs and "Визит мэра" not in theirs and "<b>LT</b>" in theirs
    assert "Фестиваль" in ours and "<b>JP</b>" in ours and "<b>LT</b>" not in ours and "<b>RU</b>" in ours


def test_a_year_tells_each_thing_once(desk: Client, tie: str) -> None:
    page = desk.get(reverse("desk:calendar"), {"year": "2027"}).content.decode()

    for words in ("Фестиваль", "Выставка", "Поезд", "прислать ноты"):
        assert page.count(f">{words}</a>") == 1, words
    for wrong in ("", "x", "99999999999", "0"):
        assert desk.get(reverse("desk:calendar"), {"year": wrong}).status_code == 200
        assert desk.get(reverse("desk:calendar"), {"month": f"2027-{wrong}"}).status_code == 200


def test_holidays_are_known_by_country_and_name_and_follow_each_other_as_one() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    japan = {one.day: one for one in holidays_between("JP", first, last)}

    assert japan[date(2026, 5, 5)].names["ja"] == "こどもの日"
    assert japan[date(2026, 5, 6)].names["en"] == "Substitute Holiday"
    assert holidays_between("XX", first, last) == ()
    runs = days_off([Holiday(date(2026, 1, day), "RU", {"en": "New Year"}) for day in (1, 2, 4)])
    assert [(one.first.day, one.last.day) for one in runs] == [(1, 2), (4, 4)]


@pytest.mark.parametrize(
    ("edtf", "is_vague", "begins_in"),
    [
        ("2024-05-17", False, {5}),
        ("2024-04-30/2024-05-02", False, {4}),
        ("2023-12-30/2024-01-02", False, {1}),
        ("2024-05", True, set()),
        ("2024-05-2X", True, set()),
        ("2024-05/2024-07", True, set()),
        ("2024-05-17~", True, set()),
        ("2020/..", True, set()),
        ("202X", True, set()),
    ],
)
def test_a_thing_begins_in_one_month_where_its_day_is_known(edtf: str, is_vague: bool, begins_in: set[int]) -> None:
    event = Event("activity", when(edtf), {"en": "x"}, record="x")  # type: ignore[arg-type]  # a date was given

    months = [month_of(2024, number, [event], (), "ru", date(2024, 5, 1)) for number in range(1, 13)]

    assert event.is_vague == is_vague
    assert {month.number for month in months if month.begun} == begins_in
    assert [month.name for month in months][:2] == ["январь", "февраль"]


def test_a_crowded_day_shows_the_first_and_leads_to_the_rest(desk: Client, tie: str) -> None:
    for number in range(12):
        enter(desk, tie, "commitment", {"what": f"обещание № {number} к сроку", "due": "28.03.2027"})

    month = desk.get(reverse("desk:calendar"), {"month": "2027-03"}).content.decode()
    whole = desk.get(reverse("desk:calendar"), {"day": "2027-03-28"}).content.decode()

    assert month.count("обещание №") == 8 and "?day=2027-03-28" in month
    assert whole.count("обещание №") == 12 and "Фестиваль" not in whole
    assert "Nothing stands on this day" in desk.get(reverse("desk:calendar"), {"day": "2027-03-29"}).content.decode()
    assert desk.get(reverse("desk:calendar"), {"day": "2027-03-99"}).status_code == 200


def test_promises_stand_fifty_to_a_page(desk: Client, tie: str) -> None:
    for number in range(51):
        enter(desk, tie, "commitment", {"what": f"договорённость № {number:02}", "due": "28.03.2027"})

    first = desk.get(reverse("desk:promises")).content.decode()
    second = desk.get(reverse("desk:promises"), {"from": "50"}).content.decode()

    assert first.count("<article") == 50 and 'rel="next"' in first and 'rel="prev"' not in first
    assert second.count("<article") == 2 and 'rel="prev"' in second and 'rel="next"' not in second
