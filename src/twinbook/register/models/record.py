"""Records: the identity of each thing the register knows; its row of values is rebuilt from statements."""

from __future__ import annotations

from django.db import models

from twinbook.register.models.fields import code_field, new_public_id, words_field


class Record(models.Model):
    """One thing: a place, tie, step, agreement, activity, person, post held, organisation, landmark …

    `canonical` is the record that stands for it: itself, or the one it was merged into (followed to the end).
    `label` is its name or title by language, for lists; empty where nothing stands about it any more.
    `visibility`: public · internal · private. `version` grows with each change of its row.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=16)
    canonical = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="members", db_index=False
    )  # the index over merged ones serves it
    label = words_field()
    visibility = code_field()
    is_standing = models.BooleanField(default=False)  # at least one statement about it stands
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["is_standing", "-id"], name="newest_standing"),
            models.Index(fields=["kind", "is_standing", "-id"], name="newest_of_a_kind"),
            models.Index(fields=["canonical"], condition=models.Q(canonical__isnull=False), name="record_canonical"),
        ]


class Dispute(models.Model):
    """A property for which statements that exclude each other stand; open until a person prefers one."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="disputes")
    property = models.CharField(max_length=40)
    is_open = models.BooleanField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "property"], name="one_dispute_a_property")]


class SearchToken(models.Model):
    """A stem or pair of characters by which a record is found; `weight` is higher for names than for prose."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="tokens")
    token = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        # One token a record: the rows are written by rebuild alone, and the audit counts them.
        indexes = [models.Index(fields=["token", "-weight", "-record"], name="heaviest_of_a_token")]


class Identifier(models.Model):
    """The same thing elsewhere: scheme (geonames, wikidata …) and its identifier there."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    identifier = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["scheme", "identifier"])]
