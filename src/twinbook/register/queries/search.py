"""Search over names, titles and words of all records, in any script, tolerant of word forms and small errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import QuerySet
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from twinbook.reading import gazetteer
from twinbook.register.models import Identifier, Name, Record, SearchToken, TieStep
from twinbook.register.queries.analyser import CJK, normal, script_of, tokens
from twinbook.register.queries.lists import things
from twinbook.register.queries.values import Thing

LEAST_LIKENESS = 0.62  # Damerau-Levenshtein similarity of a word and its neighbours (STACK measurements)
NEIGHBOURS = 4
LONGEST_QUERY = 30  # tokens
CANDIDATES = 2000  # a word that more records hold is common
HEAVIEST = 300  # records looked at of a common word
COUNTED = 10_000  # more than that are not counted
NEXT_TOKENS = """
WITH RECURSIVE found(token) AS (
  SELECT MIN(token) FROM register_searchtoken WHERE token >= %s AND token < %s
  UNION ALL
  SELECT (SELECT MIN(s.token) FROM register_searchtoken s WHERE s.token > found.token AND s.token < %s)
  FROM found WHERE found.token IS NOT NULL
) SELECT token FROM found
"""
GAZETTEER_WEIGHT, CALLED_SO_WEIGHT = 20, 40
SCRIPTS = {"Latn": "latin", "Cyrl": "cyrillic", "Jpan": "japanese", "Hani": "japanese"}


@dataclass(frozen=True)
class Hit:
    """One record found; `weight` orders the hits and means nothing else."""

    thing: Thing
    weight: int


@dataclass(frozen=True)
class Hits:
    """What was found: how many in all (many are not counted to the end), and the page asked for."""

    total: int
    hits: tuple[Hit, ...]


def find(text: str, *, kinds: Collection[str] = (), limit: int = 30, offset: int = 0) -> Hits:
    """Records that hold all words of the text; where none does, those that hold most of them or words like them.

    An empty text lists all records of the kinds, the newest first.
    """
    if not text.strip():
        return _all(kinds, limit, offset)
    ranked, _instead = ranking(text, kinds)
    page = ranked[offset : offset + limit]
    shown = named(things(pk for pk, _ in page))
    return Hits(len(ranked), tuple(Hit(thing, weight) for thing, (_, weight) in zip(shown, page, strict=True)))


def ranking(text: str, kinds: Collection[str] = ()) -> tuple[list[tuple[int, int]], dict[str, str]]:
    """Record keys with their weights, the best first; and by token that no record holds the one it was taken for."""
    wanted = list(dict.fromkeys(tokens(text)))[:LONGEST_QUERY]
    if not wanted:
        return [], {}
    instead: dict[str, list[str]] = {}
    weights = _holding_all(wanted, kinds) or _beginning(wanted, kinds)
    if not weights:
        known, instead = _with_neighbours(wanted)
        weights = _holding_some(known, kinds)
    weights.update(_called_so(text, weights))
    weights.update(_by_gazetteer(text, kinds))
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return ranked, {word: found[0] for word, found in instead.items() if found}


def _called_so(text: str, weights: Counter[int]) -> Counter[int]:
    """What is called just so comes before what is only about it."""
    called = Name.objects.filter(normal=normal(text)).values_list("record_id", flat=True)[:HEAVIEST]
    return Counter({pk: CALLED_SO_WEIGHT for pk in called if pk in weights})


def _beginning(wanted: list[str], kinds: Collection[str]) -> Counter[int]:
    """A single character of CJK stands in the pairs that begin with it; nothing for any other question."""
    if len(wanted) != 1 or len(wanted[0]) != 1 or not CJK.fullmatch(wanted[0]):
        return Counter()
    return _holding_some(_beginning_with(wanted[0])[:HEAVIEST], kinds)


def _all(kinds: Collection[str], limit: int, offset: int) -> Hits:
    rows = Record.objects.filter(is_standing=True)
    rows = rows.filter(kind__in=kinds) if kinds else rows
    page = list(rows.order_by("-pk").values_list("pk", flat=True)[offset : offset + limit])
    return Hits(rows[:COUNTED].count(), tuple(Hit(thing, 0) for thing in named(things(page))))


def named(found: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """The things, with steps that have no title called after their ties."""
    nameless = [thing.id for thing in found if thing.kind == "step" and not thing.label]
    rows = TieStep.objects.filter(record__public_id__in=nameless) if nameless else TieStep.objects.none()
    ties = dict(rows.values_list("record__public_id", "tie__label"))
    return tuple(replace(thing, label=ties[thing.id]) if ties.get(thing.id) else thing for thing in found)


def _rows(kinds: Collection[str]) -> QuerySet[SearchToken]:
    """The tokens of records of these kinds; what does not stand has none."""
    return SearchToken.objects.filter(record__kind__in=kinds) if kinds else SearchToken.objects.all()


def _holding_all(wanted: list[str], kinds: Collection[str]) -> Counter[int]:
    """Of the records that have the rarest word (the newest, where it is a common one), those that have all others."""
    counts = {word: SearchToken.objects.filter(token=word)[: CANDIDATES + 1].count() for word in wanted}
    rarest = min(wanted, key=counts.__getitem__)
    others = [word for word in wanted if word != rarest]
    rows = _rows(kinds).filter(token=rarest).order_by("-weight", "-record_id")
    weights = Counter(dict(rows.values_list("record_id", "weight")[:CANDIDATES]))
    if not others or not weights:
        return weights
    held: Counter[int] = Counter()
    for pk, weight in SearchToken.objects.filter(record_id__in=list(weights), token__in=others).values_list(
        "record_id", "weight"
    ):
        held[pk] += 1
        weights[pk] += weight
    return Counter({pk: weight for pk, weight in weights.items() if held[pk] == len(others)})


def _holding_some(wanted: Collection[str], kinds: Collection[str]) -> Counter[int]:
    """The heaviest records of each word; those that hold several come first."""
    weights: Counter[int] = Counter()
    for word in wanted:
        rows = _rows(kinds).filter(token=word).order_by("-weight", "-record_id")
        for pk, weight in rows.values_list("record_id", "weight")[:HEAVIEST]:
            weights[pk] += weight
    return weights


def _with_neighbours(wanted: list[str]) -> tuple[set[str], dict[str, list[str]]]:
    """The words with, for those that no record holds, the ones most like them, the likest first."""
    known = {word for word in wanted if SearchToken.objects.filter(token=word).exists()}
    missing = [word for word in wanted if word not in known and len(word) > 3]
    found, instead = set(known), {}
    for word in missing:
        close = process.extract(
            word, _beginning_with(word[0]), scorer=DamerauLevenshtein.normalized_similarity, limit=NEIGHBOURS,
            score_cutoff=LEAST_LIKENESS,
        )  # fmt: skip
        instead[word] = [token for token, _, _ in close]
        found |= set(instead[word])
    return found, instead


def _beginning_with(letter: str) -> list[str]:
    """The different tokens that begin with a letter: from each on to the next in the index, not over all rows."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_TOKENS, [letter, chr(ord(letter) + 1), chr(ord(letter) + 1)])
        return [token for (token,) in cursor.fetchall() if token]


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
