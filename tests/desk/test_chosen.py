"""Several proposals of a page decided together: by their boxes, as one act, taken back by one undo."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from twinbook.register.queries import queue, records
from twinbook.register.queries.queue import Card, PageReview


def chosen(page: PageReview, number: int) -> list[Card]:
    """The first proposals of a page that need no choice."""
    return [card for card in page.cards if card.state == "waiting" and card.verdict != "unsure"][:number]


def send(desk: Client, page: PageReview, act: str, cards: list[Card]) -> str:
    address = reverse("desk:decide-chosen", args=[page.source.id])
    pairs = [f"{card.id}:{card.version}" for card in cards]
    return desk.post(address, {"act": act, "chosen": pairs}, follow=True).content.decode()


def states(page: PageReview, cards: list[Card]) -> set[str]:
    now = queue.page_review(page.source.id)
    assert now is not None
    return {card.state for card in now.cards if card.id in {one.id for one in cards}}


def test_each_waiting_card_has_its_box_in_one_form(desk: Client, page: PageReview) -> None:
    html = desk.get(reverse("desk:review", args=[page.source.id])).content.decode()

    assert html.count('form="chosen" name="chosen"') == page.waiting
    assert html.count('id="chosen"') == 1


def test_what_is_chosen_is_accepted_as_one_act_and_one_undo_takes_it_back(desk: Client, page: PageReview) -> None:
    cards, before = chosen(page, 3), len(records.register().activities)

    html = send(desk, page, "accept", cards)
    now = queue.page_review(page.source.id)
    assert now is not None
    accepted = states(page, cards)
    desk.post(reverse("desk:undo", args=[now.last_act]))

    assert "3 proposals accepted." in html
    assert (accepted, now.waiting) == ({"accepted"}, page.waiting - 3)
    assert states(page, cards) == {"waiting"}
    assert len(records.register().activities) == before


def test_what_is_chosen_is_rejected_and_the_rest_waits(desk: Client, page: PageReview) -> None:
    cards = chosen(page, 2)

    assert "2 proposals rejected." in send(desk, page, "reject", cards)
    assert states(page, cards) == {"rejected"}
    assert states(page, [card for card in page.cards if card not in cards]) == {"waiting"}


def test_nothing_chosen_is_a_sentence(desk: Client, page: PageReview) -> None:
    assert "Tick at least one proposal first." in send(desk, page, "accept", [])


def test_of_what_somebody_decided_meanwhile_nothing_is_decided(desk: Client, page: PageReview) -> None:
    cards = chosen(page, 2)
    send(desk, page, "reject", cards[:1])

    html = send(desk, page, "accept", cards)

    assert "Somebody decided this in the meantime" in html
    assert states(page, cards[1:]) == {"waiting"}
