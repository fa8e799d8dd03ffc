"""Erasure of one person's data on request: rows, statements, evidence, page snapshots, queue; a tombstone stays.

What is destroyed is covered by blocks of the same length, so that all other evidence keeps its place. Bytes of the
pages that name the person are destroyed whole; their digest stays, so that the same bytes do not come in again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import OperationalError, connection, models
from django.db.models import Q

from twinbook.register.models import (
    AccessCut,
    AccessEntry,
    Backing,
    Erasure,
    Name,
    Preference,
    Proposal,
    Record,
    RecoveryCode,
    SecondFactor,
    Source,
    Statement,
    Tombstone,
)
from twinbook.register.queries.erased import tombstone_digests
from twinbook.register.workflow.access import note_access
from twinbook.register.workflow.covering import Cover
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.propose import key_of
from twinbook.register.workflow.record import CONTEXT, find_record, statement_key, writing
from twinbook.register.workflow.rows import rebuild, rows_that_name
from twinbook.register.workflow.visit_people import forget_named

GROUNDS = ("request", "consent-withdrawn", "purpose-ended", "unlawful")
ERASED = "erased"  # the loss by which a source says that its bytes were destroyed
# Tables whose words are covered one by one below, or that hold no words of a person.
HANDLED = (Source, Statement, Proposal, AccessEntry, AccessCut, Erasure, Tombstone, SecondFactor, RecoveryCode)


def erase(person: str, *, ground: str, by: User, at: datetime) -> str:
    """Erase a person's data in one transaction; returns the id of the act of destruction.

    Head counts and what others did stay. `scrub` must follow, so that the file holds no remains either.
    """
    need(by, "erase")
    if ground not in GROUNDS:
        raise NotPossibleError(f"no ground {ground!r}", code="wrong-value", value=ground)
    with writing():
        record = find_record(person, kind="person")
        cover = Cover(names_of(record))
        if not cover:
            raise NotPossibleError("nothing is kept about this person any more", code="nothing-stands")
        erasure = Erasure.objects.create(at=at, by=by, ground=ground, record=record.public_id)
        for digest in sorted({d for name in cover.names for d in tombstone_digests(name)}):
            Tombstone.objects.create(digest=digest, erasure=erasure)
        counts: Counter[str] = Counter()
        touched = _destroy_statements(record, cover, counts)
        touched |= _cover_sources(cover, counts)
        _cover_the_rest(cover, counts)
        forget_named(cover, at, counts)
        rebuild(touched | rows_that_name(touched), thoroughly=True)
        erasure.counts = dict(sorted(counts.items()))
        erasure.save(update_fields=["counts"])
        note_access("erase", by=by, at=at, kind="person", about=record.public_id, note=erasure.public_id)
        return erasure.public_id


def names_of(record: Record) -> set[str]:
    """Every name under which a person is known: stated, withdrawn, as written, computed, proposed."""
    ids = _family(record)
    stated = Statement.objects.filter(record_id__in=ids, property="name")
    names = {str(value) for value in stated.values_list("value", flat=True) if value}
    names |= set(Name.objects.filter(record_id__in=ids).values_list("text", flat=True))
    for as_read in Proposal.objects.filter(record_id__in=ids, sort="person").values_list("as_read", flat=True):
        names |= {str(claim["value"]) for claim in as_read["claims"] if claim["property"] == "name"}
    return {name for name in names if name.strip()}


def _family(record: Record) -> list[int]:
    return [record.pk, *Record.objects.filter(canonical=record).values_list("pk", flat=True)]


def _destroy_statements(record: Record, cover: Cover, counts: Counter[str]) -> set[int]:
    """The statements about the person, the posts held, and those that name the person; the ids of their records."""
    people = _family(record)
    posts = Statement.objects.filter(target_id__in=people, property="person").values_list("record_id", flat=True)
    own = {*people, *posts}
    doomed = Statement.objects.filter(Q(record_id__in=own) | Q(target_id__in=people))
    for source, start, end in doomed.values_list("source_id", "start", "end"):
        cover.spans.setdefault(source, []).append((start, end))
    touched = own | set(doomed.values_list("record_id", flat=True))
    ids = list(doomed.values_list("pk", flat=True))
    counts["Backing"] += Backing.objects.filter(statement_id__in=ids).delete()[0]
    counts["Preference"] += Preference.objects.filter(statement_id__in=ids).delete()[0]
    Statement.objects.filter(pk__in=ids).update(restates=None, amends=None)
    counts["Statement"] += Statement.objects.filter(pk__in=ids).delete()[0]
    return touched


def _cover_sources(cover: Cover, counts: Counter[str]) -> set[int]:
    """Texts, titles and readings of all sources that name the person; statements and proposals of the same pages.

    Returns the ids of the records whose statements say something else now.
    """
    touched: set[int] = set()
    wanted = Q(pk__in=list(cover.spans))
    for piece in cover.pieces:
        wanted |= Q(text__contains=piece) | Q(title__contains=piece)
    for source in Source.objects.filter(wanted | Q(text="")).iterator(50):
        spans = cover.spans.get(source.pk, [])
        words = source.text or _undecoded(bytes(source.raw))
        if not spans and not cover.is_named_in(words) and not cover.is_named_in(source.title):
            continue
        counts["Source"] += 1
        _cover_source(source, cover, _alone(source, spans))
        for statement in Statement.objects.filter(source=source).select_related("record", "target", "source"):
            if _cover_statement(statement, source.text, cover):
                counts["Statement"] += 1
                touched.add(statement.record_id)
        for proposal in Proposal.objects.filter(source=source).select_related("source"):
            counts["Proposal"] += _cover_proposal(proposal, cover)
    return touched


def _undecoded(raw: bytes) -> str:
    """The words of a page that nobody could read, in the encodings that its languages are written in."""
    return "\n".join(raw.decode(encoding, "replace") for encoding in ("utf-8", "cp1251", "cp932", "utf-16"))


def _alone(source: Source, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places of evidence that speak of the person alone: no other statement or finding rests on them."""
    others = list(Statement.objects.filter(source=source).values_list("start", "end"))
    if source.kind in ("page", "file"):  # a page's sentences tell of the meeting as well: there only the name goes
        return []
    return [span for span in spans if not any(start < span[1] and span[0] < end for start, end in others)]


def _cover_source(source: Source, cover: Cover, whole: Iterable[tuple[int, int]]) -> None:
    text = cover.text(source.text)
    for start, end in whole:
        text = text[:start] + cover.block(text[start:end]) + text[end:]
    source.text, source.title = text, cover.text(source.title)
    source.name, source.trouble = cover.text(source.name), cover.text(source.trouble)
    source.address = "" if cover.is_in_address(source.address) else source.address
    source.reading, source.raw = cover.value(source.reading), b""
    kept = [loss for loss in cover.value(source.losses) if loss["code"] != ERASED]
    source.losses = [*kept, {"code": ERASED, "message": "a person's data was erased from this source"}]
    source.save()


def _cover_statement(statement: Statement, text: str, cover: Cover) -> bool:
    before = (statement.quote, statement.prefix, statement.suffix, statement.value, statement.as_written)
    start, end = statement.start, statement.end
    statement.quote = text[start:end]
    statement.prefix, statement.suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    statement.also = [[begin, stop, text[begin:stop]] for begin, stop, _ in statement.also]
    statement.as_written = cover.text(statement.as_written)
    if not (statement.record.kind == "person" and statement.property == "name"):  # a namesake keeps the name
        statement.value, statement.said_by = cover.value(statement.value), cover.text(statement.said_by)
        statement.qualifiers = cover.value(statement.qualifiers)
        statement.key = statement_key(statement)
    statement.save()
    return before != (statement.quote, statement.prefix, statement.suffix, statement.value, statement.as_written)


def _cover_proposal(proposal: Proposal, cover: Cover) -> int:
    """A proposal's claims, matches and remarks; one about the person alone is emptied of every value."""
    is_own = proposal.sort == "person" and any(
        is_same(str(claim["value"]), cover) for claim in proposal.as_read["claims"] if claim["property"] == "name"
    )
    change = cover.blank if is_own else cover.value
    old = proposal.as_read
    proposal.as_read, proposal.as_decided = change(old), change(proposal.as_decided)
    proposal.match_reason, proposal.attention = cover.value(proposal.match_reason), cover.value(proposal.attention)
    if is_own and proposal.state == "waiting":
        proposal.state = "replaced"
    proposal.key = key_of(proposal.source, proposal.sort, proposal.as_read["claims"])
    clash = Proposal.objects.filter(key=proposal.key).exclude(pk=proposal.pk).exists()
    if clash:  # two findings of one person: their covered values may be alike, their places never are
        proposal.as_read = {**proposal.as_read, "claims": [_apart(c, proposal.pk) for c in proposal.as_read["claims"]]}
        proposal.key = key_of(proposal.source, proposal.sort, proposal.as_read["claims"])
    proposal.save()
    return proposal.as_read != old


def _apart(claim: dict[str, Any], number: int) -> dict[str, Any]:
    return {**claim, "said_by": f"{claim['said_by']}█{number}"}


def is_same(name: str, cover: Cover) -> bool:
    return bool(name) and cover.text(name) == cover.block(name)


def _cover_the_rest(cover: Cover, counts: Counter[str]) -> None:
    """Words in every other table of the register, those of rooms that are built later too."""
    for model in apps.get_app_config("register").get_models():
        columns = [f for f in model._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)]
        columns += [f for f in model._meta.concrete_fields if isinstance(f, models.JSONField)]
        columns = [f for f in columns if not (f.unique or f.name in ("digest", "public_id", "key", "token"))]
        if model in HANDLED or not columns:
            continue
        for row in model._default_manager.order_by("pk").iterator(500):
            changed = [f.attname for f in columns if _cover_column(row, f.attname, cover)]
            if changed:
                row.save(update_fields=changed)
                counts[model.__name__] += 1


def _cover_column(row: models.Model, name: str, cover: Cover) -> bool:
    old = getattr(row, name)
    new = cover.named_value(old)
    setattr(row, name, new)
    return bool(new != old)


def scrub() -> bool:
    """Let no remains stand in the database's free pages; False where somebody is writing just now, or inside a
    transaction: `manage.py scrub_register` does it later."""
    if connection.in_atomic_block:
        return False
    sqlite = ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        with connection.cursor() as cursor:
            for sentence in sqlite if connection.vendor == "sqlite" else ("VACUUM FULL",):
                cursor.execute(sentence)
    except OperationalError:
        return False
    return True
