"""The partners by name alone, for a choice in a form: nothing is counted, so it costs next to nothing."""

from __future__ import annotations

from django.db.models import Q

from twinbook.register.models import Tie
from twinbook.register.queries.lists import home_places
from twinbook.register.queries.shown import thing_of
from twinbook.register.queries.values import Thing


def partner_names(language: str) -> tuple[Thing, ...]:
    """The places that our city has a tie with, by their names in a language."""
    own = home_places()
    ours = Q(place_a_id__in=own) | Q(place_b_id__in=own)
    rows = Tie.objects.filter(ours).exclude(place_b=None).select_related("place_a", "place_b")
    others = {row.place_a if row.place_b_id in own else row.place_b for row in rows}
    return tuple(sorted((thing_of(one) for one in others if one), key=lambda thing: (thing.name(language), thing.id)))
