"""Cues of the vocabulary and signals of the language, by sentence."""

from __future__ import annotations

from twinbook.reading.cues import CueHit, lower
from twinbook.reading.language import LanguagePack
from twinbook.reading.story import Story


def find_cues(story: Story, pack: LanguagePack) -> tuple[tuple[CueHit, ...], ...]:
    """The cue hits of each sentence, in the sentences' order."""
    lowered = lower(story.text)
    find = pack.findings.index.find
    return tuple(tuple(find(story.text, lowered, sentence.start, sentence.end)) for sentence in story.sentences)
