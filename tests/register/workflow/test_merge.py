"""Merging records: one is told, both answer, nothing is lost, and it can be undone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from register.readings import waiting_page
from twinbook.register.models import Record, Statement, Tie
from twinbook.register.queries import records
from twinbook.register.queries.values import ActivityShown, PlaceShown
from twinbook.register.workflow import capture, decide, enter, merge, undo
from twinbook.register.workflow.audit import audit, fingerprint
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.errors import NotPossibleError, StaleDecisionError


def named(name: str, olga: User, clock: Clock) -> str:
    note = capture.capture_text(name, kind="note", by=olga, at=clock()).source
    return enter.enter("place", [Given("name", name, "en")], source=note, by=olga, at=clock()).record


def test_both_ids_answer_with_all_names(olga: User, clock: Clock) -> None:
    old, new = named("Karl-Marx-Stadt", olga, clock), named("Chemnitz", olga, clock)

    merge.merge(old, into=new, by=olga, at=clock(), reason="renamed 1990")

    for asked in (old, new):
        shown = records.record(asked)
        assert isinstance(shown, PlaceShown)
        assert (shown.id, {name.text for name in shown.names}) == (new, {"Karl-Marx-Stadt", "Chemnitz"})
    assert list(audit()) == []


def test_undo_parts_them_again(olga: User, clock: Clock) -> None:
    old, new = named("Karl-Marx-Stadt", olga, clock), named("Chemnitz", olga, clock)
    before = fingerprint()
    merged = merge.merge(old, into=new, by=olga, at=clock())

    undo.undo(merged.decision, by=olga, at=clock())

    shown = records.record(old)
    assert shown is not None and (shown.id, shown.label) == (old, {"en": "Karl-Marx-Stadt"})
    assert fingerprint() == before
    assert list(audit()) == []


def test_a_chain_of_merges_parts_in_the_middle(olga: User, clock: Clock) -> None:
    a, b, c = (named(name, olga, clock) for name in "ABC")
    merge.merge(a, into=b, by=olga, at=clock())
    second = merge.merge(b, into=c, by=olga, at=clock())
    assert {shown.id for x in (a, b, c) if (shown := records.record(x))} == {c}

    undo.undo(second.decision, by=olga, at=clock())

    assert [shown.id for x in (a, b, c) if (shown := records.record(x))] == [b, b, c]
    assert list(audit()) == []


def test_what_names_a_merged_place_names_the_one_that_stands_for_it(olga: User, clock: Clock) -> None:
    decided = decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())
    kanazawa = Tie.objects.get().place_b
    assert kanazawa is not None
    city = named("金沢市役所", olga, clock)

    merged = merge.merge(kanazawa.public_id, into=city, by=olga, at=clock())

    for one in decided:
        shown = records.record(one.record)
        if isinstance(shown, ActivityShown):
            assert city in {place.id for place in shown.places}
    assert list(audit()) == []
    undo.undo(merged.decision, by=olga, at=clock())
    assert list(audit()) == []
    assert Tie.objects.get().place_b == kanazawa


def test_statements_made_after_a_merge_stay_where_they_were_made(olga: User, clock: Clock) -> None:
    one, other = named("Suzhou", olga, clock), named("Soochow", olga, clock)
    merged = merge.merge(other, into=one, by=olga, at=clock())
    note = capture.capture_text("Suzhou lies in China", kind="note", by=olga, at=clock()).source
    enter.enter("place", [Given("country", "CN")], source=note, record=other, by=olga, at=clock())

    undo.undo(merged.decision, by=olga, at=clock())

    told = {
        shown.label["en"]: shown.country for x in (one, other) if isinstance(shown := records.record(x), PlaceShown)
    }
    assert told == {"Suzhou": "CN", "Soochow": ""}


def test_undo_of_what_a_merged_record_rests_on_leaves_a_sound_register(olga: User, clock: Clock) -> None:
    decided = decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())
    kanazawa = Tie.objects.get().place_b
    assert kanazawa is not None
    city = named("金沢市役所", olga, clock)
    merge.merge(kanazawa.public_id, into=city, by=olga, at=clock())

    undo.undo(decided[0].act, by=olga, at=clock())

    assert list(audit()) == []
    assert Statement.objects.filter(withdrawn_by=None).count() == 1  # the name that the officer entered


def test_unlike_things_and_one_thing_are_not_merged(olga: User, clock: Clock) -> None:
    decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())
    place, person = (Record.objects.filter(kind=kind).first() for kind in ("place", "person"))
    assert place is not None and person is not None

    with pytest.raises(NotPossibleError, match="is no person"):
        merge.merge(place.public_id, into=person.public_id, by=olga, at=clock())
    with pytest.raises(NotPossibleError, match="one record already"):
        merge.merge(place.public_id, into=place.public_id, by=olga, at=clock())
    with pytest.raises(StaleDecisionError):
        other = named("x", olga, clock)
        merge.merge(other, into=place.public_id, by=olga, at=clock(), versions={place.public_id: 1})
