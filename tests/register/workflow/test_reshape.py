"""A finding split into two, two joined into one: as decisions, with evidence, undone, and the audit clean."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from twinbook.register.models import Proposal
from twinbook.register.queries import history, queue
from twinbook.register.queries.queue import Card
from twinbook.register.workflow import decide, reshape
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.errors import NotPossibleError, StaleDecisionError
from twinbook.register.workflow.propose import propose, take_in
from twinbook.register.workflow.undo import undo

TEXT = (
    "14 июня 2018 года мэр Иркутска Семён Ладейщиков встретился с делегацией немецкого города Эрфурта. "
    "В октябре 2018 года в Эрфурте пройдёт выставка иркутских художников.\n"
    "В декабре 2018 года в Эрфурте пройдёт выставка иркутских мастеров."
)


def waiting(source: str, sort: str = "activity") -> list[Card]:
    page = queue.page_review(source)
    assert page is not None
    return [card for card in page.cards if card.sort == sort and card.state == "waiting"]


def told(card: Card) -> set[tuple[str, str]]:
    return {(claim.property, str(claim.value)) for claim in card.claims}


@pytest.fixture
def source(olga: User, clock: Clock) -> str:
    return take_in(TEXT, by=olga, at=clock()).source


@pytest.fixture
def meeting(source: str) -> Card:
    return next(card for card in waiting(source) if ("kind", "meeting") in told(card))


def cut(card: Card) -> tuple[list[int], list[int]]:
    """All but the last line for the first, all but the first line for the second."""
    places = range(len(card.claims))
    return [place for place in places if place != places[-1]], [place for place in places if place != 0]


def split(card: Card, olga: User, clock: Clock) -> tuple[str, list[Card]]:
    before = {one.id for one in waiting(card.source)}
    first, second = cut(card)
    made = reshape.split(card.id, first=first, second=second, by=olga, at=clock(), version=card.version)
    return made.act, [one for one in waiting(card.source) if one.id not in before]


def test_a_split_makes_two_that_keep_their_sentences(source: str, meeting: Card, olga: User, clock: Clock) -> None:
    _act, parts = split(meeting, olga, clock)

    assert len(parts) == 2
    assert told(parts[0]) | told(parts[1]) == told(meeting)
    kept = {claim.property: claim.evidence for claim in meeting.claims}
    assert all(
        claim.evidence == kept[claim.property] for part in parts for claim in part.claims if claim.property == "kind"
    )
    assert [line.kind for line in history.decisions_of(source)] == ["split"]
    assert list(audit()) == []


def test_undoing_a_split_lets_the_whole_wait_again_and_it_can_be_split_anew(
    source: str, meeting: Card, olga: User, clock: Clock
) -> None:
    act, parts = split(meeting, olga, clock)
    undo(act, by=olga, at=clock())
    whole = next(card for card in waiting(source) if card.id == meeting.id)
    shown = queue.page_review(source)
    assert shown is not None
    hidden = {part.id for part in parts} - {card.id for card in shown.cards}

    _again, anew = split(whole, olga, clock)

    assert told(whole) == told(meeting)
    assert len(hidden) == 2
    assert {card.id for card in anew} == {part.id for part in parts}
    assert list(audit()) == []


def test_what_was_decided_after_a_split_is_undone_first(source: str, meeting: Card, olga: User, clock: Clock) -> None:
    act, parts = split(meeting, olga, clock)
    made = decide.accept(parts[0].id, record="", by=olga, at=clock())

    with pytest.raises(NotPossibleError) as caught:
        undo(act, by=olga, at=clock())
    undo(made.act, by=olga, at=clock())
    undo(act, by=olga, at=clock())

    assert caught.value.code == "others-rest-on-it"
    assert meeting.id in {card.id for card in waiting(source)}
    assert list(audit()) == []


def test_both_parts_become_records_with_their_words(source: str, meeting: Card, olga: User, clock: Clock) -> None:
    _act, parts = split(meeting, olga, clock)

    made = [decide.accept(part.id, record="", by=olga, at=clock()) for part in parts]

    stated = [{(s.property, s.quote) for s in history.statements_about(one.record)} for one in made]
    assert all(quote and quote in TEXT for statements in stated for _name, quote in statements)
    assert len({one.record for one in made}) == 2
    assert list(audit()) == []


@pytest.mark.parametrize("parts", [([], [0, 1]), ([0], [1]), ("all", "all"), ("all", [0])])
def test_a_split_that_loses_or_changes_nothing_is_refused(
    meeting: Card, olga: User, clock: Clock, parts: tuple[list[int], list[int]]
) -> None:
    first, second = (list(range(len(meeting.claims))) if part == "all" else part for part in parts)
    assert len(meeting.claims) > 2

    with pytest.raises(NotPossibleError) as caught:
        reshape.split(meeting.id, first=first, second=second, by=olga, at=clock())

    assert caught.value.code == "split-changes-nothing"
    assert Proposal.objects.filter(formed_by__isnull=False).count() == 0


def test_reading_the_page_again_leaves_what_a_person_shaped(
    source: str, meeting: Card, olga: User, clock: Clock
) -> None:
    _act, parts = split(meeting, olga, clock)

    again = propose(source, at=clock())

    assert (again.new, again.replaced) == (0, 0)
    assert {part.id for part in parts} <= {card.id for card in waiting(source)}


def test_two_joined_are_one_with_the_first_ones_word(source: str, olga: User, clock: Clock) -> None:
    first, second = [card for card in waiting(source) if "выставка" in card.title]

    made = reshape.join(first.id, second.id, by=olga, at=clock())

    (card,) = [one for one in waiting(source) if one.title == first.title]
    values = dict(told(card))
    assert values["when"] == dict(told(first))["when"] != dict(told(second))["when"]
    assert {span for claim in card.claims for span in [(q.start, q.end) for q in claim.evidence]} > set(first.spans)
    undo(made.decision, by=olga, at=clock())
    assert {first.id, second.id} <= {one.id for one in waiting(source)}
    assert list(audit()) == []


def test_only_two_of_one_kind_are_joined(source: str, meeting: Card, olga: User, clock: Clock) -> None:
    (person, *_others) = waiting(source, "person")

    for first, second in ((meeting.id, person.id), (meeting.id, meeting.id)):
        with pytest.raises(NotPossibleError) as caught:
            reshape.join(first, second, by=olga, at=clock())
        assert caught.value.code == "join-two"


def test_a_stale_split_is_refused(meeting: Card, olga: User, clock: Clock) -> None:
    decide.reject(meeting.id, by=olga, at=clock())

    with pytest.raises(StaleDecisionError):
        reshape.split(meeting.id, first=[0], second=[1], by=olga, at=clock(), version=meeting.version)
