"""What the register knows of one partner, as a register of its own: a paper on it costs the same in any register."""

from __future__ import annotations

from twinbook.register.models import Record
from twinbook.register.queries.accounts import Accounts
from twinbook.register.queries.lists import home_places
from twinbook.register.queries.officials import officials_of
from twinbook.register.queries.records import Dossier, Register, dossier
from twinbook.register.queries.shown import Showing
from twinbook.register.queries.values import PlaceShown


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
