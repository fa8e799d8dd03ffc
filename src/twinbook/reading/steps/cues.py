"""Cues of the vocabulary and signals of the language, by sentence."""

from __future__ import annotations

from twinbook.reading.cues import CueHit, lower
from twinbook.reading.language import LanguagePack
from twinbook.reading.story import Story

BEARERS = frozenset(["person", "place"])
MATTERS = frozenset(["activity_kinds", "areas", "statuses"])


def find_cues(story: Story, pack: LanguagePack) -> tuple[tuple[CueHit, ...], ...]:
    """The cue hits of each sentence, in the sentences' order."""
    lowered = lower(story.text)
    find = pack.findings.index.find
    names = [(name.start, name.end) for name in story.names if name.kind in BEARERS]
    return tuple(
        tuple(hit for hit in find(story.text, lowered, sentence.start, sentence.end) if not _is_name(hit, names))
        for sentence in story.sentences
    )


def _is_name(hit: CueHit, names: list[tuple[int, int]]) -> bool:
    """Whether a word of a matter is only part of a name: Port Angeles is no port, Rose Park no garden."""
    return hit.scheme in MATTERS and any(start <= hit.start and hit.end <= end for start, end in names)
