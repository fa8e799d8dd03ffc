"""Sixteen writers at once on either database: no lock error, no lost update, nothing doubled."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction
from django.db.models import F

from people import make_user
from register.conftest import Clock
from register.readings import RUSSIAN, russian_reading
from twinbook.register.models import Decision, Proposal, Record, Revision, Source, Statement
from twinbook.register.workflow import capture, decide, enter, propose
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.errors import StaleDecisionError

WRITERS = 16
ROUNDS = int(os.environ.get("TWINBOOK_WRITER_ROUNDS", "6"))


def together(work: Callable[[int], None], writers: int = WRITERS) -> list[BaseException]:
    """Run the work in threads that start at the same moment; what they raised."""
    failures: list[BaseException] = []
    gate = threading.Barrier(writers)

    def run(number: int) -> None:
        try:
            gate.wait()
            work(number)
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


@pytest.fixture
def officer(transactional_db: None) -> User:
    return make_user("olga")


def test_no_update_of_one_record_is_lost(officer: User) -> None:
    """Each writer adds names to each of a few shared places; a long soak shares out over more of them, since a
    record's row is written anew with all its names each time."""
    clock = Clock()
    note = capture.capture_text("a place", kind="note", by=officer, at=clock()).source
    count = 1 + ROUNDS // 25
    places = [
        enter.enter("place", [Given("name", f"X{number}", "en")], source=note, by=officer, at=clock()).record
        for number in range(count)
    ]
    before = {row.public_id: row.version for row in Record.objects.filter(public_id__in=places)}

    def add_names(number: int) -> None:
        for turn in range(ROUNDS):
            given = [Given("name", f"name {number} {turn}", "en")]
            enter.enter("place", given, source=note, record=places[turn % count], by=officer, at=Clock()())

    assert together(add_names) == []

    for which, place in enumerate(places):
        record = Record.objects.get(public_id=place)
        turns = len(range(which, ROUNDS, count))
        assert record.names.count() == WRITERS * turns + 1
        assert record.version == before[place] + WRITERS * turns
    assert Statement.objects.filter(withdrawn_by=None).count() == WRITERS * ROUNDS + count
    assert list(audit()) == []


def test_one_proposal_is_decided_once(officer: User) -> None:
    clock = Clock()
    source = capture.capture_text(RUSSIAN, by=officer, at=clock()).source
    propose.queue_reading(source, russian_reading(), at=clock())
    cards = list(Proposal.objects.order_by("pk").values_list("public_id", "version"))
    decided: list[str] = []

    def decide_all(number: int) -> None:
        for public_id, version in cards:
            try:
                made = decide.accept(public_id, version=version, by=officer, at=Clock()(), record="")
                decided.append(made.proposal)
            except StaleDecisionError:
                continue

    assert together(decide_all) == []

    assert sorted(decided) == sorted(public_id for public_id, _ in cards)
    assert Decision.objects.filter(kind="accept").count() == len(cards)
    assert list(audit()) == []


def test_the_same_page_captured_by_all_is_one_source_and_one_queue(officer: User) -> None:
    def take_in(number: int) -> None:
        source = capture.capture_text(RUSSIAN, by=officer, at=Clock()()).source
        propose.queue_reading(source, russian_reading(), at=Clock()())

    assert together(take_in) == []

    assert (Source.objects.count(), Proposal.objects.count()) == (1, 8)


def test_a_place_named_by_all_at_once_is_made_once(officer: User) -> None:
    def make(number: int) -> None:
        name, language = (("Канадзава", "ru"), ("金沢", "ja"), ("Kanazawa", "en"))[number % 3]
        enter.find_or_make_place(name, language=language, country="JP", by=officer, at=Clock()())

    assert together(make) == []

    assert Record.objects.filter(kind="place", is_standing=True).count() == 1


def test_the_revision_grows_with_every_change(officer: User) -> None:
    note = capture.capture_text("a place", kind="note", by=officer, at=Clock()()).source
    before = Revision.objects.get_or_create(pk=1)[0].number

    def enter_one(number: int) -> None:
        enter.enter("place", [Given("name", f"X{number}", "en")], source=note, by=officer, at=Clock()())

    assert together(enter_one) == []

    assert Revision.objects.get(pk=1).number == before + WRITERS


def test_the_test_would_see_a_lost_update(officer: User, database: str) -> None:
    """The control: reading and writing without the register's lock does lose updates, or is refused the lock."""
    if database == "sqlite":
        pytest.skip("IMMEDIATE transactions leave SQLite nothing to lose")
    Revision.objects.get_or_create(pk=1)
    Revision.objects.filter(pk=1).update(number=0)

    def careless(number: int) -> None:
        for _ in range(20):
            with transaction.atomic():
                row = Revision.objects.get(pk=1)
                row.number += 1
                row.save()

    together(careless)
    lost = WRITERS * 20 - Revision.objects.get(pk=1).number
    Revision.objects.filter(pk=1).update(number=F("number") + 1)

    assert lost > 0
