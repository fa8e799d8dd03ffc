"""A proposal made ready for its card: number, heading, lines of values, and what it is matched with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from twinbook.register.desk import words
from twinbook.register.desk.highlight import Mark
from twinbook.register.queries.queue import Card, PageReview
from twinbook.register.queries.values import Claim, Thing
from twinbook.vocabulary.date_words import edtf_words

HEADING = ("title", "name", "speaker", "what")  # what a card is called by, in this order
ON_TOP = ("kind", "status")
FIRST = ("person", "organisation")
WAITING = "waiting"
IN_BOTH = ("kind", "places", "place", "partner", "status", "speaker")  # what two findings of one sentence mostly share
REFUSED = ("rejected", "replaced", "known", "divided", "joined")


@dataclass(frozen=True)
class Worth:
    """One value as shown: its words, their language, the record it names, its role there."""

    text: str
    language: str = ""
    thing: Thing | None = None
    role: str = ""


@dataclass(frozen=True)
class Line:
    """One property and its values."""

    label: str
    worths: tuple[Worth, ...]


@dataclass(frozen=True)
class Piece:
    """One claim of a finding that may be split: its place among the claims, and where it goes if nobody says."""

    place: int
    label: str
    text: str
    goes: str


@dataclass(frozen=True)
class CardShown:
    """One card of the review page; `heading_language` is the language of the heading's words."""

    number: int
    card: Card
    kind: str
    status: str
    status_code: str
    heading: str
    heading_language: str
    lines: tuple[Line, ...]
    quotes: tuple[str, ...]

    @property
    def is_waiting(self) -> bool:
        return self.card.state == WAITING

    @property
    def is_refused(self) -> bool:
        return self.card.state in REFUSED


def cards_of(page: PageReview, language: str) -> tuple[CardShown, ...]:
    """The page's cards numbered from 1: people and bodies first, since what they took part in names them."""
    ordered = sorted(page.cards, key=lambda card: card.sort not in FIRST)
    return tuple(shown(card, number, page.text, language) for number, card in enumerate(ordered, 1))


def shown(card: Card, number: int, text: str, language: str) -> CardShown:
    """One card; its claims as decided where a person decided, else as read."""
    claims = card.decided if card.decided is not None else card.claims
    heading = next((claim for name in HEADING for claim in claims if claim.property == name), None)
    kind = _first_code(claims, "kind")
    status = _first_code(claims, "status")
    return CardShown(
        number=number,
        card=card,
        kind=words.code(card.sort, "kind", kind, language) if kind else words.record_kind(card.sort),
        status=words.code(card.sort, "status", status, language) if status else "",
        status_code=status,
        heading=str(heading.value) if heading and heading.value else _called(card, kind, language),
        heading_language=(heading.language if heading else "") or "",
        lines=_lines(claims, heading, card.sort, language),
        quotes=tuple(dict.fromkeys(text[start:end] for start, end in card.spans)),
    )


def _called(card: Card, kind: str, language: str) -> str:
    """What a card without a title of its own is called: a step by its kind."""
    return words.code(card.sort, "kind", kind, language) if card.sort == "step" and kind else card.title


def pieces_of(card: Card, language: str) -> tuple[Piece, ...]:
    """The claims of a card as lines that can go to one of two findings."""
    return tuple(
        Piece(
            place,
            words.property_name(claim.property),
            _worth(claim, card.sort, language).text,
            "both" if claim.property in IN_BOTH else "first",
        )
        for place, claim in enumerate(card.claims)
    )


def marks_of(cards: Iterable[CardShown]) -> list[Mark]:
    """Every stretch of evidence of every card, under the number of the card."""
    return [Mark(start, end, shown.number) for shown in cards for start, end in shown.card.spans]


def _first_code(claims: Sequence[Claim], name: str) -> str:
    return next((str(claim.value) for claim in claims if claim.property == name and claim.value), "")


def _lines(claims: Sequence[Claim], heading: Claim | None, sort: str, language: str) -> tuple[Line, ...]:
    rest = [
        claim for claim in claims if claim is not heading and claim.property not in ON_TOP and claim.value is not None
    ]
    rest.sort(
        key=lambda claim: list(words.PROPERTIES).index(claim.property) if claim.property in words.PROPERTIES else 99
    )
    grouped = groupby(rest, key=lambda claim: claim.property)
    return tuple(
        Line(words.property_name(name), tuple(_worth(claim, sort, language) for claim in group))
        for name, group in grouped
    )


def _worth(claim: Claim, sort: str, language: str) -> Worth:
    value = claim.value
    if claim.type == "code":
        return Worth(words.code(sort, claim.property, str(value), language))
    if claim.type == "date":
        return Worth(edtf_words(str(value), language))
    if claim.type == "flag":
        return Worth(words.yes_or_no(bool(value)))
    if claim.type == "record":
        text = words.thing_name(claim.thing, language) if claim.thing else str(value)
        return Worth(
            text,
            "" if claim.thing else claim.language,
            claim.thing,
            claim.qualifiers.get("role", ""),
        )
    if claim.type == "file":
        return Worth(claim.qualifiers.get("name") or str(value))
    return Worth(str(value), claim.language)
