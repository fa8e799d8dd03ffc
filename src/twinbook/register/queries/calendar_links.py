"""Calendar addresses: all of them for the desk, and the one that a secret opens."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from twinbook.register.models import CalendarLink


@dataclass(frozen=True)
class LinkLine:
    """One address, never its secret; `partner` is the place's name by language, empty for all partners."""

    id: str
    name: str
    audience: str
    language: str
    partner_id: str
    partner: Mapping[str, str]
    made_by: str
    made_at: datetime
    revoked_at: datetime | None
    used_on: date | None


def digest_of(secret: str) -> str:
    """What is kept of a secret: SHA-256 in hex; 192 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def links() -> tuple[LinkLine, ...]:
    """All addresses, those that still serve first, the newest first among them."""
    found = CalendarLink.objects.select_related("partner", "made_by").order_by("revoked_at", "-made_at")
    lines = [_line(link) for link in found]
    return tuple(sorted(lines, key=lambda line: line.revoked_at is not None))


def link_of(secret: str) -> LinkLine | None:
    """The address that a secret opens; None where there is none, or it was revoked, or its maker was switched off."""
    found = CalendarLink.objects.select_related("partner", "made_by").filter(
        digest=digest_of(secret), revoked_at=None, made_by__is_active=True
    )
    return next((_line(link) for link in found), None)


def _line(link: CalendarLink) -> LinkLine:
    return LinkLine(
        id=link.public_id,
        name=link.name,
        audience=link.audience,
        language=link.language,
        partner_id=link.partner.public_id if link.partner else "",
        partner=link.partner.label if link.partner else {},
        made_by=link.made_by.get_full_name() or link.made_by.get_username(),
        made_at=link.made_at,
        revoked_at=link.revoked_at,
        used_on=link.used_on,
    )
