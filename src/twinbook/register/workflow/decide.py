"""Accept, correct, reject: what a person decides about proposals, one by one or a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from twinbook.register.models import Decision, Proposal, Record
from twinbook.register.models.fields import new_public_id
from twinbook.register.workflow.attention import points_of
from twinbook.register.workflow.corrections import correct_again
from twinbook.register.workflow.drafting import RECORD_KINDS, Drafting, Resolved
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError, StaleDecisionError
from twinbook.register.workflow.findings import Claim, Finding
from twinbook.register.workflow.match import Match
from twinbook.register.workflow.matching import PLACE_PROPERTIES, known_places, match_finding
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import (
    check_value,
    check_version,
    find_record,
    settle,
    state,
    storable,
    writing,
)

# People and bodies first, since activities name them; sayings last, since they belong to a meeting.
ORDER = ("place", "person", "organisation", "holding", "agreement", "tie", "step", "activity", "landmark")
ORDER += ("gift", "commitment", "saying")
TO_CHOOSE = ("choose-record", "decide-person-first", "decide-first")


@dataclass(frozen=True)
class Decided:
    """One decision as made: its id, the act it belongs to, its kind, and the proposal and record it is about."""

    decision: str
    act: str
    kind: str
    proposal: str = ""
    record: str = ""


def accept(
    proposal: str,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    record: str | None = None,
    reason: str = "",
) -> Decided:
    """Make a proposal's claims statements.

    `record`: None takes the record that the match names (NotPossibleError "choose-record" where it is unsure), "" makes
    a new one, an id joins that record.
    """
    need(by, "decide")
    return _decide_one(proposal, None, by=by, at=at, version=version, record=record, reason=reason)


def correct(
    proposal: str,
    *,
    changes: Mapping[str, Any],
    by: User,
    at: datetime,
    version: int | None = None,
    record: str | None = None,
    reason: str = "",
) -> Decided:
    """Accept with other values: {property: value, list of values, or None to leave the claim out}.

    A place or person may be named, or given as the id of a record. The proposal keeps both: as read and as decided.
    """
    need(by, "decide")
    return _decide_one(proposal, changes, by=by, at=at, version=version, record=record, reason=reason)


def reject(proposal: str, *, by: User, at: datetime, version: int | None = None, reason: str = "") -> Decided:
    """The page does not say so, or it is no matter for the register. Nothing enters."""
    need(by, "decide")
    with writing():
        return _reject(waiting(proposal, version), by, at, reason, new_public_id())


def accept_page(
    source: str,
    *,
    by: User,
    at: datetime,
    versions: Mapping[str, int] | None = None,
    leave_out: Collection[str] = (),
    reason: str = "",
) -> tuple[Decided, ...]:
    """Accept all that waits on a page, as one act that can be undone at once.

    Proposals in `leave_out`, and those that need a choice, stay waiting. `versions` are the proposals as the person
    saw them: one that is not among them, or has changed, is StaleDecisionError and nothing is decided.
    """
    need(by, "decide")
    with writing():
        return _accept_all([r for r in _waiting_on(source, versions) if r.public_id not in leave_out], by, at, reason)


def accept_chosen(
    versions: Mapping[str, int],
    *,
    by: User,
    at: datetime,
    reason: str = "",
) -> tuple[Decided, ...]:
    """Accept the proposals that a person chose, {id: version as seen}, as one act; those that need a choice stay."""
    need(by, "decide")
    with writing():
        return _accept_all(_chosen_ones(versions), by, at, reason)


def reject_chosen(versions: Mapping[str, int], *, by: User, at: datetime, reason: str = "") -> tuple[Decided, ...]:
    """Reject the proposals that a person chose, as one act."""
    need(by, "decide")
    act = new_public_id()
    with writing():
        return tuple(_reject(row, by, at, reason, act) for row in _chosen_ones(versions))


def _accept_all(rows: Sequence[Proposal], by: User, at: datetime, reason: str) -> tuple[Decided, ...]:
    act = new_public_id()
    resolved: Resolved = {}
    decided = []
    for row in rows:
        try:
            with transaction.atomic():  # what cannot be decided yet leaves nothing behind
                decided.append(_enter(row, None, None, by, at, reason, act, resolved))
        except NotPossibleError as error:
            if error.code not in TO_CHOOSE:
                raise
            resolved.clear()
            _refresh(row)
    return tuple(decided)


def _chosen_ones(versions: Mapping[str, int]) -> list[Proposal]:
    if not versions:
        raise NotPossibleError("choose at least one proposal", code="nothing-chosen")
    return in_order(waiting(proposal, version) for proposal, version in versions.items())


def reject_page(
    source: str, *, by: User, at: datetime, versions: Mapping[str, int] | None = None, reason: str = ""
) -> tuple[Decided, ...]:
    """Reject all that waits on a page, as one act."""
    need(by, "decide")
    act = new_public_id()
    with writing():
        return tuple(_reject(row, by, at, reason, act) for row in _waiting_on(source, versions))


def _decide_one(
    proposal: str,
    changes: Mapping[str, Any] | None,
    *,
    by: User,
    at: datetime,
    version: int | None,
    record: str | None,
    reason: str,
) -> Decided:
    try:
        with writing():
            return _enter(waiting(proposal, version), changes, record, by, at, reason, new_public_id())
    except NotPossibleError as error:
        if error.code in TO_CHOOSE:
            with writing():
                _refresh(waiting(proposal, version))
        raise


def waiting(proposal: str, version: int | None) -> Proposal:
    """A proposal that waits, held until the transaction ends; StaleDecisionError where it was decided meanwhile."""
    row = Proposal.objects.select_for_update(of=("self",)).select_related("source").filter(public_id=proposal).first()
    if row is None:
        raise NotFoundError(f"no proposal {proposal!r}", id=proposal)
    check_version(proposal, row.version, version)
    if row.state != "waiting":
        raise StaleDecisionError(f"{proposal} is {row.state} already; undo that first", id=proposal, state=row.state)
    return row


def _waiting_on(source: str, versions: Mapping[str, int] | None) -> list[Proposal]:
    rows = Proposal.objects.select_for_update(of=("self",)).filter(source__public_id=source, state="waiting")
    found = in_order(rows.select_related("source"))
    if versions is not None:
        for row in found:
            if row.public_id not in versions:
                raise StaleDecisionError("the page was read again; look at what is new", id=row.public_id)
            check_version(row.public_id, row.version, versions[row.public_id])
    return found


def in_order(rows: Iterable[Proposal]) -> list[Proposal]:
    """In the order in which they can be decided one after the other."""
    return sorted(rows, key=lambda row: (ORDER.index(row.sort), row.position, row.pk))


def _finding(row: Proposal) -> Finding:
    return Finding(row.sort, row.as_read["claims"])


def _refresh(row: Proposal) -> None:
    """Tell the queue how the proposal matches the register as it is now."""
    match = match_finding(_finding(row), row.source, earlier=row.earlier)
    row.verdict, row.match = match.verdict, match.record
    places = known_places(_finding(row))
    row.match_reason = match.reason | {"places": places}
    row.attention = points_of(_finding(row), match, places=places.values())
    row.save(update_fields=["verdict", "match", "match_reason", "attention"])


def _enter(
    row: Proposal,
    changes: Mapping[str, Any] | None,
    record: str | None,
    by: User,
    at: datetime,
    reason: str,
    act: str,
    resolved: Resolved | None = None,
) -> Decided:
    if changes and any(claim.get("view") for claim in row.as_read["claims"]):
        raise NotPossibleError(
            "a partner's view is accepted or rejected as it is; enter ours beside it", code="partners-view"
        )
    finding = Finding(row.sort, corrected(_finding(row), changes)) if changes else _finding(row)
    about = _chosen(row, finding, record)
    drafting = Drafting(row, finding, by_person=f"person:{by.get_username()}", at=at, resolved=resolved)
    target = drafting.draft(about)
    touched: set[int] = set()
    for made in drafting.made.values():
        on_the_way = _decision("enter", row, by, at, "", act, made)
        touched |= state(on_the_way, [d for d in drafting.drafts if d.record.pk == made.pk and drafting.is_aside(d)])
    kind = "correct" if changes else "accept"
    decision = _decision(kind, row, by, at, reason, act, target)
    touched |= state(decision, [draft for draft in drafting.drafts if not drafting.is_aside(draft)])
    touched |= correct_again(row)
    row.state = "corrected" if changes else "accepted"
    row.as_decided = {"claims": finding.claims}
    _close(row, decision, target)
    settle(touched | {target.pk})
    return Decided(decision.public_id, act, kind, row.public_id, target.public_id)


def _reject(row: Proposal, by: User, at: datetime, reason: str, act: str) -> Decided:
    decision = _decision("reject", row, by, at, reason, act, None)
    row.state = "rejected"
    _close(row, decision, None)
    return Decided(decision.public_id, act, "reject", row.public_id)


def _decision(
    kind: str, row: Proposal, by: User, at: datetime, reason: str, act: str, record: Record | None
) -> Decision:
    return Decision.objects.create(
        act=act, kind=kind, by=by, at=at, reason=storable(reason), source=row.source, proposal=row, record=record
    )


def _close(row: Proposal, decision: Decision, record: Record | None) -> None:
    row.decision, row.record = decision, record
    row.version += 1
    row.save(update_fields=["state", "as_decided", "decision", "record", "version"])


def _chosen(row: Proposal, finding: Finding, record: str | None) -> Record | None:
    """The record to join, or None for a new one."""
    if record == "":
        return None
    if record is not None:
        kinds = RECORD_KINDS.get(row.sort) or ("activity", "person", "organisation")
        return find_record(record, kind=kinds)
    match = match_finding(finding, row.source, earlier=row.earlier)
    if row.sort == "person":
        return _chosen_person(row, match)
    if match.verdict == "unsure":
        raise _to_choose(row)
    return match.record


def _chosen_person(row: Proposal, match: Match) -> Record | None:
    """A person is joined where the officer saw the match, or where this very page named the record into being."""
    here = [record for record, _, _ in match.candidates if _made_on_this_page(row, record)]
    if match.verdict == "unsure" and len(here) == 1 and match.code == "unsure-person-name":
        return here[0]
    is_unseen = match.record is not None and row.match_id != match.record.pk
    if match.verdict == "unsure" or (is_unseen and not _made_on_this_page(row, match.record)):
        raise _to_choose(row)
    return match.record


def _to_choose(row: Proposal) -> NotPossibleError:
    return NotPossibleError("choose the record that is meant, or a new one", code="choose-record", id=row.public_id)


def _made_on_this_page(row: Proposal, record: Record | None) -> bool:
    made = Decision.objects.filter(source=row.source, record=record, undone_by=None)
    return made.filter(kind__in=("enter", "accept", "correct")).exists()


def corrected(finding: Finding, changes: Mapping[str, Any]) -> list[Claim]:
    """The claims with a person's values in their places; the evidence of the finding stays theirs."""
    claims = [claim for claim in finding.claims if claim["property"] not in changes]
    for name, value in changes.items():
        values: Sequence[Any] = value if isinstance(value, list | tuple) else [] if value is None else [value]
        before = [claim for claim in finding.claims if claim["property"] == name]
        claims += [_changed(finding, name, one, before) for one in values]
    if not claims:
        raise NotPossibleError("nothing is left of the finding; reject it instead", code="nothing-left")
    return claims


def _changed(finding: Finding, name: str, value: Any, before: Sequence[Claim]) -> Claim:
    """The claim as it was where the value is the same, else a person's claim with the finding's evidence."""
    value = storable(value)
    same = next((claim for claim in before if claim["value"] == value), None)
    if same:
        return same
    pattern = before[0] if before else finding.claims[0]
    by_id = isinstance(value, str) and Record.objects.filter(public_id=value).first()
    claim = {
        "property": name,
        "value": value,
        "language": pattern["language"] if before else _language_for(finding, name),
        "qualifiers": {},
        "as_written": "",
        "evidence": pattern["evidence"],
        "said_by": pattern["said_by"],
        "by_person": True,
    }
    if by_id and name in {*PLACE_PROPERTIES, "participants", "speaker"}:
        claim |= {"record": by_id.public_id, "value": str(next(iter(by_id.label.values()), value))}
    elif name not in {*PLACE_PROPERTIES, "participants", "role", "represents", "speaker"}:
        kind = "holding" if name == "post" else RECORD_KINDS.get(finding.sort, "activity")
        check_value(kind, name, value, None)
    return claim


def _language_for(finding: Finding, name: str) -> str:
    """The page's language for a property that has words."""
    words = {"title", "name", "honours", "role", "places", "place", "partner", "represents", "participants", "said"}
    words |= {"what", "side"}
    if name not in words:
        return ""
    return next((claim["language"] for claim in finding.claims if claim["language"]), "")
