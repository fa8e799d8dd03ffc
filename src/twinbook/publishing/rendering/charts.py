"""Bar charts as values for an SVG template: numbers in, rectangles and ticks out.

One value far above all others does not flatten them: the scale ends at the others, and its bar is drawn broken, with
its number beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720.0, 220.0
FLOOR, LEFT = 26.0, 34.0  # room below for years, at the left for numbers
MOST_YEARS_NAMED = 12
FAR_ABOVE, MOST_FAR = 4.0, 2  # times the next value, and how many values may be that far above the rest
BREAK = 16.0  # how far a broken bar reaches over the end of the scale


@dataclass(frozen=True)
class Bar:
    key: str
    count: int
    x: float
    y: float
    width: float
    height: float
    is_named: bool = True
    is_broken: bool = False  # longer than the scale

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def end(self) -> float:
        return round(self.x + self.width, 1)


@dataclass(frozen=True)
class Tick:
    count: int
    y: float


@dataclass(frozen=True)
class Chart:
    """Bars that stand on one line; `width` and `height` are the view box, `base` the height of the line."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: float = WIDTH
    height: float = HEIGHT
    base: float = HEIGHT - FLOOR
    left: float = LEFT


def years_chart(counts: Mapping[int, int]) -> Chart | None:
    """Counts by year as standing bars, every year between the first and the last in its place; None for no counts."""
    if not counts:
        return None
    years = range(min(counts), max(counts) + 1)
    top, is_broken = scale(counts.values())
    slot = (WIDTH - LEFT) / len(years)
    tall = HEIGHT - FLOOR - 12 - BREAK * is_broken
    named = max(1, -(-len(years) // MOST_YEARS_NAMED))
    bars = []
    for place, year in enumerate(years):
        count = counts.get(year, 0)
        high = round(tall * count / top if count <= top else tall + BREAK, 1)
        wide = round(min(slot * 0.72, 44.0), 1)
        x = round(LEFT + slot * place + (slot - wide) / 2, 1)
        bars.append(
            Bar(str(year), count, x, round(HEIGHT - FLOOR - high, 1), wide, high, year % named == 0, count > top)
        )
    step = max(1, top // 4)
    ticks = tuple(Tick(n, round(HEIGHT - FLOOR - tall * n / top, 1)) for n in range(0, top + 1, step))
    return Chart(tuple(bars), ticks)


def scale(values: Iterable[float]) -> tuple[int, bool]:
    """The end of a scale, and whether some values lie beyond it: at most two, each far above all that fit under."""
    ordered = sorted((value for value in values if value > 0), reverse=True)
    for left_out in range(min(MOST_FAR, len(ordered) - 2), 0, -1):
        if ordered[left_out - 1] >= FAR_ABOVE * ordered[left_out]:
            return nice_top(-(-ordered[left_out] // 1)), True
    return nice_top(-(-ordered[0] // 1) if ordered else 1), False


def nice_top(largest: float) -> int:
    """The end of the scale: the next of 4, 8, 12, 20, 40 … that the largest count fits under."""
    size = 1
    while True:
        for base in (4, 8, 12, 20):
            if largest <= base * size:
                return base * size
        size *= 10


def share_of(count: int, largest: int, *, width: float = 100.0) -> float:
    """The length of a lying bar."""
    return round(width * count / largest, 1) if largest else 0.0


@dataclass(frozen=True)
class PairRow:
    """One name with two numbers: what was planned and what came of it. None where nobody gave a number."""

    label: str
    planned: float | None
    fact: float | None
    planned_length: float
    fact_length: float
    y: float
    is_planned_broken: bool = False
    is_fact_broken: bool = False


@dataclass(frozen=True)
class PairChart:
    """Lying bars in pairs; `left` is where they begin, `room` the longest bar."""

    rows: tuple[PairRow, ...]
    left: float
    room: float
    width: float
    height: float


PAIR_LEFT, PAIR_ROOM, PAIR_STEP, PAIR_TOP = 190.0, 430.0, 36.0, 26.0


def pairs_chart(pairs: Sequence[tuple[str, float | None, float | None]]) -> PairChart | None:
    """Pairs of numbers under their names, in the order given; None where there is no number at all."""
    numbers = [value for _, planned, fact in pairs for value in (planned, fact) if value]
    if not numbers:
        return None
    top, _ = scale(numbers)

    def length(value: float | None) -> float:
        return round(PAIR_ROOM * min((value or 0) / top, 1.0) + BREAK * ((value or 0) > top), 1)

    rows = tuple(
        PairRow(label, planned, fact, length(planned), length(fact), PAIR_TOP + PAIR_STEP * place,
                (planned or 0) > top, (fact or 0) > top)
        for place, (label, planned, fact) in enumerate(pairs)
    )  # fmt: skip
    return PairChart(rows, PAIR_LEFT, PAIR_ROOM, WIDTH, PAIR_TOP + PAIR_STEP * len(rows))
