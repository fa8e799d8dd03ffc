"""Statements: what the city stands behind, one property of one record at a time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from twinbook.register.models.fields import ReadableEncoder, list_field

PERSON, IMPORTER, READER, PARTNER = 3, 2, 1, 0  # whose word outranks whose; a partner's view none of ours


class Statement(models.Model):
    """One property of one record, with the words that say it, where they stand, and the decision that let it in.

    Never edited: a statement stands from its decision until `withdrawn_by`. `record` is the record as first decided;
    a merge leaves it. `value` is a plain JSON value; where the property names a record, `value` is null and `target`
    the record. `also` holds further places in the text that say the same, as [[start, end, quote], ...].
    `qualifiers` narrow the value: a name's kind and period, a participant's role. `restates`: the first statement of
    the same words, where an undo lets it stand again. `amends`: the one that a person corrected by this.
    """

    key = models.CharField(max_length=64)  # SHA-256 of source, record, property, value, language
    record = models.ForeignKey(
        "register.Record", on_delete=models.PROTECT, related_name="statements", db_index=False
    )  # the index over record and property serves it
    property = models.CharField(max_length=40)
    value = models.JSONField(null=True, encoder=ReadableEncoder)
    target = models.ForeignKey(
        "register.Record", null=True, on_delete=models.PROTECT, related_name="statements_that_name_it", db_index=False
    )
    language = models.CharField(max_length=20, blank=True, default="")
    qualifiers = models.JSONField(default=dict, blank=True, encoder=ReadableEncoder)
    as_written = models.TextField()
    quote = models.TextField()
    prefix = models.CharField(max_length=80, blank=True, default="")
    suffix = models.CharField(max_length=80, blank=True, default="")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    also = list_field()
    said_by = models.CharField(max_length=300, blank=True, default="")  # empty: the source itself says it
    view = models.ForeignKey("register.Record", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.ForeignKey("register.Source", on_delete=models.PROTECT, related_name="statements")
    read_by = models.CharField(max_length=80)  # reader:VERSION · importer:NAME · person:USER
    rank = models.PositiveSmallIntegerField()  # PERSON, IMPORTER or READER
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    decision = models.ForeignKey("register.Decision", on_delete=models.PROTECT, related_name="statements")
    withdrawn_by = models.ForeignKey(
        "register.Decision", null=True, on_delete=models.PROTECT, related_name="withdrawn_statements", db_index=False
    )
    restates = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="restated", db_index=False)
    amends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="amendments", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(withdrawn_by__isnull=True), name="one_standing_key"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="evidence_is_not_empty"),
            models.CheckConstraint(condition=~Q(quote=""), name="statement_has_a_quote"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(target__isnull=True), name="value_or_target"),
        ]
        # What most statements leave empty is indexed where it is filled: an import writes half as much.
        indexes = [
            models.Index(fields=["record", "property"]),
            models.Index(fields=["key"], condition=Q(withdrawn_by__isnull=False), name="withdrawn_key"),
            *(
                models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"statement_{name}")
                for name in ("target", "view", "withdrawn_by", "restates", "amends")
            ),
        ]


class Backing(models.Model):
    """A further decision that let in a statement which already stood; the statement stands while one is not undone."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="backings")
    decision = models.ForeignKey("register.Decision", on_delete=models.PROTECT, related_name="backings")
    ended_by = models.ForeignKey("register.Decision", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "decision"], name="one_backing_a_decision")]
