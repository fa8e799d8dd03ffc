"""The office's papers as they were drafted and kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from twinbook.register.models.fields import code_field, list_field, new_public_id, record_link


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
