"""Russian with natasha's parts: segmentation, morphology, slovnet's names, normal forms."""

from __future__ import annotations

from typing import Any

KINDS = {"PER": "people", "LOC": "places", "ORG": "organisations"}


def load() -> Any:
    import natasha

    embedding = natasha.NewsEmbedding()
    return (
        natasha,
        natasha.Segmenter(),
        natasha.NewsMorphTagger(embedding),
        natasha.NewsNERTagger(embedding),
        natasha.MorphVocab(),
    )


def names(loaded: Any, text: str) -> dict[str, list[str]]:
    natasha, segmenter, morph, ner, vocabulary = loaded
    found: dict[str, list[str]] = {kind: [] for kind in KINDS.values()}
    for line in text.splitlines():
        document = natasha.Doc(line)
        document.segment(segmenter)
        document.tag_morph(morph)
        document.tag_ner(ner)
        for span in document.spans:
            span.normalize(vocabulary)
            found[KINDS[span.type]].append(span.normal)
    return {kind: list(dict.fromkeys(words)) for kind, words in found.items()}
