"""Deciding: what enters the register, what is refused, and what stays as it was read."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from register.readings import IRKUTSK, KANAZAWA, RUSSIAN, card_of, queued, reading, waiting_page
from twinbook.register.models import Decision, Proposal, Record, Statement
from twinbook.register.queries import queue, records
from twinbook.register.queries.values import ActivityShown, PersonShown
from twinbook.register.workflow import capture, decide, enter
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError, StaleDecisionError


def test_nothing_enters_without_a_decision(olga: User, clock: Clock) -> None:
    waiting_page(olga, clock())

    assert Proposal.objects.filter(state="waiting").count() == 8
    assert (Record.objects.count(), Statement.objects.count(), Decision.objects.count()) == (0, 0, 0)


def test_accept_makes_the_claims_statements_with_their_words(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    card = card_of(source, "activity", "обмен")

    decided = decide.accept(card.id, by=olga, at=clock(), version=card.version)

    shown = records.record(decided.record)
    assert isinstance(shown, ActivityShown)
    assert (shown.activity_kind, shown.status, shown.is_recurring) == ("exchange", "ongoing", True)
    assert shown.when is not None
    assert (shown.when.edtf, str(shown.when.first), shown.when.last) == ("1994/..", "1994-01-01", None)
    assert shown.title == {"ru": "обмен школьными делегациями"}
    assert {place.name("en") for place in shown.places} == {"Irkutsk", "Kanazawa"}
    for statements in shown.stated.values():
        for stated in statements:
            assert RUSSIAN[stated.start : stated.end] == stated.quote
            assert stated.decision == decided.decision
            assert (stated.decided_by, stated.rank) == ("olga", 1)


def test_accept_keeps_finding_as_read_beside_as_decided(olga: User, clock: Clock) -> None:
    card = card_of(waiting_page(olga, clock()), "activity", "обмен")

    decide.correct(card.id, changes={"when": "1989/.."}, by=olga, at=clock())

    after = queue.card(card.id)
    assert after is not None and after.decided is not None
    assert [claim.value for claim in after.claims if claim.property == "when"] == ["1994/.."]
    assert [claim.value for claim in after.decided if claim.property == "when"] == ["1989/.."]
    assert after.state == "corrected"


def test_a_corrected_value_is_a_persons_word_and_the_rest_the_readers(olga: User, clock: Clock) -> None:
    card = card_of(waiting_page(olga, clock()), "activity", "обмен")

    decided = decide.correct(card.id, changes={"when": "1989/..", "areas": ["education"]}, by=olga, at=clock())

    shown = records.record(decided.record)
    assert isinstance(shown, ActivityShown)
    assert [(s.read_by, s.rank) for s in shown.stated["when"]] == [("person:olga", 3)]
    assert [(s.value, s.rank) for s in shown.stated["areas"]] == [("education", 1)]
    assert [s.rank for s in shown.stated["status"]] == [1]


def test_correct_can_leave_a_claim_out(olga: User, clock: Clock) -> None:
    card = card_of(waiting_page(olga, clock()), "tie")

    decided = decide.correct(card.id, changes={"since": None}, by=olga, at=clock())

    shown = records.record(decided.record)
    assert shown is not None and "since" not in shown.stated


def test_correct_refuses_what_the_vocabulary_does_not_know(olga: User, clock: Clock) -> None:
    card = card_of(waiting_page(olga, clock()), "activity", "обмен")

    with pytest.raises(NotPossibleError, match="no kind 'party'"):
        decide.correct(card.id, changes={"kind": "party"}, by=olga, at=clock())
    with pytest.raises(NotPossibleError, match="no EDTF date"):
        decide.correct(card.id, changes={"when": "autumn"}, by=olga, at=clock())
    assert Statement.objects.count() == 0


def test_reject_lets_nothing_in(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    card = card_of(source, "landmark")

    decide.reject(card.id, by=olga, at=clock(), reason="no such street")

    assert (Statement.objects.count(), Record.objects.count()) == (0, 0)
    assert card_of(source, "landmark").state == "rejected"


def test_a_stale_decision_is_refused(olga: User, clock: Clock) -> None:
    card = card_of(waiting_page(olga, clock()), "tie")
    decide.reject(card.id, by=olga, at=clock(), version=card.version)

    with pytest.raises(StaleDecisionError):
        decide.accept(card.id, by=olga, at=clock(), version=card.version)
    with pytest.raises(StaleDecisionError, match="rejected already"):
        decide.accept(card.id, by=olga, at=clock())


def test_a_proposal_that_is_not_there_is_not_found(olga: User, clock: Clock) -> None:
    with pytest.raises(NotFoundError):
        decide.accept("nothing", by=olga, at=clock())


def test_accept_page_is_one_act(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    review = queue.page_review(source)
    assert review is not None

    decided = decide.accept_page(source, versions={card.id: card.version for card in review.cards}, by=olga, at=clock())

    assert len(decided) == 8
    assert len({one.act for one in decided}) == 1
    after = queue.page_review(source)
    assert after is not None
    assert (after.waiting, after.last_act) == (0, decided[0].act)
    kinds = sorted(Record.objects.filter(is_standing=True).values_list("kind", flat=True))
    assert kinds == ["activity"] * 3 + ["holding"] * 2 + ["landmark"] + ["person"] * 2 + ["place"] * 2 + ["tie"]


def test_accept_page_refuses_what_the_person_has_not_seen(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())

    with pytest.raises(StaleDecisionError):
        decide.accept_page(source, versions={}, by=olga, at=clock())
    assert Statement.objects.count() == 0


def test_accept_page_leaves_out_what_is_named(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    left = card_of(source, "landmark")

    decided = decide.accept_page(source, leave_out=[left.id], by=olga, at=clock())

    assert len(decided) == 7
    assert card_of(source, "landmark").state == "waiting"


def test_the_meeting_has_its_people_and_what_was_said(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())

    decided = decide.accept_page(source, by=olga, at=clock())

    meeting = next(
        shown for one in decided if isinstance(shown := records.record(one.record), ActivityShown)
        and shown.activity_kind == "meeting"
    )  # fmt: skip
    assert sorted(p.thing.name("ru") for p in meeting.participants) == ["Олег Лесников", "Такэси Номура"]
    assert [(s.value, s.said_by) for s in meeting.said] == [("Мы рады нашей дружбе", "Такэси Номура")]


def test_people_of_public_office_are_public_and_others_private(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    mayor = card_of(source, "person", "Олег")
    other = card_of(source, "person", "Такэси")

    official = decide.accept(mayor.id, by=olga, at=clock())
    unclassed = decide.correct(
        other.id, changes={"role": "гость", "post": None, "person_class": None}, by=olga, at=clock()
    )

    shown, hidden = records.record(official.record), records.record(unclassed.record)
    assert isinstance(shown, PersonShown) and isinstance(hidden, PersonShown)
    assert (shown.person_class, shown.visibility) == ("official", "public")
    assert [(post.post, post.title, post.visibility) for post in shown.posts] == [
        ("mayor", {"ru": "мэр Иркутска"}, "public")
    ]
    assert (hidden.person_class, hidden.visibility) == ("", "private")
    assert [post.visibility for post in hidden.posts] == ["private"]


def test_what_a_speaker_says_is_the_speakers_claim(olga: User, clock: Clock) -> None:
    card = card_of(waiting_page(olga, clock()), "landmark")

    decided = decide.accept(card.id, by=olga, at=clock())

    shown = records.record(decided.record)
    assert shown is not None
    assert {s.said_by for s in shown.stated["kind"]} == {"Такэси Номура"}
    assert "said-by" in [point.code for point in card.attention]


def test_accept_may_join_a_record_that_a_person_chose(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    first = decide.accept(card_of(source, "activity", "обмен").id, by=olga, at=clock())
    second = decide.accept(card_of(source, "activity", "марафон").id, by=olga, at=clock(), record=first.record)

    assert second.record == first.record
    with pytest.raises(NotPossibleError, match="is a place"):
        place = enter.find_or_make_place("Иркутск", language="ru", by=olga, at=clock())
        decide.accept(card_of(source, "tie").id, by=olga, at=clock(), record=place)


def test_a_person_first_named_by_a_meeting_is_joined_by_the_persons_own_card(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    meeting = decide.accept(card_of(source, "activity", "встреча").id, by=olga, at=clock())
    card = card_of(source, "person", "Олег")

    person = decide.accept(card.id, version=card.version, by=olga, at=clock())

    shown = records.record(meeting.record)
    assert isinstance(shown, ActivityShown)
    assert person.record in {p.thing.id for p in shown.participants}
    told = records.record(person.record)
    assert isinstance(told, PersonShown) and told.visibility == "public"
    assert Record.objects.filter(kind="person", is_standing=True).count() == 2


def test_a_refusal_to_guess_shows_the_candidates(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    card = card_of(source, "person", "Олег")
    note = capture.capture_text("Олег Лесников, учитель", kind="note", by=olga, at=clock()).source
    known = enter.enter("person", [enter.Given("name", "Олег Лесников", "ru")], source=note, by=olga, at=clock())
    assert (card.verdict, card.candidates) == ("new", ())

    with pytest.raises(NotPossibleError) as refused:
        decide.accept(card.id, version=card.version, by=olga, at=clock())

    after = queue.card(card.id)
    assert after is not None
    assert refused.value.code == "choose-record"
    assert (after.verdict, [candidate.thing.id for candidate in after.candidates]) == ("unsure", [known.record])
    decide.accept(card.id, version=after.version, record=known.record, by=olga, at=clock())


def test_the_sentence_that_says_the_date_is_its_evidence(olga: User, clock: Clock) -> None:
    text = "Канадзава — побратим Иркутска. Связи установлены в 1967 году."
    tie = {"between": ["Иркутск", "Канадзава"], "kind": "sister_city", "since": "1967"}
    said = reading(text, places=[IRKUTSK, KANAZAWA], ties=[tie | {"evidence": text.split(". ")}])
    card = card_of(queued(text, said, by=olga, at=clock()), "tie")

    decided = decide.accept(card.id, by=olga, at=clock())

    shown = records.record(decided.record)
    assert shown is not None
    since, kind = shown.stated["since"][0], shown.stated["kind"][0]
    assert (since.quote, since.more) == ("Связи установлены в 1967 году.", ("Канадзава — побратим Иркутска",))
    assert kind.quote == "Канадзава — побратим Иркутска"


def test_known_places_are_linked_on_a_waiting_card(olga: User, clock: Clock) -> None:
    home = enter.set_home("Иркутск", language="ru", country="RU", by=olga, at=clock())

    card = card_of(waiting_page(olga, clock()), "tie")

    named = {str(claim.value): claim.thing.id if claim.thing else None for claim in card.claims[:2]}
    assert named == {"Иркутск": home, "Канадзава": None}


def test_a_tie_is_called_after_its_places_the_home_first(olga: User, clock: Clock) -> None:
    tie = decide.accept(card_of(waiting_page(olga, clock()), "tie").id, by=olga, at=clock())
    kanazawa = Record.objects.get(kind="place", label__en="Kanazawa")

    note = capture.capture_text("Kanazawa is home", kind="note", by=olga, at=clock()).source
    enter.enter("place", [enter.Given("is_home", True)], source=note, record=kanazawa.public_id, by=olga, at=clock())

    shown = records.record(tie.record)
    assert shown is not None
    assert shown.label == {"ru": "Канадзава – Иркутск", "en": "Kanazawa – Irkutsk", "ja": "金沢 – イルクーツク"}
    assert Record.objects.get(public_id=tie.record).label == shown.label
