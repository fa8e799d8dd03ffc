"""What a search found, by kinds, each hit with what tells it from its namesakes; and what the words were taken for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from twinbook.register.models import Activity, Agreement, Landmark, Place, PostHolding, Record, SearchToken, TieStep
from twinbook.register.queries.analyser import CJK, WORD, normal, tokens
from twinbook.register.queries.dates import when
from twinbook.register.queries.lists import things
from twinbook.register.queries.search import named, ranking
from twinbook.register.queries.shown import thing_of
from twinbook.register.queries.values import Thing, When, Words

ORDER = ("place", "tie", "person", "organisation", "agreement", "step", "activity", "landmark", "commitment", "gift")
IN_A_GROUP = 6
LABELS = 20  # records looked at for a word in whole


@dataclass(frozen=True)
class Found:
    """One record. `code`: the kind of an activity, step, paper or landmark, or a person's post; `title` of the post."""

    thing: Thing
    when: When | None = None
    code: str = ""
    status: str = ""
    title: Words = field(default_factory=dict)
    of: Thing | None = None
    country: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind: how many there are, and the best of them."""

    kind: str
    total: int
    hits: tuple[Found, ...]


@dataclass(frozen=True)
class Answer:
    """What a search found. `meant`: the question with the words that were taken in place of unknown ones, or empty."""

    total: int
    groups: tuple[Group, ...]
    meant: str = ""


def answer(text: str, *, kind: str = "", limit: int = 50, offset: int = 0) -> Answer:
    """The best hits of each kind; with `kind` those of one kind, page by page."""
    ranked, instead = ranking(text, (kind,) if kind else ())
    pks = [pk for pk, _ in ranked]
    kinds = dict(Record.objects.filter(pk__in=pks).values_list("pk", "kind"))
    by_kind: dict[str, list[int]] = {}
    for pk in pks:
        if pk in kinds:
            by_kind.setdefault(kinds[pk], []).append(pk)
    chosen = {name: found[offset : offset + limit] if kind else found[:IN_A_GROUP] for name, found in by_kind.items()}
    told = _found(chosen)
    listed = sorted(by_kind, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    best = kinds.get(pks[0], "") if pks else ""
    listed.sort(key=lambda name: name != best)  # the kind of the best hit comes first
    groups = tuple(Group(name, len(by_kind[name]), tuple(told[pk] for pk in chosen[name])) for name in listed)
    return Answer(sum(map(len, by_kind.values())), groups, _meant(text, instead))


def _found(chosen: dict[str, list[int]]) -> dict[int, Found]:
    """The records with what tells them apart: one query a kind that is there."""
    pks = [pk for found in chosen.values() for pk in found]
    named_things = dict(zip(pks, named(things(pks)), strict=True))
    told: dict[int, dict[str, Any]] = {pk: {} for pk in pks}
    for name, found in chosen.items():
        for pk, facts in DETAILS[name](found) if name in DETAILS else ():
            told[pk] |= facts
    return {pk: Found(named_things[pk], **told[pk]) for pk in pks}


Facts = Iterable[tuple[int, dict[str, Any]]]


def _places(pks: Collection[int]) -> Facts:
    for pk, country in Place.objects.filter(pk__in=pks).values_list("pk", "country"):
        yield pk, {"country": country}


def _people(pks: Collection[int]) -> Facts:
    """The post that was held last, as far as it is known."""
    rows = PostHolding.objects.filter(person_id__in=pks).select_related("of").order_by("since_first", "seen_on_first")
    for row in rows:
        yield row.person_id or 0, {"code": row.post, "title": row.title, "of": thing_of(row.of) if row.of else None}


def _activities(pks: Collection[int]) -> Facts:
    for row in Activity.objects.filter(pk__in=pks):
        yield row.pk, {"code": row.kind, "status": row.status, "when": when(row.when)}


def _steps(pks: Collection[int]) -> Facts:
    for row in TieStep.objects.filter(pk__in=pks).select_related("tie"):
        yield row.pk, {"code": row.kind, "when": when(row.date), "of": thing_of(row.tie) if row.tie else None}


def _papers(pks: Collection[int]) -> Facts:
    for row in Agreement.objects.filter(pk__in=pks).select_related("tie"):
        yield row.pk, {"code": row.kind, "when": when(row.signed_on), "of": thing_of(row.tie) if row.tie else None}


def _landmarks(pks: Collection[int]) -> Facts:
    for row in Landmark.objects.filter(pk__in=pks).select_related("place"):
        yield row.pk, {"code": row.kind, "when": when(row.since), "of": thing_of(row.place) if row.place else None}


DETAILS = {
    "place": _places,
    "person": _people,
    "activity": _activities,
    "step": _steps,
    "agreement": _papers,
    "landmark": _landmarks,
}


def _meant(text: str, instead: dict[str, str]) -> str:
    """The question with whole words of the register in place of those it does not have; empty where none was taken."""
    if not instead:
        return ""
    words = [_whole(instead[token]) if (token := _token(word)) in instead else word for word in WORD.findall(text)]
    meant = " ".join(words)
    return meant if normal(meant) != normal(text) else ""


def _token(word: str) -> str:
    return next(iter(tokens(word)), "")


def _whole(token: str) -> str:
    """A word of a name that has this stem, from the shortest name there is: its form is likest the base form."""
    best = (
        SearchToken.objects.filter(token=token).order_by("-weight", "-record").values_list("record__label", flat=True)
    )
    names = sorted({name for label in best[:LABELS] for name in label.values()}, key=lambda name: (len(name), name))
    words = (word for name in names for word in WORD.findall(name) if not CJK.search(word) and _token(word) == token)
    return next(map(str, words), token)
