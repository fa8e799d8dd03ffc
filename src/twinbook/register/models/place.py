"""Places, and the names that places, people and organisations bear."""

from __future__ import annotations

from django.db import models

from twinbook.register.models.fields import code_field, day_field, edtf_field, record_key, record_link, words_field


class Place(models.Model):
    """A local authority of any level that can twin; `country` is ISO 3166-1 alpha-2 as the preferred source has it."""

    record = record_key()
    kind = code_field()  # city · district · region · country · other
    country = code_field()
    within = record_link()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    is_home = models.BooleanField(default=False, db_index=True)
    note = words_field()


class Name(models.Model):
    """One name of a record, in one language and script.

    `kind`: official · short · former · other · computed. `normal` is the form that search and match compare.
    """

    record = models.ForeignKey("register.Record", on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=20, blank=True, default="")
    script = models.CharField(max_length=8, blank=True, default="")  # ISO 15924: Cyrl, Jpan, Latn …
    kind = code_field()
    since = edtf_field()
    since_first = day_field()
    since_last = day_field()
    until = edtf_field()
    until_first = day_field()
    until_last = day_field()
    normal = models.CharField(max_length=300, db_index=True)
