"""Many words and patterns looked for at once, so that time does not grow with their number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick, Implementation

from twinbook.reading.openings import DIGITS, LONG_NUMBER, literals_of

OTHER_DIGIT = re.compile(r"[^\D0-9]")
NUMBER = re.compile(r"\d+")
SPACES = re.compile(r"\s+")
ODD_SPACE = re.compile(r"[^\S ]|  ")  # white space that is no single blank
LONG = 3  # digits: so many are a LONG_NUMBER
WIDE = "\u3000"  # the first of Japanese characters
KEPT = 5_000  # combinations of what some words hold that are remembered


@dataclass(frozen=True)
class LatePattern:
    """A pattern that is compiled when it is first needed."""

    source: str
    flags: re.RegexFlag = re.NOFLAG

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)


class WordFinder:
    """Finds which of many words stand in a text, also inside one another, in one pass."""

    def __init__(self, words: Sequence[str]) -> None:
        self._automaton = AhoCorasick(words, implementation=Implementation.ContiguousNFA, store_patterns=False)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(number of the word, start, end) of each occurrence."""
        return self._automaton.find_matches_as_indexes(text, overlapping=True)


class Needs:
    """What patterns cannot match without, as bits: one a set of literals of which a match holds one."""

    def __init__(self) -> None:
        self._sets: dict[frozenset[str], int] = {DIGITS: 1, LONG_NUMBER: 2}

    def of(self, pattern: str, *, shortest: int = 1, with_blanks: bool = False) -> int:
        r"""The bits of a pattern's sets, one for each when it is first met; sets with shorter words are left out.

        `with_blanks` where all white space of the text is made single blanks: r"\s+" is then one.
        """
        found = 0
        for literals in literals_of(pattern, with_blanks):
            if literals != DIGITS and min(map(_telling_letters, literals)) < shortest:
                continue
            words = frozenset(SPACES.sub(" ", lower(word)) if with_blanks else lower(word) for word in literals)
            found |= self._sets.setdefault(words, 1 << len(self._sets))
        return found

    def words(self) -> dict[str, int]:
        """Every literal with the bits of its sets."""
        bits: dict[str, int] = {}
        for literals, bit in list(self._sets.items())[2:]:
            for literal in literals:
                bits[literal] = bits.get(literal, 0) | bit
        return bits


def _telling_letters(literal: str) -> int:
    """How many letters it has; one of Japanese tells as much as three."""
    return 3 * len(literal) if literal >= WIDE else len(literal)


def number_bits(lowered: str) -> int:
    """The bits of DIGITS and LONG_NUMBER that the words have."""
    numbers = NUMBER.findall(lowered)
    if not numbers:
        return 0
    return 3 if len(max(numbers, key=len)) >= LONG else 1


class PatternIndex:
    """Which of some patterns may match in some words: those of whose every set of literals one is there."""

    def __init__(self, patterns: Sequence[str]) -> None:
        needs = Needs()
        self._needs = [needs.of(pattern, with_blanks=True) for pattern in patterns]
        words = needs.words()
        self._bits = list(words.values())
        self._finder = WordFinder(list(words))
        self._known: dict[int, tuple[int, ...]] = {}

    def may_match(self, lowered: str) -> tuple[int, ...]:
        """The numbers of the patterns that may match in the words, in order; `lowered` is as `lower` gives them."""
        if ODD_SPACE.search(lowered):
            lowered = SPACES.sub(" ", lowered)
        present = number_bits(lowered)
        for literal, _, _ in self._finder.find(lowered):
            present |= self._bits[literal]
        found = self._known.get(present)
        if found is None:
            found = tuple(at for at, needs in enumerate(self._needs) if needs & present == needs)
            if len(self._known) < KEPT:
                self._known[present] = found
        return found


def lower(text: str) -> str:
    """The text in lower case with the same offsets: a letter whose small form is longer stays as it is.

    Decimal digits of other scripts (１９６７) become 0–9, since \\d matches them too.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return lowered if lowered.isascii() else OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), lowered)
