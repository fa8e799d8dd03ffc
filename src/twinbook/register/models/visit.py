"""The visit file: one visit, request to report. Nothing of it is a statement, and nothing of it is published."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from twinbook.register.models.fields import code_field, list_field, new_public_id, record_link, words_field
from twinbook.register.models.sealed import SealedIndexField, SealedTextField


def public_id_field() -> models.CharField[str, str]:
    return models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)


class VisitRules(models.Model):
    """The office's rules and norms for visits as TOML; each saving is a new row, the newest holds for new files."""

    public_id = public_id_field()
    name = models.CharField(max_length=120)
    text = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class Visit(models.Model):
    """One visit. `direction`: incoming · outgoing; `state`: open · closed · cancelled.

    `languages`: the two of its papers, ours first. `done`: day by the code of a deadline that was met.
    `keep_until`: the last day on which what is kept of its participants may stand.
    """

    public_id = public_id_field()
    direction = models.CharField(max_length=8)
    state = models.CharField(max_length=10, default="open")
    partner = record_link()
    languages = list_field()
    title = words_field()
    purpose = words_field()
    topics = words_field()
    body = models.CharField(max_length=300, blank=True, default="")  # who comes, or who invites us
    request = models.TextField(blank=True, default="")
    requested_on = models.DateField(null=True, blank=True)
    first_day = models.DateField()
    last_day = models.DateField(db_index=True)
    place = models.CharField(max_length=300, blank=True, default="")
    guests = models.PositiveIntegerField(default=0)  # of the partner
    ours = models.PositiveIntegerField(default=0)  # of our city
    responsible = models.CharField(max_length=200, blank=True, default="")
    own_staff = models.TextField(blank=True, default="")
    permitted_by = models.CharField(max_length=300, blank=True, default="")
    said = models.TextField(blank=True, default="")
    report = models.TextField(blank=True, default="")
    sent_to = models.CharField(max_length=300, blank=True, default="")
    done = models.JSONField(default=dict, blank=True)
    rules = models.ForeignKey(VisitRules, on_delete=models.PROTECT, related_name="+")
    keep_until = models.DateField(db_index=True)
    need_to_know = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="visit_ends_after_it_begins"
            )
        ]


class VisitHour(models.Model):
    """One entry of a programme. What is not for guests stands in the working programme alone; `work` always does."""

    public_id = public_id_field()
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="hours")
    day = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    is_for_guests = models.BooleanField(default=True)
    what = words_field()
    place = words_field()
    work = models.TextField(blank=True, default="")  # greeters, cars, rooms, interpreters


class VisitTask(models.Model):
    """What one department does for a visit, until when, and when it was done."""

    public_id = public_id_field()
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="tasks")
    department = models.CharField(max_length=200)
    what = models.CharField(max_length=500)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)


class VisitCost(models.Model):
    """One line of the estimate: rate × people × times, in the currency of the rules; `norm` is a norm's code."""

    public_id = public_id_field()
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="costs")
    norm = code_field()
    what = models.CharField(max_length=300)
    rate = models.DecimalField(max_digits=12, decimal_places=2)
    people = models.PositiveIntegerField(default=1)
    times = models.PositiveIntegerField(default=1)


class VisitParticipant(models.Model):
    """One person of a delegation; all that tells who it is stands sealed, and goes when its day has come.

    `side`: guest · own. What stays of a deleted row are side, `is_minor`, and when and why it went.
    """

    public_id = public_id_field()
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="participants")
    side = models.CharField(max_length=8)
    is_minor = models.BooleanField(default=False)
    place_in_list = models.PositiveIntegerField(default=0)
    name = SealedTextField(null=True)
    name_index = SealedIndexField(of="name")
    other_name = SealedTextField(null=True)  # in the second language of the visit
    post = SealedTextField(null=True)
    other_post = SealedTextField(null=True)
    born = SealedTextField(null=True)
    document = SealedTextField(null=True)
    document_index = SealedIndexField(of="document")
    contact = SealedTextField(null=True)
    needs = SealedTextField(null=True)  # diet, health, room
    consent_by = SealedTextField(null=True)  # the person, or who answers for a minor
    consent_scope = SealedTextField(null=True)
    consent_on = models.DateField(null=True, blank=True)
    consent_withdrawn_on = models.DateField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_why = models.CharField(max_length=20, blank=True, default="")  # term · request · consent-withdrawn
