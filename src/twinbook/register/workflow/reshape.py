"""A person's shaping of what was read: one proposal split into two, two joined into one; both can be undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.contrib.auth.models import User

from twinbook.register.models import Decision, Proposal
from twinbook.register.models.fields import new_public_id
from twinbook.register.models.properties import COMMON, PROPERTIES
from twinbook.register.workflow.decide import Decided, waiting
from twinbook.register.workflow.errors import NotPossibleError, StaleDecisionError
from twinbook.register.workflow.findings import Claim, Finding
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.propose import create_proposal, key_of
from twinbook.register.workflow.record import writing

MANY = {"participants", "said", "name", "places", "areas", "topics"}  # also where a finding's sort is no kind of record


def split(
    proposal: str,
    *,
    first: Collection[int],
    second: Collection[int],
    by: User,
    at: datetime,
    version: int | None = None,
) -> Decided:
    """Make two proposals of one: `first` and `second` are the places of its claims (from 0) that go to each; a claim
    may go to both, and none is left out.

    NotPossibleError "split-changes-nothing" where one of the two would be all of it, or both the same.
    """
    need(by, "decide")
    with writing():
        row = waiting(proposal, version)
        _refuse_partners_view([row])
        claims: list[Claim] = row.as_read["claims"]
        parts = [[claim for place, claim in enumerate(claims) if place in chosen] for chosen in (first, second)]
        is_whole = set(first) | set(second) == set(range(len(claims)))
        keys = [key_of(row.source, row.sort, part) for part in parts]
        if not is_whole or not all(parts) or len({row.key, *keys}) < 3:
            raise NotPossibleError("each of the two needs a line of its own", code="split-changes-nothing")
        decision = _set_aside(row, "split", "divided", by, at, new_public_id())
        for part in parts:
            _form(row, part, decision, at)
        return Decided(decision.public_id, decision.act, "split", row.public_id)


def join(first: str, second: str, *, by: User, at: datetime, versions: Sequence[int | None] = (None, None)) -> Decided:
    """Make one proposal of two of the same page and sort. Where they tell one thing differently, the first's word
    goes into it; what both say has the sentences of both.

    NotPossibleError "join-two" where they are not two of one page and sort.
    """
    need(by, "decide")
    with writing():
        rows = [waiting(proposal, seen) for proposal, seen in zip((first, second), versions, strict=True)]
        _refuse_partners_view(rows)
        if rows[0].pk == rows[1].pk or rows[0].source_id != rows[1].source_id or rows[0].sort != rows[1].sort:
            raise NotPossibleError("choose two proposals of one kind on this page", code="join-two")
        act = new_public_id()
        decisions = [_set_aside(row, "join", "joined", by, at, act) for row in rows]
        _form(rows[0], joined(rows[0].sort, *(row.as_read["claims"] for row in rows)), decisions[0], at)
        return Decided(decisions[0].public_id, act, "join", rows[0].public_id)


def joined(sort: str, first: Sequence[Claim], second: Sequence[Claim]) -> list[Claim]:
    """The claims of both, each once with all its places in the text; where one value may stand, it is the first's."""
    claims = [{**claim, "evidence": list(claim["evidence"])} for claim in first]
    told = {claim["property"] for claim in first}
    for claim in second:
        same = next((one for one in claims if _is_same(one, claim)), None)
        if same:
            same["evidence"] += [span for span in claim["evidence"] if span not in same["evidence"]]
        elif claim["property"] not in told or _has_many(sort, claim["property"]):
            claims.append(claim)
    return claims


def undo_shaping(decision: Decision) -> None:
    """Take back what a split or join formed, before what it set aside waits again.

    NotPossibleError "others-rest-on-it" where a proposal formed by it was decided: that is undone first.
    """
    for row in Proposal.objects.select_for_update(of=("self",)).filter(formed_by=decision):
        if row.state == "waiting":
            row.state, row.version = "replaced", row.version + 1
            row.save(update_fields=["state", "version"])
        elif row.state != "replaced":
            raise NotPossibleError("a proposal formed so was decided; undo that first", code="others-rest-on-it")


def _refuse_partners_view(rows: Sequence[Proposal]) -> None:
    if any(claim.get("view") for row in rows for claim in row.as_read["claims"]):
        raise NotPossibleError("a partner's view is accepted or rejected as it is", code="partners-view")


def _set_aside(row: Proposal, kind: str, state: str, by: User, at: datetime, act: str) -> Decision:
    decision = Decision.objects.create(act=act, kind=kind, by=by, at=at, source=row.source, proposal=row)
    row.state, row.decision, row.version = state, decision, row.version + 1
    row.save(update_fields=["state", "decision", "version"])
    return decision


def _form(origin: Proposal, claims: list[Claim], decision: Decision, at: datetime) -> None:
    """A proposal of these claims; one that an earlier split or join had formed, and an undo took back, is it again."""
    finding = Finding(origin.sort, claims)
    key = key_of(origin.source, origin.sort, claims)
    known = Proposal.objects.select_for_update(of=("self",)).filter(key=key).first()
    if known is not None and known.state == "joined":  # the other one adds nothing but sentences
        key, known = key_of(origin.source, origin.sort, claims, formed_by=decision), None
    if known is None:
        create_proposal(origin.source, finding, key, at, origin.read_by, state="waiting", formed_by=decision)
        return
    if known.state != "replaced" or known.formed_by_id is None:
        raise StaleDecisionError("such a proposal stands on this page already", code="formed-already")
    known.state, known.formed_by, known.version = "waiting", decision, known.version + 1
    known.save(update_fields=["state", "formed_by", "version"])


def _is_same(one: Claim, other: Claim) -> bool:
    names = ("property", "value", "language", "said_by", "qualifiers")
    return all(one.get(name) == other.get(name) for name in names)


def _has_many(sort: str, name: str) -> bool:
    known = PROPERTIES.get(sort, {}).get(name) or COMMON.get(name)
    return known.many if known else name in MANY
