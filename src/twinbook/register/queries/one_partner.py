"""What the register knows of one partner, or of all of ours, as a register of its own: a paper costs the same in any.

A register may hold a hundred thousand ties of others; our papers tell of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from django.db.models import Exists, OuterRef

from twinbook.register.models import ActivityPlace, Record, Tie
from twinbook.register.queries.accounts import Accounts
from twinbook.register.queries.lists import home_places
from twinbook.register.queries.officials import officials_of
from twinbook.register.queries.partner_names import partner_names
from twinbook.register.queries.records import Dossier, Register, dossier
from twinbook.register.queries.shown import Showing
from twinbook.register.queries.values import ActivityShown, DisputeShown, PlaceShown, Shown

MANY = 500  # ties of others from which on the whole register is not asked
MOST_ALONE = 5_000  # activities without a partner, the latest entered
AShown = TypeVar("AShown", bound=Shown)


def register_of(partner: str) -> Register | None:
    """Our city, the partner and all of its dossier, with our own officials; None where there is no such partner.

    Other places of its activities are in it as places alone, so that who must not be named is known.
    """
    found = dossier(partner)
    if found is None:
        return None
    own = officials_of(found.home.id) if found.home else ()
    people = {one.id: one for one in (*found.people, *own)}
    return Register(
        home=found.home,
        places=(*((found.home,) if found.home else ()), found.partner, *_others(found)),
        ties=(found.tie,),
        agreements=found.agreements,
        activities=found.activities,
        people=tuple(people.values()),
        organisations=found.organisations,
        landmarks=found.landmarks,
        commitments=found.commitments,
        gifts=found.gifts,
        disputes=found.disputes,
        sources=(),
    )


def _others(found: Dossier) -> tuple[PlaceShown, ...]:
    """The places named by the dossier's activities that are neither side of the tie."""
    sides = {found.partner.id, found.home.id if found.home else ""}
    named = {place.id for activity in found.activities for place in activity.places} - sides
    if not named:
        return ()
    pks = set(Record.objects.filter(public_id__in=named).values_list("pk", flat=True))
    showing = Showing(Accounts.of(pks), home=home_places())
    return tuple(one for pk in sorted(pks) if isinstance(one := showing.shown(pk), PlaceShown))


def is_mostly_others() -> bool:
    """Whether the register holds so many ties of others that ours are better asked alone."""
    return Tie.objects.count() > MANY + 2 * len(partner_names("en"))


def register_of_home() -> Register | None:
    """Our city with all its partners' dossiers and its other activities; None where no home or no partner is known."""
    parts = [part for one in partner_names("en") if (part := register_of(one.id))]
    if not parts:
        return None
    told = _joined(one for part in parts for one in part.activities)
    return replace(
        parts[0],
        places=_joined(one for part in parts for one in part.places),
        ties=_joined(one for part in parts for one in part.ties),
        agreements=_joined(one for part in parts for one in part.agreements),
        activities=(*told, *_other_activities({one.id for one in told})),
        people=_joined(one for part in parts for one in part.people),
        organisations=_joined(one for part in parts for one in part.organisations),
        landmarks=_joined(one for part in parts for one in part.landmarks),
        commitments=_joined(one for part in parts for one in part.commitments),
        gifts=_joined(one for part in parts for one in part.gifts),
        disputes=_once(one for part in parts for one in part.disputes),
    )


def _other_activities(told: set[str]) -> tuple[ActivityShown, ...]:
    """Activities of our city that no partner is named with."""
    own = home_places()
    elsewhere = ActivityPlace.objects.filter(activity=OuterRef("activity")).exclude(place_id__in=own)
    links = ActivityPlace.objects.filter(~Exists(elsewhere), place_id__in=own).order_by("-activity_id")
    pks = set(links.values_list("activity_id", flat=True)[:MOST_ALONE])
    showing = Showing(Accounts.of(pks), home=own)
    shown = (showing.shown(pk) for pk in sorted(pks))
    return tuple(one for one in shown if isinstance(one, ActivityShown) and one.id not in told)


def _joined(every: Iterable[AShown]) -> tuple[AShown, ...]:
    """Each record once, where it first stands."""
    found: dict[str, AShown] = {}
    for one in every:
        found.setdefault(one.id, one)
    return tuple(found.values())


def _once(every: Iterable[DisputeShown]) -> tuple[DisputeShown, ...]:
    return tuple({(one.record.id, one.property): one for one in every}.values())
