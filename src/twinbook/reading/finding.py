"""What comes out of reading: findings with evidence to the character, notes, and the Reading that holds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]
LEFT_OUT = frozenset(["said_by", "read_by"])  # of a Reading's JSON where there is none


@dataclass(frozen=True)
class Evidence:
    """A place in a page's text: offsets in code points, end excluded, with the words that stand there.

    Source: W3C Web Annotation, TextPositionSelector and TextQuoteSelector.
    """

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int, *, context: int = 32) -> Evidence:
        """The evidence at text[start:end]; ValueError if the span is empty or lies outside the text."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no evidence at {start}–{end} in a text of {len(text)} characters")
        return cls(start, end, text[start:end], text[max(0, start - context) : start], text[end : end + context])

    def stands_in(self, text: str) -> bool:
        """Whether the quoted words stand in the text at these offsets."""
        return 0 <= self.start < self.end <= len(text) and text[self.start : self.end] == self.quote


@dataclass(frozen=True)
class Note:
    """Something a step saw and could not read, in a sentence for a person.

    `code` is the note's stable name (`sentence-without-finding`, `date-impossible`), `message` English words that
    the desk may replace by a translation of the code.
    """

    step: str
    message: str
    evidence: Evidence | None = None
    code: str = ""


# `read_by` of what follows is the code of a reader that found it beside the rules; None where the rules did.


@dataclass(frozen=True)
class Place:
    """A place that takes part; `country` is ISO 3166-1 alpha-2 or None, `kind` city · district · region · country."""

    name: str
    kind: str
    country: str | None
    evidence: tuple[Evidence, ...] = ()
    read_by: str | None = None


@dataclass(frozen=True)
class Person:
    """A named person who acts or speaks: base form without title, post as stated, and for whom."""

    name: str
    role: str | None
    represents: str | None
    evidence: tuple[Evidence, ...] = ()
    read_by: str | None = None


@dataclass(frozen=True)
class Organisation:
    """A named body that acts, and the place it is of."""

    name: str
    place: str | None
    evidence: tuple[Evidence, ...] = ()
    read_by: str | None = None


@dataclass(frozen=True)
class Tie:
    """Two places said to be joined; `since` is EDTF or None."""

    between: tuple[str, str]
    kind: str
    since: str | None
    evidence: tuple[Evidence, ...]
    said_by: str | None = None
    read_by: str | None = None


@dataclass(frozen=True)
class Activity:
    """One thing that was, is, will or might be done together; `when` is EDTF or None."""

    kind: str
    title: str
    areas: tuple[str, ...]
    status: str
    when: str | None
    recurring: bool
    places: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    said_by: str | None = None
    read_by: str | None = None


@dataclass(frozen=True)
class Landmark:
    """A street, monument, garden … named for, or given by, the partner."""

    name: str
    kind: str
    place: str | None
    honours: str | None
    evidence: tuple[Evidence, ...]
    said_by: str | None = None
    read_by: str | None = None


@dataclass(frozen=True)
class Promise:
    """What a side says that it will do: in the page's words, by which place, by when (EDTF); None where unsaid."""

    what: str
    side: str | None
    due: str | None
    evidence: tuple[Evidence, ...]
    said_by: str | None = None
    read_by: str | None = None


@dataclass(frozen=True)
class Quote:
    """Direct speech: a name in `people`, or the words used, and the spoken words' span."""

    speaker: str | None
    span: Span


@dataclass(frozen=True)
class Reading:
    """What one page says: the contract that the register, the crawl and the scorer take (docs/reference/reading.md)."""

    text: str
    language: str | None
    title: str | None = None
    published: str | None = None
    relevant: bool = False
    article: tuple[Span, ...] = ()
    places: tuple[Place, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    ties: tuple[Tie, ...] = ()
    activities: tuple[Activity, ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    quotes: tuple[Quote, ...] = ()
    promises: tuple[Promise, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """The Reading as JSON values; evidence is [start, end], `said_by` is left out where the page itself says it,
        `read_by` where the rules read it."""
        return {key: _plain(value) for key, value in vars(self).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Evidence):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        plain = {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
        return {name: value for name, value in plain.items() if value is not None or name not in LEFT_OUT}
    return value
