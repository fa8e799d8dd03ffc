"""Organisations by their head words (University of …, … Council), and capital names of mere things."""

from __future__ import annotations

import re
from functools import cache

from twinbook.reading.languages.en.posts import is_post
from twinbook.reading.languages.en.runs import Line
from twinbook.reading.languages.en.words import cities, countries, demonyms, given_names, regions, word_set

GERMAN_HEAD = re.compile(
    r"(?:gymnasium|schule|verein|akademie|chor|orchester|kapelle|universität|gesellschaft|werke|bund"
    r"|museum|kreis|verband|kammer)\Z",
    re.IGNORECASE,
)
OF_THE = re.compile(r" (?:of|for)(?: the)? \Z|(?: de| de la| du| d'| der| für) \Z")
VENUE_BEFORE = re.compile(
    r"\b(?:at|in|inside|outside|to|near|into|from|behind|beside|past|around|toured|visit(?:ed|s|ing)?"
    r"|saw)\s+(?:the\s+|its\s+|our\s+)?(?:\w+’?s?\s+)?\Z",
    re.IGNORECASE,
)
DATELINE_REACH = 60  # characters
SMALL_INSIDE = re.compile(r" (?:de|de la|del|la|du|des|le|on|upon|under|am|sur|in|by|the|of) ")
NUMBER = re.compile(r"\.?\s?\d{1,3}(?:st|nd|rd|th)?\s")  # No. 2 Middle School
ACRONYM = re.compile(r"[A-Z]{2,6}\Z")
ACRONYM_BEFORE = re.compile(r"\b(?:at|of|from|with|by|the|and)\s+\Z")


@cache
def _heads() -> frozenset[str]:
    return frozenset(head for head in word_set("organisation_heads"))


def _topics() -> frozenset[str]:
    return word_set("topics")


def _adjectives() -> frozenset[str]:
    return word_set("body_adjectives")


def _first_heads() -> frozenset[str]:
    return word_set("first_heads")


@cache
def _things() -> frozenset[str]:
    return frozenset(word_set("thing_heads"))


def is_head(word: str) -> bool:
    return word in _heads() or word.rpartition("-")[2] in _heads() or (len(word) > 8 and bool(GERMAN_HEAD.search(word)))


def claim_bodies(line: Line) -> list[tuple[int, int]]:
    """Word spans (first, last) of the organisations in the line, claimed as "organisation"."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(line.words):
        span = _body(line, i) if line.is_free(i) else None
        if span is None:
            i += 1
            continue
        first, last = span
        if _is_thing(line, last) or _is_only_venue(line, first, last) or _is_agency(line, first, last):
            line.claim(first, last, "thing")
        else:
            line.claim(first, last, "organisation")
            found.append((first, last))
        i = last + 1
    return [*found, *_acronyms(line)]


def _is_agency(line: Line, first: int, last: int) -> bool:
    """Whether it stands in the brackets of a dateline: ATHENS, May 3 (Aegean News Agency) –."""
    near = line.words[first].start - line.start < DATELINE_REACH
    return near and line.before(first).endswith("(") and line.after(last).startswith(")")


def _body(line: Line, i: int) -> tuple[int, int] | None:
    """The organisation whose head is word i; None where it is none."""
    word = line.words[i].base
    is_high = word == "High" and line.gap(i) != " " and i > 0 and line.gap(i - 1) == " " and not line.opens(i - 1)
    if not (is_head(word) or is_high or (word in word_set("of_heads") and line.gap(i).startswith(" of"))):
        return None
    last = _rightwards(line, i)
    first = _leftwards(line, i)
    if first == last and not (len(word) > 8 and GERMAN_HEAD.search(word)) and "-" not in word:
        return None
    if (
        last > i
        and line.gap(last - 1) == " "
        and is_thing(line.words[last].base)
        and not is_head(line.words[last].base)
    ):
        line.claim(first, last, "thing")
        return None
    if word in word_set("of_heads") and first == i and last == i:
        return None
    if first == i and last > i and line.gap(i) == " " and word not in _first_heads():
        return None  # "Council President", "School Lane"
    return first, last


def _rightwards(line: Line, i: int) -> int:
    last = i
    while last + 1 < len(line.words) and line.is_free(last + 1) and _reaches(line, i, last):
        last += 1
    return last


def _reaches(line: Line, i: int, last: int) -> bool:
    """Whether the body whose head is word i goes on from its word `last` to the next."""
    gap, following = line.gap(last), line.words[last + 1].base
    if following in word_set("never_in_bodies") or (line.words[last].is_possessive and following not in _heads()):
        return False
    if not is_head(following) and (following.lower() in word_set("posts") or following in given_names()):
        return False  # Port of Tacoma Commissioner …
    if gap == " ":
        grows = is_head(following) or following in _things() or line.words[last].base in _first_heads()
        return grows or (last > i and _chain(line, i, last))
    if gap in (" and ", " & "):
        topics = last > i and line.words[last].base in _topics() and following in _topics()
        return topics or _and_is_inside(line, last + 1)
    if OF_THE.fullmatch(gap):
        return not line.words[last].is_possessive
    return gap == " in " and line.words[i].base.startswith(("Consulate", "Embassy", "General"))


def _chain(line: Line, i: int, last: int) -> bool:
    """Whether word `last` stands in a chain after "of": Institute for Solar Energy Systems."""
    at = last
    while at > i and line.gap(at - 1) == " ":
        at -= 1
    return at > i and bool(OF_THE.fullmatch(line.gap(at - 1)))


def _and_is_inside(line: Line, i: int) -> bool:
    """ "… Hospital and Medical Center": the second half has no place or adjective of its own."""
    word = line.words[i].base
    return word in _topics() and (is_head(word) or (line.gap(i) == " " and is_head(line.words[i + 1].base)))


def _leftwards(line: Line, i: int) -> int:
    first = i
    while first > 0 and line.is_free(first - 1):
        gap, before = line.gap(first - 1), line.words[first - 1]
        if NUMBER.fullmatch(gap):
            first -= 1
            continue
        if SMALL_INSIDE.fullmatch(gap) and cities(line.written(first - 1, first)):
            first -= 1  # Havre de Grace City Council
            continue
        if gap in (" and ", " & "):
            if before.base in _topics() and line.words[first].base in (_topics() | _heads()) and first - 1 >= 0:
                first -= 1
                continue
            break
        if gap in (" of ", " of the ", " for ") and before.base in word_set("of_heads") and first == i:
            break
        if gap != " " or before.base in word_set("never_in_bodies"):
            break
        saint = first > 1 and line.words[first - 2].base.rstrip(".") in ("St", "Saint", "Ste")
        if (
            before.is_possessive
            and not saint
            and (cities(before.base) or before.base in countries())
            and len(before.base) > 3
        ):
            break
        if line.opens(first - 1) and before.base in word_set("not_names") and before.base not in _adjectives():
            break
        if before.base in ("The", "A", "An", "Our", "Your", "Their", "His", "Her", "This", "In", "At", "When", "And"):
            break
        first -= 1
    return first


def _is_thing(line: Line, last: int) -> bool:
    """University Park, Council Chamber Street: the next word makes it a thing."""
    return line.gap(last) == " " and line.words[last + 1].base in _things() and not is_head(line.words[last + 1].base)


def _is_only_venue(line: Line, first: int, last: int) -> bool:
    heads = {line.words[i].base for i in range(first, last + 1)} & word_set("organisation_heads")
    return bool(heads) and heads <= word_set("venue_heads") and bool(VENUE_BEFORE.search(line.before(first)))


def _acronyms(line: Line) -> list[tuple[int, int]]:
    found = []
    for i, word in enumerate(line.words):
        if (
            line.is_free(i)
            and not line.is_headline
            and len(word.base) >= 3
            and ACRONYM.match(word.base)
            and word.base not in word_set("no_bodies")
            and word.base not in word_set("suffixes")
            and word.base.title() not in word_set("not_names")
            and not cities(word.base.title())
            and word.base.title() not in regions()
            and ACRONYM_BEFORE.search(line.before(i))
            and line.gap(i) != " "
            and (i == 0 or line.gap(i - 1) != " ")
        ):
            line.claim(i, i, "organisation")
            found.append((i, i))
    return found


def is_thing(word: str) -> bool:
    return word in _things()


def claim_things(line: Line) -> None:
    """Streets, events, works: capital names that end in such a word, or begin with Lake, Mount, River, Days of."""
    for i, word in enumerate(line.words):
        if not line.is_free(i) or word.base not in _things():
            continue
        first = i
        while first > 0 and line.is_free(first - 1) and line.gap(first - 1) in (" ", "-"):
            if line.opens(first - 1) and line.words[first - 1].base in word_set("not_names") - _adjectives():
                break
            first -= 1
        if first == i:
            if word.base in ("Lake", "Mount", "River", "Cape", "Loch", "Camp") and line.gap(i) == " ":
                line.claim(i, i + 1, "thing")
            elif word.base in ("Days", "Day", "Festival", "Treaty", "Bay", "Gulf", "Sea", "Week", "Order") and line.gap(
                i
            ).startswith(" of"):
                line.claim(i, i + 1, "thing")
                if line.gap(i + 1) == " " and line.words[i + 1].base in demonyms():
                    line.claim(i + 2, i + 2, "thing")
            continue
        if i - first in (1, 2) and line.words[first].base in given_names() and not word.base.endswith("s"):
            continue  # Robert Hill
        if first < i and word.base in given_names() and is_post(line, i - 1):
            continue  # Mayor Grant …
        if (
            line.words[i].base
            in (
                "Green",
                "Wood",
                "Woods",
                "Hill",
                "Park",
                "Lane",
                "Way",
                "Star",
                "Day",
                "Close",
                "Field",
                "Fields",
                "Bell",
                "Ball",
                "Wall",
                "Close",
                "House",
                "Lodge",
                "Gale",
                "Book",
                "Order",
                "West",
            )
            and i - first == 1
            and line.words[first].base in given_names()
        ):
            continue
        line.claim(first, i, "thing")
