"""Sentences in scope that gave no finding, as notes for a person."""

from __future__ import annotations

from collections.abc import Iterable

from twinbook.reading.cues import STRONG
from twinbook.reading.finding import Activity, Evidence, Landmark, Note, Promise, Tie
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.language import LanguagePack
from twinbook.reading.steps.sides import is_town
from twinbook.reading.story import Sentence, Sides, Story

CODE = "sentence-without-finding"
MESSAGE = "this sentence speaks of the cooperation, and nothing was read from it"
MOST_NOTES = 20  # a page that gives more is one note's worth: nobody reads fifty


def find_unread(
    story: Story,
    pack: LanguagePack,
    findings: Iterable[Tie | Activity | Landmark | Promise],
) -> tuple[Note, ...]:
    """Sentences with a cue of an activity, a tie or a landmark beside the partner that are evidence of no finding."""
    sides = story.sides
    read = {piece.start for finding in findings for piece in finding.evidence}
    notes = [
        Note("unread", MESSAGE, Evidence.of(story.text, sentence.start, sentence.end), CODE)
        for number, sentence in enumerate(story.sentences)
        if sentence.start not in read and _is_in_scope(story, number, sentence, sides)
    ]
    return tuple(notes[:MOST_NOTES])


def _is_in_scope(story: Story, number: int, sentence: Sentence, sides: Sides) -> bool:
    if sentence.is_headline:
        return False
    has_cue = any(
        hit.weight == STRONG and hit.scheme in ("activity_kinds", "tie_kinds", "landmark_kinds")
        for hit in story.cues[number]
    )
    names = story.names_in(sentence.start, sentence.end)
    abroad = any(is_town(name) and name.name in sides.partners for name in names) or any(
        hit.scheme == SIGNAL_SCHEME and hit.code in ("partner", "both") for hit in story.cues[number]
    )
    return has_cue and abroad
