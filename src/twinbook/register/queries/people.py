"""The office's own accounts, and the access log as its readers see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q

from twinbook.register.models import AccessEntry, Account, RecoveryCode, SecondFactor


@dataclass(frozen=True)
class AccountLine:
    """One account; `state`: invited (no password yet) · on · off. `factors`: how many second factors count."""

    id: str
    username: str
    name: str
    roles: tuple[str, ...]
    state: str
    last_sign_in: datetime | None
    factors: int
    user: int


def accounts() -> tuple[AccountLine, ...]:
    """All accounts by name, those that are on first."""
    rows = Account.objects.select_related("user").prefetch_related("user__second_factors")
    lines = [_line(row) for row in rows.order_by("-user__is_active", "user__username")]
    return tuple(lines)


def account(public_id: str) -> AccountLine | None:
    found = Account.objects.select_related("user").filter(public_id=public_id).first()
    return _line(found) if found else None


def user_of(public_id: str) -> User | None:
    found = Account.objects.select_related("user").filter(public_id=public_id).first()
    return found.user if found else None


def _line(row: Account) -> AccountLine:
    user = row.user
    state = "off" if not user.is_active else "on" if user.has_usable_password() else "invited"
    factors = sum(1 for factor in user.second_factors.all() if factor.confirmed_at)
    return AccountLine(
        row.public_id,
        user.get_username(),
        user.get_full_name() or user.get_username(),
        tuple(row.roles),
        state,
        user.last_login,
        factors,
        user.pk,
    )


@dataclass(frozen=True)
class AccessLine:
    """One line of the access log."""

    number: int
    at: datetime
    by: str
    act: str
    kind: str
    about: str
    fields: tuple[str, ...]
    note: str


def access_lines(
    *,
    by: str = "",
    act: str = "",
    about: str = "",
    since: date | None = None,
    until: date | None = None,
    limit: int = 100,
    offset: int = 0,
) -> tuple[AccessLine, ...]:
    """Lines of the access log, the newest first."""
    asked = Q()
    if by:
        asked &= Q(by__username=by)
    if act:
        asked &= Q(act=act)
    if about:
        asked &= Q(about=about)
    zone = ZoneInfo(settings.TIME_ZONE)
    if since:
        asked &= Q(at__gte=datetime.combine(since, time.min, zone))
    if until:
        asked &= Q(at__lte=datetime.combine(until, time.max, zone))
    rows: Sequence[Any] = AccessEntry.objects.filter(asked).select_related("by").order_by("-number")
    return tuple(
        AccessLine(
            row.number,
            row.at,
            (row.by.get_full_name() or row.by.get_username()) if row.by else "",
            row.act,
            row.kind,
            row.about,
            tuple(row.fields),
            row.note,
        )
        for row in rows[offset : offset + limit]
    )


@dataclass(frozen=True)
class FactorLine:
    """One confirmed second factor of a user; `kind`: totp · passkey."""

    id: str
    kind: str
    name: str
    made_at: datetime
    used_at: datetime | None


def factors(user: User) -> tuple[FactorLine, ...]:
    """A user's second factors that count, in the order they were made."""
    rows = SecondFactor.objects.filter(user=user).exclude(confirmed_at=None).order_by("made_at")
    return tuple(FactorLine(row.public_id, row.kind, row.name, row.made_at, row.used_at) for row in rows)


def recovery_codes_left(user: User) -> int:
    """How many recovery codes still serve."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def signed_in_user(pk: int) -> User | None:
    """A session's user with the account, and in `has_factor` whether a second factor counts: one query."""
    mine = SecondFactor.objects.filter(user=OuterRef("pk")).exclude(confirmed_at=None)
    users = User.objects.select_related("account").annotate(has_factor=Exists(mine))
    return users.filter(pk=pk).first()
