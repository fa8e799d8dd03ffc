"""The words of one language that tell ties, activities and landmarks: cues, signals and the joints of sentences."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from twinbook.reading.cues import STRONG, TAKEN_BACK, WEAK, Cue, CueIndex
from twinbook.reading.pattern_index import LatePattern, PatternIndex
from twinbook.vocabulary.concept import concepts

SCHEMES = ("activity_kinds", "areas", "statuses", "tie_kinds", "landmark_kinds")
SIGNALS = frozenset(
    ["partner", "both", "since", "becoming", "anniversary", "recurring", "general", "naming", "giving", "reported"]
    + ["offtopic", "encyclopaedic", "since_then", "tie_anniversary"]
    + [
        "pupils",
        "performers",
        "athletes",
        "experts",
        "officials",
        "travel",
        "ours",
        "introducing",
        "friendship",
        "same_day",
        "returning",
        "civic",
        "occasion",
        "staff",
        "contents",
        "goes_on",
        "besides",
        "contest",
        "leads",
        "pairing",
        "first_since",
        "dealing",
        "hosted",
        "ours_all",
        "intent",
        "counted",
        "term",
        "envoy",
        "tally",
        "day_label",
        "span_label",
        "known_gift",
        "apposed",
        "held_then",
        "they",
        "earlier",
        "signed_in",
        "promising",
        "agreeing",
        "undertaking",
        "contrasting",
        "owners",
        "programme",
        "narrating",
        "back_then",
    ]
)
SIGNAL_SCHEME = "signals"
OPTIONAL_KEYS = frozenset(["venues", "near", "ward_of", "pair_joint"])
VENUE_PATTERNS = ("held", "source", "guests", "inbound", "outbound", "mutual")
KEYS = frozenset(
    [
        "home_countries",
        "clause_breaks",
        "container_after",
        "container_before",
        "founding_is_tie",
        "signals",
        "landmarks",
        "titles",
    ]
)


@dataclass(frozen=True)
class Titles:
    """How a clause becomes a title: what is dropped at its beginning and end, and the fewest characters to be left.

    `fragments` match at the beginning of a clause that says nothing without its sentence, `governed` where it begins
    with a noun that another word governs, and has no verb of its own.
    """

    openings: re.Pattern[str]
    fragments: re.Pattern[str]
    governed: re.Pattern[str]
    closings: re.Pattern[str]
    shortest: int


@dataclass(frozen=True)
class Venues:
    """How a language tells where something happens; `held`, `source` and `guests` match behind the name of a town:

    it is held there; it comes from there; people of that place abroad take part in something at home.
    `inbound`, `outbound`: words by which people come to the place that speaks or leave it; `mutual`: it is in both;
    `home_kinds`: kinds of activity that happen at home where nothing else is said.
    """

    held: re.Pattern[str]
    source: re.Pattern[str]
    guests: re.Pattern[str]
    inbound: re.Pattern[str]
    outbound: re.Pattern[str]
    mutual: re.Pattern[str]
    home_kinds: frozenset[str]


@dataclass(frozen=True)
class FindingWords:
    """What the steps after names and dates need of a language (its findings.toml and the vocabulary's cues).

    `index` finds the cues of SCHEMES and the signals; `clause_break` matches between two clauses of a sentence;
    `landmark_gifts` (things told to be given) and `landmark_names` have a group `name`; `landmarks` finds which of
    them, in this order, may match;
    `home_countries` are those whose cities a page in the language speaks for;
    `founding_is_tie` where news of years ago that a tie was signed tell the tie and no agreement;
    `venues` where the words tell the town in which something happens, None where a sentence's towns are its places;
    `container_after` and `container_before` match between a town and the region that holds it;
    `near` ends right before a town that only tells where another one lies, None where no such words are known;
    `ward_of` matches between a district and the town that it is of, beside a space;
    `pair_joint` matches between two towns that are named behind a word of the signal "pairing".
    """

    index: CueIndex
    clause_break: re.Pattern[str]
    landmark_names: tuple[LatePattern, ...]
    landmark_gifts: tuple[LatePattern, ...]
    landmarks: PatternIndex
    home_countries: frozenset[str]
    container_after: re.Pattern[str]
    container_before: re.Pattern[str]
    near: re.Pattern[str] | None
    ward_of: re.Pattern[str] | None
    pair_joint: re.Pattern[str] | None
    founding_is_tie: bool
    venues: Venues | None
    titles: Titles


@cache
def finding_words(path: Path, code: str) -> FindingWords:
    """The words in a pack's findings.toml with the vocabulary's cues; ValueError names the key that is wrong."""
    data = tomllib.loads(path.read_text("utf-8"))
    if wrong := set(data) - OPTIONAL_KEYS ^ KEYS:
        raise ValueError(f"{path}: keys unknown or missing: {sorted(wrong)}")
    if wrong := set(data["signals"]) - SIGNALS:
        raise ValueError(f"{path}: signals unknown: {sorted(wrong)}; known: {sorted(SIGNALS)}")
    signals = [Cue(SIGNAL_SCHEME, name, pattern) for name, patterns in data["signals"].items() for pattern in patterns]
    names, gifts = (_landmark_patterns(data["landmarks"][part], code) for part in ("names", "gifts"))
    return FindingWords(
        CueIndex([*_vocabulary_cues(code), *signals]),
        re.compile("|".join(data["clause_breaks"])),
        tuple(names),
        tuple(gifts),
        PatternIndex([late.source for late in (*gifts, *names)]),
        frozenset(data["home_countries"]),
        re.compile(data["container_after"]),
        re.compile(data["container_before"]),
        re.compile(data["near"]) if "near" in data else None,
        re.compile(data["ward_of"]) if "ward_of" in data else None,
        re.compile(data["pair_joint"]) if "pair_joint" in data else None,
        bool(data["founding_is_tie"]),
        _venues(data["venues"]) if "venues" in data else None,
        _titles(data["titles"]),
    )


def _titles(data: dict[str, Any]) -> Titles:
    openings, closings = ("|".join(data[name]) for name in ("openings", "closings"))
    words = (openings, str(data["fragments"]), str(data["governed"]), closings)
    first, fragment, governed, last = (re.compile(pattern, re.IGNORECASE) for pattern in words)
    return Titles(first, fragment, governed, last, int(data["shortest"]))


def _venues(data: dict[str, Any]) -> Venues:
    pattern = {name: re.compile(str(data[name])) for name in VENUE_PATTERNS}
    return Venues(**pattern, home_kinds=frozenset(data["home_kinds"]))


def _vocabulary_cues(code: str) -> list[Cue]:
    found = []
    for scheme in SCHEMES:
        for concept in concepts(scheme).values():
            if words := concept.words.get(code):
                for patterns, weight in (
                    (words.cues, STRONG),
                    (words.weak_cues, WEAK),
                    (words.not_cues, TAKEN_BACK),
                ):
                    found += [Cue(scheme, concept.code, pattern, weight) for pattern in patterns]
    return found


def _landmark_patterns(patterns: list[str], code: str) -> list[LatePattern]:
    """The patterns with TYPE as the words of all landmark kinds, in either case of their first letter."""
    types = [
        pattern.removeprefix(r"\b")
        for concept in concepts("landmark_kinds").values()
        if code in concept.words
        for pattern in concept.words[code].cues
    ]
    either_case = f"(?i:{'|'.join(types)})"
    return [LatePattern(pattern.replace("TYPE", either_case)) for pattern in patterns]
