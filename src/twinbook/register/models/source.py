"""Sources: pages, files and notes as they were captured."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from twinbook.register.models.fields import ReadableEncoder, day_field, edtf_field, list_field, new_public_id


class Source(models.Model):
    """One captured page, file, table row or officer's note: its bytes once, its text once, and what was lost.

    `kind`: page · file · row (a line of a table or gazetteer) · note (an officer's own words) · entry (a note that
    proposes) · scan (of a paper).
    `text` is what all evidence offsets refer to; it is set by the first reading and never changes after that.
    `state`: captured (stored, not read yet) · read · refused (reading it failed; `trouble` says why).
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=12, default="page")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the bytes, in hexadecimal digits
    name = models.CharField(max_length=300, blank=True, default="")  # file name; the reader tells formats by it
    declared = models.CharField(max_length=60, blank=True, default="")  # encoding that the HTTP header named
    address = models.CharField(max_length=2000, blank=True, default="", db_index=True)
    publisher = models.CharField(max_length=300, blank=True, default="")
    captured_at = models.DateTimeField()
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    state = models.CharField(max_length=12, default="captured", db_index=True)
    trouble = models.CharField(max_length=500, blank=True, default="")
    language = models.CharField(max_length=20, blank=True, default="")
    title = models.TextField(blank=True, default="")
    published = edtf_field()
    day = day_field(db_index=True)  # the day it speaks of: the last day of `published`, else that of its capture
    is_relevant = models.BooleanField(null=True)
    losses = list_field()  # [{"code", "message"}]: what capture or reading could not keep
    read_by = models.CharField(max_length=80, blank=True, default="")
    read_at = models.DateTimeField(null=True, blank=True)
    # Last, since SQLite walks through what stands before a column: a list's text may be many megabytes.
    reading = models.JSONField(default=dict, blank=True, encoder=ReadableEncoder)  # the last Reading without its text
    raw = models.BinaryField()
    text = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["-captured_at"])]


class SourceBand(models.Model):
    """One of a text's eight marks of likeness (queries.likeness): texts that share one are compared word by word."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField(db_index=True)


class SourceTwin(models.Model):
    """An earlier source that says the same: `share` is how much of the two texts is alike, in hundredths."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="likeness")
    twin = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    share = models.PositiveSmallIntegerField()
