"""Many cue patterns looked for at once: an index by their first letters, so that time does not grow with the lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

KEY_LENGTH = 4  # letters of a pattern's beginning that the index knows
MOST_OPENINGS = 400  # a pattern that may begin in more ways is looked for everywhere instead
OTHER_DIGIT = re.compile(r"[^\D0-9]")
LENGTHS = range(1, KEY_LENGTH + 1)
WORD = re.compile(r"\w+")
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

    __slots__ = ("_compiled", "cue")

    def __init__(self, cue: Cue) -> None:
        self.cue = cue
        self._compiled: re.Pattern[str] | None = None

    def compiled(self) -> re.Pattern[str]:
        found = self._compiled
        if found is None:
            found = self._compiled = re.compile(self.cue.pattern, re.IGNORECASE)
        return found


class CueIndex:
    """Patterns of many concepts, ready to be looked for in one pass. Case is ignored.

    A pattern that begins with \\b is tried where a word begins, any other at each character. Patterns are compiled when
    they are first needed; `check` compiles all of them, and a test calls it for every pack.
    """

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._at_words: dict[str, list[_Entry]] = {}
        self._anywhere: dict[str, list[_Entry]] = {}
        self._searched: list[_Entry] = []
        for cue in cues:
            self._add(cue)

    def _add(self, cue: Cue) -> None:
        entry = _Entry(cue)
        begins_word = cue.pattern.startswith(r"\b")
        openings = openings_of(cue.pattern.removeprefix(r"\b"))
        if openings is None:
            self._searched.append(entry)
            return
        table = self._at_words if begins_word else self._anywhere
        for opening in openings:
            table.setdefault(opening, []).append(entry)

    def check(self) -> None:
        """Compile every pattern; ValueError names the concept whose pattern is wrong."""
        tables = (*self._at_words.values(), *self._anywhere.values(), self._searched)
        for entry in {id(entry): entry for entries in tables for entry in entries}.values():
            try:
                entry.compiled()
            except re.error as error:
                cue = entry.cue
                raise ValueError(f"{cue.scheme}/{cue.code}: {cue.pattern!r} is no pattern ({error})") from error

    def find(self, text: str, lowered: str, start: int, end: int) -> list[CueHit]:
        """Hits inside text[start:end] by offset, without those that a not-cue of the same concept overlaps.

        `lowered` is the text in lower case with the same offsets (see `lower`).
        """
        found = [
            *_matches(self._at_words, text, lowered, (word.start() for word in WORD.finditer(text, start, end)), end),
            *(_matches(self._anywhere, text, lowered, range(start, end), end) if self._anywhere else ()),
            *(
                _hit(entry.cue, match)
                for entry in self._searched
                for match in entry.compiled().finditer(text, start, end)
            ),
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


def _matches(table: dict[str, list[_Entry]], text: str, lowered: str, places: Iterable[int], end: int) -> list[CueHit]:
    found = []
    known = table.get
    for at in places:
        for length in LENGTHS:
            entries = known(lowered[at : at + length])
            if entries:
                for entry in entries:
                    match = entry.compiled().match(text, at, end)
                    if match and match.end() > at:
                        found.append(_hit(entry.cue, match))
    return found


def _hit(cue: Cue, match: re.Match[str]) -> CueHit:
    return CueHit(cue.scheme, cue.code, cue.weight, match.start(), match.end())


def _voids(void: CueHit, hit: CueHit) -> bool:
    same = void.scheme == hit.scheme and void.code == hit.code
    return same and void.start < hit.end and hit.start < void.end


def openings_of(pattern: str) -> frozenset[str] | None:
    """The lower-case beginnings (1 to KEY_LENGTH letters) that a match may have; None where they are too many to tell.

    Reads the part of the syntax that cue lists use: letters, escapes, [letters], (?:a|b), lookarounds, ? and *.
    """
    found, complete = _openings(pattern)
    if not complete and "" in found:
        return None
    keys = frozenset(opening[:KEY_LENGTH] for opening in found)
    return None if "" in keys or len(keys) > MOST_OPENINGS else keys


def _openings(pattern: str) -> tuple[set[str], bool]:
    """Beginnings of a pattern, and whether reading went on to its end (else they are only beginnings)."""
    branches = _split_branches(pattern)
    if len(branches) > 1:
        read = [_openings(branch) for branch in branches]
        return {opening for openings, _ in read for opening in openings}, all(complete for _, complete in read)
    open_ones: set[str] = {""}
    closed: set[str] = set()
    at = 0
    while at < len(pattern) and open_ones:
        choices, known, at = _next_piece(pattern, at)
        least, at = _quantifier(pattern, at)
        if choices is None:  # something of no fixed letters: what was read so far is all that is known
            return closed | open_ones, False
        grown = {opening + choice for opening in open_ones for choice in choices}
        if least == 0:
            grown |= open_ones
        if not known:
            closed |= {opening + choice for opening in open_ones for choice in choices}
            if least:
                return closed, False
            continue
        closed |= {opening for opening in grown if len(opening) >= KEY_LENGTH}
        open_ones = {opening for opening in grown if len(opening) < KEY_LENGTH}
        if len(closed) + len(open_ones) > 4 * MOST_OPENINGS:
            return {""}, False
    return closed | open_ones, at >= len(pattern)


def _next_piece(pattern: str, at: int) -> tuple[set[str] | None, bool, int]:
    """What the piece at `at` may begin with (None: anything), whether that is all of it, and where the next begins."""
    letter = pattern[at]
    if letter == "\\":
        escaped = pattern[at + 1]
        if escaped in "bB":
            return {""}, True, at + 2
        if escaped == "d":
            return set("0123456789"), False, at + 2
        return (None, False, at + 2) if escaped.isalnum() else ({escaped.lower()}, True, at + 2)
    if letter == "[":
        close = pattern.index("]", at + 2)
        letters = pattern[at + 1 : close]
        plain = not letters.startswith("^") and "-" not in letters[1:-1] and "\\" not in letters
        return ({small.lower() for small in letters} if plain else None), plain, close + 1
    if letter == "(":
        close = _closing(pattern, at)
        inner = pattern[at + 1 : close]
        if inner.startswith(("?=", "?!", "?<=", "?<!")):
            return {""}, True, close + 1
        inner = inner.removeprefix("?:")
        if inner.startswith("?"):
            return None, False, close + 1
        openings, complete = _openings(inner)
        return openings, complete, close + 1
    if letter in "^$":
        return {""}, True, at + 1
    return (None, False, at + 1) if letter == "." else ({letter.lower()}, True, at + 1)


def _quantifier(pattern: str, at: int) -> tuple[int, int]:
    """The least number of times that the piece before `at` stands, and where the pattern goes on."""
    least = 1
    if at < len(pattern) and pattern[at] in "?*+":
        least, at = (1 if pattern[at] == "+" else 0), at + 1
    elif at < len(pattern) and pattern[at] == "{":
        close = pattern.index("}", at)
        least, at = (0 if pattern[at + 1 : close].startswith(("0", ",")) else 1), close + 1
    if at < len(pattern) and pattern[at] == "?":
        at += 1
    return least, at


def _split_branches(pattern: str) -> list[str]:
    branches, depth, begin, at, in_class = [], 0, 0, 0, False
    while at < len(pattern):
        letter = pattern[at]
        if letter == "\\":
            at += 1
        elif in_class:
            in_class = letter != "]"
        elif letter == "[":
            in_class = True
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "|" and depth == 0:
            branches.append(pattern[begin:at])
            begin = at + 1
        at += 1
    return [*branches, pattern[begin:]]


def _closing(pattern: str, at: int) -> int:
    """Where the bracket opened at `at` closes."""
    depth, in_class = 0, False
    while at < len(pattern):
        letter = pattern[at]
        if letter == "\\":
            at += 1
        elif in_class:
            in_class = letter != "]"
        elif letter == "[":
            in_class = True
        elif letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    raise ValueError(f"bracket without end in pattern {pattern!r}")
