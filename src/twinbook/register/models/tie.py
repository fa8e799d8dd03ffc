"""Ties between places, the steps that make them, and signed papers."""

from __future__ import annotations

from django.db import models

from twinbook.register.models.fields import code_field, day_field, edtf_field, record_key, record_link, words_field


class Tie(models.Model):
    """The standing relation of two places. `level` and `state` follow from its steps, else from `kind`, the claim.

    `state`: contact · intent · active · suspended · ended · unknown. `since` is the preferred of the stated dates,
    else the date of the first agreement. `has_open_question`: a step is proposed and its outcome is not known.
    """

    record = record_key()
    place_a = record_link()
    place_b = record_link()
    kind = code_field()
    stated_since = edtf_field()
    stated_since_first = day_field()
    stated_since_last = day_field()
    since = edtf_field()
    since_first = day_field(db_index=True)
    since_last = day_field()
    level = code_field()
    state = code_field()
    has_open_question = models.BooleanField(default=False)
    note = words_field()


class TieStep(models.Model):
    """One step in a tie's life.

    `kind`: contact · intent · agreement · renewal · level_change · pause · resumption · end. `basis` of the date:
    council_vote · signature · draft · in_force · announcement · first_contact. `side` is the place whose act it is.
    `is_firm` is false where it was only proposed: then it changes neither level nor state.
    """

    record = record_key()
    tie = record_link(db_index=True)
    kind = code_field()
    date = edtf_field()
    date_first = day_field(db_index=True)
    date_last = day_field()
    basis = code_field()
    decider = words_field()
    side = record_link()
    level = code_field()
    agreement = record_link()
    is_firm = models.BooleanField(default=True)
    title = words_field()
    note = words_field()


class Agreement(models.Model):
    """A signed paper: kind, parties, day and place of signing, who approved it, how long it runs."""

    record = record_key()
    tie = record_link(db_index=True)
    kind = code_field()
    title = words_field()
    signed_on = edtf_field()
    signed_on_first = day_field()
    signed_on_last = day_field()
    valid_until = edtf_field()
    valid_until_first = day_field()
    valid_until_last = day_field()
    signed_in = record_link()
    approved_by = words_field()
    original_at = words_field()
    note = words_field()
