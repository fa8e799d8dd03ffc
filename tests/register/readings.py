"""Pages and Readings written for the register's tests: what a reader might say of them, without the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from twinbook.register.queries import queue
from twinbook.register.workflow import capture, propose

IRKUTSK = {"name": "Иркутск", "kind": "city", "country": "RU"}
KANAZAWA = {"name": "Канадзава", "kind": "city", "country": "JP"}

RUSSIAN = """Мэр Иркутска Олег Лесников принял мэра Канадзавы Такэси Номуру
Встреча прошла 16 сентября 2019 года. Канадзава — старейший побратим Иркутска, отношения идут с 1967 года.
С 1994 года города обмениваются школьными делегациями.
В октябре 2020 года иркутские бегуны поедут на марафон в Канадзаву.
В Иркутске есть улица Канадзавы, — напомнил Такэси Номура.
— Мы рады нашей дружбе, — сказал Такэси Номура.
"""


def span(text: str, words: str) -> list[int]:
    """Where words stand in a text."""
    start = text.index(words)
    return [start, start + len(words)]


def reading(text: str, language: str = "ru", **lists: Any) -> dict[str, Any]:
    """A Reading in which spans are given by their words."""
    empty: dict[str, Any] = {name: [] for name in ("places", "people", "organisations", "ties", "activities")}
    empty |= {"landmarks": [], "quotes": [], "notes": [], "article": [[0, len(text)]]}
    head = {"text": text, "language": language, "title": text.splitlines()[0], "published": None, "relevant": True}
    return head | empty | {name: _with_spans(text, value) for name, value in lists.items()}


def _with_spans(text: str, value: Any) -> Any:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return value
    return [_item_with_spans(text, item) for item in value]


def _item_with_spans(text: str, item: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(item)
    if "evidence" in found:
        found["evidence"] = [span(text, words) for words in found["evidence"]]
    if "span" in found:
        found["span"] = span(text, found["span"])
    return found


def activity(title: str, evidence: Sequence[str], **more: Any) -> dict[str, Any]:
    """An activity of Irkutsk and Kanazawa."""
    plain = {"kind": "exchange", "title": title, "areas": ["youth"], "status": "done", "when": None, "recurring": False}
    return plain | {"places": ["Иркутск", "Канадзава"], "evidence": list(evidence)} | more


def russian_reading() -> dict[str, Any]:
    """What a careful reader says of RUSSIAN: two people, a tie, three activities, a landmark, a saying."""
    return reading(
        RUSSIAN,
        published="2019-09-17",
        places=[IRKUTSK, KANAZAWA],
        people=[
            {"name": "Олег Лесников", "role": "мэр Иркутска", "represents": "Иркутск",
             "evidence": ["Мэр Иркутска Олег Лесников"]},
            {"name": "Такэси Номура", "role": "мэр Канадзавы", "represents": "Канадзава",
             "evidence": ["мэра Канадзавы Такэси Номуру"]},
        ],
        ties=[
            {"between": ["Иркутск", "Канадзава"], "kind": "sister_city", "since": "1967",
             "evidence": ["Канадзава — старейший побратим Иркутска, отношения идут с 1967 года."]},
        ],
        activities=[
            activity("встреча мэров", ["Мэр Иркутска Олег Лесников принял мэра Канадзавы Такэси Номуру"],
                     kind="meeting", areas=["governance"], when="2019-09-16"),
            activity("обмен школьными делегациями", ["С 1994 года города обмениваются школьными делегациями."],
                     areas=["education", "youth"], status="ongoing", when="1994/..", recurring=True),
            activity("марафон в Канадзаве",
                     ["В октябре 2020 года иркутские бегуны поедут на марафон в Канадзаву."],
                     kind="competition", areas=["sport"], status="planned", when="2020-10"),
        ],
        landmarks=[
            {"name": "улица Канадзавы", "kind": "street", "place": "Иркутск", "honours": "Канадзава",
             "evidence": ["В Иркутске есть улица Канадзавы, — напомнил Такэси Номура."], "said_by": "Такэси Номура"},
        ],
        quotes=[{"speaker": "Такэси Номура", "span": "Мы рады нашей дружбе"}],
    )  # fmt: skip


def waiting_page(by: User, at: datetime, **more: str) -> str:
    """RUSSIAN captured and proposed; the id of its source."""
    source = capture.capture_text(RUSSIAN, by=by, at=at, language="ru", **more).source
    propose.queue_reading(source, russian_reading(), at=at)
    return source


def queued(text: str, said: Mapping[str, Any], *, by: User, at: datetime, **more: str) -> str:
    """Any text with its Reading captured and proposed; the id of its source."""
    source = capture.capture_text(text, by=by, at=at, **more).source
    propose.queue_reading(source, said, at=at)
    return source


def card_of(source: str, sort: str, title: str = "") -> queue.Card:
    """The one proposal of a sort (whose title begins so) on a page."""
    review = queue.page_review(source)
    assert review is not None
    found = [card for card in review.cards if card.sort == sort and card.title.startswith(title)]
    assert len(found) == 1, [card.title for card in review.cards]
    return found[0]
