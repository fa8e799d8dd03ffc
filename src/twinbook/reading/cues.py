"""Many cue patterns looked for at once: one pass finds their beginnings, so that time does not grow with the lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from twinbook.reading.openings import openings_of
from twinbook.reading.pattern_index import Needs, WordFinder, number_bits

TELLING = 4  # letters: a pattern with a shorter opening is tried only where all else that it needs is in the words
SHORTEST = 3  # letters: shorter words ("in", «на») stand in nearly every sentence
STRONG, WEAK, TAKEN_BACK = 1.0, 0.5, 0.0


@dataclass(frozen=True)
class Cue:
    """One pattern of a concept; `weight` is STRONG, WEAK, or TAKEN_BACK (it voids the hits that it overlaps)."""

    scheme: str
    code: str
    pattern: str
    weight: float = STRONG


class CueHit(NamedTuple):
    """A cue found in a text: offsets in code points, end excluded."""

    scheme: str
    code: str
    weight: float
    start: int
    end: int


PLACE = itemgetter(3, 4, 0, 1)  # start, end, scheme, code of a CueHit


class _Entry:
    """A cue with its pattern, compiled at its first use (a page needs a few hundred of eight thousand)."""

    __slots__ = ("_pattern", "cue", "match", "needs", "told")

    def __init__(self, cue: Cue) -> None:
        self.cue = cue
        self.told = (cue.scheme, cue.code, cue.weight)
        self.match: Callable[[str, int, int], re.Match[str] | None] = self._first_match
        self.needs = 0
        self._pattern: re.Pattern[str] | None = None

    def compiled(self) -> re.Pattern[str]:
        if self._pattern is None:
            self._pattern = re.compile(self.cue.pattern, re.IGNORECASE)
        return self._pattern

    def _first_match(self, text: str, at: int, end: int) -> re.Match[str] | None:
        self.match = self.compiled().match
        return self.match(text, at, end)


class CueIndex:
    """Patterns of many concepts, ready to be looked for in one pass. Case is ignored.

    A pattern is tried where one of its openings stands, and one that has none where all it needs is in the words.
    Patterns are compiled when they are first needed; `check` compiles all of them, and a test calls it for every pack.
    """

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._searched: list[_Entry] = []
        by_word: dict[str, list[_Entry]] = {}
        needs = Needs()
        for cue in cues:
            entry = _Entry(cue)
            openings = openings_of(cue.pattern.removeprefix(r"\b"))
            if openings is None:
                self._searched.append(entry)
            for opening in openings or ():
                by_word.setdefault(opening, []).append(entry)
            if openings is None or min(map(len, openings)) < TELLING:
                entry.needs = needs.of(cue.pattern, shortest=SHORTEST)
        bits = needs.words()
        words = dict.fromkeys([*by_word, *bits])
        self._entries = [by_word.get(word, []) for word in words]
        self._bits = [bits.get(word, 0) for word in words]
        self._finder = WordFinder(list(words))

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
        standing = self._finder.find(words)
        present = number_bits(words)
        bits, entries = self._bits, self._entries
        for number, _, _ in standing:
            if bit := bits[number]:
                present |= bit
        found = [
            _hit(entry.told, match)
            for number, at, _ in standing
            for entry in entries[number]
            if (not (needs := entry.needs) or needs & present == needs)
            and (match := entry.match(text, start + at, end))
            and match.end() > match.start()
        ]
        found += [
            _hit(entry.told, match)
            for entry in self._searched
            if entry.needs & present == entry.needs
            for match in entry.compiled().finditer(text, start, end)
        ]
        if voids := [hit for hit in found if hit.weight == TAKEN_BACK]:
            found = [hit for hit in found if hit.weight and not any(_voids(void, hit) for void in voids)]
        return sorted(found, key=PLACE)


def _hit(told: tuple[str, str, float], match: re.Match[str]) -> CueHit:
    return tuple.__new__(CueHit, (*told, *match.span()))  # a third of the time of CueHit(…)


def _voids(void: CueHit, hit: CueHit) -> bool:
    same = void.scheme == hit.scheme and void.code == hit.code
    return same and void.start < hit.end and hit.start < void.end
