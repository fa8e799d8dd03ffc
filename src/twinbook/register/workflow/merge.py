"""Two records → one; the old address still answers, and the merge can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q

from twinbook.register.models import Decision, Merge, Record
from twinbook.register.models.fields import new_public_id
from twinbook.register.queries.accounts import follow
from twinbook.register.workflow.decide import Decided
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import check_version, find_record, settle, storable, writing
from twinbook.register.workflow.rows import rows_that_name


def merge(
    record: str,
    *,
    into: str,
    by: User,
    at: datetime,
    reason: str = "",
    versions: Mapping[str, int] | None = None,
) -> Decided:
    """Tell `record` as `into` from now on. Statements keep the record they were decided for; undo() parts them.

    `versions`: the records' versions as the person saw them, by id.
    """
    need(by, "decide")
    with writing():
        one, other = find_record(record), find_record(into)
        for row in (one, other):
            check_version(row.public_id, row.version, (versions or {}).get(row.public_id))
        if one.pk == other.pk:
            raise NotPossibleError("these are one record already", code="one-already")
        if one.kind != other.kind:
            raise NotPossibleError(f"a {one.kind} is no {other.kind}", code="wrong-kind")
        decision = Decision.objects.create(
            act=new_public_id(), kind="merge", by=by, at=at, reason=storable(reason), record=other
        )
        naming = rows_that_name(_group(one))
        Merge.objects.create(record=one, into=other, decision=decision)
        group = {*_group(one), *_group(other)}
        _point_to_ends(group)
        settle(group | naming)
        return Decided(decision.public_id, decision.act, "merge", "", other.public_id)


def unmerge(decision: Decision, undone: Decision) -> set[int]:
    """Part what a decision had merged; returns the records whose rows change."""
    merged = Merge.objects.filter(decision=decision, ended_by=None).select_related("record", "into").first()
    if merged is None:
        return set()
    end = merged.into.canonical_id or merged.into_id
    group = _group_of(end)
    Merge.objects.filter(pk=merged.pk).update(ended_by=undone)
    _point_to_ends(group)
    return group | rows_that_name(group)


def _group(record: Record) -> set[int]:
    return _group_of(record.canonical_id or record.pk)


def _group_of(canonical: int) -> set[int]:
    members = Record.objects.filter(Q(pk=canonical) | Q(canonical_id=canonical))
    return set(members.values_list("pk", flat=True))


def _point_to_ends(group: set[int]) -> None:
    """Let each record of the group point to the one that stands for it by the merges that hold."""
    into = dict(Merge.objects.filter(record_id__in=group, ended_by=None).values_list("record_id", "into_id"))
    ends = follow(into)
    Record.objects.filter(pk__in=group - set(ends)).update(canonical=None)
    for pk, end in ends.items():
        Record.objects.filter(pk=pk).update(canonical=end)
