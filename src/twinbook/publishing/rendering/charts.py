"""Bar charts as values for an SVG template: numbers in, rectangles and ticks out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH, HEIGHT = 720.0, 220.0
FLOOR, LEFT = 26.0, 34.0  # room below for years, at the left for numbers
MOST_YEARS_NAMED = 12


@dataclass(frozen=True)
class Bar:
    key: str
    count: int
    x: float
    y: float
    width: float
    height: float
    is_named: bool = True

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


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
    top = nice_top(max(counts.values()))
    slot = (WIDTH - LEFT) / len(years)
    tall = HEIGHT - FLOOR - 12
    named = max(1, -(-len(years) // MOST_YEARS_NAMED))
    bars = []
    for place, year in enumerate(years):
        count = counts.get(year, 0)
        high = round(tall * count / top, 1)
        wide = round(min(slot * 0.72, 44.0), 1)
        x = round(LEFT + slot * place + (slot - wide) / 2, 1)
        bars.append(Bar(str(year), count, x, round(HEIGHT - FLOOR - high, 1), wide, high, year % named == 0))
    step = max(1, top // 4)
    ticks = tuple(Tick(n, round(HEIGHT - FLOOR - tall * n / top, 1)) for n in range(0, top + 1, step))
    return Chart(tuple(bars), ticks)


def nice_top(largest: int) -> int:
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
