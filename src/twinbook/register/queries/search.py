"""Search over names, titles and words of all records, in any script, tolerant of word forms and small errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from twinbook.reading import gazetteer
from twinbook.register.models import Identifier, Record, SearchToken
from twinbook.register.queries.analyser import script_of, tokens
from twinbook.register.queries.lists import things
from twinbook.register.queries.values import Thing

LEAST_LIKENESS = 0.62  # Damerau-Levenshtein similarity of a word and its neighbours (STACK measurements)
NEIGHBOURS = 4
LONGEST_QUERY = 30  # tokens
CANDIDATES = 2000
GAZETTEER_WEIGHT = 20
SCRIPTS = {"Latn": "latin", "Cyrl": "cyrillic", "Jpan": "japanese", "Hani": "japanese"}


@dataclass(frozen=True)
class Hit:
    """One record found; `weight` orders the hits and means nothing else."""

    thing: Thing
    weight: int


@dataclass(frozen=True)
class Hits:
    """What was found: how many in all, and the page asked for."""

    total: int
    hits: tuple[Hit, ...]


def find(text: str, *, kinds: Collection[str] = (), limit: int = 30, offset: int = 0) -> Hits:
    """Records that hold all words of the text; where none does, those that hold most of them or words like them.

    An empty text lists all records of the kinds, the newest first.
    """
    if not text.strip():
        return _all(kinds, limit, offset)
    wanted = list(dict.fromkeys(tokens(text)))[:LONGEST_QUERY]
    if not wanted:
        return Hits(0, ())
    weights = _holding_all(wanted, kinds) or _holding_some(_with_neighbours(wanted), kinds)
    weights.update(_by_gazetteer(text, kinds))
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    page = ranked[offset : offset + limit]
    shown = things(pk for pk, _ in page)
    return Hits(len(ranked), tuple(Hit(thing, weight) for thing, (_, weight) in zip(shown, page, strict=True)))


def _all(kinds: Collection[str], limit: int, offset: int) -> Hits:
    rows = Record.objects.filter(is_standing=True)
    rows = rows.filter(kind__in=kinds) if kinds else rows
    page = list(rows.order_by("-pk").values_list("pk", flat=True)[offset : offset + limit])
    return Hits(rows.count(), tuple(Hit(thing, 0) for thing in things(page)))


def _rows(words: Iterable[str], kinds: Collection[str]) -> object:
    rows = SearchToken.objects.filter(token__in=list(words), record__is_standing=True)
    return rows.filter(record__kind__in=kinds) if kinds else rows


def _holding_all(wanted: list[str], kinds: Collection[str]) -> Counter[int]:
    found = (
        _rows(wanted, kinds)  # type: ignore[attr-defined]
        .values("record_id")
        .annotate(held=Count("token"), weight=Sum("weight"))
        .filter(held=len(wanted))
        .order_by("-weight", "record_id")[:CANDIDATES]
    )
    return Counter({row["record_id"]: row["weight"] for row in found})


def _holding_some(wanted: Collection[str], kinds: Collection[str]) -> Counter[int]:
    found = (
        _rows(wanted, kinds)  # type: ignore[attr-defined]
        .values("record_id")
        .annotate(weight=Sum("weight"))
        .order_by("-weight", "record_id")[:CANDIDATES]
    )
    return Counter({row["record_id"]: row["weight"] for row in found})


def _with_neighbours(wanted: list[str]) -> set[str]:
    """The words with, for those that no record holds, the ones most like them."""
    known = set(SearchToken.objects.filter(token__in=wanted).values_list("token", flat=True))
    missing = [word for word in wanted if word not in known and len(word) > 3]
    found = set(known)
    for word in missing:
        near = SearchToken.objects.filter(token__startswith=word[0]).values_list("token", flat=True).distinct()
        close = process.extract(
            word, list(near), scorer=DamerauLevenshtein.normalized_similarity, limit=NEIGHBOURS,
            score_cutoff=LEAST_LIKENESS,
        )  # fmt: skip
        found |= {token for token, _, _ in close}
    return found


def _by_gazetteer(text: str, kinds: Collection[str]) -> Counter[int]:
    """Places by a name in a script that the register does not hold, through the gazetteer's ids."""
    script = SCRIPTS.get(script_of(text))
    if script is None or (kinds and "place" not in kinds):
        return Counter()
    stripped = text.strip()
    ids = [str(entry.geonames_id) for entry in gazetteer.find_places(stripped, script)]
    known = Identifier.objects.filter(scheme="geonames", identifier__in=ids).values_list("record_id", flat=True)
    return Counter(dict.fromkeys(known, GAZETTEER_WEIGHT))


def token_count() -> int:
    """How many tokens the register is found by; for the audit and for figures."""
    return SearchToken.objects.count()


def records_count() -> int:
    """How many records stand."""
    return Record.objects.filter(is_standing=True).count()
