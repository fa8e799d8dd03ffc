"""One name a place where a page spells it in two ways: with a hyphen or a blank, with a long mark or without."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from twinbook.reading.story import NameMention

MARKS = re.compile(r"[\s\-‐‑–·・＝=ー'’.]+")
SHORTEST = 4  # letters of a name that may lose a mark and still be told from others


def unify_spellings(names: Iterable[NameMention]) -> list[NameMention]:
    """The mentions; places of one folded spelling bear the name that is written most, of equals the first."""
    mentions = list(names)
    counts: Counter[str] = Counter(mention.name for mention in mentions if mention.kind == "place")
    chosen: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: -counts[name]):
        if len(key := _folded(name)) >= SHORTEST:
            chosen.setdefault(key, name)
    return [_renamed(mention, chosen) for mention in mentions]


def _renamed(mention: NameMention, chosen: dict[str, str]) -> NameMention:
    """A mention with the chosen spelling of its place, and of the place it represents or stands in."""
    if mention.kind == "place":
        return replace(mention, name=chosen.get(_folded(mention.name), mention.name))
    represents = chosen.get(_folded(mention.represents), mention.represents) if mention.represents else None
    place = chosen.get(_folded(mention.place), mention.place) if mention.place else None
    if (represents, place) == (mention.represents, mention.place):
        return mention
    return replace(mention, represents=represents, place=place)


def _folded(name: str) -> str:
    return MARKS.sub("", name).casefold().replace("ё", "е")
