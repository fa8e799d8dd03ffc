"""Maps as drawings: pins in, land paths, arcs, dots and labels out, ready for an SVG template."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from twinbook.publishing.rendering import earth
from twinbook.publishing.rendering.earth import Point, Window

WORLD_WIDTH = 1000.0
REGION_WIDTH, REGION_HEIGHT = 480.0, 320.0
FONT_SIZE = 15.0
DOT_RADIUS = 5.0
CROWDED = 30.0  # pixels between dots of the world map below which they need a map of their own
CROWD = 3  # so many crowded dots make a region
MOST_REGIONS = 2
LEAST_SOUTH = -24.0  # degrees: the world map never ends north of it
WIDE = 90.0  # degrees of longitude from which the coarse outline is fine enough
SPECK = 12  # tenths of a unit: islands smaller than this, breadth and height together, are not drawn


@dataclass(frozen=True)
class Pin:
    """A place to be shown: its label, where it lies, where it leads, and a class for its looks."""

    label: str
    language: str
    longitude: float
    latitude: float
    href: str = ""
    state: str = "active"

    @property
    def point(self) -> Point:
        return self.longitude, self.latitude


@dataclass(frozen=True)
class Dot:
    """A pin on the plane; the label stands at label_x, label_y with an SVG text-anchor, or nowhere."""

    pin: Pin
    x: float
    y: float
    label_x: float = 0.0
    label_y: float = 0.0
    anchor: str = ""

    @property
    def is_labelled(self) -> bool:
        return bool(self.anchor)


@dataclass(frozen=True)
class Arc:
    path: str
    state: str


@dataclass(frozen=True)
class Frame:
    """Where a region's map lies on the world map."""

    letter: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """One map: `land` is path data in tenths of a unit, everything else in units of the view box."""

    width: float
    height: float
    land: str
    arcs: tuple[Arc, ...]
    dots: tuple[Dot, ...]
    home: Dot | None = None
    frames: tuple[Frame, ...] = ()
    letter: str = ""

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width:.0f} {self.height:.0f}"


Place = Callable[[Point], Point]


def world_map(home: Pin, pins: Sequence[Pin]) -> tuple[Drawing, tuple[Drawing, ...]]:
    """The world centred on home with an arc to each pin, and a map for each region where the dots crowd.

    Pins keep their order: earlier ones get their labels first.
    """
    southernmost = min(pin.latitude for pin in [home, *pins])
    window = earth.world(home.longitude, south=min(LEAST_SOUTH, southernmost - 12))
    place, height = _world_plane(window)

    def located(point: Point) -> Point:
        return place((earth.turned(point[0], window.centre), point[1]))

    dots = [Dot(pin, *located(pin.point)) for pin in pins]
    home_dot = Dot(home, *located(home.point))
    crowds = _crowds([*dots, home_dot])[:MOST_REGIONS]
    regions = tuple(_region(home, [dot.pin for dot in crowd if dot.pin is not home], letter)
                    for letter, crowd in zip("AB", crowds, strict=False))  # fmt: skip
    crowded = {dot.pin for crowd in crowds for dot in crowd}
    named = _labelled(home_dot, [dot for dot in dots if dot.pin not in crowded], dots, (WORLD_WIDTH, height))
    labels = {dot.pin: dot for dot in named}
    drawing = Drawing(
        WORLD_WIDTH,
        height,
        _land_path(window, "110m", place),
        tuple(_arc(home, pin, located) for pin in pins),
        tuple(labels.get(dot.pin, dot) for dot in dots),
        labels[home],
        tuple(_frame(letter, crowd) for letter, crowd in zip("AB", crowds, strict=False)),
    )
    return drawing, regions


def locator_map(home: Pin, pin: Pin) -> Drawing:
    """The way from home to one pin, on the piece of the world where it runs."""
    half = earth.turned(pin.longitude, home.longitude) / 2
    centre = home.longitude + half
    way = [(earth.turned(x, centre), y) for x, y in earth.great_circle(home.point, pin.point)]
    plane = [earth.equal_earth(x, y) for x, y in way]
    place, shown = _fitted(plane, (REGION_WIDTH, REGION_HEIGHT * 0.75), margin=0.22, least=0.8)
    window = Window(centre, max(-180.0, shown.west), min(180.0, shown.east), shown.south, shown.north)

    def located(point: Point) -> Point:
        return place(earth.equal_earth(earth.turned(point[0], centre), point[1]))

    scale = "50m" if window.east - window.west < WIDE else "110m"
    path = _land_path(window, scale, lambda point: place(earth.equal_earth(*point)))
    size = (REGION_WIDTH, REGION_HEIGHT * 0.75)
    home_dot, dot = Dot(home, *located(home.point)), Dot(pin, *located(pin.point))
    named = {labelled.pin: labelled for labelled in _labelled(home_dot, [dot], [dot], size)}
    return Drawing(*size, path, (_arc(home, pin, located),), (named[pin],), named[home])


def _world_plane(window: Window) -> tuple[Place, float]:
    """From longitude (from the centre) and latitude to the world map, and the map's height."""
    left = earth.equal_earth(-180.0, 0.0)[0]
    top, bottom = earth.equal_earth(0.0, window.north)[1], earth.equal_earth(0.0, window.south)[1]
    scale = WORLD_WIDTH / (-2 * left)

    def place(point: Point) -> Point:
        x, y = earth.equal_earth(*point)
        return (x - left) * scale, (y - top) * scale

    return place, (bottom - top) * scale


def _region(home: Pin, pins: Sequence[Pin], letter: str) -> Drawing:
    centre = pins[0].longitude + sum(earth.turned(pin.longitude, pins[0].longitude) for pin in pins) / len(pins)
    middle = sum(pin.latitude for pin in pins) / len(pins)

    def plane(point: Point) -> Point:
        return earth.local(point[0], point[1], middle=middle)

    relative = [(earth.turned(pin.longitude, centre), pin.latitude) for pin in pins]
    place, _ = _fitted([plane(point) for point in relative], (REGION_WIDTH, REGION_HEIGHT), margin=0.16, least=0.12)
    reach = 80.0
    window = Window(centre, -reach, reach, max(-85.0, middle - 50), min(85.0, middle + 50))
    dots = [Dot(pin, *place(plane(point))) for pin, point in zip(pins, relative, strict=True)]
    size = (REGION_WIDTH, REGION_HEIGHT)

    def located(point: Point) -> Point:
        return place(plane((earth.turned(point[0], centre), point[1])))

    arcs = tuple(_arc(home, pin, located) for pin in pins)
    window = _seen(window, place, plane, size)
    path = _land_path(window, "50m", lambda point: place(plane(point)))
    home_dot = Dot(home, *located(home.point))
    inside = 0 <= home_dot.x <= size[0] and 0 <= home_dot.y <= size[1]
    named = _labelled(home_dot if inside else None, dots, dots, size)
    labels = {dot.pin: dot for dot in named}
    return Drawing(
        *size,
        path,
        arcs,
        tuple(labels.get(dot.pin, dot) for dot in dots),
        labels.get(home) if inside else None,
        (),
        letter,
    )


def _seen(window: Window, place: Place, plane: Place, size: Point) -> Window:
    """The window narrowed to what the picture shows, so that no unseen land is sent."""
    zero, one = place(plane((0.0, 0.0))), place(plane((1.0, 1.0)))
    per_x, per_y = one[0] - zero[0], one[1] - zero[1]
    west, east = -zero[0] / per_x, (size[0] - zero[0]) / per_x
    north, south = -zero[1] / per_y, (size[1] - zero[1]) / per_y
    slack = 1.0
    return Window(window.centre, max(window.west, west - slack), min(window.east, east + slack),
                  max(window.south, south - slack), min(window.north, north + slack))  # fmt: skip


def _fitted(points: Sequence[Point], size: Point, *, margin: float, least: float) -> tuple[Place, Window]:
    """A placing of plane points into a picture, with a margin (share of the size) and a least extent (Earth radii).

    The window is the piece of the Earth that the picture can show, for an Equal Earth plane, generously.
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide = max(max(xs) - min(xs), least * size[0] / max(size))
    high = max(max(ys) - min(ys), least * size[1] / max(size))
    scale = min(size[0] * (1 - 2 * margin) / wide, size[1] * (1 - 2 * margin) / high)
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2

    def place(point: Point) -> Point:
        return size[0] / 2 + (point[0] - middle[0]) * scale, size[1] / 2 + (point[1] - middle[1]) * scale

    reach = size[0] / scale / 2
    sideways = min(180.0, (abs(middle[0]) + reach) * 57.3 * 1.8)
    up = size[1] / scale / 2
    return place, Window(0.0, -sideways, sideways, _latitude(middle[1] + up, -5.0), _latitude(middle[1] - up, 5.0))


def _latitude(y: float, slack: float) -> float:
    """The latitude at a height of the Equal Earth plane, by halving, and some degrees further out."""
    low, high = -90.0, 90.0
    for _ in range(24):
        half = (low + high) / 2
        low, high = (half, high) if earth.equal_earth(0.0, half)[1] > y else (low, half)
    return max(-90.0, min(90.0, low + slack))


def _land_path(window: Window, scale: str, place: Place) -> str:
    return "".join(_polygon([place(point) for point in polygon]) for polygon in earth.land_in(window, scale))


def _polygon(points: Iterable[Point]) -> str:
    """Path data in whole tenths, relative after the first point; a polygon that shrinks to a speck is left out."""
    whole = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(whole, whole[1:], strict=False) if a != b]
    if len(steps) < 2 or sum(max(axis) - min(axis) for axis in zip(*whole, strict=True)) < SPECK:
        return ""
    return f"M{whole[0][0]},{whole[0][1]}l" + " ".join(f"{x},{y}" for x, y in steps) + "z"


def _arc(home: Pin, pin: Pin, place: Place) -> Arc:
    points = [place(point) for point in earth.great_circle(home.point, pin.point)]
    return Arc("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points), pin.state)


def _crowds(dots: Sequence[Dot]) -> list[list[Dot]]:
    """Groups of dots that stand too near one another, the largest first."""
    groups: list[list[Dot]] = []
    for dot in dots:
        near = [group for group in groups if any(_distance(dot, other) < CROWDED for other in group)]
        groups = [group for group in groups if group not in near] + [[dot, *(one for group in near for one in group)]]
    crowded = [group for group in groups if len(group) >= CROWD]
    return sorted(crowded, key=lambda group: (-len(group), min(dot.x for dot in group)))


def _distance(a: Dot, b: Dot) -> float:
    return float(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5)


def _frame(letter: str, crowd: Sequence[Dot]) -> Frame:
    margin = 14.0
    left, top = min(dot.x for dot in crowd) - margin, min(dot.y for dot in crowd) - margin
    right, bottom = max(dot.x for dot in crowd) + margin, max(dot.y for dot in crowd) + margin
    return Frame(letter, left, top, right - left, bottom - top)


def _labelled(home: Dot | None, wanted: Sequence[Dot], dots: Sequence[Dot], size: Point) -> list[Dot]:
    """The wanted dots (home first) with a place for each label that finds one free of dots and other labels."""
    everything = [*dots, home] if home else list(dots)
    taken = [_box(dot.x - DOT_RADIUS, dot.y - DOT_RADIUS, 2 * DOT_RADIUS, 2 * DOT_RADIUS) for dot in everything]
    placed = []
    for dot in [home, *wanted] if home else wanted:
        named, box = _first_free(dot, taken, size)
        if box:
            taken.append(box)
        placed.append(named)
    return placed


Box = tuple[float, float, float, float]


def _box(x: float, y: float, width: float, height: float) -> Box:
    return x, y, x + width, y + height


def _first_free(dot: Dot, taken: Sequence[Box], size: Point) -> tuple[Dot, Box | None]:
    width, high, gap = text_width(dot.pin.label) * FONT_SIZE, FONT_SIZE * 1.1, DOT_RADIUS + 4
    for anchor, across, down in (
        ("start", gap, 0.35), ("end", -gap, 0.35), ("middle", 0.0, -0.75), ("middle", 0.0, 1.45),
        ("start", gap, -0.4), ("start", gap, 1.1), ("end", -gap, -0.4), ("end", -gap, 1.1),
    ):  # fmt: skip
        x, y = dot.x + across, dot.y + down * FONT_SIZE
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        box = _box(left, y - high * 0.85, width, high)
        own = _box(dot.x - DOT_RADIUS, dot.y - DOT_RADIUS, 2 * DOT_RADIUS, 2 * DOT_RADIUS)
        inside = box[0] >= 4 and box[2] <= size[0] - 4 and box[1] >= 2 and box[3] <= size[1] - 2
        if inside and not any(_overlap(box, other) for other in taken if other != own):
            return replace(dot, label_x=round(x, 1), label_y=round(y, 1), anchor=anchor), box
    return dot, None


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def text_width(text: str) -> float:
    """The width of a text in ems, near enough for placing labels: wide East Asian letters count one."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.58 for letter in text)
