"""Many cue patterns looked for at once: one pass finds their beginnings, so that time does not grow with the lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

from twinbook.reading.openings import literals_of, openings_of

OTHER_DIGIT = re.compile(r"[^\D0-9]")
STRONG, WEAK, TAKEN_BACK = 1.0, 0.5, 0.0


@dataclass(frozen=True)
class Cue:
    """One pattern of a concept; `weight` is STRONG, WEAK, or TAKEN_BACK (it voids the hits that it overlaps)."""

    scheme: str
    code: str
    pattern: str
    weight: float = STRONG


@dataclass(frozen=True)
class CueHit:
    """A cue found in a text: offsets in code points, end excluded."""

    scheme: str
    code: str
    weight: float
    start: int
    end: int


class _Entry:
    """A cue with its pattern, compiled at its first use: of eight thousand a page needs a few hundred."""

    __slots__ = ("cue", "match", "needs")

    def __init__(self, cue: Cue) -> None:
        self.cue = cue
        self.match: Callable[[str, int, int], re.Match[str] | None] = self._first_match
        self.needs: list[frozenset[str]] = []

    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.cue.pattern, re.IGNORECASE)

    def _first_match(self, text: str, at: int, end: int) -> re.Match[str] | None:
        self.match = self.compiled().match
        return self.match(text, at, end)

    def may_stand_in(self, words: str) -> bool:
        """Whether the words, in small letters, hold what every match needs."""
        return all(any(literal in words for literal in literals) for literals in self.needs)


class CueIndex:
    """Patterns of many concepts, ready to be looked for in one pass. Case is ignored.

    A pattern is tried where one of its openings stands, and one that has none where all it needs is in the words.
    Patterns are compiled when they are first needed; `check` compiles all of them, and a test calls it for every pack.
    """

    def __init__(self, cues: Iterable[Cue]) -> None:
        by_opening: dict[str, list[_Entry]] = {}
        self._searched: list[_Entry] = []
        for cue in cues:
            entry = _Entry(cue)
            openings = openings_of(cue.pattern.removeprefix(r"\b"))
            if openings is None:
                entry.needs = [frozenset(map(lower, literals)) for literals in literals_of(cue.pattern)]
                self._searched.append(entry)
            for opening in openings or ():
                by_opening.setdefault(opening, []).append(entry)
        self._entries = list(by_opening.values())
        self._openings = AhoCorasick(by_opening, implementation=Implementation.ContiguousNFA, store_patterns=False)

    def entries(self) -> list[_Entry]:
        """Every cue with its pattern, once."""
        return list(dict.fromkeys(entry for entries in (*self._entries, self._searched) for entry in entries))

    def check(self) -> None:
        """Compile every pattern; ValueError names the concept whose pattern is wrong."""
        for entry in self.entries():
            try:
                entry.compiled()
            except re.error as error:
                cue = entry.cue
                raise ValueError(f"{cue.scheme}/{cue.code}: {cue.pattern!r} is no pattern ({error})") from error

    def find(self, text: str, lowered: str, start: int, end: int) -> list[CueHit]:
        """Hits inside text[start:end] by offset, without those that a not-cue of the same concept overlaps.

        `lowered` is the text in lower case with the same offsets (see `lower`).
        """
        words = lowered[start:end]
        found = [
            _hit(entry.cue, match)
            for number, at, _ in self._openings.find_matches_as_indexes(words, overlapping=True)
            for entry in self._entries[number]
            if (match := entry.match(text, start + at, end)) and match.end() > match.start()
        ]
        found += [
            _hit(entry.cue, match)
            for entry in self._searched
            if entry.may_stand_in(words)
            for match in entry.compiled().finditer(text, start, end)
        ]
        voids = [hit for hit in found if hit.weight == TAKEN_BACK]
        kept = [hit for hit in found if hit.weight and not any(_voids(void, hit) for void in voids)]
        return sorted(kept, key=lambda hit: (hit.start, hit.end, hit.scheme, hit.code))


def lower(text: str) -> str:
    """The text in lower case with the same offsets: a letter whose small form is longer stays as it is.

    Decimal digits of other scripts (１９６７) become 0–9, since \\d matches them too.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), lowered)


def _hit(cue: Cue, match: re.Match[str]) -> CueHit:
    return CueHit(cue.scheme, cue.code, cue.weight, match.start(), match.end())


def _voids(void: CueHit, hit: CueHit) -> bool:
    same = void.scheme == hit.scheme and void.code == hit.code
    return same and void.start < hit.end and hit.start < void.end
