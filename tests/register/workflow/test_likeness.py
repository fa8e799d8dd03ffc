"""Duplicates among pages: the same text elsewhere, nearly the same, and stories that only share a subject."""

from __future__ import annotations

import random

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from twinbook.register.queries import queue
from twinbook.register.queries.likeness import bands, share, shingles
from twinbook.register.queries.queue import Twin
from twinbook.register.workflow.propose import take_in

STORY = (
    "2 марта 2026 года мэр Иркутска Семён Ладейщиков встретился с делегацией города Канадзава. "
    "Гостей возглавил мэр Канадзавы Такаси Мураяма. Стороны обсудили обмены школьниками. "
    "Визит иркутских школьников в Канадзаву пройдёт в мае 2026 года. Города дружат с 1967 года."
)
OTHER = (
    "Мэр Иркутска Семён Ладейщиков принял послов мира из Шэньяна. Стороны подписали план обменов на три года, "
    "а школьники двух городов обменялись письмами. Следующая встреча пройдёт в Шэньяне осенью."
)


def twin_of(source: str) -> Twin | None:
    page = queue.page_review(source)
    assert page is not None
    return page.twin


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        (STORY.upper().replace(". ", ".\n\n"), 100, 100),
        (STORY.replace("Семён Ладейщиков", "С. Ладейщиков") + " Фото пресс-службы.", 75, 95),
        (OTHER, 0, 0),
    ],
)
def test_the_same_story_elsewhere_is_found_and_another_is_not(
    olga: User, clock: Clock, text: str, least: int, most: int
) -> None:
    first = take_in(STORY, by=olga, at=clock(), address="https://city.example/1").source
    second = take_in(text, by=olga, at=clock(), address="https://paper.example/7", publisher="Газета").source

    found = twin_of(second)

    assert least <= (found.share if found else 0) <= most
    assert (found.source.id if found else first) == first
    assert twin_of(first) is None
    (line, _first) = queue.inbox()
    assert line.twin == found


def test_a_later_copy_of_the_same_address_is_no_duplicate(olga: User, clock: Clock) -> None:
    take_in(STORY, by=olga, at=clock(), address="https://city.example/1")

    assert twin_of(take_in(STORY + " Ещё.", by=olga, at=clock(), address="https://city.example/1").source) is None


def test_what_is_too_short_is_like_nothing() -> None:
    assert shingles(["Мэр принял гостей."]) == frozenset()
    assert bands(frozenset()) == ()


def test_marks_find_nine_of_ten_that_share_three_quarters() -> None:
    """On random texts: how often a mark is shared where 3/4 of the runs are, and where a tenth is."""
    chance = random.Random(7)
    near = far = 0
    for _ in range(200):
        common = {chance.getrandbits(32) for _ in range(750)}
        left = frozenset(common | {chance.getrandbits(32) for _ in range(125)})
        right = frozenset(common | {chance.getrandbits(32) for _ in range(125)})
        stranger = frozenset(set(list(common)[:180]) | {chance.getrandbits(32) for _ in range(800)})
        assert 70 <= share(left, right) <= 80 and share(left, stranger) < 15
        near += bool(set(bands(left)) & set(bands(right)))
        far += bool(set(bands(left)) & set(bands(stranger)))

    assert near >= 170
    assert far <= 10
