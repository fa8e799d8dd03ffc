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


def test_a_card_is_split_by_its_form_and_undone_by_the_button(desk: Client, page: PageReview) -> None:
    card = max((one for one in page.cards if one.sort == "activity"), key=lambda one: len(one.claims))
    ways = {f"piece-{place}": "both" for place in range(len(card.claims))}
    sent = {"version": card.version} | ways | {"piece-0": "first", f"piece-{len(card.claims) - 1}": "second"}

    html = desk.post(reverse("desk:split", args=[card.id]), sent, follow=True).content.decode()
    now = queue.page_review(page.source.id)
    assert now is not None
    desk.post(reverse("desk:undo", args=[now.last_act]))

    assert "Split into two: decide each of them." in html and "split in two" in html
    assert now.waiting == page.waiting + 1
    assert states(page, [card]) == {"waiting"}


def test_a_split_without_a_line_of_its_own_is_refused_in_words(desk: Client, page: PageReview) -> None:
    card = page.cards[0]

    html = desk.post(reverse("desk:split", args=[card.id]), {"version": card.version}, follow=True).content.decode()

    assert "Give each of the two at least one line of its own." in html


def test_two_chosen_are_joined_and_three_are_not(desk: Client, page: PageReview) -> None:
    people = [card for card in page.cards if card.sort == "person"][:3]

    refused = send(desk, page, "join", people)
    joined = send(desk, page, "join", people[:2])

    assert "Choose just two proposals of one kind" in refused
    assert "Joined into one: decide it." in joined
    assert states(page, people[:2]) == {"joined"}
