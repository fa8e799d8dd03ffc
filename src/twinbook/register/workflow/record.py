"""Statements in and out, and the rows that follow from them; the only writer of records."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from twinbook.reading.page import clean_text
from twinbook.register.models import (
    Backing,
    Decision,
    Record,
    Revision,
    Source,
    Statement,
)
from twinbook.register.models.properties import property_of
from twinbook.register.models.statement import IMPORTER, PARTNER, PERSON, READER
from twinbook.register.workflow.covering import refuse_erased
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError, StaleDecisionError
from twinbook.register.workflow.rows import rebuild
from twinbook.vocabulary.partial_date import PartialDate

CONTEXT = 32  # characters before and after a quote, as in reading.finding.Evidence


@dataclass(frozen=True)
class Draft:
    """A statement about to be made: `value`, or the `target` record where the property names one."""

    record: Record
    property: str
    value: Any
    source: Source
    start: int
    end: int
    read_by: str
    target: Record | None = None
    language: str = ""
    as_written: str = ""
    also: tuple[tuple[int, int], ...] = ()
    said_by: str = ""
    view: Record | None = None
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    amends: Statement | None = None  # the statement that a person corrects by this one

    def key(self) -> str:
        """SHA-256 of source, record, property, value and language: reading twice adds nothing."""
        return _key(self.source, self.record, self.property, self.value, self.target, self.language)


def _key(source: Source, record: Record, name: str, value: Any, target: Record | None, language: str) -> str:
    told = target.public_id if target else json.dumps(value, ensure_ascii=False, sort_keys=True)
    parts = [source.public_id, record.public_id, name, told, language]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def statement_key(statement: Statement) -> str:
    """The key that a statement must have by what it says."""
    return _key(
        statement.source, statement.record, statement.property, statement.value, statement.target, statement.language
    )


_TURN = threading.RLock()


def _turn() -> AbstractContextManager[Any]:
    """Threads of one process wait here and not in SQLite, which lets the unlucky one starve until its time is up."""
    is_free = connection.vendor == "sqlite" and not connection.in_atomic_block
    return _TURN if is_free else nullcontext()


@contextmanager
def writing() -> Iterator[None]:
    """One transaction that waits for all earlier ones: it raises the register's revision before it reads anything."""
    with _turn(), transaction.atomic():
        if not Revision.objects.filter(pk=1).update(number=F("number") + 1):
            Revision.objects.get_or_create(pk=1)
            Revision.objects.filter(pk=1).update(number=F("number") + 1)
        yield


def storable(value: Any) -> Any:
    """A value that a person or a list gave, without what no database holds (NUL, controls, lone surrogates)."""
    return clean_text(value).text if isinstance(value, str) else value


def rank_of(read_by: str) -> int:
    """Whose word it is: a person's outranks an importer's, an importer's a reader's, and
    any of these the partner's view of an exchange file."""
    return {"person": PERSON, "importer": IMPORTER, "exchange": PARTNER}.get(read_by.partition(":")[0], READER)


def find_record(public_id: str, *, kind: str | Collection[str] | None = None) -> Record:
    """The record of an id, or the one it was merged into; NotFoundError where there is none of that kind."""
    found = Record.objects.select_related("canonical").filter(public_id=public_id).first()
    if found is None:
        raise NotFoundError(f"no record {public_id!r} in the register", id=public_id)
    record: Record = found.canonical or found
    kinds = {kind} if isinstance(kind, str) else set(kind or ())
    if kinds and record.kind not in kinds:
        raise NotPossibleError(f"{public_id} is a {record.kind}, not a {' or '.join(sorted(kinds))}", code="wrong-kind")
    return record


def check_version(public_id: str, found: int, seen: int | None) -> None:
    """StaleDecisionError where the thing changed after the person saw it."""
    if seen is not None and found != seen:
        raise StaleDecisionError(
            f"{public_id} was changed meanwhile (version {found}, you saw {seen}); look at it again", id=public_id
        )


def make_record(kind: str, at: datetime) -> Record:
    """A new record without statements: it has no row until one stands."""
    return Record.objects.create(kind=kind, made_at=at)


def check_value(kind: str, name: str, value: Any, target: Record | None) -> None:
    """NotPossibleError where a value does not fit its property: an unknown code, a date that is no EDTF …"""
    try:
        known = property_of(kind, name)
        if known.type == "record":
            if target is None or target.kind not in known.targets:
                raise ValueError(f"{name} of a {kind} names a {' or '.join(known.targets)}")
        elif target is not None:
            raise ValueError(f"{name} of a {kind} is no record")
        elif known.type == "date":
            PartialDate.parse(str(value))
        elif known.type == "code" and value not in known.known_codes():
            raise ValueError(f"no {name} {value!r}; known: {', '.join(known.known_codes())}")
        elif known.type == "flag" and not isinstance(value, bool):
            raise ValueError(f"{name} is true or false, not {value!r}")
        elif known.type in {"count", "number"} and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise ValueError(f"{name} is a number, not {value!r}")
        elif known.type == "count" and (not isinstance(value, int) or value < 0):
            raise ValueError(f"{name} is a whole number from 0, not {value!r}")
        elif known.type == "identifier" and ":" not in str(value):
            raise ValueError(f"an identifier is scheme:identifier, not {value!r}")
        elif known.type == "file" and not Source.objects.filter(public_id=str(value), kind="scan").exists():
            raise ValueError(f"no scan {value!r} is kept")
        elif known.type in {"text", "words", "name"} and not str(value or "").strip():
            raise ValueError(f"{name} of a {kind} is empty")
    except ValueError as error:
        raise NotPossibleError(str(error), code="wrong-value", property=name, value=str(value)) from error


def state(decision: Decision, drafts: Iterable[Draft]) -> set[int]:
    """Make the drafts statements under a decision; returns the ids of the records they are about.

    A statement that stands already is not doubled: the decision backs it, and it is seen again.
    """
    by_key: dict[str, Draft] = {}
    for draft in drafts:
        check_value(draft.record.kind, draft.property, draft.value, draft.target)
        _check_evidence(draft)
        by_key.setdefault(draft.key(), draft)
    refuse_erased([str(d.value) for d in by_key.values() if d.property == "name" and d.record.kind == "person"])
    standing = {s.key: s for s in Statement.objects.filter(key__in=list(by_key), withdrawn_by=None)}
    fresh = [_statement(key, draft, decision) for key, draft in by_key.items() if key not in standing]
    Statement.objects.bulk_create(fresh)
    again = [statement for statement in standing.values() if statement.decision_id != decision.pk]
    Backing.objects.bulk_create([Backing(statement=s, decision=decision) for s in again], ignore_conflicts=True)
    return {draft.record.pk for draft in by_key.values()}


def _check_evidence(draft: Draft) -> None:
    if not 0 <= draft.start < draft.end <= len(draft.source.text):
        raise NotPossibleError(
            f"no evidence at {draft.start}–{draft.end} in a text of {len(draft.source.text)} characters",
            code="no-evidence",
            property=draft.property,
        )


def _statement(key: str, draft: Draft, decision: Decision) -> Statement:
    text, start, end = draft.source.text, draft.start, draft.end
    quote = text[start:end]
    return Statement(
        key=key,
        record=draft.record,
        property=draft.property,
        value=None if draft.target else draft.value,
        target=draft.target,
        language=draft.language,
        qualifiers=dict(draft.qualifiers),
        as_written=draft.as_written or quote,
        quote=quote,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
        also=[[begin, stop, text[begin:stop]] for begin, stop in draft.also],
        said_by=draft.said_by,
        view=draft.view,
        source=draft.source,
        read_by=draft.read_by,
        rank=rank_of(draft.read_by),
        first_seen=draft.source.captured_at,
        last_seen=draft.source.captured_at,
        decision=decision,
        amends_id=_first_amended(draft.amends),
    )


def _first_amended(old: Statement | None) -> int | None:
    """What a correction goes back to: it stands no longer than the decision that let that in."""
    return (old.amends_id or old.restates_id or old.pk) if old else None


def withdraw_statements(statements: Sequence[Statement], decision: Decision) -> set[int]:
    """Let statements stand no longer; returns the ids of the records they were about."""
    ids = [statement.pk for statement in statements]
    Statement.objects.filter(pk__in=ids, withdrawn_by=None).update(withdrawn_by=decision)
    return {statement.record_id for statement in statements}


def take_back(undone: Collection[int], decision: Decision) -> set[int]:
    """Undo what decisions stated and withdrew; `undone` are their ids, `decision` is the undo.

    A statement stays where another decision that is not undone lets it stand too.
    """
    ids = list(undone)
    Backing.objects.filter(decision_id__in=ids, ended_by=None).update(ended_by=decision)
    touched = _withdraw_unbacked(ids, decision)
    return touched | _restate(ids, decision)


def _withdraw_unbacked(ids: list[int], decision: Decision) -> set[int]:
    concerned = Statement.objects.filter(withdrawn_by=None).filter(
        Q(decision_id__in=ids)
        | Q(restates__decision_id__in=ids)
        | Q(backings__decision_id__in=ids)
        | Q(amends__decision_id__in=ids)
    )
    fallen = [s for s in concerned.select_related("restates", "amends").distinct() if not is_let_in(s, ids)]
    return withdraw_statements(fallen, decision)


def is_let_in(statement: Statement, undone: Collection[int]) -> bool:
    """Whether a decision that is not undone lets the statement stand: the one that made it, or one that backs it."""
    root = statement.restates or statement
    letting_in = {root.decision_id} | ({root.amends.decision_id} if root.amends else set())
    undone_of_these = Decision.objects.filter(pk__in=letting_in).filter(Q(pk__in=undone) | Q(undone_by__isnull=False))
    return not undone_of_these.exists() or statement.backings.filter(ended_by=None).exists()


def _restate(ids: list[int], decision: Decision) -> set[int]:
    """State again what undone decisions had withdrawn, where the decision that once let it in still holds."""
    withdrawn = Statement.objects.filter(withdrawn_by_id__in=ids).select_related("restates", "source", "record")
    touched: set[int] = set()
    for old in withdrawn:
        if not is_let_in(old, ids):
            continue
        standing = Statement.objects.filter(key=old.key, withdrawn_by=None).first()
        if standing:
            Backing.objects.get_or_create(statement=standing, decision=decision)
        else:
            _state_again(old, decision)
        touched.add(old.record_id)
    return touched


def _state_again(old: Statement, decision: Decision) -> None:
    backings = list(old.backings.filter(ended_by=None).values_list("decision_id", flat=True))
    fields = {f.attname: getattr(old, f.attname) for f in Statement._meta.concrete_fields if not f.primary_key}
    root = old.restates_id or old.pk
    new = Statement.objects.create(
        **{**fields, "decision_id": decision.pk, "withdrawn_by_id": None, "restates_id": root}
    )
    Backing.objects.bulk_create([Backing(statement=new, decision_id=pk) for pk in backings])


def sighted(statements: Iterable[int], at: datetime) -> None:
    """The statements' words stood on the page again at that moment."""
    Statement.objects.filter(pk__in=list(statements), last_seen__lt=at).update(last_seen=at)


def dependants_of(record_ids: Collection[int]) -> list[Statement]:
    """Standing statements about other records that name records which nothing is stated about any more."""
    groups = defaultdict(set)
    for pk, canonical in Record.objects.filter(Q(pk__in=record_ids) | Q(canonical_id__in=record_ids)).values_list(
        "pk", "canonical_id"
    ):
        groups[canonical or pk].add(pk)
    members = set().union(*groups.values()) if groups else set()
    standing = set(
        Statement.objects.filter(record_id__in=members, withdrawn_by=None).values_list("record_id", flat=True)
    )
    empty = set().union(*(group for group in groups.values() if not group & standing)) if groups else set()
    return list(Statement.objects.filter(target_id__in=empty, withdrawn_by=None).exclude(record_id__in=empty))


def settle(touched: Collection[int], today: date | None = None) -> None:
    """Rebuild the rows of touched records and of those that follow from them; refuse to leave a name for nothing."""
    resting = dependants_of(touched)
    if resting:
        names = ", ".join(sorted({statement.property for statement in resting}))
        raise NotPossibleError(
            f"other decisions rest on this record ({names}); undo or withdraw them first", code="others-rest-on-it"
        )
    rebuild(touched)


def rebuild_all(batch: int = 500) -> int:
    """Write the rows of all records anew, batch by batch; returns how many records there are."""
    ids = list(Record.objects.filter(canonical=None).order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(ids), batch):
        with writing():
            rebuild(ids[begin : begin + batch], thoroughly=True)
    return len(ids)
