"""Deciding a page: by plain forms, and card by card for the script; nothing is decided behind anybody's back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import make_user
from register.model_server import model_server, says
from twinbook.register.queries import history, queue
from twinbook.register.queries.queue import Card, PageReview
from twinbook.register.reader import OfficeReader
from twinbook.register.web import Endpoint
from twinbook.register.workflow import decide

HTMX = {"HX-Request": "true"}


def first(page: PageReview, sort: str, **wanted: str) -> Card:
    """The first waiting card of a sort that needs no choice."""
    for card in page.cards:
        values = {claim.property: claim.value for claim in card.claims}
        if card.sort == sort and card.verdict != "unsure" and all(values.get(k) == v for k, v in wanted.items()):
            return card
    raise AssertionError(f"the sample page gave no {sort} {wanted}")


def now_of(card: Card) -> Card:
    found = queue.card(card.id)
    assert found is not None
    return found


def form_of(card: Card, **changes: object) -> dict[str, object]:
    """What the correction form sends where nothing but `changes` was changed."""
    values: dict[str, object] = {}
    for claim in card.claims:
        key = f"c{card.id}-{claim.property}"
        if claim.property in ("areas", "places", "participants"):
            values.setdefault(key, []).append(str(claim.value))  # type: ignore[attr-defined]
        elif claim.value is not True:
            values[key] = str(claim.value)
        else:
            values[key] = "on"
    for name in ("places", "participants"):
        if isinstance(lines := values.get(f"c{card.id}-{name}"), list):
            values[f"c{card.id}-{name}"] = "\n".join(lines)
    named = {f"c{card.id}-{name}": value for name, value in changes.items()}
    return values | named | {"version": card.version}


def test_the_page_shows_the_story_with_each_evidence_and_its_card(desk: Client, page: PageReview) -> None:
    html = desk.get(reverse("desk:review", args=[page.source.id])).content.decode()

    for number in range(1, len(page.cards) + 1):
        assert f'id="card-{number}"' in html
        assert f'href="#card-{number}"' in html, f"no sentence leads to card {number}"
    assert html.count('data-state="waiting"') == page.waiting
    assert "Not part of the story" in html


def test_accept_without_script_comes_back_to_the_card(desk: Client, page: PageReview) -> None:
    card = first(page, "person")

    answer = desk.post(reverse("desk:accept", args=[card.id]), {"version": card.version})

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("desk:review", args=[page.source.id]) + "#card-")
    assert now_of(card).state == "accepted"


def test_accept_with_script_gives_the_card_and_the_head_alone(desk: Client, page: PageReview) -> None:
    card = first(page, "person")

    answer = desk.post(reverse("desk:accept", args=[card.id]), {"version": card.version}, headers=HTMX)

    html = answer.content.decode()
    assert "<html" not in html
    assert html.lstrip().startswith("<article") and 'data-state="accepted"' in html
    assert 'id="review-head" hx-swap-oob="true"' in html and f"1 of {len(page.cards)} decided" in html


def test_a_decision_names_the_officer(desk: Client, page: PageReview, officer: User) -> None:
    desk.post(reverse("desk:accept", args=[first(page, "person").id]))

    assert {decision.by for decision in history.decisions_of(page.source.id)} == {officer.get_username()}


def test_correct_keeps_what_was_read_beside_what_was_decided(desk: Client, page: PageReview) -> None:
    card = first(page, "activity")

    answer = desk.post(reverse("desk:correct", args=[card.id]), form_of(card, when="с 1989 года", title="Обмены"))

    decided = now_of(card)
    assert answer.status_code == 302
    assert decided.state == "corrected"
    assert [claim.value for claim in decided.decided or () if claim.property == "when"] == ["1989/.."]
    assert [claim.value for claim in decided.decided or () if claim.property == "title"] == ["Обмены"]
    assert decided.claims == card.claims


def test_a_refused_correction_keeps_its_words_and_says_why(desk: Client, page: PageReview) -> None:
    card = first(page, "activity")
    sent = form_of(card, when="как-нибудь осенью", title="Слова, которые жалко потерять")

    for headers, status in (({}, 422), (HTMX, 200)):
        answer = desk.post(reverse("desk:correct", args=[card.id]), sent, headers={**headers, "Accept-Language": "ru"})
        html = answer.content.decode()
        assert answer.status_code == status
        assert "Слова, которые жалко потерять" in html
        assert "«как-нибудь осенью» — не дата" in html
        assert 'aria-invalid="true"' in html
    assert now_of(card).state == "waiting"


def test_an_unchanged_correction_changes_nothing(desk: Client, page: PageReview) -> None:
    card = first(page, "activity")

    desk.post(reverse("desk:correct", args=[card.id]), form_of(card))

    decided = now_of(card)
    assert decided.state in ("accepted", "corrected")
    assert [(c.property, c.value) for c in decided.decided or ()] == [(c.property, c.value) for c in card.claims]


def test_correct_takes_no_property_that_the_form_does_not_have(desk: Client, page: PageReview) -> None:
    card = first(page, "activity")

    desk.post(reverse("desk:correct", args=[card.id]), form_of(card, visibility="private", cost="5"))

    assert {claim.property for claim in now_of(card).decided or ()}.isdisjoint({"visibility", "cost"})


def test_reject_then_undo_lets_it_wait_again(desk: Client, page: PageReview) -> None:
    card = first(page, "activity")
    desk.post(reverse("desk:reject", args=[card.id]), {"version": card.version})
    rejected = now_of(card)

    answer = desk.post(reverse("desk:undo", args=[rejected.decision]), {"proposal": card.id}, headers=HTMX)

    assert rejected.state == "rejected"
    assert 'data-state="waiting"' in answer.content.decode()
    assert now_of(card).state == "waiting"


def test_accept_all_and_undo_it_at_once(desk: Client, page: PageReview) -> None:
    versions = [f"{card.id}:{card.version}" for card in page.cards]

    desk.post(reverse("desk:accept-page", args=[page.source.id]), {"version": versions})
    after = queue.page_review(page.source.id)
    assert after is not None
    unsure = sum(card.verdict == "unsure" for card in page.cards)
    desk.post(reverse("desk:undo", args=[after.last_act]), {"next": reverse("desk:review", args=[page.source.id])})

    assert after.waiting == unsure
    undone = queue.page_review(page.source.id)
    assert undone is not None and undone.waiting == page.waiting


def test_reject_the_rest_leaves_what_was_accepted(desk: Client, page: PageReview) -> None:
    kept = first(page, "person")
    desk.post(reverse("desk:accept", args=[kept.id]))

    versions = [f"{card.id}:{card.version}" for card in page.cards if card.id != kept.id]
    desk.post(reverse("desk:reject-page", args=[page.source.id]), {"version": versions})

    after = queue.page_review(page.source.id)
    assert after is not None and after.waiting == 0
    assert {card.state for card in after.cards if card.id != kept.id} == {"rejected"}
    assert now_of(kept).state == "accepted"


def test_what_somebody_else_decided_meanwhile_is_not_overruled(desk: Client, page: PageReview, officer: User) -> None:
    card = first(page, "activity")
    colleague = make_user("colleague")
    decide.reject(card.id, by=colleague, at=timezone.now())

    answer = desk.post(reverse("desk:accept", args=[card.id]), {"version": card.version}, headers=HTMX)

    assert "Somebody decided this in the meantime" in answer.content.decode()
    assert now_of(card).state == "rejected"


def test_an_unsure_match_waits_for_a_choice(desk: Client, page: PageReview, officer: User) -> None:
    person = first(page, "person")
    name = next(str(claim.value) for claim in person.claims if claim.property == "name")
    decide.accept(person.id, by=officer, at=timezone.now())
    text = f"Иркутск и Канадзава – города-побратимы. {name} посетил Канадзаву в мае 2019 года, сообщили организаторы."
    desk.post(reverse("desk:inbox"), {"door": "paste", "paste-text": text})
    waiting = [card for line in queue.inbox() for card in queue.page_review(line.source.id).cards]  # type: ignore[union-attr]
    unsure = [card for card in waiting if card.verdict == "unsure"]
    for card in unsure:
        answer = desk.post(reverse("desk:accept", args=[card.id]), {"version": card.version}, headers=HTMX)
        assert "Choose first which record this is" in answer.content.decode()
        assert now_of(card).state == "waiting"
        desk.post(reverse("desk:accept", args=[card.id]), {"version": card.version, "record": "new"}, headers=HTMX)
        assert now_of(card).state == "accepted"


def test_an_unknown_page_or_proposal_is_not_found(desk: Client) -> None:
    for name in ("review", "accept", "correct", "reject"):
        method = desk.get if name == "review" else desk.post
        assert method(reverse(f"desk:{name}", args=["0123456789ab"])).status_code == 404


def test_sentences_that_nothing_was_read_from_are_listed(desk: Client, page: PageReview) -> None:
    html = desk.get(reverse("desk:review", args=[page.source.id])).content.decode()

    spans = [unread.span for unread in page.unread if unread.span]
    assert ("Not read" in html) == bool(page.unread or page.notes)
    for start, end in spans:
        assert page.text[start:end].split("«")[0][:40] in html


def test_accepting_a_page_leaves_what_a_language_model_found(desk: Client, settings: Any) -> None:
    soil = "A barrel of Ashikaga soil now stands on a shelf of the Springfield botanical society."
    story = f"Springfield and Ashikaga\nSpringfield and Ashikaga have been sister cities since 1990.\n{soil}\n"
    gift = {"type": "activity", "kind": "aid", "title": "barrel of soil", "status": "done", "quote": soil}
    with model_server(says([gift])) as server:
        endpoint = Endpoint(f"{server.address}/chat/completions", total_seconds=5)
        settings.TWINBOOK_READER = OfficeReader("language-model", "", endpoint, "small-model")
        desk.post("/inbox/", {"door": "paste", "paste-text": story})
    source = queue.inbox()[0].source.id
    page = queue.page_review(source)
    assert page is not None
    versions = [f"{card.id}:{card.version}" for card in page.cards]

    answer = desk.post(reverse("desk:accept-page", args=[source]), {"version": versions}, follow=True)

    after = queue.page_review(source)
    assert after is not None
    assert {card.title: card.state for card in after.cards}["barrel of soil"] == "waiting"
    assert [card.state for card in after.cards if card.sort == "tie"] == ["accepted"]
    assert "1 finding of the language model was left" in answer.content.decode()
