"""Officials of a place: whoever holds or held a post of it, with all their posts."""

from __future__ import annotations

from twinbook.register.models import PostHolding, Record
from twinbook.register.queries.accounts import Accounts
from twinbook.register.queries.lists import home_places
from twinbook.register.queries.shown import Showing, first_day
from twinbook.register.queries.values import PersonShown, When

MOST = 60


def officials_of(place: str) -> tuple[PersonShown, ...]:
    """The people with a post of a place (by its id), those seen or appointed last first."""
    asked = Record.objects.filter(public_id=place).values_list("canonical_id", "pk").first()
    if asked is None:
        return ()
    held = PostHolding.objects.filter(of_id=asked[0] or asked[1], person__isnull=False)
    people = set(held.order_by("-pk").values_list("person_id", flat=True)[:MOST])
    every = PostHolding.objects.filter(person_id__in=people).values_list("pk", flat=True)
    showing = Showing(Accounts.of({*people, *every}), home=home_places())
    shown = [one for pk in people if isinstance(one := showing.shown(pk), PersonShown)]
    return tuple(sorted(shown, key=lambda one: (first_day(_latest(one)), one.id), reverse=True))


def _latest(person: PersonShown) -> When | None:
    """The day that tells most of now: of the post at the head of the list."""
    return next((post.since or post.seen_on for post in person.posts), None)
