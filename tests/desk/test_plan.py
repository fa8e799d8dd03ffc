"""A year's plan: what the register proposes and why, taking, changing and refusing, and what became of a line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client

from people import make_user
from twinbook.register.desk.views.plans import planned_year
from twinbook.register.models import Statement
from twinbook.register.queries.lists import partners
from twinbook.register.queries.plans import plan_line, plan_lines, proof_of, proofs, proposals
from twinbook.register.workflow.enter import Given, enter, find_or_make_place, set_home
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError, RefusedError
from twinbook.register.workflow.plans import (
    LineGiven,
    add_line,
    change_line,
    drop_line,
    refuse_proposal,
    restore_line,
    settle_line,
)
from twinbook.register.workflow.propose import take_in

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SCHOOL = LineGiven({"en": "School visit", "ja": "学校訪問"}, people_out=7, cost=Decimal("1200.50"), currency="EUR")


@pytest.fixture
def officer(db: None) -> User:
    """An officer of Irkutsk with one tie, since 1967, and one open promise."""
    made = make_user("olga")
    home = set_home("Иркутск", language="ru", country="RU", by=made, at=NOW)
    place = find_or_make_place("Kanazawa", language="en", country="JP", by=made, at=NOW)
    tie = stated("tie", Given("places", home), Given("places", place), Given("kind", "sister_city"),
                 Given("since", "1967-03-20"), by=made)  # fmt: skip
    stated("commitment", Given("tie", tie), Given("what", "Прислать пианистов", "ru"), Given("state", "open"),
           Given("due", "2027-23"), by=made)  # fmt: skip
    stated("activity", Given("kind", "exchange"), Given("title", "Школьный обмен", "ru"), Given("status", "ongoing"),
           Given("when", "1994/.."), Given("places", place), by=made)  # fmt: skip
    return made


@pytest.fixture
def desk(officer: User) -> Client:
    client = Client(headers={"host": "localhost", "accept-language": "en"})
    client.force_login(officer)
    return client


def origins(year: int) -> set[str]:
    return {one.origin for one in proposals(year)}


def kanazawa() -> str:
    return partners()[0].partner.id


def stated(kind: str, *given: Given, by: User) -> str:
    source = take_in("Записка отдела о планах.".encode(), by=by, at=NOW, name="note.txt").source
    return enter(kind, given, source=source, by=by, at=NOW).record


def held_in_2027(by: User) -> str:
    return stated("activity", Given("kind", "meeting"), Given("title", "Встреча мэров", "ru"), Given("status", "done"),
                  Given("when", "2027-03-20"), Given("places", kanazawa()), by=by)  # fmt: skip


def test_a_jubilee_is_proposed_in_its_year_alone(officer: User) -> None:
    tie = next(line for line in partners() if line.partner.id == kanazawa())
    assert tie.since is not None and tie.since.first is not None
    year = tie.since.first.year + 60

    found = [one for one in proposals(year) if one.origin == "jubilee" and one.record.id == tie.tie.id]

    assert [(one.years, one.partner and one.partner.id) for one in found] == [(60, kanazawa())]
    assert [one for one in proposals(year + 1) if one.record.id == tie.tie.id and one.origin == "jubilee"] == []


def test_promises_terms_and_last_year_are_proposed(officer: User) -> None:
    tie = next(line.tie.id for line in partners() if line.partner.id == kanazawa())
    stated("agreement", Given("tie", tie), Given("kind", "twinning"), Given("title", "Договор", "ru"),
           Given("valid_until", "2027-05"), by=officer)  # fmt: skip
    stated("activity", Given("kind", "exchange"), Given("title", "Обмен", "ru"), Given("status", "done"),
           Given("when", "2026-05"), Given("places", kanazawa()), Given("people_out", 18), by=officer)  # fmt: skip
    stated("activity", Given("kind", "visit"), Given("title", "Визит", "ru"), Given("status", "planned"),
           Given("when", "2027-06"), Given("places", kanazawa()), by=officer)  # fmt: skip

    found = {one.words.get("ru", ""): one for one in proposals(2027)}

    assert {"promise", "term", "last_year", "planned"} <= origins(2027)
    assert (found["Обмен"].origin, found["Обмен"].people_out, found["Обмен"].when) == ("last_year", 18, None)
    assert found["Договор"].when is not None and found["Договор"].when.edtf == "2027-05"
    assert found["Визит"].partner is not None and found["Визит"].partner.id == kanazawa()


def test_a_taken_or_refused_proposal_does_not_come_back(officer: User) -> None:
    first, second = proposals(2027)[:2]

    add_line(2027, SCHOOL, by=officer, at=NOW, origin=first.origin, record=first.record.id)
    refused = refuse_proposal(2027, SCHOOL, by=officer, at=NOW, origin=second.origin, record=second.record.id)

    assert {first.key, second.key} & {one.key for one in proposals(2027)} == set()
    with pytest.raises(RefusedError) as twice:
        add_line(2027, SCHOOL, by=officer, at=NOW, origin=first.origin, record=first.record.id)
    assert twice.value.code == "stale"
    restore_line(refused, by=officer, at=NOW)
    assert len(plan_lines(2027)) == 2


def test_a_plan_makes_no_statement(officer: User) -> None:
    before = Statement.objects.count()

    line = add_line(2027, SCHOOL, by=officer, at=NOW)
    drop_line(line, by=officer, at=NOW)

    assert (Statement.objects.count(), plan_lines(2027)) == (before, ())
    assert [one.id for one in plan_lines(2027, state="dropped")] == [line]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (LineGiven({"en": "  "}), "plan-title-missing"),
        (LineGiven({"en": "x"}, cost=Decimal(5)), "plan-currency-missing"),
        (LineGiven({"en": "x"}, cost=Decimal(5), currency="QQQ"), "wrong-value"),
        (LineGiven({"en": "x"}, area="alchemy"), "wrong-value"),
        (LineGiven({"en": "x"}, when="2027-13"), "wrong-value"),
        (LineGiven({"en": "x"}, people_in=-1), "wrong-value"),
        (LineGiven({"en": "x"}, partner="nobody"), "not-found"),
    ],
)
def test_what_no_line_may_hold_is_refused(officer: User, given: LineGiven, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        add_line(2027, given, by=officer, at=NOW)

    assert (refused.value.code, plan_lines(2027)) == (code, ())


def test_what_became_of_a_line_stands_beside_it(officer: User) -> None:
    activity = held_in_2027(officer)
    line = add_line(2027, SCHOOL, by=officer, at=NOW)

    settle_line(line, "held", activity=activity, spent=Decimal(900), by=officer, at=NOW)

    shown = plan_line(line)
    assert shown is not None and shown.activity is not None
    assert (shown.outcome, shown.activity.id, shown.spent, shown.currency) == ("held", activity, 900.0, "EUR")
    for outcome, proof in (("forgotten", ""), ("held", kanazawa())):
        with pytest.raises(NotPossibleError):
            settle_line(line, outcome, activity=proof, by=officer, at=NOW)
    drop_line(line, by=officer, at=NOW)
    with pytest.raises(NotFoundError):
        change_line(line, SCHOOL, by=officer, at=NOW)


def test_the_proof_that_fits_alone_is_guessed_and_no_other(officer: User) -> None:
    line = add_line(2027, LineGiven({"en": "Mayors meet"}, partner=kanazawa()), by=officer, at=NOW)
    other = add_line(2027, LineGiven({"en": "Something else"}), by=officer, at=NOW)
    activity = held_in_2027(officer)

    guesses = [proof_of(shown, proofs(2027)) for shown in map(plan_line, (line, other)) if shown]
    assert guesses == [activity, ""]
    held_in_2027(officer)
    shown = plan_line(line)
    assert shown is not None and proof_of(shown, proofs(2027)) == ""


def test_a_year_is_planned_from_august_on() -> None:
    assert [planned_year(date(2026, month, 1)) for month in (7, 8)] == [2026, 2027]


def test_an_officer_takes_changes_and_refuses_at_the_desk(desk: Client) -> None:
    taken, refused, changed = proposals(2027)[:3]
    desk.post("/plan/2027/", {"act": "take", "key": taken.key})
    desk.post("/plan/2027/", {"act": "refuse", "key": refused.key})
    form = desk.get(f"/plan/2027/add/?from={changed.key}")
    given = {name: value or "" for name, value in form.context["form"].initial.items()}
    given |= {
        "title": "Our own words",
        "people_in": 12,
        "cost": "90000",
        "currency": "JPY",
        "when": "05.2027",
        "area": "culture",
    }
    answer = desk.post(f"/plan/2027/add/?from={changed.key}", given)

    assert answer.status_code == 302, answer.content.decode()[:3000]
    lines = {line.origin_record.id: line for line in plan_lines(2027) if line.origin_record}
    assert set(lines) == {taken.record.id, changed.record.id}
    mine = lines[changed.record.id]
    assert mine.when is not None
    assert (mine.title["en"], mine.people_in, mine.cost, mine.when.edtf) == ("Our own words", 12, 90000.0, "2027-05")
    page = desk.get("/plan/2027/").content.decode()
    assert "90,000 JPY" in page and "<td>culture</td>" in page and "Our own words" in page
    assert f'value="{taken.key}"' not in page
    again = desk.post("/plan/2027/", {"act": "take", "key": taken.key}, follow=True).content.decode()
    assert "Somebody decided this in the meantime" in again


def test_each_number_of_a_plan_opens_its_lines(desk: Client, officer: User) -> None:
    add_line(2027, SCHOOL, by=officer, at=NOW)
    add_line(2027, LineGiven({"en": "Choir comes"}, people_in=30), by=officer, at=NOW)

    shown = {}
    for only in ("", "sent", "received", "EUR", "JPY"):
        page = desk.get(f"/plan/2027/?only={only}")
        shown[only] = [line.title["en"] for line in page.context["lines"]]
        assert page.context["sums"]["people_in"] == 30 and page.context["total"] == 2

    assert shown == {"": ["School visit", "Choir comes"], "sent": ["School visit"], "received": ["Choir comes"],
                     "EUR": ["School visit"], "JPY": []}  # fmt: skip
    assert 'href="?only=EUR#lines-head"' in desk.get("/plan/2027/").content.decode()


def test_a_line_is_changed_settled_and_taken_out_at_the_desk(desk: Client, officer: User) -> None:
    year = 2026
    line = add_line(year, SCHOOL, by=officer, at=NOW)
    address = f"/plan/lines/{line}/"
    wrong = desk.post(address, {"act": "change", "title": "", "cost": "5"})
    desk.post(address, {"act": "change", "title": "School trip", "title_ja": "学校訪問", "people_out": 9})
    desk.post(address, {"act": "settle", "outcome": "moved", "note": "Snow"})

    assert wrong.status_code == 422 and "Write what is planned." in wrong.content.decode()
    shown = plan_line(line)
    assert shown is not None
    assert (shown.title["en"], shown.title["ja"], shown.people_out, shown.cost) == ("School trip", "学校訪問", 9, None)
    assert (shown.outcome, shown.note) == ("moved", "Snow")
    assert desk.post(address, {"act": "drop"}).status_code == 302
    assert plan_lines(year) == ()


def test_a_year_is_settled_on_one_page(desk: Client, officer: User) -> None:
    activity = held_in_2027(officer)
    met = add_line(2027, LineGiven({"en": "Mayors meet"}, partner=kanazawa(), cost=Decimal(5), currency="EUR"),
                   by=officer, at=NOW)  # fmt: skip
    other = add_line(2027, LineGiven({"en": "Something else"}), by=officer, at=NOW)
    page = desk.get("/plan/2027/outcomes/")
    first = next(form for line, form in page.context["rows"] if line.id == met)
    assert (first.initial["outcome"], first.initial["activity"]) == ("held", activity)

    given = {f"{met}-outcome": "held", f"{met}-activity": activity, f"{met}-spent": "7.5", f"{met}-note": "",
             f"{other}-outcome": "", f"{other}-activity": "", f"{other}-note": ""}  # fmt: skip
    wrong = desk.post("/plan/2027/outcomes/", given | {f"{other}-outcome": "forgotten"})
    done = desk.post("/plan/2027/outcomes/", given, follow=True)

    assert wrong.status_code == 422
    assert "1 line was told." in done.content.decode()
    lines = {line.id: line for line in plan_lines(2027)}
    assert (lines[met].outcome, lines[met].spent, lines[other].outcome) == ("held", 7.5, "")


def test_who_only_reads_sees_the_plan_without_its_acts(officer: User) -> None:
    line = add_line(2027, SCHOOL, by=officer, at=NOW)
    reader = Client()
    reader.force_login(make_user("rita", "reader"))

    pages = [reader.get(address).content.decode() for address in ("/plan/2027/", f"/plan/lines/{line}/")]

    assert all('name="act"' not in page for page in pages)
    assert "School visit" in pages[0]
    assert reader.post("/plan/2027/", {"act": "restore", "key": line}).status_code == 403
    assert reader.get("/plan/1/").status_code == 404


def test_the_plan_asks_a_bounded_number_of_questions(
    desk: Client, officer: User, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        add_line(2027, LineGiven({"en": f"Line {number}"}, partner=kanazawa()), by=officer, at=NOW)

    with django_assert_max_num_queries(45):  # type: ignore[operator]  # pytest-django's
        desk.get("/plan/2027/")
