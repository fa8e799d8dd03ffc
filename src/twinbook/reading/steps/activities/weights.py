"""The numbers in weights.toml as one value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("weights.toml")


@dataclass(frozen=True)
class Weights:
    """What each sign of an activity is worth, and how kinds stand to each other; see weights.toml."""

    features: dict[str, float]
    thresholds: dict[str, float]
    special: dict[str, float]
    people: dict[str, str]
    people_worth: dict[str, float]
    area_kinds: dict[str, str]
    absorbs: dict[str, frozenset[str]]
    absorbs_strong: dict[str, frozenset[str]]
    joined: frozenset[str]
    default_areas: dict[str, tuple[str, ...]]
    staff_areas: dict[str, tuple[str, ...]]
    story_areas: dict[str, tuple[str, ...]]
    core_areas: dict[str, tuple[str, ...]]
    with_areas: dict[str, dict[str, tuple[str, ...]]]
    official: frozenset[str]

    def only_of(self, kind: str) -> frozenset[str]:
        """Areas whose words are too common to count for this kind."""
        return frozenset() if kind in self.official else frozenset(["governance"])


@cache
def weights() -> Weights:
    data = tomllib.loads(PATH.read_text("utf-8"))
    return Weights(
        data["features"],
        data["thresholds"],
        data["special"],
        data["people"],
        data["people_worth"],
        data["area_kinds"],
        {kind: frozenset(others) for kind, others in data["absorbs"].items()},
        {kind: frozenset(others) for kind, others in data["absorbs_strong"].items()},
        frozenset(data["joined"]["kinds"]),
        {kind: tuple(areas) for kind, areas in data["default_areas"].items()},
        {kind: tuple(areas) for kind, areas in data["staff_areas"].items()},
        {kind: tuple(areas) for kind, areas in data["story_areas"].items()},
        {kind: tuple(areas) for kind, areas in data["core_areas"].items()},
        {kind: {a: tuple(b) for a, b in more.items()} for kind, more in data["with_areas"].items()},
        frozenset(data["official"]["kinds"]),
    )
