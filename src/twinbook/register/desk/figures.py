"""Figures of a dossier by year, and the bars that show them: people sent and received, activities held.

One year far above all others does not flatten them: its bars reach the top, are drawn broken, and bear their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from twinbook.register.queries.values import ActivityShown

HEIGHT, HEAD, BAR, GAP, FOOT = 124, 26, 20, 14, 18  # pixels of the drawing's own grid
FAR_ABOVE, MOST_FAR = 4, 2  # times the next number, and how many numbers may be that far above the rest


@dataclass(frozen=True)
class Bar:
    """One bar: its number, where it stands, and whether it is longer than the scale; `order` is its place in a year."""

    number: int
    x: int
    height: int
    is_broken: bool
    order: int

    @property
    def y(self) -> int:
        return HEIGHT - self.height

    @property
    def middle(self) -> float:
        return self.x + BAR / 2 - 1


@dataclass(frozen=True)
class YearBars:
    """One year and its bars, in the order of what they count."""

    year: int
    bars: tuple[Bar, ...]

    @property
    def middle(self) -> float:
        return (self.bars[0].middle + self.bars[-1].middle) / 2


@dataclass(frozen=True)
class Bars:
    """A drawing: its years in order, its size, and whether a bar in it is broken."""

    years: tuple[YearBars, ...]
    width: int

    @property
    def height(self) -> int:
        return HEIGHT + FOOT

    @property
    def base(self) -> int:
        return HEIGHT

    @property
    def is_broken(self) -> bool:
        return any(bar.is_broken for year in self.years for bar in year.bars)


def people_by_year(activities: Iterable[ActivityShown]) -> Bars:
    """People sent and received by the year of the activity's beginning; what has no year or no count is left out."""
    sums: dict[int, list[int]] = {}
    for activity in _held(activities):
        if activity.people_out is not None or activity.people_in is not None:
            pair = sums.setdefault(_year(activity), [0, 0])
            pair[0] += activity.people_out or 0
            pair[1] += activity.people_in or 0
    return drawn(sums)


def held_by_year(activities: Iterable[ActivityShown]) -> Bars:
    """Activities that took place, by the year in which they began."""
    sums: dict[int, list[int]] = {}
    for activity in _held(activities):
        sums.setdefault(_year(activity), [0])[0] += 1
    return drawn(sums)


def drawn(sums: Mapping[int, Sequence[int]]) -> Bars:
    """Numbers by year as bars beside one another."""
    top = _top([number for numbers in sums.values() for number in numbers])
    step = max((len(numbers) for numbers in sums.values()), default=1) * BAR + GAP
    years = tuple(
        YearBars(year, tuple(_bar(number, GAP + place * step, order, top) for order, number in enumerate(sums[year])))
        for place, year in enumerate(sorted(sums))
    )
    return Bars(years, max(1, len(years)) * step + GAP)


def _bar(number: int, left: int, order: int, top: int) -> Bar:
    room = HEIGHT - HEAD
    is_broken = number > top
    high = room + HEAD // 2 if is_broken else round(room * number / top)
    return Bar(number, left + order * BAR, high, is_broken, order)


def _top(numbers: Sequence[int]) -> int:
    """The number at the end of the scale: the largest that is not far above all the rest."""
    ordered = sorted({number for number in numbers if number}, reverse=True)
    for larger, smaller in list(pairwise(ordered))[:MOST_FAR]:
        if larger >= FAR_ABOVE * smaller and len(ordered) > MOST_FAR:
            return smaller
    return ordered[0] if ordered else 1


def _held(activities: Iterable[ActivityShown]) -> list[ActivityShown]:
    return [one for one in activities if one.status == "done" and one.when and one.when.first]


def _year(activity: ActivityShown) -> int:
    assert activity.when is not None and activity.when.first is not None  # _held leaves others out
    return activity.when.first.year
