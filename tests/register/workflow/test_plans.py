"""Lines of a plan on both databases: one line a proposal, merges and erasure reach them, papers tell when they were."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from people import make_user
from register.conftest import Clock
from twinbook.register.models import PlanLine, Record
from twinbook.register.queries.papers import paper
from twinbook.register.queries.plans import plan_lines, proposals, withdrawn_lines
from twinbook.register.workflow import capture, enter
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.erase import erase
from twinbook.register.workflow.errors import RefusedError
from twinbook.register.workflow.merge import merge
from twinbook.register.workflow.papers import approve_paper, draft_paper, keep_paper
from twinbook.register.workflow.plans import LineGiven, add_line, drop_line

YEAR = 2027


def activity(olga: User, clock: Clock, title: str) -> str:
    """An activity that a source tells for the year."""
    note = capture.capture_text(f"{title}. Записка отдела.", kind="note", by=olga, at=clock(), language="ru").source
    given = [Given("kind", "visit"), Given("title", title, "ru"), Given("status", "planned"), Given("when", "2027-06")]
    return enter.enter("activity", given, source=note, by=olga, at=clock()).record


def test_one_proposal_makes_one_line(olga: User, clock: Clock) -> None:
    one = activity(olga, clock, "Визит хора")
    given = LineGiven({"ru": "Визит хора"}, cost=Decimal("12.50"), currency="EUR")
    add_line(YEAR, given, by=olga, at=clock(), origin="planned", record=one)

    with pytest.raises(RefusedError):
        add_line(YEAR, given, by=olga, at=clock(), origin="planned", record=one)
    row = PlanLine.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():  # whatever code forgets, the table does not
        PlanLine.objects.create(year=YEAR, origin="planned", origin_record=row.origin_record, title={"ru": "x"},
                                state="kept", made_by=olga, made_at=clock(), changed_at=clock())  # fmt: skip
    assert [(line.title, line.cost) for line in plan_lines(YEAR)] == [({"ru": "Визит хора"}, 12.5)]


def test_a_decided_proposal_stays_decided_when_its_record_is_merged(olga: User, clock: Clock) -> None:
    one, other = activity(olga, clock, "Визит хора"), activity(olga, clock, "Приезд хора")
    add_line(YEAR, LineGiven({"ru": "Хор"}), by=olga, at=clock(), origin="planned", record=one)

    merge(one, into=other, by=olga, at=clock())

    assert Record.objects.get(public_id=one).canonical is not None
    assert [found.key for found in proposals(YEAR)] == []


def test_an_erased_person_leaves_the_plan_and_its_papers(olga: User, clock: Clock) -> None:
    petra = make_user("petra", "protection")
    note = capture.capture_text("Пётр Канарейкин, тренер.", kind="note", by=olga, at=clock(), language="ru").source
    person = enter.enter("person", [Given("name", "Пётр Канарейкин", "ru", quote="Пётр Канарейкин")],
                         source=note, by=olga, at=clock()).record  # fmt: skip
    add_line(YEAR, LineGiven({"ru": "Пётр Канарейкин едет в Канадзаву"}, owner="Канарейкин П."), by=olga, at=clock())
    documents = [{"language": "ru", "title": "План: Пётр Канарейкин"}]
    kept = draft_paper("yearly_plan", title="План", documents=documents, as_known_at=clock(), by=olga, at=clock())
    keep_paper(kept, by=olga, at=clock())

    erase(person, ground="request", by=petra, at=clock())

    line, shown = plan_lines(YEAR)[0], paper(kept)
    assert "Канарейкин" not in f"{line.title} {line.owner}" and "едет в Канадзаву" in line.title["ru"]
    assert shown is not None and "Канарейкин" not in str(shown.documents) and not shown.is_whole


def test_what_left_the_plan_after_its_approval_is_known(olga: User, clock: Clock) -> None:
    early, late = (add_line(YEAR, LineGiven({"ru": word}), by=olga, at=clock()) for word in ("Раньше", "Тоже"))
    drop_line(early, by=olga, at=clock())
    made = draft_paper("yearly_plan", title="План", documents=[{"language": "ru"}], as_known_at=clock(), by=olga,
                       at=clock(), year=YEAR)  # fmt: skip
    keep_paper(made, by=olga, at=clock())
    approve_paper(made, by=olga, at=clock())
    after = clock() + timedelta(hours=1)
    drop_line(late, by=olga, at=after)
    add_line(YEAR, LineGiven({"ru": "Позднее"}), by=olga, at=after)

    assert [line.id for line in withdrawn_lines()] == [late]
    assert [(line.title["ru"], line.is_late) for line in plan_lines(YEAR)] == [("Позднее", True)]
