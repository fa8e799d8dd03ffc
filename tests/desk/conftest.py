"""An office at its desk: an officer who is signed in, the home city, and a page that was taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from people import make_user
from twinbook.register.queries import queue
from twinbook.register.queries.queue import PageReview
from twinbook.register.workflow import decide, enter, propose

PAGES = Path(__file__).resolve().parents[2] / "src" / "twinbook" / "project" / "sample" / "pages"
PASSWORD = "seven-quiet-rivers"


@pytest.fixture
def officer(db: None) -> User:
    return make_user("officer", password=PASSWORD, first_name="Вера")


@pytest.fixture
def desk(officer: User) -> Client:
    """A browser of the officer, with the home city named."""
    enter.set_home("Иркутск", language="ru", country="RU", by=officer, at=timezone.now())
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def page(desk: Client, officer: User) -> PageReview:
    """A sample press release, read and waiting."""
    raw = (PAGES / "01-irkutsk-consul.html").read_bytes()
    taken = propose.take_in(raw, by=officer, at=timezone.now(), name="release.html")
    found = queue.page_review(taken.source)
    assert found is not None and found.waiting >= 5, "the sample page must give something to decide"
    return found


@pytest.fixture
def decided(page: PageReview, officer: User) -> PageReview:
    """The same page with everything accepted that needs no choice."""
    unsure = tuple(card.id for card in page.cards if card.verdict == "unsure")
    decide.accept_page(page.source.id, by=officer, at=timezone.now(), leave_out=unsure)
    found = queue.page_review(page.source.id)
    assert found is not None
    return found
