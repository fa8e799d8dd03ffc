"""What changed between two copies of a page: its story sentence by sentence, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz

from twinbook.register.models import Source
from twinbook.register.queries.shown import source_line
from twinbook.register.queries.values import SourceLine

ENDS = re.compile(r"(?<=[.!?…])[\"»”’)]*\s+|(?<=[。！？])(?![」』）])|\n+")
REWORDED = 60  # rapidfuzz ratio from which a sentence is the other one in new words
LONGEST = 2000  # sentences that are compared


@dataclass(frozen=True)
class Change:
    """A line of the comparison. `kind`: same · added · removed · reworded; `before` and `now` are sentences, several
    of them where nothing changed."""

    kind: str
    before: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What changed from one copy to the next."""

    before: SourceLine
    now: SourceLine
    lines: tuple[Change, ...]

    @property
    def number(self) -> int:
        """How many lines tell of a change."""
        return sum(line.kind != "same" for line in self.lines)


def changes(source: str, *, before: str = "") -> Changes | None:
    """What a copy changed against another, or the one before it; None where there is none, or one was not read."""
    copies = Source.objects.defer("raw")
    now = copies.filter(public_id=source).first()
    earlier = (Q(public_id=before) if before else Q(pk=now.previous_id)) if now else Q()
    other = copies.filter(earlier).first() if now else None
    if now is None or other is None or not (now.text and other.text):
        return None
    lines = compared(story_of(other.text, other.reading), story_of(now.text, now.reading))
    return Changes(source_line(other), source_line(now), lines)


def story_of(text: str, reading: Mapping[str, Any]) -> tuple[str, ...]:
    """The sentences of a page's story, with single blanks; of the whole text where the reading found no story."""
    spans = reading.get("article") or [(0, len(text))]
    parts = [part for start, end in spans for part in ENDS.split(text[start:end])]
    return tuple(filter(None, (" ".join(part.split()) for part in parts)))


def compared(before: Sequence[str], now: Sequence[str]) -> tuple[Change, ...]:
    """The two stories line by line in their order."""
    before, now = before[:LONGEST], now[:LONGEST]
    found: list[Change] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Change("same", tuple(before[i:j]), tuple(now[k:m])))
        else:
            found += _replaced(list(before[i:j]), list(now[k:m]))
    return tuple(found)


def _replaced(old: list[str], new: list[str]) -> Iterator[Change]:
    """Sentences in the place of others: what is the same sentence in new words stands beside it."""
    for sentence in old:
        likeness = [fuzz.ratio(sentence, other) for other in new]
        best = max(range(len(new)), key=likeness.__getitem__, default=-1)
        if best < 0 or likeness[best] < REWORDED:
            yield Change("removed", (sentence,), ())
            continue
        for other in new[:best]:
            yield Change("added", (), (other,))
        yield Change("reworded", (sentence,), (new[best],))
        del new[: best + 1]
    for other in new:
        yield Change("added", (), (other,))
