"""Help: the tutorial sees what its reader has done, the how-tos lead where one may go, every word is explained."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import make_user
from twinbook.register.desk.views.glossary import SCHEMES
from twinbook.register.queries.queue import PageReview
from twinbook.register.workflow import decide, undo
from twinbook.vocabulary.concept import concepts


def test_the_tutorial_counts_the_readers_own_acts_alone(desk: Client, officer: User, page: PageReview) -> None:
    before = desk.get(reverse("desk:tutorial"))
    card = next(card for card in page.cards if card.verdict != "unsure")
    decided = decide.accept(card.id, by=officer, at=timezone.now())
    undo.undo(decided.decision, by=officer, at=timezone.now())
    other = Client()
    other.force_login(make_user("other"))

    after, theirs = desk.get(reverse("desk:tutorial")), other.get(reverse("desk:tutorial"))

    assert (before.context["done"], after.context["done"], theirs.context["done"]) == (0, 2, 0)
    assert [step.lesson.act for step in after.context["steps"] if step.is_done] == ["accept", "undo"]
    assert reverse("desk:review", args=[page.source.id]) in after.content.decode()


@pytest.mark.parametrize("role", ["officer", "reader", "clerk"])
def test_each_step_and_answer_leads_to_a_page_that_opens(desk: Client, decided: PageReview, role: str) -> None:
    client = Client()
    client.force_login(make_user("somebody", role))

    for name in ("desk:tutorial", "desk:how-to"):
        page = client.get(reverse(name)).content.decode().partition('id="main"')[2]
        for address in set(re.findall(r'href="(/[^"#]*)"', page)):
            is_writing = address.startswith("/enter/") and role == "reader"
            assert client.get(address.replace("&amp;", "&")).status_code == (403 if is_writing else 200), address


def test_an_administrator_is_offered_no_page_that_is_closed(desk: Client) -> None:
    client = Client()
    client.force_login(make_user("anna", "administrator"))

    page = client.get(reverse("desk:how-to")).content.decode().partition('id="main"')[2]

    assert "Prepare a visit" in page and reverse("desk:partners") not in page


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
def test_the_glossary_explains_every_word(desk: Client, language: str) -> None:
    unexplained = [
        f"{scheme}/{concept.code}"
        for scheme in SCHEMES
        for concept in concepts(scheme).values()
        if language not in concept.words or not concept.words[language].definition
    ]

    page = desk.get(reverse("desk:glossary"), headers={"Accept-Language": language}).content.decode()

    assert unexplained == []
    told = {"en": "Two sources give values", "ru": "Глава города, избранный", "ja": "市民または議会が選ぶ"}
    assert told[language] in page
