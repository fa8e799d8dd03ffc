"""People, the posts they held, and organisations."""

from __future__ import annotations

from django.db import models

from twinbook.register.models.fields import code_field, day_field, edtf_field, record_key, record_link, words_field


class Person(models.Model):
    """A named person. `person_class`: official · contact · delegate · minor; empty (not classed) counts as minor."""

    record = record_key()
    person_class = code_field()
    salutation = words_field()
    pronunciation = words_field()
    note = words_field()


class PostHolding(models.Model):
    """A post that a person held for a time: who the mayor was is asked on a day."""

    record = record_key()
    person = record_link(db_index=True)
    post = code_field()
    title = words_field()
    of = record_link(db_index=True)
    since = edtf_field()
    since_first = day_field()
    since_last = day_field()
    until = edtf_field()
    until_first = day_field()
    until_last = day_field()
    seen_on = edtf_field()  # a day on which a source saw the person in this post
    seen_on_first = day_field()
    seen_on_last = day_field()
    note = words_field()


class Organisation(models.Model):
    """A named body that acts: institution, company, club, school, consulate, ensemble."""

    record = record_key()
    kind = code_field()
    place = record_link(db_index=True)
    note = words_field()
