"""The audit: proves that every row equals its statements, every quote its source, every statement its decision."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db.models import F, Q

from twinbook.register.models import Decision, Merge, Proposal, Record, Source, Statement
from twinbook.register.queries.accounts import follow
from twinbook.register.workflow.access import broken_links
from twinbook.register.workflow.audit_rows import records
from twinbook.register.workflow.audit_statements import Damage, Progress, statements, withdrawals
from twinbook.register.workflow.capture import digest_of
from twinbook.register.workflow.propose import keys_of

__all__ = ["Damage", "Progress", "amount", "audit", "fingerprint"]

BATCH = 500


def audit(*, progress: Progress = lambda done: None) -> Iterator[Damage]:
    """All damage there is; an empty register and a sound one give none. `progress` is told how many records and
    statements are done. Memory stays level whatever the size: everything is looked at in ranges of ids.
    """
    yield from _sources()
    yield from statements(progress)
    yield from withdrawals()
    yield from _merges()
    yield from _proposals()
    yield from (Damage("access-log", str(number), sentence) for number, sentence in broken_links())
    yield from _decisions()
    yield from records(progress)


def amount() -> int:
    """How much `audit` has to look at, for a progress bar."""
    return Statement.objects.count() + Record.objects.filter(canonical=None).count()


def _sources() -> Iterator[Damage]:
    """One at a time: a source may be a list of many megabytes."""
    light = Source.objects.defer("reading", "text")
    for pk in Source.objects.order_by("pk").values_list("pk", flat=True).iterator():
        source = light.get(pk=pk)
        is_erased = not source.raw and any(loss["code"] == "erased" for loss in source.losses)
        if not is_erased and digest_of(source) != source.digest:
            yield Damage("bytes-differ", source.public_id, "the kept bytes are not those that were captured")


def _merges() -> Iterator[Damage]:
    ends = follow(dict(Merge.objects.filter(ended_by=None).values_list("record_id", "into_id")))
    for record in Record.objects.filter(Q(pk__in=ends) | Q(canonical__isnull=False)).iterator(BATCH):
        if record.canonical_id != ends.get(record.pk):
            yield Damage("merge-differs", record.public_id, "it does not point to the record it was merged into")


def _proposals() -> Iterator[Damage]:
    for proposal in (
        Proposal.objects.select_related("source", "decision", "formed_by")
        .defer("source__raw", "source__text", "source__reading")
        .iterator(BATCH)
    ):
        if proposal.key not in keys_of(proposal):
            yield Damage("proposal-changed", proposal.public_id, "the finding is not the one that was read")
        decided = proposal.state in {"accepted", "corrected", "rejected", "divided", "joined"}
        if decided != (proposal.decision is not None):
            yield Damage("proposal-undecided", proposal.public_id, f"{proposal.state} and its decision do not agree")
        elif proposal.decision and hasattr(proposal.decision, "undone_by"):
            yield Damage("proposal-undecided", proposal.public_id, f"{proposal.state} by a decision that is undone")


def _decisions() -> Iterator[Damage]:
    for decision in Decision.objects.filter(kind="undo", undoes=None):
        yield Damage("undo-of-nothing", decision.public_id, "an undo names no decision")
    for decision in Decision.objects.filter(undoes__isnull=False, undoes__at__gt=F("at")):
        yield Damage("undo-too-early", decision.public_id, "an undo is older than what it undoes")


def fingerprint() -> str:
    """One SHA-256 of all that stands, for comparing two registers or one before and after."""
    digest = hashlib.sha256()
    standing = Statement.objects.filter(withdrawn_by=None).order_by("key", "pk")
    for key, quote in standing.values_list("key", "quote").iterator(BATCH):
        digest.update(f"{key}\0{quote}\0".encode())
    return digest.hexdigest()
