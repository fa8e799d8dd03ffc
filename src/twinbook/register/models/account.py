"""Who may do what, by which second factor they prove who they are, and the log of who looked at what."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from twinbook.register.models.fields import list_field, new_public_id
from twinbook.register.models.sealed import SealedTextField


class Account(models.Model):
    """What Twinbook knows of a user beside name and password: the roles, and how the second factor went.

    `roles`: codes of register.queries.rights. A user without an account may nothing.
    `failures` counts wrong second factors since the last right one; `closed_until` is set when they are too many.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="account"
    )
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    roles = list_field()
    failures = models.PositiveSmallIntegerField(default=0)
    closed_until = models.DateTimeField(null=True, blank=True)


class SecondFactor(models.Model):
    """An authenticator app (`totp`) or a passkey (`passkey`) of a user; it counts from `confirmed_at` on.

    `secret` is the app's shared secret in base32, or the passkey's public key in base64. `last_step` is the last time
    step that was used: a code serves once. `sign_count` is the passkey's own counter.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factors")
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=80, blank=True, default="")
    secret = SealedTextField()
    credential = models.CharField(max_length=1400, blank=True, default="", db_index=True)  # base64url of ≤ 1023 bytes
    sign_count = models.PositiveBigIntegerField(default=0)
    last_step = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)


class RecoveryCode(models.Model):
    """A code for the day the telephone is lost; only its keyed digest is kept, and it serves once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)


class AccessEntry(models.Model):
    """One line of the access log. Never changed, never deleted but by its term (triggers refuse it).

    `act`: a code of register.workflow.access. `about` is the public id of what was looked at or changed, `fields` the
    columns. `digest` is the SHA-256 of the line and of the digest before it, so that a line taken out is seen.
    """

    number = models.PositiveBigIntegerField(primary_key=True)  # 1, 2, 3 … without a gap
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=24, db_index=True)
    kind = models.CharField(max_length=24, blank=True, default="")
    about = models.CharField(max_length=40, blank=True, default="", db_index=True)
    fields = list_field()
    note = models.CharField(max_length=300, blank=True, default="")
    digest = models.CharField(max_length=64)


class AccessCut(models.Model):
    """Where the access log was cut because its lines are past their term: the last line that went, and its digest."""

    number = models.PositiveBigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    last_at = models.DateTimeField()  # moment of the last line that went


class Erasure(models.Model):
    """The act of destruction of one person's data: when, by whom, on which ground, how much of what; no content."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=24)
    record = models.CharField(max_length=16)
    counts = models.JSONField(default=dict)  # {table: rows destroyed or blanked}


class Tombstone(models.Model):
    """The keyed digest of an erased person's name: what is written again under it does not come back."""

    digest = models.CharField(max_length=64, db_index=True)
    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="tombstones")
