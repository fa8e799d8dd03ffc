"""Secret addresses of calendars: who has the address reads the calendar, until somebody revokes it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from twinbook.register.models.fields import new_public_id, record_link


class CalendarLink(models.Model):
    """One address of one calendar, named after whom it was given to.

    `audience`: office · public (what the public site shows). `partner` (a place) narrows it to one partner.
    Only the digest of the secret is kept: the address is shown once. `used_on` is the last day somebody fetched it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=120)
    audience = models.CharField(max_length=8)
    partner = record_link()
    language = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_links")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
