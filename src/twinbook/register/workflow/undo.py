"""Undo: a decision, or all decisions of one act, as if they had not been made; the undo itself is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q

from twinbook.register.models import Decision, Preference, Proposal, Record, Statement
from twinbook.register.models.fields import new_public_id
from twinbook.register.workflow.decide import Decided
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.merge import unmerge
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import settle, storable, take_back, writing
from twinbook.register.workflow.reshape import undo_shaping


def undo(decision_or_act: str, *, by: User, at: datetime, reason: str = "") -> tuple[Decided, ...]:
    """Undo one decision (its id) or one act (its id: all its decisions that still hold).

    What other decisions rest on is not undone: NotPossibleError "others-rest-on-it". Places and people that were
    made on the way go too, where nothing else names them.
    """
    need(by, "decide")
    with writing():
        chosen = _chosen(decision_or_act)
        act = new_public_id()
        undos = {old.pk: _undo_decision(old, by, at, reason, act) for old in chosen}
        touched = _take_back(chosen, undos)
        first = min(old.pk for old in chosen)
        touched |= _take_back_orphans(touched, by, at, act, first)
        settle(touched)
        return tuple(_decided(old, undos[old.pk]) for old in chosen)


def _chosen(decision_or_act: str) -> list[Decision]:
    given = Q(public_id=decision_or_act) | Q(act=decision_or_act)
    found = list(Decision.objects.filter(given).select_related("proposal", "record").order_by("-pk"))
    if not found:
        raise NotFoundError(f"no decision {decision_or_act!r}", id=decision_or_act)
    if any(decision.kind == "undo" for decision in found):
        raise NotPossibleError("an undo is not undone; decide anew", code="undo-of-undo")
    if any(decision.kind == "send" for decision in found):
        raise NotPossibleError("what was sent has left the house; send a newer file", code="sent-already")
    holding = [decision for decision in found if not hasattr(decision, "undone_by")]
    if not holding:
        raise NotPossibleError("this is undone already", code="undone-already")
    if holding[0].kind == "join":  # its two halves make sense together only
        return list(Decision.objects.filter(act=holding[0].act).select_related("proposal", "record").order_by("-pk"))
    return holding


def _undo_decision(old: Decision, by: User, at: datetime, reason: str, act: str) -> Decision:
    return Decision.objects.create(
        act=act,
        kind="undo",
        by=by,
        at=at,
        reason=storable(reason),
        source=old.source,
        proposal=old.proposal,
        record=old.record,
        undoes=old,
    )


def _take_back(chosen: Iterable[Decision], undos: dict[int, Decision]) -> set[int]:
    touched: set[int] = set()
    for old in chosen:
        undone = undos[old.pk]
        touched |= take_back([old.pk], undone)
        touched |= unmerge(old, undone)
        touched |= _end_preference(old, undone)
        _reopen(old)
        if old.record_id:
            touched.add(old.record_id)
    return touched


def _end_preference(old: Decision, undone: Decision) -> set[int]:
    found = Preference.objects.filter(decision=old, ended_by=None).select_related("statement")
    touched = {preference.statement.record_id for preference in found}
    Preference.objects.filter(decision=old, ended_by=None).update(ended_by=undone)
    return touched


def _reopen(old: Decision) -> None:
    """The proposal waits again."""
    if old.kind not in {"accept", "correct", "reject", "split", "join"} or old.proposal_id is None:
        return
    undo_shaping(old)
    row = Proposal.objects.select_for_update(of=("self",)).get(pk=old.proposal_id)
    if row.decision_id != old.pk:
        return
    row.state, row.decision, row.record, row.as_decided = "waiting", None, None, None
    row.version += 1
    row.save(update_fields=["state", "decision", "record", "as_decided", "version"])


def _take_back_orphans(touched: Collection[int], by: User, at: datetime, act: str, first: int) -> set[int]:
    """Undo the making of places, people and bodies on the way of decisions that are undone, where nothing that stands
    names them. What already stood so before the first undone decision (its key is `first`) stays as it was."""
    gone: set[int] = set()
    named = _named_by_fallen(touched)
    while named:
        orphans = Decision.objects.filter(kind="enter", proposal__isnull=False, record_id__in=named, undone_by=None)
        orphans = orphans.exclude(record_id__in=_still_named(named))
        found = [
            decision
            for decision in orphans.select_related("record")
            if _is_only_made_on_the_way(decision) and not _outlives(decision, first)
        ]
        undos = {old.pk: _undo_decision(old, by, at, "", act) for old in found}
        fallen = _take_back(found, undos)
        gone |= fallen
        named = _named_by_fallen(fallen)
    return gone


def _named_by_fallen(touched: Collection[int]) -> set[int]:
    """The records that fell statements named or were about."""
    fallen = Statement.objects.filter(record_id__in=touched).exclude(withdrawn_by=None)
    pairs = fallen.values_list("record_id", "target_id")
    return {pk for pair in pairs for pk in pair if pk}


def _still_named(records: Collection[int]) -> set[int]:
    """Of these, the records that a standing statement names (through any record merged with it)."""
    canonical = dict(Record.objects.filter(pk__in=records).values_list("pk", "canonical_id"))
    groups = {pk: end or pk for pk, end in canonical.items()}
    members = dict(
        Record.objects.filter(Q(canonical_id__in=groups.values()) | Q(pk__in=groups.values())).values_list(
            "pk", "canonical_id"
        )
    )
    named = set(Statement.objects.filter(target_id__in=members, withdrawn_by=None).values_list("target_id", flat=True))
    ends = {members[pk] or pk for pk in named}
    return {pk for pk, end in groups.items() if end in ends}


def _outlives(making: Decision, first: int) -> bool:
    """Whether the decision on whose way a record was made holds, or was undone before `first` was made."""
    owners = Decision.objects.filter(act=making.act, proposal=making.proposal, kind__in=("accept", "correct"))
    return owners.filter(Q(undone_by=None) | Q(undone_by__lt=first)).exists()


def _is_only_made_on_the_way(decision: Decision) -> bool:
    """Whether nothing but its making is stated about the record: no accepted finding and no officer spoke of it."""
    standing = Statement.objects.filter(record=decision.record, withdrawn_by=None)
    others = standing.exclude(decision=decision).exclude(restates__decision=decision)
    return not others.exists()


def _decided(old: Decision, undone: Decision) -> Decided:
    proposal = old.proposal.public_id if old.proposal else ""
    return Decided(undone.public_id, undone.act, "undo", proposal, old.record.public_id if old.record else "")
