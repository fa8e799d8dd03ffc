"""Activities, who took part in them, and what was promised there."""

from __future__ import annotations

from django.db import models

from twinbook.register.models.fields import (
    code_field,
    day_field,
    edtf_field,
    list_field,
    record_key,
    record_link,
    words_field,
)


class Activity(models.Model):
    """Something proposed, planned, running or held together; `programme` is the standing one it is a round of.

    Routes and booklets are activities of the kinds transport and publication.
    """

    record = record_key()
    kind = code_field()
    title = words_field()
    areas = list_field()
    status = code_field()
    when = edtf_field()
    when_first = day_field()
    when_last = day_field(db_index=True)
    is_recurring = models.BooleanField(default=False)
    programme = record_link(db_index=False)  # the index over rounds of programmes serves it
    edition = models.CharField(max_length=80, blank=True, default="")
    people_out = models.PositiveIntegerField(null=True)  # sent by the home city
    people_in = models.PositiveIntegerField(null=True)  # received by it
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = code_field()
    operator = models.CharField(max_length=200, blank=True, default="")
    season = words_field()
    topics = list_field()  # [{"language", "text"}]: what a meeting spoke about; discussed is not agreed
    note = words_field()

    class Meta:
        indexes = [
            models.Index(fields=["-when_first", "-record"], name="latest_activities"),
            models.Index(fields=["kind", "-when_first", "-record"], name="latest_of_a_kind"),
            models.Index(fields=["status", "-when_first", "-record"], name="latest_of_a_status"),
            models.Index(fields=["programme"], condition=models.Q(programme__isnull=False), name="activity_programme"),
        ]


class ActivityPlace(models.Model):
    """A place that an activity belongs to."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="place_rows", db_index=False
    )  # as of participations, the constraint's index serves it
    place = models.ForeignKey("register.Record", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "place"], name="one_place_an_activity")]


class Participation(models.Model):
    """A person or organisation that took part in an activity, and as what."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participations", db_index=False)
    who = models.ForeignKey("register.Record", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "who"], name="one_participation")]


class Commitment(models.Model):
    """What a side said it would do. `state`: open · kept · overtaken · dropped. `due` may be vague (`2027-23`)."""

    record = record_key()
    tie = record_link(db_index=True)
    activity = record_link()  # the activity in which it was said, or which is promised
    what = words_field()
    side = record_link()
    owner = models.CharField(max_length=200, blank=True, default="")
    due = edtf_field()
    due_first = day_field()
    due_last = day_field(db_index=True)
    state = code_field(db_index=True)
    proof = record_link()
    note = words_field()
