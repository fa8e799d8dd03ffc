"""What the steps hand to each other: the story of a page, its sentences, and the names, dates and quotes in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from twinbook.reading.cues import CueHit
from twinbook.reading.finding import Evidence, Span
from twinbook.vocabulary.partial_date import PartialDate


@dataclass(frozen=True)
class Sentence:
    """One sentence of the story: offsets into the page's text, its paragraph, whether it is the headline."""

    start: int
    end: int
    paragraph: int
    is_headline: bool = False


@dataclass(frozen=True)
class NameMention:
    """A name as it stands at one place of the text.

    `kind` is person, place or organisation; `name` its base form, as full as the page gives it anywhere: two mentions
    of one bearer have the same `name`. `role` and `represents` belong to persons, `country` and `place_kind` to
    places, `place` to organisations (the base form of the place it is of).
    """

    kind: str
    start: int
    end: int
    name: str
    role: str | None = None
    represents: str | None = None
    country: str | None = None
    place_kind: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class DateMention:
    """A date and the words that say it; `shape` is point, range, since, until or recurring."""

    when: PartialDate
    evidence: Evidence
    shape: str = "point"


@dataclass(frozen=True)
class QuoteMention:
    """Direct speech: the spoken words, who speaks (base form), and the words that say so."""

    start: int
    end: int
    speaker: str | None
    attribution: Span | None = None


@dataclass(frozen=True)
class Story:
    """The part of a page that is its story; all offsets are code points of `text`, end excluded.

    `home` is the base form of the city that the page or its site speaks for (本市, "the city"), None where unknown.
    `cues` has the vocabulary's cues and the pack's signals of each sentence, in the sentences' order.
    """

    text: str
    language: str
    spans: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...] = ()
    title: str | None = None
    published: date | None = None
    home: str | None = None
    names: tuple[NameMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quotes: tuple[QuoteMention, ...] = ()
    cues: tuple[tuple[CueHit, ...], ...] = ()
    extra: dict[str, str] = field(default_factory=dict)

    def words_of(self, sentence: Sentence) -> str:
        return self.text[sentence.start : sentence.end]

    def names_in(self, start: int, end: int, kind: str | None = None) -> Iterator[NameMention]:
        """Mentions that lie inside the span, in order."""
        return (
            name
            for name in self.names
            if start <= name.start and name.end <= end and (kind is None or name.kind == kind)
        )

    def dates_in(self, start: int, end: int) -> Iterator[DateMention]:
        """Dates written inside the span, in order."""
        return (when for when in self.dates if start <= when.evidence.start and when.evidence.end <= end)

    def quote_around(self, start: int, end: int) -> QuoteMention | None:
        """The quotation that holds the span, if one does."""
        return next((quote for quote in self.quotes if quote.start <= start and end <= quote.end), None)
