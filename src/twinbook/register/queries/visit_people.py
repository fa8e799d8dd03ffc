"""Who takes part in a visit: head counts, who needs to know, what is due to be deleted, one person's data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q

from twinbook.register.models import Visit, VisitParticipant
from twinbook.register.models.sealed import SealedTextField, seek
from twinbook.register.queries.rights import may
from twinbook.register.queries.values import Words

SIDES = ("guest", "own")
SEALED = tuple(f.name for f in VisitParticipant._meta.concrete_fields if isinstance(f, SealedTextField))


@dataclass(frozen=True)
class Person:
    """One participant, opened. A deleted one has side, age and the reason of its deletion alone."""

    id: str
    side: str
    is_minor: bool
    name: str
    other_name: str
    post: str
    other_post: str
    born: str
    document: str
    contact: str
    needs: str
    consent_by: str
    consent_scope: str
    consent_on: date | None
    consent_withdrawn_on: date | None
    deleted_at: datetime | None
    deleted_why: str


@dataclass(frozen=True)
class HeadCount:
    """Heads of one side: how many are listed, how many of them minors, of how many the data is deleted."""

    side: str
    listed: int
    minors: int
    deleted: int


@dataclass(frozen=True)
class Due:
    """A visit whose participants' data is past its day."""

    visit: str
    title: Words
    keep_until: date
    people: int


@dataclass(frozen=True)
class Kept:
    """Where a person stands in the visit files."""

    id: str
    name: str
    visit: str
    visit_title: Words
    first_day: date
    is_minor: bool


def opened(row: VisitParticipant) -> Person:
    """A participant with what its sealed columns hold. Whoever asks must have asked for the right and noted it."""
    sealed = {name: getattr(row, name) or "" for name in SEALED}
    plain = ("side", "is_minor", "consent_on", "consent_withdrawn_on", "deleted_at", "deleted_why")
    return Person(id=row.public_id, **sealed, **{name: getattr(row, name) for name in plain})


def may_see(visit: str, user: Any) -> bool:
    """Whether a user sees the participants: by right, and needing to know."""
    return may(user, "sensitive") and knows(visit, user)


def knows(visit: str, user: Any) -> bool:
    """Whether a user is among those who need to know."""
    return Visit.objects.filter(public_id=visit, need_to_know=user.pk).exists()


def who_knows(visit: str) -> Sequence[User]:
    """Those who need to know, in order of name."""
    return User.objects.filter(pk__in=Visit.objects.filter(public_id=visit).values("need_to_know")).order_by("username")


def who_could_know(visit: str) -> Sequence[User]:
    """Those whose role lets them see sensitive data and who do not know yet."""
    others = User.objects.filter(is_active=True).select_related("account").order_by("username")
    told = set(who_knows(visit))
    return [user for user in others if user not in told and may(user, "sensitive")]


def counts(visit: str) -> tuple[HeadCount, ...]:
    """Head counts by side; they stay when the data has gone."""
    rows = (
        VisitParticipant.objects.filter(visit__public_id=visit)
        .values("side")
        .annotate(
            listed=Count("pk"),
            minors=Count("pk", filter=Q(is_minor=True)),
            deleted=Count("pk", filter=Q(deleted_at__isnull=False)),
        )
    )
    found = {row["side"]: HeadCount(**row) for row in rows}
    return tuple(found[side] for side in SIDES if side in found)


def due(day: date) -> tuple[Due, ...]:
    """The visits whose participants' data must go, as of a day: what a deletion would do."""
    rows = (
        Visit.objects.filter(keep_until__lt=day)
        .annotate(kept=Count("participants", filter=Q(participants__deleted_at=None)))
        .filter(kept__gt=0)
        .order_by("keep_until", "pk")
    )
    return tuple(Due(row.public_id, row.title, row.keep_until, row.kept) for row in rows)


def rows_of(texts: Collection[str]) -> Sequence[VisitParticipant]:
    """The participants whose name or document is one of these texts, by their digests; case and blanks do not count."""
    wanted = Q(pk__in=())
    for text in texts:
        if text.strip():
            wanted |= Q(**seek(VisitParticipant, "name_index", text))
            wanted |= Q(**seek(VisitParticipant, "document_index", text))
    return VisitParticipant.objects.filter(wanted, deleted_at=None).select_related("visit").order_by("pk")


def kept_of(texts: Collection[str]) -> tuple[Kept, ...]:
    """Where people of these names or documents stand, with the name as the file has it."""
    return tuple(
        Kept(row.public_id, row.name or "", row.visit.public_id, row.visit.title, row.visit.first_day, row.is_minor)
        for row in rows_of(texts)
    )


def whole(row: VisitParticipant) -> Mapping[str, Any]:
    """All that is kept about a participant, as JSON values."""
    person = opened(row)
    visit = row.visit
    told = {name: getattr(person, name) for name in (*SEALED, "side", "is_minor")}
    days = {
        name: value.isoformat() if value else ""
        for name, value in (("consent_on", person.consent_on), ("consent_withdrawn_on", person.consent_withdrawn_on))
    }
    return {
        "id": person.id,
        "visit": {
            "id": visit.public_id,
            "title": visit.title,
            "first_day": visit.first_day.isoformat(),
            "last_day": visit.last_day.isoformat(),
            "kept_until": visit.keep_until.isoformat(),
        },
        **told,
        **days,
    }
