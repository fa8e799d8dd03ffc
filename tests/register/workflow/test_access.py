"""The access log: a chain that tells of every line changed or taken out, and a database that refuses both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from people import make_user
from register.conftest import Clock
from twinbook.register.models import AccessEntry
from twinbook.register.workflow.access import broken_links, cut, note_access
from twinbook.register.workflow.permission import NotAllowedError


def three(olga: User, clock: Clock) -> list[int]:
    return [note_access("look", by=olga, at=clock(), kind="person", about=f"r{n}", fields=["x"]) for n in range(3)]


def sql(sentence: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sentence)


def without_guard(database: str, sentence: str) -> None:
    """What somebody with the database in their own hands could do."""
    if database == "sqlite":
        sql("DROP TRIGGER access_log_is_not_changed")
        sql("DROP TRIGGER access_log_is_not_deleted")
    else:
        sql("DROP TRIGGER access_log_is_append_only ON register_accessentry")
    sql(sentence)


def test_lines_are_numbered_and_chained(olga: User, clock: Clock) -> None:
    assert three(olga, clock) == [1, 2, 3]
    assert list(broken_links()) == []


@pytest.mark.parametrize("act", ["DELETE FROM register_accessentry", "UPDATE register_accessentry SET note = 'x'"])
def test_the_database_refuses_to_change_or_delete_a_line(olga: User, clock: Clock, act: str) -> None:
    three(olga, clock)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(act)

    assert AccessEntry.objects.count() == 3


def test_the_orm_is_refused_as_well(olga: User, clock: Clock) -> None:
    three(olga, clock)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AccessEntry.objects.get(number=2).delete()


@pytest.mark.parametrize(
    ("act", "line"),
    [
        ("DELETE FROM register_accessentry WHERE number = 2", 3),
        ("DELETE FROM register_accessentry WHERE number = 1", 2),
        ("UPDATE register_accessentry SET about = 'other' WHERE number = 2", 2),
    ],
)
def test_the_chain_tells_what_happened_behind_the_guard(
    olga: User, clock: Clock, database: str, act: str, line: int
) -> None:
    three(olga, clock)

    without_guard(database, act)

    assert [number for number, _ in broken_links()] == [line]


def test_lines_past_their_term_go_and_the_chain_still_holds(db: None, clock: Clock) -> None:
    officer = make_user("petra", "protection")
    three(officer, clock)
    border = clock() + timedelta(hours=1)
    clock.now = border

    gone = cut(border, by=officer, at=clock())

    assert gone == 3
    assert [entry.act for entry in AccessEntry.objects.order_by("number")] == ["log-cut"]
    assert list(broken_links()) == []


def test_the_term_is_the_protection_officers(olga: User, clock: Clock) -> None:
    three(olga, clock)

    with pytest.raises(NotAllowedError):
        cut(clock(), by=olga, at=clock())
