"""The office's papers as they were drafted and kept, the lines of its yearly plans, and its own templates."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from twinbook.register.models.fields import code_field, edtf_field, list_field, new_public_id, record_link, words_field


def _officer(**options: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class KeptPaper(models.Model):
    """One paper: a draft until `kept_at`, then frozen; the head's approval adds `approved_at` and changes no word.

    `documents`: a document a language, as publishing/rendering/paper.as_data makes it: whole, so that statements
    changed later do not change the paper. `as_known_at` is the moment of the register that it was made from, `digest`
    the SHA-256 of the documents when it was kept. `publication` is the publication's slug.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    publication = code_field()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    partner = record_link()
    title = models.CharField(max_length=300)
    documents = list_field()
    as_known_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True, default="")
    made_by = _officer()
    made_at = models.DateTimeField()
    kept_by = _officer(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    approved_by = _officer(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["publication", "-made_at"], name="papers_of_a_kind")]


class PlanLine(models.Model):
    """One line of a year's plan. `origin`: jubilee · promise · term · last_year · planned · own.

    `origin_record` is the record that it was proposed from, so that it is proposed once a year; `state`: kept ·
    dropped. `outcome`: held · not_held · moved, empty while nobody said; `activity` is the fact that proves it.
    Nothing of it is a statement: the plan is what the office means to do, the report sets facts beside it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    year = models.PositiveSmallIntegerField(db_index=True)
    partner = record_link()
    title = words_field()
    area = code_field()
    when = edtf_field()
    owner = models.CharField(max_length=200, blank=True, default="")
    people_out = models.PositiveIntegerField(null=True, blank=True)
    people_in = models.PositiveIntegerField(null=True, blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = code_field()
    origin = code_field()
    origin_record = record_link()
    state = code_field()
    outcome = code_field()
    activity = record_link()
    spent = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    note = models.CharField(max_length=600, blank=True, default="")
    made_by = _officer()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "origin", "origin_record"],
                condition=models.Q(origin_record__isnull=False),
                name="one_line_a_proposal",
            )
        ]


class PaperTemplate(models.Model):
    """The city's own DOCX for a publication in a language; the newest one serves. `raw` is the file as uploaded.

    A form without people in it: erasure does not look into it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    publication = code_field()
    language = models.CharField(max_length=35)
    name = models.CharField(max_length=200)
    raw = models.BinaryField()
    made_by = _officer()
    made_at = models.DateTimeField()
