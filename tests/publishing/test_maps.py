"""Maps: projections, cuts, labels that do not cover one another, regions where dots crowd."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from twinbook.publishing.rendering import earth
from twinbook.publishing.rendering.maps import FONT_SIZE, Dot, Pin, locator_map, text_width, world_map

HOMES = [
    Pin("Irkutsk", "en", 104.29, 52.29),
    Pin("Kanazawa", "en", 136.65, 36.56),
    Pin("Suva", "en", 178.44, -18.1),
    Pin("Reykjavik", "en", -21.9, 64.1),
    Pin("Greenwich", "en", 0.0, 51.5),
]
AROUND = [Pin(f"Town {n}", "en", 8.0 + n, 48.0 + n / 2, f"#{n}") for n in range(5)]
FAR = [Pin("Eugene", "en", -123.09, 44.05), Pin("Porto Alegre", "en", -51.2, -30.0), Pin("Suva", "en", 178.44, -18.1)]


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.label)
def test_land_stays_on_the_map_and_no_line_crosses_it(home: Pin) -> None:
    drawing, _ = world_map(home, [*AROUND, *FAR])

    for ring in drawing.land.split("M")[1:]:
        start, steps = ring.rstrip("z").split("l")
        x, y = map(int, start.split(","))
        for step in steps.split(" "):
            across, down = map(int, step.split(","))
            x, y = x + across, y + down
            assert -1 <= x <= 10_001 and -1 <= y <= drawing.height * 10 + 1
            assert abs(across) < 800, "a piece of land runs across the map"


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.label)
def test_arcs_are_unbroken(home: Pin) -> None:
    drawing, _ = world_map(home, [*AROUND, *FAR])

    for arc in drawing.arcs:
        points = [tuple(map(float, point.split(","))) for point in re.findall(r"-?[\d.]+,-?[\d.]+", arc.path)]
        shown = [(a, b) for a, b in zip(points, points[1:], strict=False) if a[1] >= 0 and b[1] >= 0]
        assert all(abs(a[0] - b[0]) < 120 for a, b in shown)


def test_labels_cover_neither_dots_nor_each_other() -> None:
    drawing, regions = world_map(HOMES[0], [*AROUND, *FAR])
    for map_ in (drawing, *regions):
        boxes = [box(dot) for dot in map_.dots if dot.is_labelled]
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]


def test_crowded_dots_get_a_map_of_their_own_with_every_label() -> None:
    drawing, regions = world_map(HOMES[0], [*AROUND, *FAR])

    assert [frame.letter for frame in drawing.frames] == [region.letter for region in regions] == ["A"]
    assert {dot.pin.label for dot in regions[0].dots if dot.is_labelled} == {pin.label for pin in AROUND}
    assert not [dot for dot in drawing.dots if dot.pin in AROUND and dot.is_labelled]


def test_great_circle_is_the_shortest_way() -> None:
    assert earth.distance_km((104.29, 52.29), (136.65, 36.56)) == pytest.approx(3073, abs=15)
    way = earth.great_circle((0.0, 0.0), (90.0, 0.0), steps=2)
    assert [(round(x), round(y)) for x, y in way] == [(0, 0), (45, 0), (90, 0)]
    assert earth.great_circle((1.0, 2.0), (1.0, 2.0)) == [(1.0, 2.0), (1.0, 2.0)]


def test_equal_earth_is_that_of_its_authors() -> None:
    x, y = earth.equal_earth(180.0, 0.0)
    assert (round(x, 4), round(-y, 4)) == (2.7066, 0)
    assert round(-earth.equal_earth(0.0, 90.0)[1], 4) == 1.3174


def test_a_locator_shows_both_ends() -> None:
    for pin in (*AROUND[:1], *FAR):
        drawing = locator_map(HOMES[0], pin)
        for dot in (*drawing.dots, drawing.home):
            assert dot is not None and 0 < dot.x < drawing.width and 0 < dot.y < drawing.height and dot.is_labelled


def box(dot: Dot) -> tuple[float, float, float, float]:
    width = text_width(dot.pin.label) * FONT_SIZE
    left = dot.label_x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[dot.anchor]
    return left, dot.label_y - FONT_SIZE, left + width, dot.label_y


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
