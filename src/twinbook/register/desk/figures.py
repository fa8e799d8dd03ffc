"""Figures of a dossier: how many people travelled in which year, and the bars that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from twinbook.register.queries.values import ActivityShown

HEIGHT, BAR, GAP, FOOT = 110, 16, 12, 18  # pixels of the drawing's own grid


@dataclass(frozen=True)
class YearBars:
    """One year: people sent and received, and where their bars stand."""

    year: int
    sent: int
    received: int
    x: int
    sent_height: int
    received_height: int

    @property
    def sent_y(self) -> int:
        return HEIGHT - self.sent_height

    @property
    def received_x(self) -> int:
        return self.x + BAR

    @property
    def received_y(self) -> int:
        return HEIGHT - self.received_height

    @property
    def label_x(self) -> int:
        return self.x + BAR


@dataclass(frozen=True)
class Bars:
    """The drawing: its years in order and its size."""

    years: tuple[YearBars, ...]

    @property
    def width(self) -> int:
        return max(1, len(self.years)) * (2 * BAR + GAP) + GAP

    @property
    def height(self) -> int:
        return HEIGHT + FOOT


def people_by_year(activities: Iterable[ActivityShown]) -> Bars:
    """People sent and received by the year of the activity's beginning; what has no year or no count is left out."""
    sums: dict[int, list[int]] = {}
    for activity in activities:
        if activity.when is None or activity.when.first is None or activity.status != "done":
            continue
        if activity.people_out is None and activity.people_in is None:
            continue
        pair = sums.setdefault(activity.when.first.year, [0, 0])
        pair[0] += activity.people_out or 0
        pair[1] += activity.people_in or 0
    top = max((number for pair in sums.values() for number in pair), default=0) or 1
    scale = (HEIGHT - 12) / top
    return Bars(
        tuple(
            YearBars(year, sent, received, GAP + place * (2 * BAR + GAP), round(sent * scale), round(received * scale))
            for place, (year, (sent, received)) in enumerate(sorted(sums.items()))
        )
    )
