"""Proposals that wait for a person, and the decisions people made."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from twinbook.register.models.fields import ReadableEncoder, list_field, new_public_id


class Proposal(models.Model):
    """One finding of one page in the queue, matched to a record or to none.

    `sort`: person · organisation · tie · step · activity · landmark · saying; of an entry by hand any kind of record.
    `state`: waiting · accepted · corrected · rejected · replaced (a later reading proposes another instead) · known
    (an earlier capture of the page was decided and says the same) · divided · joined (a person split it, or joined it
    with another: `formed_by` of the proposals made so names that decision).
    `as_read` and `as_decided` are {"claims": [...]} in the shape of queries.values.Claim; the difference between
    them is what a better reader learns from.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    source = models.ForeignKey("register.Source", on_delete=models.PROTECT, related_name="proposals")
    sort = models.CharField(max_length=16)
    key = models.CharField(max_length=64, unique=True)  # SHA-256 of source, sort and claims: reading twice adds nothing
    position = models.PositiveIntegerField(default=0)  # first character of its evidence
    state = models.CharField(max_length=12, default="waiting")
    version = models.PositiveIntegerField(default=1)  # grows with each decision; a stale one is refused
    as_read = models.JSONField(encoder=ReadableEncoder)
    as_decided = models.JSONField(null=True, blank=True, encoder=ReadableEncoder)
    read_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    earlier = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="newer")
    verdict = models.CharField(max_length=8, default="new")  # same · new · unsure
    match = models.ForeignKey("register.Record", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    match_reason = models.JSONField(default=dict, blank=True, encoder=ReadableEncoder)  # {"code", "words": {...}}
    attention = list_field()  # [{"code", "words": {...}}]: what a person must look at
    record = models.ForeignKey("register.Record", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.ForeignKey("register.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    formed_by = models.ForeignKey(
        "register.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="formed"
    )

    class Meta:
        indexes = [
            models.Index(fields=["state", "source"]),
            models.Index(fields=["source", "position"]),
        ]


class Decision(models.Model):
    """What a person decided, when and why. Nothing enters or leaves the register without one.

    `kind`: accept · correct · reject · enter · withdraw · prefer · merge · split · join · send · undo.
    `act` joins the decisions that one act made (a whole page accepted); they can be undone together.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    act = models.CharField(max_length=16, db_index=True)
    kind = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True, default="")
    source = models.ForeignKey("register.Source", null=True, on_delete=models.PROTECT, related_name="decisions")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="decisions")
    record = models.ForeignKey("register.Record", null=True, on_delete=models.PROTECT, related_name="decisions")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"])]


class Preference(models.Model):
    """A person's choice among statements that contradict each other; the others stay visible. The newest
    that is not undone counts."""

    statement = models.ForeignKey("register.Statement", on_delete=models.PROTECT, related_name="preferences")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="preference")
    ended_by = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")


class Merge(models.Model):
    """Two records found to be one: `record` is told as `into` from the decision on, until it is undone."""

    record = models.ForeignKey("register.Record", on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey("register.Record", on_delete=models.PROTECT, related_name="merged_in")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="merge")
    ended_by = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(ended_by__isnull=True), name="one_standing_merge")
        ]


class Revision(models.Model):
    """One row that every change of the register raises: it orders the writers, and tells caches what they hold.

    Bumped first in each writing transaction, so that PostgreSQL's row lock makes two decisions follow each other as
    SQLite's IMMEDIATE does.
    """

    number = models.PositiveBigIntegerField(default=0)
