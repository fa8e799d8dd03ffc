"""Source → reading in the child → proposals in the queue. Reading twice adds nothing; what was decided stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q

from twinbook.child.reading import Outcome, child_of
from twinbook.reading.page import clean_text
from twinbook.register.models import Decision, Proposal, Source, Statement
from twinbook.register.queries.records import names_of_minors
from twinbook.register.reader import RULES, OfficeReader, read
from twinbook.register.workflow.attention import points_of
from twinbook.register.workflow.capture import capture_bytes, capture_text, day_of
from twinbook.register.workflow.covering import BLOCK, Cover, cover_of_erased
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.findings import Claim, Finding, findings_of
from twinbook.register.workflow.likeness import note_likeness
from twinbook.register.workflow.matching import known_places, match_finding
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import sighted, writing

READ_BY = RULES
MOST_LETTERS = 500  # of one mailbox at once; reading them takes some ten seconds
MAILBOX_START = b"From "
DECIDED = ("accepted", "corrected", "rejected", "divided", "joined")


@dataclass(frozen=True)
class Proposed:
    """What reading a source brought: counts of proposals that are new, known already, put in the place of others.

    `state` is the source's: read or refused (`trouble` says why in a sentence). `waiting`: how many wait now.
    """

    source: str
    state: str
    trouble: str
    is_relevant: bool
    new: int
    known: int
    replaced: int
    waiting: int


def take_in(
    content: bytes | str,
    *,
    by: User | None,
    at: datetime,
    name: str = "",
    address: str = "",
    publisher: str = "",
    language: str = "",
    declared: str = "",
) -> Proposed:
    """Capture and propose in one call: bytes of a page or file, or a pasted text."""
    need(by, "capture", or_machine=True)
    if isinstance(content, str):
        captured = capture_text(content, by=by, at=at, address=address, publisher=publisher, language=language)
    else:
        captured = capture_bytes(
            content, by=by, at=at, name=name, address=address, publisher=publisher, language=language, declared=declared
        )
    return propose(captured.source, at=at)


def take_in_all(
    content: bytes, *, by: User | None, at: datetime, name: str = "", publisher: str = ""
) -> list[Proposed]:
    """Capture and propose a file: a mailbox gives a source a letter, with its own evidence; all else is one source.

    The same letter out of two mailboxes is one source.
    """
    need(by, "capture", or_machine=True)
    office: OfficeReader = settings.TWINBOOK_READER
    letters = child_of(office.choice).letters(content) if content.startswith(MAILBOX_START) else []
    if len(letters) < 2:
        return [take_in(content, by=by, at=at, name=name, publisher=publisher)]
    if len(letters) > MOST_LETTERS:
        raise NotPossibleError(
            f"{len(letters)} letters are more than {MOST_LETTERS}; split the mailbox",
            code="mailbox-too-large",
            count=str(len(letters)),
            most=str(MOST_LETTERS),
        )
    stem = name.rpartition(".")[0] or name
    bodies = [content[start:end].strip(b"\r\n") for start, end in letters]
    return [
        take_in(body, by=by, at=at, name=f"{stem[:280]} {number}.eml", publisher=publisher)
        for number, body in enumerate(bodies, 1)
        if body
    ]


def propose(source: str, *, at: datetime) -> Proposed:
    """Read a captured source and queue what it says. The page is read outside any transaction."""
    found = Source.objects.filter(public_id=source).first()
    if found is None:
        raise NotFoundError(f"no source {source!r} in the register", id=source)
    is_erased = any(loss["code"] == "erased" for loss in found.losses)  # its bytes are gone, by an act of erasure
    if found.kind not in {"page", "file"} or is_erased:
        return _summary(found, 0, 0, 0)
    office: OfficeReader = settings.TWINBOOK_READER
    outcome = read(
        bytes(found.raw),
        by=office,
        name=found.name or found.address,
        declared=found.declared or None,
        address=found.address or None,
        language=found.language or None if not found.read_by else None,
        minors=names_of_minors() if office.endpoint else (),
    )
    if outcome.reading is None:
        with writing():
            return _refuse(_locked(source), outcome, at)
    return queue_reading(source, outcome.reading, at=at, model_read_by=office.model_read_by)


def queue_reading(
    source: str, reading: Mapping[str, Any], *, at: datetime, read_by: str = READ_BY, model_read_by: str = ""
) -> Proposed:
    """Queue what a Reading (as JSON values, docs/reference/reading.md) says of a captured source.

    The first Reading gives the source its text; a later one whose text differs is moved to it, quote by quote.
    `model_read_by` is kept on the findings that a language model made, in place of `read_by`.
    """
    with writing():
        locked = _locked(source)
        cover = cover_of_erased(reading["text"])
        reading = cover.value(reading) if cover else reading
        _keep_reading(locked, reading, at, read_by)
        if cover:
            _destroy_bytes(locked, cover)
        note_likeness(locked)
        return _queue(locked, reading, at, model_read_by or read_by)


def _locked(source: str) -> Source:
    return Source.objects.select_for_update(of=("self",)).select_related("previous").get(public_id=source)


def _refuse(source: Source, outcome: Outcome, at: datetime) -> Proposed:
    """A page that could not be read says so on its own record; one that was read before stays as it is."""
    if source.state != "read":
        source.state, source.trouble, source.read_at = "refused", outcome.sentence, at
        source.losses = [{"code": outcome.refusal, "message": outcome.sentence}]
        source.save(update_fields=["state", "trouble", "read_at", "losses"])
    return _summary(source, 0, 0, 0)


def _keep_reading(source: Source, reading: Mapping[str, Any], at: datetime, read_by: str) -> None:
    if not source.text:
        source.text = clean_text(reading["text"]).text or " "
        source.language = reading["language"] or source.language
        source.title = clean_text(reading["title"] or "").text
        source.published = reading["published"] or ""
        source.day = day_of(source.published, captured_at=source.captured_at)
    source.is_relevant = reading["relevant"]
    source.reading = {name: value for name, value in reading.items() if name != "text"}
    source.losses = [
        {"code": note["code"], "message": note["message"]} for note in reading["notes"] if note["step"] == "page"
    ]
    if source.text.strip() != reading["text"].strip():  # no text at all is kept as a blank
        source.losses.append({"code": "text-differs", "message": "a newer reader sees this page's text differently"})
    source.state, source.trouble, source.read_by, source.read_at = "read", "", read_by, at
    source.save()


def _queue(source: Source, reading: Mapping[str, Any], at: datetime, model_read_by: str) -> Proposed:
    found = findings_of(reading, reading["text"])
    if source.text != reading["text"]:
        found = [moved for finding in found if (moved := _moved(finding, reading["text"], source.text))]
    _tell_what_is_lost(source, reading, found)
    return queue_findings(source, found, at=at, read_by=source.read_by, model_read_by=model_read_by)


def queue_findings(
    source: Source, found: Sequence[Finding], *, at: datetime, read_by: str, model_read_by: str = ""
) -> Proposed:
    """Queue findings of a source that is read; inside a transaction of the caller's."""
    new = known = replaced = 0
    for finding in _without_erased(found):
        reader = model_read_by if finding.is_models else read_by
        key = key_of(source, finding.sort, finding.claims)
        if Proposal.objects.filter(key=key).exists():
            known += 1
            continue
        told = _told_by_earlier_capture(source, finding)
        if told:
            known += 1
            sighted(_statements_of(told), source.captured_at)
            create_proposal(source, finding, key, at, reader, state="known", earlier=told)
            continue
        earlier = _earlier(source, finding)
        replaced += _replace(earlier)
        create_proposal(source, finding, key, at, reader, state="waiting", earlier=earlier)
        new += 1
    return _summary(source, new, known, replaced)


def queue_entry(source: Source, found: Sequence[Finding], *, at: datetime, read_by: str) -> Proposed:
    """Queue what somebody entered by hand: each finding is one proposal; inside a transaction of the caller's."""
    new = known = 0
    for finding in _without_erased(found):
        key = key_of(source, finding.sort, finding.claims)
        if Proposal.objects.filter(key=key).exists():
            known += 1
            continue
        create_proposal(source, finding, key, at, read_by, state="waiting", earlier=None)
        new += 1
    return _summary(source, new, known, 0)


def _without_erased(found: Sequence[Finding]) -> list[Finding]:
    """The findings without people whose data was erased, whose names are covered by now."""
    kept = []
    for finding in found:
        claims = [claim for claim in finding.claims if not _is_covered(claim["value"])]
        if len(claims) == len(finding.claims) or finding.sort not in ("person", "saying"):
            kept.append(replace(finding, claims=claims))
    return kept


def _is_covered(value: Any) -> bool:
    return isinstance(value, str) and BLOCK in value and not value.replace(BLOCK, "").strip(" .")


def _destroy_bytes(source: Source, cover: Cover) -> None:
    """The page names somebody who was erased: of its bytes only the digest is kept, as of the pages before."""
    source.raw, source.title = b"", cover.text(source.title)
    source.losses = [*source.losses, {"code": "erased", "message": "a person's data was erased from this source"}]
    source.save(update_fields=["raw", "title", "losses"])


def _tell_what_is_lost(source: Source, reading: Mapping[str, Any], found: Sequence[Finding]) -> None:
    """Findings whose words do not stand in the kept text cannot be proposed: the page's record says how many."""
    lists = ("people", "organisations", "ties", "activities", "landmarks", "promises")
    lost = sum(len(reading.get(name, ())) for name in lists) - sum(finding.sort != "saying" for finding in found)
    if lost:
        sentence = f"{lost} findings are not proposed, since their words were not found in the text"
        source.losses = [*source.losses, {"code": "finding-without-words", "message": sentence}]
        source.save(update_fields=["losses"])


def _summary(source: Source, new: int, known: int, replaced: int) -> Proposed:
    waiting = Proposal.objects.filter(source=source, state="waiting").count()
    return Proposed(
        source.public_id, source.state, source.trouble, bool(source.is_relevant), new, known, replaced, waiting
    )


def key_of(source: Source, sort: str, claims: Sequence[Claim], *, formed_by: Decision | None = None) -> str:
    """SHA-256 of source, sort and claimed values: the same finding of the same page is one proposal for ever.

    `formed_by` sets one apart that a person formed and that claims just what a read one does, of more sentences.
    """
    formed = f"\0{formed_by.public_id}" if formed_by else ""
    return hashlib.sha256(f"{source.public_id}\0{sort}\0{_values(claims)}{formed}".encode()).hexdigest()


def keys_of(proposal: Proposal) -> set[str]:
    """The keys that a proposal may have by what it claims."""
    claims = proposal.as_read["claims"]
    formed = {key_of(proposal.source, proposal.sort, claims, formed_by=proposal.formed_by)}
    return formed | {key_of(proposal.source, proposal.sort, claims)}


def _values(claims: Sequence[Claim]) -> str:
    values = sorted((c["property"], json.dumps(c["value"], ensure_ascii=False), c["said_by"]) for c in claims)
    return json.dumps(values, ensure_ascii=False)


def create_proposal(
    source: Source,
    finding: Finding,
    key: str,
    at: datetime,
    read_by: str,
    *,
    state: str,
    earlier: Proposal | None = None,
    formed_by: Decision | None = None,
) -> None:
    """A finding in the queue, matched; inside a transaction of the caller's."""
    match, places = match_finding(finding, source, earlier=earlier), known_places(finding)
    is_shaped = earlier is not None and (earlier.state in DECIDED or earlier.formed_by_id is not None)
    is_read_differently = is_shaped and state == "waiting"
    Proposal.objects.create(
        source=source,
        sort=finding.sort,
        key=key,
        position=finding.position,
        state=state,
        as_read={"claims": finding.claims},
        read_by=read_by,
        proposed_at=at,
        earlier=earlier,
        formed_by=formed_by,
        verdict=match.verdict,
        match=match.record,
        match_reason=match.reason | {"places": places},
        attention=points_of(finding, match, places=places.values(), is_read_differently=is_read_differently),
    )


def _told_by_earlier_capture(source: Source, finding: Finding) -> Proposal | None:
    """A decided proposal of an earlier capture of this address that says just the same."""
    if source.previous_id is None:
        return None
    earlier = Q(source__address=source.address) if source.address else Q(source__in=_captured_before(source))
    before = Proposal.objects.filter(earlier, sort=finding.sort, state__in=(*DECIDED, "known"))
    for proposal in before.exclude(source=source).select_related("decision", "earlier").order_by("-pk"):
        if _values(proposal.as_read["claims"]) == _values(finding.claims):
            return proposal.earlier if proposal.state == "known" else proposal
    return None


def _captured_before(source: Source) -> list[int]:
    """What has no address is joined to what came before it one by one: a partner's exchange files."""
    found: list[int] = []
    before = source.previous_id
    while before and before not in found:
        found.append(before)
        before = Source.objects.values_list("previous_id", flat=True).get(pk=before)
    return found


def _statements_of(proposal: Proposal) -> list[int]:
    if proposal.decision_id is None:
        return []
    decided = Q(decision_id=proposal.decision_id) | Q(backings__decision_id=proposal.decision_id)
    return list(Statement.objects.filter(decided, withdrawn_by=None).values_list("pk", flat=True).distinct())


def _earlier(source: Source, finding: Finding) -> Proposal | None:
    """A proposal of this page made of the same words, whose claims an earlier reading gave otherwise."""
    same_sort = Proposal.objects.filter(source=source, sort=finding.sort).exclude(state__in=("replaced", "known"))
    wanted = _identity(finding)
    for proposal in same_sort.order_by("-pk"):
        before = Finding(proposal.sort, proposal.as_read["claims"])
        if _identity(before) == wanted and set(before.spans) & set(finding.spans):
            return proposal
    return None


def _identity(finding: Finding) -> tuple[Any, ...]:
    """What stays when a better reader reads the same thing again: its kind, and the places or person it is about."""
    names = {"person": ["name"], "organisation": ["name"], "tie": ["places"], "activity": ["kind", "places"]}
    return tuple(tuple(sorted(map(str, finding.values(name)))) for name in names.get(finding.sort, ["kind", "speaker"]))


def _replace(earlier: Proposal | None) -> int:
    """A waiting proposal gives way to the newer reading; one that a person decided or formed is never touched."""
    if earlier is None or earlier.state != "waiting" or earlier.formed_by_id is not None:
        return 0
    earlier.state = "replaced"
    earlier.version += 1
    earlier.save(update_fields=["state", "version"])
    return 1


def _moved(finding: Finding, read: str, kept: str) -> Finding | None:
    """The finding with its evidence at the places of the kept text; None where the words are not found there."""
    claims = []
    for claim in finding.claims:
        spans = [span for start, end in claim["evidence"] if (span := _found_again(read[start:end], start, kept))]
        if not spans:
            return None
        claims.append({**claim, "evidence": spans})
    return Finding(finding.sort, claims, finding.is_models)


def _found_again(quote: str, near: int, text: str) -> list[int] | None:
    """Where a quote stands in a text, the place nearest to where it stood before."""
    places, start = [], text.find(quote)
    while start >= 0:
        places.append(start)
        start = text.find(quote, start + 1)
    best = min(places, key=lambda place: abs(place - near), default=None)
    return None if best is None else [best, best + len(quote)]
