"""Undo: the register as if the decision had not been made, and the decision still on record."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from register.readings import card_of, waiting_page
from twinbook.register.models import Decision, Name, Place, Proposal, Record, SearchToken, Statement, Tie
from twinbook.register.queries import history, records
from twinbook.register.queries.values import ActivityShown
from twinbook.register.workflow import decide, enter, prefer, undo, withdraw
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.errors import NotPossibleError


def standing() -> int:
    return Statement.objects.filter(withdrawn_by=None).count()


def test_undo_of_a_page_leaves_nothing_standing_and_loses_nothing(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    decided = decide.accept_page(source, by=olga, at=clock())
    made = Statement.objects.count()

    undo.undo(decided[0].act, by=olga, at=clock(), reason="wrong page")

    assert (standing(), Statement.objects.count()) == (0, made)
    rows = [Record.objects.filter(is_standing=True), Name.objects, Place.objects, Tie.objects, SearchToken.objects]
    assert [row.count() for row in rows] == [0, 0, 0, 0, 0]
    assert set(Proposal.objects.values_list("state", flat=True)) == {"waiting"}


def test_what_was_undone_can_be_accepted_again(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    first = decide.accept_page(source, by=olga, at=clock())
    before = standing()
    undo.undo(first[0].act, by=olga, at=clock())

    again = decide.accept_page(source, by=olga, at=clock())

    assert standing() == before
    assert len(again) == len(first)


def test_undo_of_one_keeps_what_another_decision_says_too(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    exchange = decide.accept(card_of(source, "activity", "обмен").id, by=olga, at=clock())
    marathon = decide.accept(card_of(source, "activity", "марафон").id, by=olga, at=clock())

    undo.undo(exchange.decision, by=olga, at=clock())

    assert records.record(exchange.record) is None
    shown = records.record(marathon.record)
    assert isinstance(shown, ActivityShown)
    assert {place.name("ru") for place in shown.places} == {"Иркутск", "Канадзава"}


def test_places_made_on_the_way_go_with_the_last_that_names_them(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    exchange = decide.accept(card_of(source, "activity", "обмен").id, by=olga, at=clock())
    marathon = decide.accept(card_of(source, "activity", "марафон").id, by=olga, at=clock())
    undo.undo(exchange.decision, by=olga, at=clock())
    assert Place.objects.count() == 2

    undo.undo(marathon.decision, by=olga, at=clock())

    assert (Place.objects.count(), standing()) == (0, 0)


def test_undo_is_refused_where_others_rest_on_it(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    tie = decide.accept(card_of(source, "tie").id, by=olga, at=clock())
    step = [enter.Given("tie", tie.record), enter.Given("kind", "agreement"), enter.Given("date", "1967-03-20")]
    entered = enter.enter("step", step, source=source, by=olga, at=clock())

    with pytest.raises(NotPossibleError, match="other decisions rest on this"):
        undo.undo(tie.decision, by=olga, at=clock())
    assert records.record(tie.record) is not None

    undo.undo(entered.decision, by=olga, at=clock())
    undo.undo(tie.decision, by=olga, at=clock())
    assert standing() == 0


def test_an_undo_is_not_undone_and_nothing_is_undone_twice(olga: User, clock: Clock) -> None:
    card = card_of(waiting_page(olga, clock()), "tie")
    decided = decide.accept(card.id, by=olga, at=clock())
    undone = undo.undo(decided.decision, by=olga, at=clock())

    with pytest.raises(NotPossibleError, match="not undone"):
        undo.undo(undone[0].decision, by=olga, at=clock())
    with pytest.raises(NotPossibleError, match="undone already"):
        undo.undo(decided.decision, by=olga, at=clock())


def test_undo_of_a_withdrawal_states_the_words_again(olga: User, clock: Clock) -> None:
    decided = decide.accept(card_of(waiting_page(olga, clock()), "tie").id, by=olga, at=clock())
    since = history.statements_about(decided.record, property="since")[0]
    gone = withdraw.withdraw(since.id, by=olga, at=clock(), reason="the page was wrong")
    assert history.statements_about(decided.record, property="since") == ()

    undo.undo(gone.decision, by=olga, at=clock())

    again = history.statements_about(decided.record, property="since")
    assert [(s.value, s.quote, s.rank) for s in again] == [(since.value, since.quote, since.rank)]
    told = history.statements_about(decided.record, property="since", with_withdrawn=True)
    assert [s.withdrawn_at is None for s in told] == [True, False]


def test_undo_of_accept_after_a_withdrawal_was_undone(olga: User, clock: Clock) -> None:
    decided = decide.accept(card_of(waiting_page(olga, clock()), "tie").id, by=olga, at=clock())
    since = history.statements_about(decided.record, property="since")[0]
    gone = withdraw.withdraw(since.id, by=olga, at=clock(), reason="?")
    undo.undo(gone.decision, by=olga, at=clock())

    undo.undo(decided.decision, by=olga, at=clock())

    assert standing() == 0


def test_undo_of_a_withdrawal_brings_nothing_back_that_nobody_lets_in(olga: User, clock: Clock) -> None:
    decided = decide.accept(card_of(waiting_page(olga, clock()), "tie").id, by=olga, at=clock())
    since = history.statements_about(decided.record, property="since")[0]
    gone = withdraw.withdraw(since.id, by=olga, at=clock(), reason="?")
    undo.undo(decided.decision, by=olga, at=clock())

    undo.undo(gone.decision, by=olga, at=clock())

    assert standing() == 0


def test_undo_of_a_correction_brings_the_readers_word_back(olga: User, clock: Clock) -> None:
    decided = decide.accept(card_of(waiting_page(olga, clock()), "tie").id, by=olga, at=clock())
    since = history.statements_about(decided.record, property="since")[0]
    amended = enter.amend(since.id, "1967-03-20", by=olga, at=clock(), reason="council vote")
    told = history.statements_about(decided.record, property="since")
    assert [(s.value, s.rank, s.quote) for s in told] == [("1967-03-20", 3, since.quote)]

    undo.undo(amended.decision, by=olga, at=clock())

    assert [s.value for s in history.statements_about(decided.record, property="since")] == ["1967"]


def test_a_correction_stands_no_longer_than_what_it_corrects(olga: User, clock: Clock) -> None:
    decided = decide.accept(card_of(waiting_page(olga, clock()), "tie").id, by=olga, at=clock())
    since = history.statements_about(decided.record, property="since")[0]
    enter.amend(since.id, "1967-03-20", by=olga, at=clock())

    undo.undo(decided.decision, by=olga, at=clock())

    assert standing() == 0


def test_a_correction_stands_again_when_its_page_is_accepted_again(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    decided = decide.accept(card_of(source, "tie").id, by=olga, at=clock())
    since = history.statements_about(decided.record, property="since")[0]
    amended = enter.amend(since.id, "1967-03-20", by=olga, at=clock(), reason="council vote")

    for _ in range(2):
        undo.undo(decided.decision, by=olga, at=clock())
        decided = decide.accept(card_of(source, "tie").id, by=olga, at=clock())
        told = history.statements_about(decided.record, property="since")
        assert [(s.value, s.rank, s.quote) for s in told] == [("1967-03-20", 3, since.quote)]
        assert list(audit()) == []

    undo.undo(amended.decision, by=olga, at=clock())
    assert [s.value for s in history.statements_about(decided.record, property="since")] == ["1967"]
    assert list(audit()) == []


def test_a_year_that_holds_the_day_contradicts_nothing(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    decided = decide.accept(card_of(source, "tie").id, by=olga, at=clock())
    for value in ("1967-03-20", "1967-03", "1967-03-20/.."):
        enter.enter("tie", [enter.Given("since", value)], source=source, record=decided.record, by=olga, at=clock())

    assert records.disputes() == ()

    enter.enter("tie", [enter.Given("since", "1968")], source=source, record=decided.record, by=olga, at=clock())
    assert [one.property for one in records.disputes()] == ["since"]


def test_undo_of_a_preference_brings_the_one_before_back(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    exchange = decide.accept(card_of(source, "activity", "обмен").id, by=olga, at=clock())
    enter.enter(
        "activity", [enter.Given("when", "1989/..")], source=source, record=exchange.record, by=olga, at=clock(),
        read_by="importer:kanazawa",
    )  # fmt: skip
    by_value = {s.value: s.id for s in history.statements_about(exchange.record, property="when")}
    prefer.prefer(by_value["1994/.."], by=olga, at=clock())
    second = prefer.prefer(by_value["1989/.."], by=olga, at=clock())
    assert [s.value for s in history.statements_about(exchange.record, property="when") if s.is_told] == ["1989/.."]

    undo.undo(second.decision, by=olga, at=clock())

    assert [s.value for s in history.statements_about(exchange.record, property="when") if s.is_told] == ["1994/.."]


def test_each_decision_is_on_record_with_who_when_and_why(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    card = card_of(source, "tie")
    decided = decide.accept(card.id, by=olga, at=clock(), reason="clear")
    undo.undo(decided.decision, by=olga, at=clock(), reason="too fast")

    told = [
        (d.kind, d.by, d.reason, d.is_undone, d.can_undo) for d in history.decisions_of(source) if d.kind != "enter"
    ]
    undone_places = [d for d in history.decisions_of(source) if d.kind == "enter"]

    assert ("accept", "olga", "clear", True, False) in told
    assert ("undo", "olga", "too fast", False, False) in told
    assert len(undone_places) == 2 and all(d.is_undone for d in undone_places)
    assert Decision.objects.filter(kind="undo").count() == 3


def test_what_a_person_said_outlives_the_undo_of_the_rest_of_the_page(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    said = decide.accept(card_of(source, "saying").id, by=olga, at=clock())
    before = standing()
    rest = decide.accept_page(source, by=olga, at=clock())

    undo.undo(rest[0].act, by=olga, at=clock())

    assert standing() == before == 2  # the speaker's name, and the words
    assert [s.value for s in history.statements_about(said.record, property="said")] == ["Мы рады нашей дружбе"]
    undo.undo(said.decision, by=olga, at=clock())
    assert standing() == 0
