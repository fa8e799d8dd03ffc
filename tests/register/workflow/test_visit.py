"""A visit file from request to report: its clock, its estimate, its journal line, and what it refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from people import make_user
from twinbook.register.models import Visit, VisitParticipant
from twinbook.register.models.sealed import seek
from twinbook.register.queries.visit_rules import samples
from twinbook.register.queries.visits import journal, visit_file, visits_ahead
from twinbook.register.workflow import visit, visit_rules
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import NotAllowedError

FIRST, LAST = date(2026, 12, 28), date(2026, 12, 30)


@pytest.fixture
def made(olga: User, clock) -> str:
    visit_rules.save_rules(samples()["irkutsk"], by=olga, at=clock())
    return visit.open_visit(
        {"ru": "Визит"},
        direction="incoming",
        partner=None,
        first_day=FIRST,
        last_day=LAST,
        languages=("ru", "ja"),
        by=olga,
        at=clock(),
        body="Мэрия",
        guests=4,
    )


def test_the_report_is_due_three_working_days_after_the_visit(made: str) -> None:
    file = visit_file(made, date(2026, 12, 20))
    due = {clock.code: clock.due for clock in file.clocks}
    assert due["report"] == date(2027, 1, 12) and due["notice"] == date(2026, 12, 25)
    assert file.line.next_clock.code == "order"


def test_a_deadline_that_passed_is_late_until_it_is_met(made: str, olga: User, clock) -> None:
    after = date(2027, 1, 14)
    report = {c.code: c for c in visit_file(made, after).clocks}["report"]
    assert report.is_late and report.left == -2
    visit.meet(made, "report", on=after, by=olga, at=clock())
    report = {c.code: c for c in visit_file(made, after).clocks}["report"]
    assert not report.is_late and report.was_late


def test_the_estimate_tells_what_is_over_the_norm(made: str, olga: User, clock) -> None:
    visit.add_cost(made, norm="hotel", what="", rate=Decimal(6000), people=2, times=3, by=olga, at=clock())
    file = visit_file(made, FIRST)
    assert (file.total, file.over) == (Decimal(36000), Decimal(6000))


def test_a_file_closes_with_its_report_alone_and_takes_no_more(made: str, olga: User, clock) -> None:
    with pytest.raises(NotPossibleError):
        visit.close_visit(made, by=olga, at=clock())
    visit.change_visit(made, report="Прошло.", by=olga, at=clock())
    visit.close_visit(made, by=olga, at=clock())
    with pytest.raises(NotPossibleError):
        visit.change_visit(made, report="x", by=olga, at=clock())
    assert visits_ahead(FIRST) == ()
    assert [(line.number, line.guest, line.has_report) for line in journal(2026)] == [(1, "Мэрия", True)]


def test_programme_and_tasks(made: str, olga: User, clock) -> None:
    common = {"begins": None, "ends": None, "place": {}, "by": olga, "at": clock()}
    visit.add_hour(made, day=FIRST, what={"ru": "Встреча"}, work="", is_for_guests=True, **common)
    visit.add_hour(made, day=FIRST, what={"ru": "Багаж"}, work="машина", is_for_guests=False, **common)
    file = visit_file(made, FIRST)
    assert len(file.hours) == 2 and len(file.guest_hours) == 1 and len(file.tasks) == 3
    visit.finish_task(made, file.tasks[0].id, on=FIRST, by=olga, at=clock())
    visit.take_out(made, "hour", file.hours[0].id, by=olga, at=clock())
    file = visit_file(made, FIRST)
    assert len(file.hours) == 1 and file.tasks[0].done_on == FIRST
    with pytest.raises(NotPossibleError):
        visit.add_hour(made, day=date(2030, 1, 1), what={"ru": "x"}, work="", is_for_guests=True, **common)


def test_bad_rules_are_refused_and_a_reader_may_not(made: str, olga: User, clock) -> None:
    with pytest.raises(NotPossibleError):
        visit_rules.save_rules("name = 1", by=olga, at=clock())
    with pytest.raises(NotAllowedError):
        visit.change_visit(made, place="x", by=make_user("reader", "reader"), at=clock())


def test_a_participant_stands_sealed_and_is_found_by_the_document(made: str, database: str) -> None:
    row = VisitParticipant.objects.create(
        visit=Visit.objects.get(), side="guest", name="Ким Ю", document="AB 123", consent_scope="визит"
    )
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, document FROM register_visitparticipant")
        assert "Ким" not in str([bytes(v).decode("utf-8", "replace") for v in cursor.fetchone()])
    assert VisitParticipant.objects.get(**seek(VisitParticipant, "document_index", "ab123")) == row
    assert VisitParticipant.objects.get().name == "Ким Ю"
