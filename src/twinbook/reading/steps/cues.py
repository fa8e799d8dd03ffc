"""Cues of the vocabulary and signals of the language, by sentence."""

from __future__ import annotations

import re

from twinbook.reading.cues import CueHit
from twinbook.reading.language import LanguagePack
from twinbook.reading.pattern_index import lower
from twinbook.reading.story import Sentence, Story

BEARERS = frozenset(["person", "place"])
QUOTED = re.compile(r"[«„“\"「『][^«„“\"「『»”」』]+[»”\"」』]")  # the body's own name: «Победа» is no win
MATTERS = frozenset(["activity_kinds", "areas", "statuses"])


def find_cues(story: Story, pack: LanguagePack) -> tuple[tuple[CueHit, ...], ...]:
    """The cue hits of each sentence, in the sentences' order."""
    lowered = lower(story.text)
    find = pack.findings.index.find
    return tuple(
        tuple(_without_names(find(story.text, lowered, sentence.start, sentence.end), story, sentence))
        for sentence in story.sentences
    )


def _without_names(hits: list[CueHit], story: Story, sentence: Sentence) -> list[CueHit]:
    names = list(story.names_in(sentence.start, sentence.end))
    spans = [(name.start, name.end) for name in names if name.kind in BEARERS]
    spans += [
        quoted.span()
        for name in names
        if name.kind == "organisation"
        for quoted in QUOTED.finditer(story.text, name.start, name.end)
    ]
    return [hit for hit in hits if hit.scheme not in MATTERS or not _is_name(hit, spans)] if spans else hits


def _is_name(hit: CueHit, names: list[tuple[int, int]]) -> bool:
    """Whether a word is only part of a name: Port Angeles is no port, Rose Park no garden."""
    return any(start <= hit.start and hit.end <= end for start, end in names)
