"""What waits for a person: pages with their proposals, and one page as it is reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from twinbook.register.models import Proposal, Record, Source, SourceTwin
from twinbook.register.models.properties import COMMON, PROPERTIES
from twinbook.register.queries.remarks import remark
from twinbook.register.queries.shown import source_line, thing_of
from twinbook.register.queries.values import Claim, Plain, Quotation, Remark, SourceLine, Thing

CONTEXT = 32
TITLE_LENGTH = 120
OWN_TYPES = {"role": "words", "post": "code", "represents": "record", "speaker": "record"}
NAMES_PLACES = ("places", "place", "partner", "represents")
UNREAD = "sentence-without-finding"
DECIDED = Q(proposals__state__in=("accepted", "corrected", "rejected"))
TAKEN_BACK = Q(state="replaced", formed_by__isnull=False)  # formed by a split or join that was undone


@dataclass(frozen=True)
class Twin:
    """An earlier source that says the same; `share`: how many hundredths of the two stories are alike."""

    source: SourceLine
    share: int


@dataclass(frozen=True)
class InboxLine:
    """One captured page: its state (captured · read · refused), how many proposals it has, how many wait."""

    source: SourceLine
    state: str
    trouble: str
    is_relevant: bool | None
    total: int
    waiting: int
    decided: int
    attention: int  # waiting proposals that say why a person must look
    twin: Twin | None = None


@dataclass(frozen=True)
class Candidate:
    """A record that a proposal may be about, and why."""

    thing: Thing
    reason: Remark


@dataclass(frozen=True)
class Card:
    """One proposal. Hand `version` back with the decision. `spans` are its evidence in the page's text."""

    id: str
    source: str
    sort: str  # a kind of record, or saying
    state: str  # waiting · accepted · corrected · rejected · replaced · known
    version: int
    title: str
    claims: tuple[Claim, ...]
    decided: tuple[Claim, ...] | None
    spans: tuple[tuple[int, int], ...]
    position: int
    said_by: str
    verdict: str  # same · new · unsure
    match: Thing | None
    match_reason: Remark
    candidates: tuple[Candidate, ...]
    attention: tuple[Remark, ...]
    record: Thing | None
    decision: str
    decided_by: str
    decided_at: datetime | None
    earlier: str
    view: Thing | None = None  # the partner whose signed view this is

    is_by_hand: bool = False  # somebody who may not decide wrote it

    @property
    def is_models(self) -> bool:
        """Whether a language model found it, so that it is decided by itself and never with the rest of its page."""
        return any(remark.code == "read-by-model" for remark in self.attention)


@dataclass(frozen=True)
class Unread:
    """Something that reading saw and did not read: the note's step, code and English message, and where."""

    step: str
    code: str
    message: str
    span: tuple[int, int] | None


@dataclass(frozen=True)
class PageReview:
    """One page as it is reviewed. `article` are the spans of its story, `quotes` (start, end, speaker)."""

    source: SourceLine
    state: str
    trouble: str
    is_relevant: bool | None
    losses: tuple[Remark, ...]
    text: str
    article: tuple[tuple[int, int], ...]
    cards: tuple[Card, ...]
    unread: tuple[Unread, ...]
    notes: tuple[Unread, ...]
    quotes: tuple[tuple[int, int, str], ...]
    waiting: int
    next_source: str
    earlier_source: str
    last_act: str
    twin: Twin | None = None


def inbox(*, only_waiting: bool = False, limit: int = 100) -> tuple[InboxLine, ...]:
    """Captured pages and entries by hand that are proposed, the newest first; notes and table rows are no pages."""
    pages = Source.objects.filter(kind__in=("page", "file", "exchange", "entry")).defer("raw", "text", "reading")
    waiting = Q(proposals__state="waiting")
    counted = pages.annotate(
        total=Count("proposals", filter=~Q(proposals__state="replaced")),
        waiting=Count("proposals", filter=waiting),
        decided=Count("proposals", filter=DECIDED),
        attention=Count("proposals", filter=waiting & ~Q(proposals__attention=[])),
    )
    if only_waiting:
        counted = counted.filter(waiting__gt=0)
    listed = list(counted.order_by("-captured_at", "-pk")[:limit])
    twins = _twins(source.pk for source in listed)
    return tuple(
        InboxLine(
            source_line(source),
            source.state,
            source.trouble,
            source.is_relevant,
            source.total,
            source.waiting,
            source.decided,
            source.attention,
            twins.get(source.pk),
        )
        for source in listed
    )


def _twins(sources: Iterable[int]) -> dict[int, Twin]:
    """The earlier sources that say the same as these."""
    found = SourceTwin.objects.filter(source_id__in=list(sources)).select_related("twin")
    light = found.defer("twin__raw", "twin__text", "twin__reading")
    return {one.source_id: Twin(source_line(one.twin), one.share) for one in light}


def waiting_count() -> int:
    """How many proposals wait."""
    return Proposal.objects.filter(state="waiting").count()


def next_waiting(after: str = "") -> str:
    """The id of the oldest page that has proposals waiting, another than `after`; empty where none has."""
    waiting = Source.objects.filter(proposals__state="waiting").exclude(public_id=after)
    return waiting.order_by("captured_at", "pk").values_list("public_id", flat=True).first() or ""


def page_review(source: str) -> PageReview | None:
    """All of one page: its text, its proposals in the order of the text, and what was not read."""
    found = Source.objects.filter(public_id=source).select_related("previous").defer("raw").first()
    if found is None:
        return None
    rows = list(_rows(Proposal.objects.filter(source=found).exclude(TAKEN_BACK)))
    reading = found.reading
    notes = tuple(map(_unread, reading.get("notes", ())))
    latest = max((row for row in rows if row.decision), key=lambda row: row.decision_id or 0, default=None)
    return PageReview(
        source=source_line(found),
        state=found.state,
        trouble=found.trouble,
        is_relevant=found.is_relevant,
        losses=tuple(Remark(loss["code"], {}, loss["message"]) for loss in found.losses),
        text=found.text,
        article=_spans(reading.get("article", ())),
        cards=_cards(rows, found.text),
        unread=tuple(note for note in notes if note.code == UNREAD),
        notes=tuple(note for note in notes if note.code != UNREAD),
        quotes=tuple((*quote["span"], quote["speaker"] or "") for quote in reading.get("quotes", ())),
        waiting=sum(row.state == "waiting" for row in rows),
        next_source=next_waiting(after=source),
        earlier_source=found.previous.public_id if found.previous else "",
        last_act=latest.decision.act if latest and latest.decision else "",
        twin=_twins([found.pk]).get(found.pk),
    )


def card(proposal: str) -> Card | None:
    """One proposal."""
    row = _rows(Proposal.objects.filter(public_id=proposal)).first()
    return _cards([row], row.source.text)[0] if row else None


def _rows(proposals: Any) -> Any:
    related = ("source", "match", "record", "decision__by", "earlier")
    return proposals.select_related(*related).defer("source__raw", "source__reading").order_by("position", "pk")


def _cards(rows: Iterable[Proposal], text: str) -> tuple[Card, ...]:
    listed = list(rows)
    named = {one["id"] for row in listed for one in row.match_reason.get("candidates", ())}
    named |= {claim[name] for row in listed for claim in _told(row) for name in ("record", "view") if claim.get(name)}
    named |= {known for row in listed for known in row.match_reason.get("places", {}).values()}
    things = {record.public_id: thing_of(record) for record in Record.objects.filter(public_id__in=named)}
    return tuple(_card(row, text, things) for row in listed)


def _told(row: Proposal) -> list[dict[str, Any]]:
    return [*row.as_read["claims"], *(row.as_decided or {"claims": []})["claims"]]


def _card(row: Proposal, text: str, things: Mapping[str, Thing]) -> Card:
    claims = [_claim(row, claim, text, things) for claim in row.as_read["claims"]]
    decided = row.as_decided and tuple(_claim(row, claim, text, things) for claim in row.as_decided["claims"])
    return Card(
        id=row.public_id,
        source=row.source.public_id,
        sort=row.sort,
        state=row.state,
        version=row.version,
        title=_title(row.sort, row.as_decided or row.as_read),
        claims=tuple(claims),
        decided=decided or None,
        spans=tuple(sorted({(q.start, q.end) for claim in claims for q in claim.evidence})),
        position=row.position,
        said_by=next((claim.said_by for claim in claims if claim.said_by), ""),
        verdict=row.verdict,
        match=thing_of(row.match) if row.match else None,
        match_reason=remark(row.match_reason.get("code", "no-reason"), row.match_reason.get("words")),
        candidates=tuple(
            Candidate(things[one["id"]], remark(one["code"], one["words"]))
            for one in row.match_reason.get("candidates", ())
            if one["id"] in things
        ),
        attention=tuple(remark(point["code"], point["words"]) for point in row.attention),
        record=thing_of(row.record) if row.record else None,
        decision=row.decision.public_id if row.decision else "",
        decided_by=row.decision.by.get_username() if row.decision else "",
        decided_at=row.decision.at if row.decision else None,
        earlier=row.earlier.public_id if row.earlier else "",
        is_by_hand=row.read_by.startswith("person:"),
        view=things.get(next((claim["view"] for claim in row.as_read["claims"] if claim.get("view")), "")),
    )


def _claim(row: Proposal, claim: Mapping[str, Any], text: str, things: Mapping[str, Thing]) -> Claim:
    value: Plain = claim["value"]
    known = row.match_reason.get("places", {}) if claim["property"] in NAMES_PLACES else {}
    return Claim(
        property=claim["property"],
        type=_type_of(row.sort, claim["property"]),
        value=value,
        language=claim["language"],
        qualifiers=claim["qualifiers"],
        as_written=claim["as_written"],
        evidence=tuple(_quotation(text, start, end) for start, end in claim["evidence"]),
        said_by=claim["said_by"],
        thing=things.get(claim.get("record") or known.get(str(value), "")),
    )


def _type_of(sort: str, name: str) -> str:
    known = PROPERTIES.get(sort, {}).get(name) or COMMON.get(name)
    return known.type if known else OWN_TYPES.get(name, "words")


def _quotation(text: str, start: int, end: int) -> Quotation:
    return Quotation(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def _title(sort: str, told: Mapping[str, Any]) -> str:
    """A line that names the proposal, in the page's language."""
    values: dict[str, list[str]] = {}
    for claim in told["claims"]:
        values.setdefault(claim["property"], []).append(str(claim["value"]))
    if sort == "tie":
        return " – ".join(values.get("places", ()))
    if sort == "person":
        return ", ".join([*values.get("name", ()), *values.get("role", ())])
    first = values.get("title") or values.get("name") or values.get("said") or values.get("kind") or [""]
    return first[0] if len(first[0]) <= TITLE_LENGTH else first[0][: TITLE_LENGTH - 1] + "…"


def _unread(note: Mapping[str, Any]) -> Unread:
    evidence = note.get("evidence")
    return Unread(note["step"], note["code"], note["message"], tuple(evidence) if evidence else None)


def _spans(spans: Iterable[Any]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in spans)
