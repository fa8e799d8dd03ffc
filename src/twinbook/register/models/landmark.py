"""Things that a tie left behind: landmarks, gifts, publications."""

from __future__ import annotations

from django.db import models

from twinbook.register.models.fields import code_field, day_field, edtf_field, record_key, record_link, words_field


class Landmark(models.Model):
    """A street, square, garden, monument or building named for the partner or given by it."""

    record = record_key()
    kind = code_field()
    place = record_link(db_index=True)  # where it stands
    partner = record_link(db_index=True)  # the place it honours or that gave it
    honours = words_field()
    since = edtf_field()
    since_first = day_field()
    since_last = day_field()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    note = words_field()


class Gift(models.Model):
    """A present from one side to the other, and where it is kept."""

    record = record_key()
    title = words_field()
    given_by = record_link()
    given_to = record_link()
    occasion = record_link()
    when = edtf_field()
    when_first = day_field()
    when_last = day_field()
    kept_at = words_field()
    note = words_field()
