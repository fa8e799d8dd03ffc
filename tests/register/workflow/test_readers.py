"""What a language model found waits as the model's word; a mailbox gives a source a letter."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from register.model_server import model_server, says, sends
from twinbook.register.models import Proposal, Source, Statement
from twinbook.register.queries import queue
from twinbook.register.reader import OfficeReader
from twinbook.register.web import Endpoint
from twinbook.register.workflow import capture, decide, propose
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.enter import Given, enter
from twinbook.register.workflow.errors import NotPossibleError

SOIL = "A barrel of Ashikaga soil now stands on a shelf of the Springfield botanical society."
STORY = (
    "Mayor of Springfield welcomed guests from its sister city Ashikaga\n"
    f"SPRINGFIELD, May 4, 2019. Springfield and Ashikaga have been sister cities since 1990.\n{SOIL}\n"
)
GIFT = {
    "type": "activity", "kind": "aid", "title": "barrel of Ashikaga soil", "areas": ["environment"], "status": "done",
    "when": None, "recurring": False, "places": ["Springfield", "Ashikaga"], "quote": SOIL,
}  # fmt: skip
MODEL = "reader:language-model:small-model"


def office(port_address: str) -> OfficeReader:
    return OfficeReader(
        "language-model", "", Endpoint(f"{port_address}/chat/completions", total_seconds=5), "small-model"
    )


def test_a_models_finding_is_marked_and_its_statement_names_it(olga: User, clock: Clock, settings: Any) -> None:
    with model_server(says([GIFT])) as server:
        settings.TWINBOOK_READER = office(server.address)
        taken = propose.take_in(STORY, by=olga, at=clock())

    page = queue.page_review(taken.source)
    assert page is not None
    cards = {card.title: card for card in page.cards}
    attention = {title: [remark.code for remark in card.attention] for title, card in cards.items()}
    assert attention["barrel of Ashikaga soil"][0] == "read-by-model"
    assert [title for title, listed in attention.items() if "read-by-model" in listed] == ["barrel of Ashikaga soil"]
    assert dict(Proposal.objects.values_list("sort", "read_by"))["tie"] == "reader:1"
    assert Proposal.objects.get(public_id=cards["barrel of Ashikaga soil"].id).read_by == MODEL

    decide.accept(cards["barrel of Ashikaga soil"].id, by=olga, at=clock(), version=1)

    assert set(Statement.objects.filter(property="title").values_list("read_by", "rank")) == {(MODEL, 1)}
    assert list(audit()) == []


def test_no_record_of_the_register_is_in_the_question(olga: User, clock: Clock, settings: Any) -> None:
    first = propose.take_in("Мэр Иркутска Кирилл Заречный принял мэра Канадзавы.\n", by=olga, at=clock())
    decide.accept_page(first.source, by=olga, at=clock())

    with model_server(says([])) as server:
        settings.TWINBOOK_READER = office(server.address)
        propose.take_in(STORY, by=olga, at=clock())

    assert len(server.asked) == 1
    assert not any(name in str(server.asked) for name in ("Иркутск", "Заречн", "Канадзав", olga.username))


def test_a_page_that_names_a_minor_of_the_register_is_not_sent(olga: User, clock: Clock, settings: Any) -> None:
    source = capture.capture_text("Emily Marsh is a pupil.", by=olga, at=clock(), kind="note").source
    about = [Given("name", "Emily Marsh", "en", quote="Emily Marsh"), Given("person_class", "minor")]
    enter("person", about, source=source, by=olga, at=clock())

    with model_server(says([GIFT])) as server:
        settings.TWINBOOK_READER = office(server.address)
        kept = propose.take_in(STORY + "Emily Marsh, a pupil, gave flowers.\n", by=olga, at=clock())
        sent = propose.take_in(STORY, by=olga, at=clock())

    assert len(server.asked) == 1
    page, other = queue.page_review(kept.source), queue.page_review(sent.source)
    assert page is not None and other is not None
    assert [note.code for note in page.notes] == ["model-minor"]
    assert not any(card.is_models for card in page.cards)
    assert any(card.is_models for card in other.cards)


def test_a_model_that_fails_leaves_the_rules_reading(olga: User, clock: Clock, settings: Any) -> None:
    with model_server(sends(b"down", 500)) as server:
        settings.TWINBOOK_READER = office(server.address)
        taken = propose.take_in(STORY, by=olga, at=clock())

    page = queue.page_review(taken.source)
    assert page is not None
    assert (taken.state, taken.trouble) == ("read", "")
    assert any(card.sort == "tie" for card in page.cards)
    assert [note.code for note in page.notes] == ["model-status"]


def test_reading_again_with_the_model_adds_nothing_twice(olga: User, clock: Clock, settings: Any) -> None:
    with model_server(says([GIFT])) as server:
        settings.TWINBOOK_READER = office(server.address)
        first = propose.take_in(STORY, by=olga, at=clock())
        again = propose.propose(first.source, at=clock())

    assert (again.new, again.known, again.replaced) == (0, first.new, 0)


def letter(number: int, words: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "press@city.example", "office@city.example"
    mail["Subject"], mail["Date"] = f"Релиз {number}", f"Thu, {number + 10} Jun 2026 10:00:00 +0800"
    mail.set_content(words)
    return mail.as_bytes()


def mailbox(*letters: bytes) -> bytes:
    return b"".join(b"From press@city.example Thu Jun 18 10:00:00 2026\n" + one.strip() + b"\n\n" for one in letters)


WELCOME = "Мэр Иркутска встретился с делегацией Канадзавы.\nОбмены школьников проходят с 1994 года.\n"
SIGNED = "Иркутск и Шэньян подписали соглашение о породнении.\nМэр Шэньяна поблагодарил жителей Иркутска.\n"


def test_a_mailbox_gives_a_source_a_letter_with_its_own_evidence(olga: User, clock: Clock) -> None:
    raw = mailbox(letter(1, WELCOME), letter(2, SIGNED))

    taken = propose.take_in_all(raw, by=olga, at=clock(), name="press.mbox")

    assert [Source.objects.get(public_id=one.source).name for one in taken] == ["press 1.eml", "press 2.eml"]
    assert [Source.objects.get(public_id=one.source).published for one in taken] == ["2026-06-11", "2026-06-12"]
    for one, words in zip(taken, ("Канадзавы", "Шэньян"), strict=True):
        page = queue.page_review(one.source)
        assert page is not None
        assert one.new == len(page.cards) > 0
        assert words in page.text
        for card in page.cards:
            for claim in card.claims:
                assert all(page.text[part.start : part.end] == part.quote != "" for part in claim.evidence)


def test_the_same_letter_of_another_mailbox_is_the_same_source(olga: User, clock: Clock) -> None:
    first = propose.take_in_all(mailbox(letter(1, WELCOME), letter(2, SIGNED)), by=olga, at=clock(), name="a.mbox")
    again = propose.take_in_all(mailbox(letter(2, SIGNED), letter(3, WELCOME)), by=olga, at=clock(), name="b.mbox")

    assert again[0].source == first[1].source
    assert again[0].new == 0
    assert Source.objects.count() == 3


def test_one_letter_and_any_other_file_are_one_source(olga: User, clock: Clock) -> None:
    assert len(propose.take_in_all(letter(1, WELCOME), by=olga, at=clock(), name="one.eml")) == 1
    assert len(propose.take_in_all(mailbox(letter(2, SIGNED)), by=olga, at=clock(), name="one.mbox")) == 1
    assert len(propose.take_in_all(f"From Irkutsk\n{WELCOME}".encode(), by=olga, at=clock(), name="a.txt")) == 1


def test_a_mailbox_of_too_many_letters_is_refused_whole(olga: User, clock: Clock) -> None:
    raw = mailbox(*(letter(1, f"{number}") for number in range(propose.MOST_LETTERS + 1)))

    with pytest.raises(NotPossibleError) as refused:
        propose.take_in_all(raw, by=olga, at=clock(), name="all.mbox")

    assert (refused.value.code, refused.value.words["count"]) == ("mailbox-too-large", "501")
    assert Source.objects.count() == 0
