"""What a match of a pattern must begin with and must hold: told from its text, so that most are never tried."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

LONGEST = 16  # letters of a pattern's beginning that are told
MOST_OPENINGS = 400  # a pattern that may begin in more ways has no openings
FEW = 80  # openings: where more would be told, shorter ones are
MOST_LITERALS = 200  # strings of which one must stand in a match; more tell nothing
KEPT = 2_000  # patterns and parts of them, of which many stand in several
MANY_LETTERS = 4  # strings of so many are seldom met by chance
DIGITS = frozenset("0123456789")
LONG_NUMBER = frozenset(["000"])
PLAIN = re.compile(r"([^\\\[\](){}|.?*+^$]+)(?:\\w[*+]?)?(?:\\b)?")  # letters, then the rest of a word
SYNTAX = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)  # brackets and bars that count
LETTERS = re.compile(r"(?:[^\\\[\](){}|.?*+^$](?![?*+{]))+")  # each just once
ONCE = frozenset(["", "?", "??"])  # quantifiers of what does not stand twice
GROUP_OPENING = re.compile(r"(?!\?[=!]|\?<[=!])(?:\?P<\w+>|\?[a-z-]*:)?")
BLANKS = r"\s+"
LOOKAROUNDS = ("(?=", "(?!", "(?<=", "(?<!")
HEX_ESCAPES = {"x": 2, "u": 4}  # hexadecimal digits behind the letter


def openings_of(pattern: str) -> frozenset[str] | None:
    """The lower-case beginnings (1 to LONGEST letters) that a match may have; None where they are too many to tell.

    Reads the part of the syntax that cue lists use: letters, escapes, [letters], (?:a|b), lookarounds, ? and *.
    No opening begins with another one.
    """
    if plain := PLAIN.fullmatch(pattern):
        return frozenset([plain[1][:LONGEST].lower()])
    for longest, most in ((LONGEST, FEW), (LONGEST // 2, FEW), (LONGEST // 4, MOST_OPENINGS)):
        found, complete = _openings(pattern, longest)
        if "" in found:
            return None
        keys = {opening[:longest] for opening in found}
        if len(keys) <= most:
            lengths = sorted(set(map(len, keys)))[:-1]  # but for the longest, which no other begins with
            return frozenset(key for key in keys if not any(key[:cut] in keys for cut in lengths if cut < len(key)))
    return None


def first_letters_of(pattern: str) -> frozenset[str] | None:
    """The letters that a match may begin with, digits for any decimal digit; None where they are too many to tell."""
    found: set[str] = set()
    for branch in _split_branches(pattern):
        at, least = 0, 0
        while not least:
            if at == len(branch):
                return None  # it may match nothing at all
            letters, at = _first_letters(branch, at)
            if letters is None:
                return None
            found |= letters
            least, at = _quantifier(branch, at)
            least = least if letters else 0
    return frozenset(found)


def _first_letters(pattern: str, at: int) -> tuple[frozenset[str] | None, int]:
    """What the piece at `at` may begin with (none: it has no width), and where the next begins."""
    letter = pattern[at]
    if letter == "[":
        close = _class_end(pattern, at)
        return _letters_of(pattern[at + 1 : close]), close + 1
    if letter == "(":
        close = _closing(pattern, at)
        if pattern.startswith(LOOKAROUNDS, at):
            return frozenset(), close + 1
        inner = GROUP_OPENING.match(pattern, at + 1, close)
        return first_letters_of(pattern[inner.end() : close]) if inner else None, close + 1
    if letter == "\\":
        escaped = pattern[at + 1]
        if escaped in "bB":
            return frozenset(), at + 2
        return DIGITS if escaped == "d" else None if escaped.isalnum() else frozenset([escaped]), at + 2
    return None if letter in ".^$" else frozenset([letter]), at + 1


@lru_cache(KEPT)
def literals_of(pattern: str, with_blanks: bool = False) -> tuple[frozenset[str], ...]:
    r"""Sets of lower-case strings: of each set at least one stands in every match.

    DIGITS stands for any decimal digit, LONG_NUMBER for three or more of them. `with_blanks`: r"\s+" is a blank, as in
    a text without other white space.
    """
    branches = _split_branches(pattern)
    if len(branches) > 1:
        told = [_best(literals_of(branch, with_blanks)) for branch in branches]
        united = frozenset().union(*(found for found in told if found))
        return (united,) if all(told) and len(united) <= MOST_LITERALS else ()
    found: list[frozenset[str]] = []
    run, at = "", 0
    while at < len(pattern):
        if letters := LETTERS.match(pattern, at):
            run, at = run + letters[0], letters.end()
            continue
        if with_blanks and pattern.startswith(BLANKS, at):
            run, at = run + " ", at + len(BLANKS)
            continue
        start = at
        literal, needed, at = _needed(pattern, at, with_blanks)
        least, end = _quantifier(pattern, at)
        is_once, quantifier, at = end == at, pattern[at:end], end
        if literal and least and is_once:
            run += literal
            continue
        if run or (literal and least):
            found.append(frozenset([(run + literal if least else run).lower()]))
            run = ""
        if least:
            found += needed
            if (
                list(needed) == [DIGITS]
                and pattern[start] == "\\"
                and quantifier[1:2].isdigit()
                and int(quantifier[1]) > 2
            ):
                found.append(LONG_NUMBER)
    if run:
        found.append(frozenset([run.lower()]))
    return tuple(literals for literals in found if all(literal.strip() for literal in literals))


def _best(sets: Sequence[frozenset[str]]) -> frozenset[str] | None:
    """The set that is met least often: of long strings, and of few."""
    return max(sets, key=lambda found: (min(MANY_LETTERS, *map(len, found)), -len(found)), default=None)


def _needed(pattern: str, at: int, with_blanks: bool) -> tuple[str, Sequence[frozenset[str]], int]:
    """The letter that the piece at `at` is ("" where it is no letter), what it needs, and where the next begins."""
    letter = pattern[at]
    if letter == "\\":
        escaped = pattern[at + 1]
        if digits := HEX_ESCAPES.get(escaped):
            return chr(int(pattern[at + 2 : at + 2 + digits], 16)), [], at + 2 + digits
        return ("", [DIGITS] if escaped == "d" else [], at + 2) if escaped.isalnum() else (escaped, [], at + 2)
    if letter == "[":
        close = _class_end(pattern, at)
        letters = _letters_of(pattern[at + 1 : close])
        return "", [letters] if letters else [], close + 1
    if letter == "(":
        close = _closing(pattern, at)
        inner = GROUP_OPENING.match(pattern, at + 1, close)
        return "", literals_of(pattern[inner.end() : close], with_blanks) if inner else [], close + 1
    return ("", [], at + 1) if letter in ".^$" else (letter, [], at + 1)


def _letters_of(inside: str) -> frozenset[str] | None:
    """The letters of a class, in small letters; None where they are too many, or all others are meant."""
    if inside.startswith("^") or "\\" in inside.replace("\\d", "").replace("\\-", ""):
        return None
    letters, at = set(DIGITS if "\\d" in inside else ()), 0
    plain = inside.replace("\\d", "").replace("\\-", "")
    letters |= {"-"} if "\\-" in inside else set()
    while at < len(plain):
        last = at + 2 if plain[at + 1 : at + 2] == "-" and at + 2 < len(plain) else at
        letters |= {chr(code).lower() for code in range(ord(plain[at]), min(ord(plain[last]), ord(plain[at]) + 99) + 1)}
        at = last + 1
    return frozenset(letters) if len(letters) < 99 else None


def _class_end(pattern: str, at: int) -> int:
    """Where the class opened at `at` closes."""
    at += 3 if pattern.startswith("[^", at) else 2
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at


def _openings(pattern: str, longest: int) -> tuple[set[str], bool]:
    """Beginnings of a pattern, and whether reading went on to its end (else they are only beginnings)."""
    branches = _split_branches(pattern)
    if len(branches) > 1:
        read = [_openings(branch, longest) for branch in branches]
        return {opening for openings, _ in read for opening in openings}, all(complete for _, complete in read)
    open_ones: set[str] = {""}
    closed: set[str] = set()
    at = 0
    while at < len(pattern) and open_ones:
        if letters := LETTERS.match(pattern, at):
            at = letters.end()
            grown = {opening + letters[0].lower() for opening in open_ones}
            closed |= {opening for opening in grown if len(opening) >= longest}
            open_ones = {opening for opening in grown if len(opening) < longest}
            continue
        choices, known, at = _next_piece(pattern, at, longest)
        least, end = _quantifier(pattern, at)
        known, at = known and pattern[at:end] in ONCE, end
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
        closed |= {opening for opening in grown if len(opening) >= longest}
        open_ones = {opening for opening in grown if len(opening) < longest}
        if len(closed) + len(open_ones) > 4 * MOST_OPENINGS:
            return {""}, False
    return closed | open_ones, at >= len(pattern)


def _next_piece(pattern: str, at: int, longest: int) -> tuple[set[str] | None, bool, int]:
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
        openings, complete = _openings(inner, longest)
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


@lru_cache(KEPT)
def _split_branches(pattern: str) -> tuple[str, ...]:
    if "|" not in pattern:
        return (pattern,)
    branches, depth, begin = [], 0, 0
    for found in SYNTAX.finditer(pattern):
        sign = found[0]
        if sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and depth == 0:
            branches.append(pattern[begin : found.start()])
            begin = found.end()
    return (*branches, pattern[begin:])


@lru_cache(KEPT)
def _closing(pattern: str, at: int) -> int:
    """Where the bracket opened at `at` closes."""
    depth = 0
    for found in SYNTAX.finditer(pattern, at):
        if found[0] in "()":
            depth += 1 if found[0] == "(" else -1
            if depth == 0:
                return found.start()
    raise ValueError(f"bracket without end in pattern {pattern!r}")
