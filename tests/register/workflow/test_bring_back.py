"""Export → empty register → the same register: ids, statements, decisions, undone ones too."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from twinbook.register.models import (
    Backing,
    Decision,
    Merge,
    Preference,
    Proposal,
    Record,
    Revision,
    Source,
    Statement,
)
from twinbook.register.queries.lists import partners
from twinbook.register.queries.queue import page_review
from twinbook.register.queries.whole import whole_register
from twinbook.register.workflow.bring_back import bring_back
from twinbook.register.workflow.decide import accept, accept_page, reject
from twinbook.register.workflow.enter import set_home
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.propose import take_in
from twinbook.register.workflow.undo import undo

Clock = Callable[[], datetime]


@pytest.fixture
def lived_in(olga: User, clock: Clock, pages: Path) -> None:
    """A register with decided, rejected and undone pages in three languages."""
    set_home("Иркутск", language="ru", country="RU", by=olga, at=clock())
    first = take_in((pages / "ru" / "01.html").read_bytes(), by=olga, at=clock(), name="01.html")
    done = accept_page(first.source, by=olga, at=clock())
    undo(done[0].act, by=olga, at=clock())
    accept_page(first.source, by=olga, at=clock())
    second = take_in((pages / "ja" / "01.html").read_bytes(), by=olga, at=clock(), name="01.html")
    review = page_review(second.source)
    assert review is not None
    waiting = [card for card in review.cards if card.state == "waiting"]
    reject(waiting[0].id, by=olga, at=clock())
    for card in waiting[1:3]:
        accept(card.id, by=olga, at=clock(), record="")
    take_in((pages / "en" / "02.html").read_bytes(), by=olga, at=clock(), name="02.html")


def empty_the_register() -> None:
    """What only a test does: the tables without their rows, as a new register has them."""
    Record.objects.update(canonical=None)
    Statement.objects.update(restates=None, amends=None)
    Proposal.objects.update(decision=None, earlier=None)
    Decision.objects.update(undoes=None)
    Source.objects.update(previous=None)
    for table in (Backing, Preference, Merge, Statement, Proposal, Decision):
        while table._default_manager.exists():
            table._default_manager.all()._raw_delete(table._default_manager.db)
    Record.objects.all().delete()
    Source.objects.all().delete()
    Revision.objects.all().delete()


@pytest.mark.usefixtures("lived_in")
def test_an_export_comes_back_without_loss() -> None:
    lines = list(whole_register())
    before = partners()
    empty_the_register()
    assert partners() == ()

    counts = bring_back(lines)

    assert list(whole_register()) == lines
    assert partners() == before
    assert counts["Statement"] == Statement.objects.count() > 20
    call_command("audit_register")


@pytest.mark.usefixtures("lived_in")
def test_work_goes_on_after_coming_back(olga: User, clock: Clock, pages: Path) -> None:
    lines = list(whole_register())
    empty_the_register()
    bring_back(lines)

    taken = take_in((pages / "ru" / "02.txt").read_bytes(), by=olga, at=clock(), name="02.txt")
    accept_page(taken.source, by=olga, at=clock())

    assert connection.vendor in {"sqlite", "postgresql"}
    call_command("audit_register")


@pytest.mark.usefixtures("lived_in")
def test_a_register_that_holds_something_is_left_alone() -> None:
    lines = list(whole_register())

    with pytest.raises(NotPossibleError, match="empty"):
        bring_back(lines)

    assert list(whole_register()) == lines


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize("damage", ["no head", "cut line", "foreign row", "missing row"])
def test_a_damaged_export_writes_nothing(damage: str) -> None:
    lines = list(whole_register())
    empty_the_register()
    if damage == "no head":
        lines = lines[1:]
    elif damage == "cut line":
        lines[5] = lines[5][: len(lines[5]) // 2]
    elif damage == "foreign row":
        lines[3] = json.dumps({"table": "User", "row": {"pk": 1}})
    else:
        lines = [line for line in lines if '"table":"Source"' not in line]

    with pytest.raises(NotPossibleError):
        bring_back(lines)

    assert not Statement.objects.exists()
