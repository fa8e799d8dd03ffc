"""Make the maps' land outlines from Natural Earth, once: python3 scripts/build_land.py PACKAGE OUT.

Natural Earth is in the public domain. PACKAGE is the unpacked npm package world-atlas 2.0.2 (ISC): TopoJSON files
whose rings run over ±180° in one piece; so do ours, and the map cuts them where its own edge lies.
Out come land_110m.txt (the world) and land_50m.txt (insets): one ring a line, longitude and latitude in hundredths of
a degree, the first point whole, then differences.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

# Name: how far a line may be moved, in degrees (half a pixel of its map); the smallest island, in square degrees.
SCALES = {"110m": (0.18, 0.35), "50m": (0.06, 0.05)}

Point = tuple[float, float]


def main(package: str, target: str) -> None:
    for scale, (tolerance, smallest) in SCALES.items():
        topology = json.loads((Path(package) / f"land-{scale}.json").read_text("utf-8"))
        rings = [thin(ring, tolerance) for ring in land_rings(topology)]
        kept = [ring for ring in rings if len(ring) > 3 and area(ring) >= smallest]
        lines = [" ".join(differences(ring)) for ring in sorted(kept, key=area, reverse=True)]
        header = f"# Natural Earth 1:{scale} land (public domain), thinned by scripts/build_land.py; 1/100 degree\n"
        path = Path(target) / f"land_{scale}.txt"
        path.write_text(header + "\n".join(lines) + "\n", "ascii")
        print(f"{path}: {len(kept)} rings, {sum(map(len, kept))} points, {path.stat().st_size} bytes")


def land_rings(topology: dict) -> list[list[Point]]:
    """Every ring of the land, in degrees: outer rings and the shores of inland seas, to be filled even-odd."""
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            rings.extend(joined(indexes, arcs) for indexes in polygon)
    return rings


def decoded(arc: list[list[int]], transform: dict) -> list[Point]:
    (wide, high), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * wide + left, y * high + low))
    return points


def joined(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for index in indexes:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(points[1:] if ring else points)
    return ring


def thin(ring: list[Point], tolerance: float) -> list[Point]:
    """The ring without points that lie within the tolerance of the line of their neighbours (Douglas and Peucker)."""
    middle = len(ring) // 2
    return [*line(ring[: middle + 1], tolerance)[:-1], *line(ring[middle:], tolerance)]


def line(points: list[Point], tolerance: float) -> list[Point]:
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    far, where = max((distance(point, first, last), index) for index, point in enumerate(points[1:-1], 1))
    if far <= tolerance:
        return [first, last]
    return [*line(points[: where + 1], tolerance)[:-1], *line(points[where:], tolerance)]


def distance(point: Point, first: Point, last: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, first, last
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def area(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def differences(ring: list[Point]) -> list[str]:
    whole = [(round(x * 100), round(y * 100)) for x, y in ring]
    steps = [whole[0], *((b[0] - a[0], b[1] - a[1]) for a, b in zip(whole, whole[1:], strict=False))]
    return [f"{x},{y}" for x, y in steps if (x, y) != (0, 0)]


if __name__ == "__main__":
    main(*sys.argv[1:])
