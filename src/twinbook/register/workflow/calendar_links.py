"""Secret calendar addresses: made once, shown once, revoked at any time."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db.models import Q

from twinbook.register.models import CalendarLink
from twinbook.register.queries.calendar_links import digest_of
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import find_record, storable

AUDIENCES = ("office", "public")
SECRET_BYTES = 24


def make_link(name: str, *, audience: str, language: str, by: User, at: datetime, partner: str | None = None) -> str:
    """Make a calendar's address; returns its secret, which nobody can ask for again.

    `partner`: id of a place; None for the calendar of all partners. NotPossibleError "calendar-name-missing"
    without a name: a list of nameless addresses cannot be kept in order.
    """
    need(by, "decide")
    if audience not in AUDIENCES:
        raise ValueError(f"no audience {audience!r}")
    if not (called := storable(name).strip()):
        raise NotPossibleError("say who gets the address", code="calendar-name-missing")
    about = find_record(partner, kind="place") if partner else None
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarLink.objects.create(
        name=called[:120],
        audience=audience,
        partner=about,
        language=language,
        digest=digest_of(secret),
        made_by=by,
        made_at=at,
    )
    return secret


def revoke(link: str, *, by: User, at: datetime) -> None:
    """Nobody reads this calendar through this address any more. Again: nothing changes."""
    need(by, "decide")
    found = CalendarLink.objects.filter(public_id=link)
    if not found.filter(revoked_at=None).update(revoked_at=at) and not found.exists():
        raise NotFoundError(f"no calendar address {link}", id=link)


def note_use(link: str, *, on: date) -> None:
    """Remember the day that an address was last fetched: one write a day at most."""
    CalendarLink.objects.filter(Q(used_on=None) | Q(used_on__lt=on), public_id=link).update(used_on=on)
