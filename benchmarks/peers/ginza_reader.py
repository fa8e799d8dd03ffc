"""Japanese with GiNZA's model; place names without the suffix of their kind, as the gold has them."""

from __future__ import annotations

from typing import Any

KINDS = {
    "Person": "people",
    "City": "places",
    "Province": "places",
    "Organization": "organisations",
    "School": "organisations",
    "Company": "organisations",
    "Show_Organization": "organisations",
    "Organization_Other": "organisations",
    "Government": "organisations",
}


def load() -> Any:
    import spacy

    return spacy.load("ja_ginza")


def names(loaded: Any, text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {kind: [] for kind in KINDS.values()}
    for entity in loaded(text).ents:
        if kind := KINDS.get(entity.label_):
            found[kind].append(entity.text)
    found["places"] = [name.rstrip("市町村県") or name for name in found["places"]]
    return {kind: list(dict.fromkeys(words)) for kind, words in found.items()}
