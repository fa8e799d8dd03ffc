"""What an officer or an importer states: from a captured source, in words that stand there, as a person's decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from twinbook.register.models import Decision, Place, Record, Source, Statement
from twinbook.register.models.fields import new_public_id
from twinbook.register.models.properties import property_of
from twinbook.register.workflow.capture import capture_text
from twinbook.register.workflow.decide import Decided
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError, StaleDecisionError
from twinbook.register.workflow.match import match_place
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.places import gazetteer_drafts
from twinbook.register.workflow.record import (
    Draft,
    check_version,
    find_record,
    make_record,
    settle,
    state,
    storable,
    withdraw_statements,
    writing,
)


@dataclass(frozen=True)
class Given:
    """One value to be stated.

    `value` of a property that names a record is that record's id. `quote` are the words of the source's text that say
    it (empty: the whole text); `view` is the id of the place whose view it is, where a side tells it its own way.
    """

    property: str
    value: Any
    language: str = ""
    quote: str = ""
    as_written: str = ""
    said_by: str = ""
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    view: str = ""


def enter(
    kind: str,
    given: Sequence[Given],
    *,
    source: str,
    by: User,
    at: datetime,
    record: str | None = None,
    read_by: str = "",
    reason: str = "",
    version: int | None = None,
    act: str = "",
) -> Decided:
    """State values about a record (None: a new one) from a captured source.

    `read_by` is "importer:NAME" for an importer; else it is the officer's own word, which outranks every machine's.
    `act` joins several entries to one act that can be undone at once (take the first one's .act).
    """
    need(by, "enter")
    with writing():
        about = find_record(record, kind=kind) if record else make_record(kind, at)
        check_version(about.public_id, about.version, version)
        kept = _readable_source(source)
        reader = read_by or f"person:{by.get_username()}"
        decision = Decision.objects.create(
            act=act or new_public_id(), kind="enter", by=by, at=at, reason=storable(reason), source=kept, record=about
        )
        touched = state(decision, [_draft(about, one, kept, reader) for one in given])
        settle(touched | {about.pk})
        return Decided(decision.public_id, decision.act, "enter", "", about.public_id)


def _readable_source(source: str) -> Source:
    kept = Source.objects.filter(public_id=source).first()
    if kept is None:
        raise NotFoundError(f"no source {source!r}", id=source)
    if not kept.text:
        raise NotPossibleError("this source was not read yet; propose() reads it", code="unread-source")
    return kept


def _draft(about: Record, one: Given, source: Source, read_by: str) -> Draft:
    start = source.text.find(one.quote)
    if start < 0:
        raise NotPossibleError(f"the source does not say {one.quote!r}", code="no-evidence", property=one.property)
    end = start + len(one.quote) if one.quote else len(source.text)
    try:
        names_record = property_of(about.kind, one.property).type == "record"
    except ValueError as error:
        raise NotPossibleError(str(error), code="wrong-value", property=one.property) from error
    target = find_record(str(one.value)) if names_record else None
    return Draft(
        about,
        one.property,
        None if target else storable(one.value),
        source,
        start,
        end,
        read_by,
        target=target,
        language="" if target else one.language,
        as_written=storable(one.as_written),
        said_by=storable(one.said_by),
        view=find_record(one.view, kind="place") if one.view else None,
        qualifiers={name: storable(text) for name, text in one.qualifiers.items()},
    )


def amend(
    statement: int,
    value: Any,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    language: str | None = None,
    version: int | None = None,
) -> Decided:
    """A person corrects one statement: the old one is withdrawn, the new one keeps its evidence and outranks readers.

    `version` is the record's version as the person saw it.
    """
    need(by, "decide")
    with writing():
        old = _standing(statement)
        about = old.record.canonical or old.record
        check_version(about.public_id, about.version, version)
        target = find_record(str(value)) if old.target_id else None
        decision = Decision.objects.create(
            act=new_public_id(), kind="correct", by=by, at=at, reason=storable(reason), source=old.source, record=about
        )
        touched = withdraw_statements([old], decision)
        draft = Draft(
            old.record,
            old.property,
            None if target else storable(value),
            old.source,
            old.start,
            old.end,
            f"person:{by.get_username()}",
            target=target,
            language=old.language if language is None else language,
            also=tuple((start, end) for start, end, _ in old.also),
            said_by=old.said_by,
            view=old.view,
            qualifiers=old.qualifiers,
            amends=old,
        )
        touched |= state(decision, [draft])
        settle(touched)
        return Decided(decision.public_id, decision.act, "correct", "", about.public_id)


def _standing(statement: int) -> Statement:
    found = Statement.objects.select_related("record__canonical", "source", "view").filter(pk=statement).first()
    if found is None:
        raise NotFoundError(f"no statement {statement}", id=str(statement))
    if found.withdrawn_by_id:
        raise StaleDecisionError("this statement stands no longer", id=str(statement))
    return found


def find_or_make_place(
    name: str,
    *,
    language: str,
    by: User,
    at: datetime,
    country: str = "",
    kind: str = "city",
    source: str | None = None,
) -> str:
    """The id of a place by name, made where the register has none; the gazetteer's facts come with a new one."""
    need(by, "enter")
    with writing():
        match = match_place(name, country=country, kind=kind)
        if match.record:
            return match.record.public_id
        if match.verdict == "unsure":
            raise NotPossibleError(f"several places are called {name!r}", code="choose-record", name=name)
        kept = source or capture_text(name, kind="note", by=by, at=at, language=language).source
        place = make_record("place", at)
        given = [Given("name", name, language, quote=name), Given("kind", kind, quote=name)]
        if country and match.entry is None:
            given.append(Given("country", country, quote=name))
        _enter_place(place, given, kept, by, at, gazetteer_drafts(place, match.entry, at) if match.entry else [])
        return place.public_id


def _enter_place(
    place: Record, given: Sequence[Given], source: str, by: User, at: datetime, more: Sequence[Draft]
) -> None:
    kept = _readable_source(source)
    decision = Decision.objects.create(
        act=new_public_id(), kind="enter", by=by, at=at, reason="", source=kept, record=place
    )
    reader = f"person:{by.get_username()}"
    settle(state(decision, [*(_draft(place, one, kept, reader) for one in given), *more]) | {place.pk})


def set_home(name: str, *, language: str, country: str, by: User, at: datetime, kind: str = "city") -> str:
    """Make a place the office's own; returns its id. Again: nothing changes."""
    need(by, "enter")
    place = find_or_make_place(name, language=language, country=country, kind=kind, by=by, at=at)
    if Place.objects.filter(record__public_id=place, is_home=True).exists():
        return place
    note = capture_text(f"{name} is the office's own city.", kind="note", by=by, at=at, language="en").source
    enter("place", [Given("is_home", True, quote=name)], source=note, by=by, at=at, record=place)
    return place
