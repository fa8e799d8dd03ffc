"""Participants of a visit: listed with consent, seen by those who need to know, forgotten by date or on request.

All that tells who somebody is stands sealed. Whoever opens it is written down in the access log, before it is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from twinbook.register.models import Visit, VisitParticipant
from twinbook.register.queries.rights import may
from twinbook.register.queries.visit_people import SEALED, SIDES, Due, Kept, Person, due, kept_of, knows, opened, whole
from twinbook.register.workflow.access import note_access
from twinbook.register.workflow.covering import Cover, refuse_erased
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import storable

TEXTS = ("name", "other_name", "post", "other_post", "born", "document", "contact", "needs")
PRIVATE = ("born", "document", "contact", "needs")  # what needs the person's consent
CONSENT = ("consent_by", "consent_scope", "consent_on")
LONGEST = 1000  # characters
KIND = "visit"


def let_know(visit: str, user: str, *, by: User, at: datetime) -> None:
    """Somebody needs to know the participants. Said by one who knows them, or by the head of the office."""
    _share(visit, user, by, at, "add")


def let_go(visit: str, user: str, *, by: User, at: datetime) -> None:
    """Somebody needs to know them no more."""
    _share(visit, user, by, at, "remove")


def _share(visit: str, user: str, by: User, at: datetime, act: str) -> None:
    need(by, "plan")
    row = _visit(visit)
    if not (knows(visit, by) or may(by, "approve")):
        raise NotPossibleError("only those who know may say who else needs to", code="visit-need-to-know")
    told = User.objects.filter(username=user, is_active=True).first()
    if told is None:
        raise NotFoundError(f"no user {user}", id=user)
    with transaction.atomic():
        getattr(row.need_to_know, act)(told)
        note_access("change", by=by, at=at, kind=KIND, about=visit, fields=["need_to_know"], note=f"{act} {user}"[:300])


def see_people(visit: str, *, by: User, at: datetime, act: str = "look") -> tuple[Person, ...]:
    """The participants in the order of their list; `act` of the log is "look" or "download"."""
    row = _known(visit, by)
    rows = list(row.participants.order_by("side", "place_in_list", "pk"))
    if any(one.deleted_at is None for one in rows):
        note_access(act, by=by, at=at, kind=KIND, about=visit, fields=list(SEALED))
    return tuple(map(opened, rows))


def add_person(visit: str, side: str, values: Mapping[str, Any], *, by: User, at: datetime) -> str:
    """Put somebody on the list. `values`: TEXTS, CONSENT and is_minor; returns the id.

    NotPossibleError "visit-consent-missing" for a minor, or data of PRIVATE, without consent noted.
    """
    row = _known(visit, by)
    if side not in SIDES:
        raise ValueError(f"no side {side!r}")
    last = row.participants.aggregate(last=Max("place_in_list"))["last"] or 0
    person = VisitParticipant(visit=row, side=side, place_in_list=last + 1)
    _fill(person, values)
    with transaction.atomic():
        person.save()
        _changed(visit, by, at, person)
    return person.public_id


def change_person(visit: str, person: str, values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Put other values in."""
    row = _person(_known(visit, by), person)
    _fill(row, values)
    with transaction.atomic():
        row.save()
        _changed(visit, by, at, row)


def _fill(row: VisitParticipant, values: Mapping[str, Any]) -> None:
    for name in (*TEXTS, "consent_by", "consent_scope"):
        setattr(row, name, storable(values.get(name) or "").strip()[:LONGEST] or None)
    row.is_minor, row.consent_on = bool(values.get("is_minor")), values.get("consent_on")
    if not row.name:
        raise NotPossibleError("a participant needs a name", code="visit-words-missing")
    refuse_erased([name for name in (row.name, row.other_name) if name])
    is_noted = bool(row.consent_by and row.consent_scope and row.consent_on)
    if not is_noted and (row.is_minor or any(getattr(row, name) for name in PRIVATE)):
        raise NotPossibleError("note who consented, to what and when", code="visit-consent-missing")


def take_off(visit: str, person: str, *, by: User, at: datetime) -> None:
    """Somebody does not take part, or was listed by mistake: the row goes whole, from the head count too."""
    row = _person(_known(visit, by), person)
    with transaction.atomic():
        _changed(visit, by, at, row)
        row.delete()


def withdraw_consent(visit: str, person: str, *, by: User, at: datetime) -> None:
    """The consent is withdrawn: what was kept goes at once, the head stays counted."""
    _forget(_person(_known(visit, by), person), "consent-withdrawn", by, at)


def erase_person(person: str, *, by: User, at: datetime) -> None:
    """Erase what a visit file keeps about one person, on request."""
    need(by, "erase")
    row = VisitParticipant.objects.filter(public_id=person, deleted_at=None).first()
    if row is None:
        raise NotFoundError(f"no participant {person}", id=person)
    _forget(row, "request", by, at)


def find_people(text: str, *, by: User, at: datetime) -> tuple[Kept, ...]:
    """Where the visit files keep somebody of this name or document, asked exactly; each hit is a look."""
    need(by, "erase")
    found = kept_of([text])
    for one in found:
        note_access("look", by=by, at=at, kind="participant", about=one.id, fields=["name"])
    return found


def give_out(person: str, *, by: User, at: datetime) -> Mapping[str, Any]:
    """All that is kept about one participant, as JSON values, to hand over."""
    need(by, "erase")
    row = VisitParticipant.objects.select_related("visit").filter(public_id=person, deleted_at=None).first()
    if row is None:
        raise NotFoundError(f"no participant {person}", id=person)
    note_access("give-out", by=by, at=at, kind="participant", about=person, fields=list(SEALED))
    return whole(row)


def delete_due(day: date, *, by: User | None, at: datetime, is_trial: bool = False) -> tuple[Due, ...]:
    """Forget the participants of every visit whose day has passed; returns what was (or, on trial, would be) deleted.

    `by` is None where the office's worker does it by itself.
    """
    need(by, "terms", or_machine=True)
    found = due(day)
    if is_trial:
        return found
    for one in found:
        with transaction.atomic():
            for row in VisitParticipant.objects.filter(visit__public_id=one.visit, deleted_at=None):
                _empty(row, "term", at)
            note_access("erase", by=by, at=at, kind=KIND, about=one.visit, note=f"term: {one.people}")
    return found


def forget_named(cover: Cover, at: datetime, counts: Counter[str]) -> None:
    """For the erasure of a person of the register: the same person's rows are emptied, mentions elsewhere covered.

    Every sealed row is opened, since a name may stand in another language or order than the index was made of.
    """
    for row in VisitParticipant.objects.filter(deleted_at=None).iterator(200):
        names = [name for name in (row.name, row.other_name) if name]
        if any(cover.is_named_in(name) for name in names):
            _empty(row, "request", at)
            counts["VisitParticipant"] += 1
            continue
        told = {name: getattr(row, name) for name in SEALED}
        covered = {name: cover.named_value(text) for name, text in told.items()}
        if covered != told:
            for name, text in covered.items():
                setattr(row, name, text)
            row.save()
            counts["VisitParticipant"] += 1


def _forget(row: VisitParticipant, why: str, by: User, at: datetime) -> None:
    with transaction.atomic():
        _empty(row, why, at)
        note_access("erase", by=by, at=at, kind="participant", about=row.public_id, note=why)


def _empty(row: VisitParticipant, why: str, at: datetime) -> None:
    """Side, age and the deletion stay; all else goes."""
    for name in SEALED:
        setattr(row, name, None)
    row.consent_on = row.consent_withdrawn_on = None
    row.deleted_at, row.deleted_why = at, why
    row.save()


def _changed(visit: str, by: User, at: datetime, row: VisitParticipant) -> None:
    fields = [name for name in SEALED if getattr(row, name)]
    note_access("change", by=by, at=at, kind="participant", about=row.public_id, fields=fields, note=visit)


def _visit(visit: str) -> Visit:
    row = Visit.objects.filter(public_id=visit).first()
    if row is None:
        raise NotFoundError(f"no visit file {visit}", id=visit)
    return row


def _known(visit: str, by: User) -> Visit:
    """The visit, for one who has the right and needs to know."""
    need(by, "sensitive")
    row = _visit(visit)
    if not knows(visit, by):
        raise NotPossibleError("you are not among those who need to know", code="visit-need-to-know")
    return row


def _person(visit: Visit, person: str) -> VisitParticipant:
    row = visit.participants.filter(public_id=person, deleted_at=None).first()
    if row is None:
        raise NotFoundError(f"no participant {person}", id=person)
    return row
