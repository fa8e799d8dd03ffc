"""The watch list: addresses that the office's worker looks at by itself, and what it saw each time."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from twinbook.register.models.fields import ReadableEncoder, code_field, new_public_id


def _officer(**options: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class Watch(models.Model):
    """One watched address. `kind`: page (its story is compared) · feed (RSS, Atom or a sitemap: its new entries come
    in); empty until the first look told which.

    `etag` and `modified` are what the server said of its last answer, handed back to it. `trouble` is the code of what
    went wrong at the last check, empty while it goes well; `failures` counts how often in a row, since `trouble_since`.
    `new_at` is when something new was last found. `silent_days`: so many days without news are an alarm; 0 never.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    kind = code_field()
    address = models.CharField(max_length=2000)
    name = models.CharField(max_length=300, blank=True, default="")
    publisher = models.CharField(max_length=300, blank=True, default="")
    every_hours = models.PositiveSmallIntegerField(default=24)
    silent_days = models.PositiveSmallIntegerField(default=0)
    added_by = _officer()
    added_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(db_index=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    new_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=500, blank=True, default="")
    modified = models.CharField(max_length=100, blank=True, default="")
    trouble = code_field()
    trouble_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)


class WatchCheck(models.Model):
    """One look at a watched address. `outcome`: new · changed · frame (bytes differ, the story does not) · same ·
    trouble.

    `code` and `words` say what the trouble was, `found` how many new entries a feed had, `source` is the copy kept.
    `by` is nobody where the worker looked by itself.
    """

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField()
    outcome = code_field()
    code = code_field()
    words = models.JSONField(default=dict, blank=True, encoder=ReadableEncoder)
    found = models.PositiveIntegerField(default=0)
    source = models.ForeignKey("register.Source", null=True, on_delete=models.PROTECT, related_name="+")
    by = _officer(null=True)

    class Meta:
        indexes = [models.Index(fields=["watch", "-at"], name="checks_of_a_watch")]


class WatchedEntry(models.Model):
    """One entry of a watched feed. `state`: waiting (to be fetched at `next_at`) · taken · known (it stood there before
    the office began to watch, or was taken in otherwise) · refused (`code` says why, after some attempts)."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="entries")
    address = models.CharField(max_length=2000)
    digest = models.CharField(max_length=64)  # SHA-256 of the address, which is too long for an index of its own
    title = models.CharField(max_length=500, blank=True, default="")
    state = code_field()
    seen_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    code = code_field()
    source = models.ForeignKey("register.Source", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "digest"], name="one_entry_an_address")]
        indexes = [models.Index(fields=["state", "next_at"], name="entries_to_fetch")]


class WatchedHost(models.Model):
    """One server that is visited: when it may be asked next, and what its robots.txt said, kept for a day.

    `free_at` orders all who ask, also in two processes: whoever moves it forward may ask once.
    """

    host = models.CharField(max_length=260, unique=True)
    free_at = models.DateTimeField()
    robots = models.TextField(blank=True, default="")
    robots_at = models.DateTimeField(null=True, blank=True)


class Reminder(models.Model):
    """A reminder that was sent by mail, so that it is sent once: to whom, about which record and which of its days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey("register.Record", on_delete=models.CASCADE, related_name="+")
    about = code_field()
    day = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "record", "about", "day"], name="one_reminder_of_a_day")]
