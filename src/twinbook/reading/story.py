"""What the steps hand to each other: the story of a page, its sentences, and the names, dates and quotes in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from twinbook.reading.cues import CueHit
from twinbook.reading.finding import Evidence, Span
from twinbook.vocabulary.partial_date import PartialDate

NESTED_QUOTES = 3  # quotations that may stand inside one another


@dataclass(frozen=True)
class Sides:
    """Base forms: the place at home and its partners, the most named first; None and () where nothing tells."""

    home: str | None = None
    partners: tuple[str, ...] = ()

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two that a story means when it names none: home and the most named partner."""
        return (self.home, self.partners[0]) if self.home and self.partners else None


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
class TaggedName:
    """What a names model takes for a name: kind (person, place or organisation) and offsets, no base form yet."""

    kind: str
    start: int
    end: int


# A names model: the text and the sentences that it is asked about → the names in them, in order.
Tagger = Callable[[str, Sequence[Span]], list[TaggedName]]


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

    def holds(self, start: int, end: int) -> bool:
        """Whether the span is spoken: inside the quotation and not inside its attribution."""
        if not (self.start <= start and end <= self.end):
            return False
        return self.attribution is None or not (self.attribution[0] <= start and end <= self.attribution[1])


@dataclass(frozen=True)
class Story:
    """The part of a page that is its story; all offsets are code points of `text`, end excluded.

    Sentences, names, dates and quotes are in order of their start.

    `issue` is the month or season of publication where the page tells no day.
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
    issue: PartialDate | None = None
    home: str | None = None
    names: tuple[NameMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quotes: tuple[QuoteMention, ...] = ()
    cues: tuple[tuple[CueHit, ...], ...] = ()
    sides: Sides = Sides()
    extra: dict[str, str] = field(default_factory=dict)

    def words_of(self, sentence: Sentence) -> str:
        return self.text[sentence.start : sentence.end]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds the offset, or of the last one before it; 0 where there is none."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def names_in(self, start: int, end: int, kind: str | None = None) -> Iterator[NameMention]:
        """Mentions that lie inside the span, in order."""
        first, last = bisect_left(self._name_starts, start), bisect_left(self._name_starts, end)
        return (name for name in self.names[first:last] if name.end <= end and (kind is None or name.kind == kind))

    def dates_in(self, start: int, end: int) -> Iterator[DateMention]:
        """Dates written inside the span, in order."""
        first, last = bisect_left(self._date_starts, start), bisect_left(self._date_starts, end)
        return (when for when in self.dates[first:last] if when.evidence.end <= end)

    def quote_around(self, start: int, end: int) -> QuoteMention | None:
        """The quotation that holds the span, if one does; the words in it that say who speaks are not spoken."""
        last = bisect_right(self._quote_starts, start)
        before = self.quotes[max(0, last - NESTED_QUOTES) : last]
        return next((quote for quote in reversed(before) if quote.holds(start, end)), None)

    def names_begun_in(self, start: int, end: int, kind: str) -> list[NameMention]:
        """Mentions of a kind that begin inside the span, in order."""
        first, last = bisect_left(self._name_starts, start), bisect_left(self._name_starts, end)
        return [name for name in self.names[first:last] if name.kind == kind]

    @cached_property
    def people(self) -> list[NameMention]:
        """All mentions of people, in order."""
        return [name for name in self.names if name.kind == "person"]

    @cached_property
    def people_ends(self) -> list[int]:
        """Where the mentions of people end, sorted."""
        return sorted(name.end for name in self.people)

    @cached_property
    def people_by_post(self) -> dict[str, list[int]]:
        """Numbers among `people` of the mentions that have a post, by post."""
        found: dict[str, list[int]] = {}
        for number, person in enumerate(self.people):
            if person.role:
                found.setdefault(person.role, []).append(number)
        return found

    @cached_property
    def cue_counts(self) -> Counter[tuple[str, str]]:
        """How often the story has each cue, by scheme and code."""
        return Counter([(hit.scheme, hit.code) for hits in self.cues for hit in hits])

    @cached_property
    def kept(self) -> dict[int, Any]:
        """What the step of clauses remembers of a sentence, by its number."""
        return {}

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _name_starts(self) -> list[int]:
        return [name.start for name in self.names]

    @cached_property
    def _date_starts(self) -> list[int]:
        return [when.evidence.start for when in self.dates]

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [quote.start for quote in self.quotes]
