"""What is entered by hand: facts about records, stated by who may enter, else proposed to who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from twinbook.register.models import Source
from twinbook.register.models.properties import property_of
from twinbook.register.workflow.decide import Decided
from twinbook.register.workflow.enter import Given, enter, find_or_make_place
from twinbook.register.workflow.errors import NotFoundError
from twinbook.register.workflow.findings import Claim, Finding
from twinbook.register.workflow.match import match_person
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.propose import Proposed, queue_entry
from twinbook.register.workflow.record import find_record, storable, writing


@dataclass(frozen=True)
class Named:
    """A place or person that an entry names in words: the register's record of that name, else a new one."""

    kind: str  # place · person
    name: str
    language: str
    level: str = "city"  # of a place: city · region …


@dataclass(frozen=True)
class First:
    """The record that the first fact of the same entry is about: a post's person, a step's paper."""


FIRST = First()


@dataclass(frozen=True)
class Fact:
    """Values of one record, new where `about` is empty; a value may be a Named or FIRST where a record is meant."""

    kind: str
    given: tuple[Given, ...]
    about: str = ""


def enter_facts(facts: Sequence[Fact], *, source: str, by: User, at: datetime) -> Decided:
    """State all facts of an entry as one act; returns the decision about the first."""
    need(by, "enter")
    with writing():
        made: list[Decided] = []
        for fact in facts:
            act = made[0].act if made else ""
            given = [_with_record(one, made, by, at, source) for one in fact.given]
            made.append(enter(fact.kind, given, source=source, by=by, at=at, record=fact.about or None, act=act))
        return made[0]


def _with_record(one: Given, made: Sequence[Decided], by: User, at: datetime, source: str) -> Given:
    """The value with the record it means in place of its words."""
    if isinstance(one.value, First):
        return replace(one, value=made[0].record)
    if not isinstance(one.value, Named):
        return one
    named = one.value
    if named.kind == "place":
        return replace(
            one, value=find_or_make_place(named.name, language=named.language, kind=named.level, by=by, at=at)
        )
    match = match_person(named.name)
    if match.verdict == "same" and match.record:
        return replace(one, value=match.record.public_id)
    given = [Given("name", named.name, named.language), Given("person_class", "official")]
    return replace(one, value=enter("person", given, source=source, by=by, at=at).record)


def propose_facts(facts: Sequence[Fact], *, source: str, by: User, at: datetime) -> Proposed:
    """Queue an entry as proposals, a fact each, in words of the one who wrote it; nothing stands before a decision."""
    need(by, "capture")
    with writing():
        kept = Source.objects.select_for_update(of=("self",)).filter(public_id=source).first()
        if kept is None:
            raise NotFoundError(f"no source {source!r}", id=source)
        found = [_finding(fact, facts[0], kept) for fact in facts]
        return queue_entry(kept, found, at=at, read_by=f"person:{by.get_username()}")


def _finding(fact: Fact, first: Fact, source: Source) -> Finding:
    claims = [_claim(fact, one, first, source) for one in fact.given]
    if fact.about:
        about = find_record(fact.about, kind=fact.kind).public_id
        claims = [{**claim, "about": about} for claim in claims]
    return Finding(fact.kind, claims)


def _claim(fact: Fact, one: Given, first: Fact, source: Source) -> Claim:
    """A given value in the shape of a proposal's claim; its evidence are all the words of the note."""
    claim: dict[str, Any] = {
        "property": one.property,
        "value": storable(one.value),
        "language": one.language,
        "qualifiers": dict(one.qualifiers),
        "as_written": storable(one.as_written),
        "evidence": [[0, len(source.text)]],
        "said_by": storable(one.said_by),
    }
    if isinstance(one.value, First):
        return claim | {"value": _called(first), "first": first.kind}
    if isinstance(one.value, Named):
        told = {"value": storable(one.value.name), "language": one.value.language}
        return claim | told | {"qualifiers": {"is": one.value.kind, "kind": one.value.level}}
    if property_of(fact.kind, one.property).type == "record":
        record = find_record(str(one.value))
        return claim | {"record": record.public_id, "value": str(next(iter(record.label.values()), one.value))}
    return claim


def _called(fact: Fact) -> str:
    """What a fact's record will be called: its name or title."""
    named = (str(one.value) for one in fact.given if one.property in ("name", "title"))
    return next(named, fact.kind)
