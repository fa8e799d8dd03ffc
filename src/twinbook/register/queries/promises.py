"""Open promises with the later activity that may show each to be kept: for lists of promises of many ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from twinbook.register.models import Activity, ActivityPlace, Tie
from twinbook.register.queries.lists import ActivityLine, activity_line, home_places
from twinbook.register.queries.proofs import with_possible_proofs
from twinbook.register.queries.values import CommitmentShown

MOST_ACTIVITIES = 1000  # the latest of all partners that open promises are about


def with_proofs(promises: Iterable[CommitmentShown]) -> tuple[CommitmentShown, ...]:
    """The promises in their order, open ones with their possible proof; three questions whatever their number."""
    listed = list(promises)
    waiting = [promise for promise in listed if promise.state == "open"]
    if not waiting:
        return tuple(listed)
    by_tie = _done_by_tie([promise.tie.id for promise in waiting if promise.tie])
    ids = [promise.activity.id for promise in waiting if promise.activity]
    rows = Activity.objects.filter(record__public_id__in=ids).select_related("record")
    origins = {row.record.public_id: activity_line(row) for row in rows}
    return tuple(_proven(promise, by_tie, origins) for promise in listed)


def _proven(
    promise: CommitmentShown, by_tie: dict[str, list[ActivityLine]], origins: dict[str, ActivityLine]
) -> CommitmentShown:
    own = [origins[promise.activity.id]] if promise.activity and promise.activity.id in origins else []
    later = by_tie.get(promise.tie.id, []) if promise.tie else []
    others = [line for line in later if not own or line.thing.id != own[0].thing.id]
    (told,) = with_possible_proofs([promise], [*own, *others])
    return told


def _done_by_tie(ties: Sequence[str]) -> dict[str, list[ActivityLine]]:
    """What was done with the partner of each tie, the latest first."""
    ours = home_places()
    rows = Tie.objects.filter(record__public_id__in=ties)
    places: dict[int, list[str]] = defaultdict(list)
    for tie, *ends in rows.values_list("record__public_id", "place_a_id", "place_b_id"):
        for place in ends:
            if place and place not in ours:
                places[place].append(tie)
    met = ActivityPlace.objects.filter(place_id__in=places, activity__status="done").select_related("activity__record")
    found: dict[str, list[ActivityLine]] = defaultdict(list)
    for row in met.order_by("-activity__when_last", "-activity_id")[:MOST_ACTIVITIES]:
        line = activity_line(row.activity)
        for tie in places[row.place_id]:
            found[tie].append(line)
    return found
