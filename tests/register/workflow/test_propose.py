"""Capturing and proposing: once, whatever happens twice; a better reading never replaces what was decided."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from people import make_user
from register.conftest import Clock
from register.readings import RUSSIAN, card_of, reading, russian_reading, waiting_page
from twinbook.child import reading as child_reading
from twinbook.register.models import Proposal, Source, Statement
from twinbook.register.queries import history, queue
from twinbook.register.workflow import capture, decide, propose, undo
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError


def test_the_same_bytes_are_one_source(olga: User, clock: Clock) -> None:
    first = capture.capture_bytes(b"<p>page", by=olga, at=clock(), name="a.html")
    again = capture.capture_bytes(b"<p>page", by=olga, at=clock(), name="b.html")

    assert (first.is_new, again.is_new) == (True, False)
    assert first.source == again.source
    assert Source.objects.count() == 1


def test_a_page_is_stored_before_it_is_read(olga: User, clock: Clock) -> None:
    source = capture.capture_bytes("<p>страница".encode(), by=olga, at=clock()).source

    kept = Source.objects.get(public_id=source)
    assert (kept.state, bytes(kept.raw).decode(), kept.text) == ("captured", "<p>страница", "")


def test_nothing_and_too_much_are_refused(olga: User, clock: Clock) -> None:
    with pytest.raises(NotPossibleError, match="empty"):
        capture.capture_bytes(b" \n", by=olga, at=clock())
    with pytest.raises(NotPossibleError, match="no text"):
        capture.capture_text("\x00\x0b", by=olga, at=clock())
    with pytest.raises(NotPossibleError, match="more than"):
        capture.capture_bytes(b"x" * (capture.LARGEST_SOURCE + 1), by=olga, at=clock())


def test_text_that_no_database_holds_is_cleaned_at_the_border(olga: User, clock: Clock) -> None:
    source = capture.capture_text("a\x00b\ud800c", kind="note", by=olga, at=clock(), title="t\x00").source

    assert history.source_text(source) == "abc"


def test_two_officers_notes_of_the_same_words_are_two_sources(olga: User, clock: Clock) -> None:
    ivan = make_user("ivan")

    notes = {capture.capture_text("звонок", kind="note", by=by, at=clock()).source for by in (olga, ivan)}

    assert len(notes) == 2


def test_reading_twice_adds_nothing(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())

    again = propose.queue_reading(source, russian_reading(), at=clock())

    assert (again.new, again.known, again.waiting) == (0, 8, 8)
    assert Proposal.objects.count() == 8


def test_reading_again_after_deciding_adds_nothing(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    decide.accept_page(source, by=olga, at=clock())
    before = Statement.objects.count()

    again = propose.queue_reading(source, russian_reading(), at=clock())

    assert (again.new, again.waiting, Statement.objects.count()) == (0, 0, before)


def _better_reading() -> dict[str, object]:
    better = russian_reading()
    better["activities"][1]["areas"] = ["education"]
    return better


def test_a_better_reading_takes_the_place_of_what_waits(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    old = card_of(source, "activity", "обмен")

    again = propose.queue_reading(source, _better_reading(), at=clock())

    assert (again.new, again.replaced, again.waiting) == (1, 1, 8)
    review = queue.page_review(source)
    assert review is not None
    new = next(c for c in review.cards if c.earlier == old.id)
    assert (queue.card(old.id).state, new.state) == ("replaced", "waiting")  # type: ignore[union-attr]


def test_a_better_reading_stands_beside_what_was_decided(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    old = card_of(source, "activity", "обмен")
    decide.accept(old.id, by=olga, at=clock())

    propose.queue_reading(source, _better_reading(), at=clock())

    review = queue.page_review(source)
    assert review is not None
    new = next(c for c in review.cards if c.earlier == old.id)
    assert queue.card(old.id).state == "accepted"  # type: ignore[union-attr]
    assert new.state == "waiting"
    assert "read-differently" in [point.code for point in new.attention]
    assert (new.verdict, new.match_reason.code) == ("same", "same-reading")
    again = decide.accept(new.id, version=new.version, by=olga, at=clock())
    assert again.record == queue.card(old.id).record.id  # type: ignore[union-attr]


def test_a_page_seen_again_with_other_surroundings_asks_nothing_twice(olga: User, clock: Clock) -> None:
    address = "https://example.org/news/1"
    first = waiting_page(olga, clock(), address=address)
    decided = decide.accept_page(first, by=olga, at=clock())
    tie = next(one for one in decided if queue.card(one.proposal).sort == "tie")  # type: ignore[union-attr]
    text = "Другое меню\n" + RUSSIAN
    later = capture.capture_text(text, by=olga, at=clock(), address=address).source
    moved = russian_reading()
    shifted = {"text": text, "article": [[12, len(text)]]}
    for name in ("people", "ties", "activities", "landmarks"):
        for item in moved[name]:
            item["evidence"] = [[start + 12, end + 12] for start, end in item["evidence"]]
    moved["quotes"] = [{**q, "span": [q["span"][0] + 12, q["span"][1] + 12]} for q in moved["quotes"]]

    again = propose.queue_reading(later, {**moved, **shifted}, at=clock())

    assert (again.new, again.known, again.waiting) == (0, 8, 0)
    review = queue.page_review(later)
    assert review is not None and review.earlier_source == first
    since = history.statements_about(tie.record, property="since")[0]
    assert since.last_seen > since.first_seen


def test_a_newer_reader_with_another_text_finds_the_old_places_again(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    other = "Портал города\n\n" + RUSSIAN
    said = reading(
        other, ties=[{"between": ["Иркутск", "Канадзава"], "kind": "partner", "since": None,
                      "evidence": ["Канадзава — старейший побратим Иркутска"]}]
    )  # fmt: skip

    propose.queue_reading(source, said, at=clock())

    card = next(c for c in queue.page_review(source).cards if "partner" in [x.value for x in c.claims])  # type: ignore[union-attr]
    start, end = card.spans[0]
    assert RUSSIAN[start:end] == "Канадзава — старейший побратим Иркутска"
    assert history.source_text(source) == RUSSIAN


def test_a_page_is_read_in_the_child_and_every_quote_stands_in_it(olga: User, clock: Clock, pages: Path) -> None:
    for page in sorted((pages / "ru").glob("0[1-3].*[lt]")):
        read = propose.take_in(page.read_bytes(), by=olga, at=clock(), name=page.name)

        review = queue.page_review(read.source)
        assert (read.state, read.trouble) == ("read", "")
        assert review is not None
        for card in review.cards:
            for claim in card.claims:
                for quotation in claim.evidence:
                    assert review.text[quotation.start : quotation.end] == quotation.quote != ""


def test_a_page_that_ends_the_reader_says_so_on_its_own_record(
    olga: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A child of the same kind that is given next to no time, since the real one now lives through all our bombs.
    hurried = child_reading.Child(cpu_seconds=0.1)
    monkeypatch.setitem(child_reading._children, child_reading.Choice(), hurried)
    long = "Иркутск и Канадзава подписали соглашение 3 мая 1994 года.\n".encode() * 150_000

    read = propose.take_in(long, by=olga, at=clock(), name="long.txt")

    line = queue.inbox()[0]
    assert (read.state, read.new, line.state) == ("refused", 0, "refused")
    assert line.trouble == read.trouble != ""
    assert line.source.id == read.source


def test_what_is_not_there_cannot_be_read(db: None, clock: Clock) -> None:
    with pytest.raises(NotFoundError):
        propose.propose("nothing", at=clock())


def test_undo_and_reading_again_leave_the_proposals_as_they_were(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    decided = decide.accept_page(source, by=olga, at=clock())
    undo.undo(decided[0].act, by=olga, at=clock())

    again = propose.queue_reading(source, russian_reading(), at=clock())

    assert (again.new, again.known, again.waiting) == (0, 8, 8)


def test_an_address_is_fetched_through_the_guarded_door(olga: User, clock: Clock) -> None:
    with pytest.raises(NotPossibleError) as refused:
        capture.capture_address("http://127.0.0.1/secret", by=olga, at=clock())
    assert refused.value.code == "closed-address"
    with pytest.raises(NotPossibleError) as refused:
        capture.capture_address("file:///etc/passwd", by=olga, at=clock())
    assert refused.value.code == "scheme"
    assert Source.objects.count() == 0


def test_a_finding_without_words_is_not_proposed_and_the_page_says_so(olga: User, clock: Clock) -> None:
    said = russian_reading()
    said["people"].append({"name": "Никто Нигде", "role": None, "represents": None, "evidence": []})
    source = capture.capture_text(RUSSIAN, by=olga, at=clock()).source

    read = propose.queue_reading(source, said, at=clock())

    review = queue.page_review(source)
    assert review is not None
    assert (read.new, [loss.code for loss in review.losses]) == (8, ["finding-without-words"])
