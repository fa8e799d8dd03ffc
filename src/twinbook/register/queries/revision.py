"""The register's revision: a number that grows with every change, by which caches know what they hold."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

from django.db import connection

from twinbook.register.models import Revision

MOST_KEPT = 2_000  # items of an answer; a larger one is asked anew, so that memory stays small
Asked = ParamSpec("Asked")
Item = TypeVar("Item")
_forgetting: list[Callable[[], None]] = []


def revision() -> int:
    """The number of the last change."""
    return Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def kept(question: Callable[Asked, tuple[Item, ...]]) -> Callable[Asked, tuple[Item, ...]]:
    """Keep the answers to a question about the whole register for as long as nothing in the register changes.

    The question must depend on the register and its arguments alone: not on the day, the language or the reader.
    Inside a transaction it is asked anew: what is seen there may yet be taken back, and its number used again.
    """
    answers: dict[Hashable, tuple[Item, ...]] = {}
    known = [-1]
    lock = Lock()

    @wraps(question)
    def answered(*args: Asked.args, **named: Asked.kwargs) -> tuple[Item, ...]:
        if connection.in_atomic_block:
            return question(*args, **named)
        number, key = revision(), (args, tuple(sorted(named.items())))
        with lock:
            if known[0] == number and key in answers:
                return answers[key]
        found = question(*args, **named)
        with lock:
            if known[0] != number:
                answers.clear()
                known[0] = number
            if len(found) <= MOST_KEPT:
                answers[key] = found
        return found

    def forget() -> None:
        with lock:
            answers.clear()
            known[0] = -1

    _forgetting.append(forget)
    return answered


def forget_answers() -> None:
    """Drop every kept answer: another register may have the same revision (after a restore, between tests)."""
    for forget in _forgetting:
        forget()
