"""Figures and the rule each is counted by: a number without its rule is not shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from twinbook.publishing.edition.values import Activity, Figure, Landmark, Partner
from twinbook.vocabulary.partial_date import PartialDate

# Code: what is counted, and by which rule; English words that the catalogues translate.
RULES = {
    "ties": (
        "twin towns and partners",
        "Partners whose tie is active now: it was agreed, and neither side has paused or ended it. "
        "Contacts and letters of intent without an agreement do not count.",
    ),
    "countries": (
        "countries",
        "Countries of the partners counted above, by ISO 3166-1 codes as their sources give them.",
    ),
    "years": (
        "years of partnership",
        "Full years since the earliest known beginning of a tie that is active now. "
        "Where sources differ, the date that the office prefers.",
    ),
    "activities": (
        "activities",
        "Activities in this register that took place, or run now. Planned, proposed and cancelled ones do not count. "
        "A standing programme counts once, and each of its rounds that has a source of its own counts once.",
    ),
    "landmarks": (
        "landmarks",
        "Streets, squares, gardens, monuments and buildings in this register, in any of the towns.",
    ),
    "sources": ("sources", "Different pages and papers that the footnotes of this site lead to."),
}
COUNTED = ("done", "ongoing")


def figures(
    partners: Sequence[Partner], activities: Sequence[Activity], landmarks: Sequence[Landmark], *, on: date
) -> tuple[Figure, ...]:
    """The figures of an edition, counted from what it shows, in the order of RULES; zeros are left out."""
    active = [partner for partner in partners if partner.state == "active"]
    counts = {
        "ties": len(active),
        "countries": len({partner.place.country for partner in active if partner.place.country}),
        "years": _years(active, on),
        "activities": sum(activity.status in COUNTED for activity in activities),
        "landmarks": len(landmarks),
        "sources": len(set(_sources(partners, activities, landmarks))),
    }
    return tuple(Figure(code, counts[code]) for code in RULES if counts[code])


def _years(active: Iterable[Partner], on: date) -> int:
    """Full years since the earliest beginning: its last possible day counts, so that the number is safe to say."""
    begun = [last for partner in active if (last := _last_day(partner.since.value))]
    if not begun or min(begun) > on:
        return 0
    first = min(begun)
    return on.year - first.year - ((on.month, on.day) < (first.month, first.day))


def _last_day(edtf: str) -> date | None:
    if not edtf:
        return None
    start = PartialDate.parse(edtf.partition("/")[0]) if not edtf.startswith("..") else PartialDate.parse(edtf)
    return start.last


def _sources(
    partners: Iterable[Partner], activities: Iterable[Activity], landmarks: Iterable[Landmark]
) -> Iterable[str]:
    for activity in activities:
        yield from (note.source.key for note in activity.footnotes)
    for landmark in landmarks:
        yield from (note.source.key for note in landmark.footnotes)
    for partner in partners:
        yield from (note.source.key for note in partner.since.footnotes)
        for step in partner.steps:
            yield from (note.source.key for note in (*step.footnotes, *step.date.footnotes))
