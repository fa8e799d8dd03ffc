"""The office's own accounts, and the access log as its readers see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q

from twinbook.register.models import AccessEntry, Account


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
