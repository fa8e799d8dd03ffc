"""What a concept is: a word of a controlled vocabulary with its labels and cues; finds the concept folders."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
WORD_KEYS = frozenset(["label", "definition", "cues", "weak_cues", "not_cues"])
CONCEPT_KEYS = frozenset(["broader", "exact_match", "retired", "order"])


@dataclass(frozen=True)
class Words:
    """What one language calls a concept.

    `cues` are patterns of its words, each enough alone; `weak_cues` count only beside another sign of the concept;
    `not_cues` take back a cue that they overlap. Patterns match without regard to case; one that begins with \\b is
    tried where a word begins.
    Source: SKOS prefLabel, definition, altLabel and hiddenLabel.
    """

    label: str
    definition: str = ""
    cues: tuple[str, ...] = ()
    weak_cues: tuple[str, ...] = ()
    not_cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concept:
    """One word of a scheme (`activity_kinds`, `areas` …): its code and its words by language."""

    scheme: str
    code: str
    words: dict[str, Words]
    broader: str | None = None
    exact_match: tuple[str, ...] = ()
    retired: bool = False
    order: int = 100

    def label(self, language: str) -> str:
        """The label in a language, else in English, else the code."""
        words = self.words.get(language) or self.words.get("en")
        return words.label if words else self.code


def schemes() -> tuple[str, ...]:
    """Names of the schemes found, sorted."""
    return tuple(sorted({path.parent.parent.name for path in ROOT.glob("*/*/concept.toml")}))


@cache
def concepts(scheme: str) -> dict[str, Concept]:
    """The concepts of a scheme by code, in their order; ValueError names the file and the key that is wrong."""
    found = [_concept(scheme, path) for path in (ROOT / scheme).glob("*/concept.toml")]
    if not found:
        raise ValueError(f"no scheme {scheme!r}; known: {', '.join(schemes())}")
    return {concept.code: concept for concept in sorted(found, key=lambda concept: (concept.order, concept.code))}


def _concept(scheme: str, path: Path) -> Concept:
    data = _table(path, CONCEPT_KEYS)
    words = {file.stem: _words(file) for file in sorted(path.parent.glob("*.toml")) if file.name != "concept.toml"}
    return Concept(
        scheme,
        path.parent.name,
        words,
        data.get("broader"),
        tuple(data.get("exact_match", ())),
        data.get("retired", False),
        data.get("order", 100),
    )


def _words(path: Path) -> Words:
    data = _table(path, WORD_KEYS)
    if "label" not in data:
        raise ValueError(f"{path}: no label")
    lists = {key: tuple(data.get(key, ())) for key in ("cues", "weak_cues", "not_cues")}
    return Words(data["label"], data.get("definition", ""), **lists)


def _table(path: Path, keys: frozenset[str]) -> dict[str, Any]:
    data = tomllib.loads(path.read_text("utf-8"))
    if unknown := set(data) - keys:
        raise ValueError(f"{path}: unknown keys {sorted(unknown)}; known: {sorted(keys)}")
    return data
