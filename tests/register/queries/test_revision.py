"""Answers kept while the register's revision stands: asked once, anew after each change, never inside a transaction."""

from __future__ import annotations

import pytest
from django.db import transaction

from twinbook.register.queries.revision import MOST_KEPT, forget_answers, kept
from twinbook.register.workflow.record import writing

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_answer_stands_until_the_register_changes() -> None:
    asked: list[str] = []

    @kept
    def question(word: str, *, twice: bool = False) -> tuple[str, ...]:
        asked.append(word)
        return (word, word) if twice else (word,)

    assert question("a") == question("a") == ("a",) and asked == ["a"]
    assert question("a", twice=True) == ("a", "a") and question("b") == ("b",) and len(asked) == 3
    with writing():
        pass
    assert question("a") == ("a",) and len(asked) == 4
    forget_answers()
    assert question("a") == ("a",) and len(asked) == 5


def test_nothing_is_kept_of_a_transaction_or_of_a_long_answer() -> None:
    asked: list[int] = []

    @kept
    def question(size: int) -> tuple[int, ...]:
        asked.append(size)
        return tuple(range(size))

    with transaction.atomic():
        question(1), question(1)
    question(1)
    assert asked == [1, 1, 1]
    question(MOST_KEPT + 1), question(MOST_KEPT + 1)
    assert len(asked) == 5
