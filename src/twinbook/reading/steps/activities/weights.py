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
    absorbs: dict[str, frozenset[str]]
    joined: frozenset[str]
    default_areas: dict[str, tuple[str, ...]]
    official: frozenset[str]


@cache
def weights() -> Weights:
    data = tomllib.loads(PATH.read_text("utf-8"))
    return Weights(
        data["features"],
        data["thresholds"],
        data["special"],
        {kind: frozenset(others) for kind, others in data["absorbs"].items()},
        frozenset(data["joined"]["kinds"]),
        {kind: tuple(areas) for kind, areas in data["default_areas"].items()},
        frozenset(data["official"]["kinds"]),
    )
