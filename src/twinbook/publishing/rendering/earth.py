"""The Earth as a drawing needs it: land outlines, two projections, great circles; degrees in, plane points out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import acos, asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt
from pathlib import Path

HERE = Path(__file__).parent
EARTH_RADIUS_KM = 6371.0

# Equal Earth, Šavrič, Patterson and Jenny 2018.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
HALF_ROOT_3 = sqrt(3) / 2

Point = tuple[float, float]  # longitude and latitude in degrees, or x and y on the plane
Ring = tuple[Point, ...]


@dataclass(frozen=True)
class Window:
    """A piece of the Earth: degrees of longitude from `centre` to both sides, and latitudes."""

    centre: float
    west: float
    east: float
    south: float
    north: float


WORLD_SOUTH, WORLD_NORTH = -56.0, 78.0  # without Antarctica and the empty Arctic


def world(centre: float, *, south: float = WORLD_SOUTH) -> Window:
    """The whole Earth but for the poles, cut opposite the centre and, where nothing lies there, in the south."""
    return Window(centre, -180.0, 180.0, max(WORLD_SOUTH, south), WORLD_NORTH)


@cache
def land(scale: str) -> tuple[Ring, ...]:
    """Land rings of Natural Earth at `110m` or `50m`, longitudes running on over ±180° where a ring crosses it."""
    lines = (HERE / f"land_{scale}.txt").read_text("ascii").splitlines()
    return tuple(_ring(line) for line in lines if not line.startswith("#"))


def _ring(line: str) -> Ring:
    x = y = 0
    points: list[Point] = []
    for step in line.split():
        step_x, step_y = map(int, step.split(","))
        if points:
            step_x = (step_x + 18000) % 36000 - 18000  # the short way round the Earth
        x, y = x + step_x, y + step_y
        points.append((x / 100, y / 100))
    return tuple(points)


def land_in(window: Window, scale: str) -> Iterator[list[Point]]:
    """The land inside a window as polygons, longitudes counted from its centre; fill them even-odd."""
    for ring in land(scale):
        relative = _closed_over_the_pole([(x - window.centre, y) for x, y in ring])
        for turn in (-720.0, -360.0, 0.0, 360.0, 720.0):
            polygon = [(x + turn, y) for x, y in relative]
            inside = _clip(polygon, window)
            if len(inside) > 2:
                yield _along_the_edges(inside, window)


def _closed_over_the_pole(ring: list[Point]) -> list[Point]:
    """A ring that goes once round the Earth (Antarctica) gets the edge of the map below it as its floor."""
    first, last = ring[0][0], ring[-1][0]
    return [*ring, (last, -90.0), (first, -90.0)] if abs(last - first) > 300 else ring


def _clip(polygon: list[Point], window: Window) -> list[Point]:
    """The part of a polygon within the window, edge by edge (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1)):
        if not polygon:
            return []
        polygon = _clip_edge(polygon, axis, limit, sign)
    return polygon


def _clip_edge(polygon: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    previous = polygon[-1]
    for point in polygon:
        inside, before = sign * (point[axis] - limit) >= 0, sign * (previous[axis] - limit) >= 0
        if inside != before:
            share = (limit - previous[axis]) / (point[axis] - previous[axis])
            x = previous[0] + share * (point[0] - previous[0])
            y = previous[1] + share * (point[1] - previous[1])
            kept.append((x, y))
        if inside:
            kept.append(point)
        previous = point
    return kept


def _along_the_edges(polygon: list[Point], window: Window) -> list[Point]:
    """Points every second degree where the polygon follows a side of the window: on the plane that side is a curve."""
    bent: list[Point] = []
    for point, following in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        bent.append(point)
        for side in (window.west, window.east):
            if abs(point[0] - side) < 1e-9 and abs(following[0] - side) < 1e-9:
                low, high = sorted((point[1], following[1]))
                stops = [float(y) for y in range(-90, 91, 2) if low < y < high]
                bent.extend((side, y) for y in (stops if following[1] > point[1] else reversed(stops)))
    return bent


def turned(longitude: float, centre: float) -> float:
    """The longitude counted from the centre, −180 to 180."""
    return (longitude - centre + 180.0) % 360.0 - 180.0


def equal_earth(longitude: float, latitude: float) -> Point:
    """Plane point of a longitude (from the centre) and latitude; y grows southward, one unit is one Earth radius."""
    theta = asin(HALF_ROOT_3 * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    stretch = 3 * (9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1)
    x = 2 * sqrt(3) * radians(longitude) * cos(theta) / stretch
    return x, -theta * (A4 * sixth * square + A3 * sixth + A2 * square + A1)


def local(longitude: float, latitude: float, *, middle: float) -> Point:
    """Plane point for a region, true to shape at its middle latitude; y grows southward."""
    return radians(longitude) * cos(radians(middle)), -radians(latitude)


def great_circle(start: Point, end: Point, *, steps: int = 40) -> list[Point]:
    """Points on the shortest way from start to end (longitude, latitude), ends included."""
    a, b = _vector(start), _vector(end)
    angle = _angle(a, b)
    if angle < 1e-6 or pi - angle < 1e-6:
        return [start, end]
    return [_between(a, b, angle, step / steps) for step in range(steps + 1)]


def distance_km(start: Point, end: Point) -> float:
    """The length of the shortest way, on a ball of 6371 km."""
    return EARTH_RADIUS_KM * _angle(_vector(start), _vector(end))


def _vector(point: Point) -> tuple[float, float, float]:
    longitude, latitude = radians(point[0]), radians(point[1])
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def _angle(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    return acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(a, b, strict=True)))))


def _between(a: tuple[float, float, float], b: tuple[float, float, float], angle: float, share: float) -> Point:
    near, far = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
    x, y, z = (near * p + far * q for p, q in zip(a, b, strict=True))
    return degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))
