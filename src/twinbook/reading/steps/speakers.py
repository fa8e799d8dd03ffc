"""Whose claim a statement is: the speaker of the quotation around it, or the person whose words are reported."""

from __future__ import annotations

from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.story import NameMention, Story

BESIDE = 60  # characters between a word of saying and the name of who says it


def find_speaker(story: Story, sentence: int, start: int, end: int) -> str | None:
    """The name of who says what stands at start–end in the sentence; None where the page itself says it."""
    quote = story.quote_around(start, end)
    return quote.speaker if quote else _reporter(story, sentence)


def _reporter(story: Story, number: int) -> str | None:
    """«как отметил X», "according to X", Xによると: the person named nearest to the word of saying."""
    sentence = story.sentences[number]
    people = list(story.names_in(sentence.start, sentence.end, "person"))
    sayings = [
        hit
        for hit in story.cues[number]
        if hit.scheme == SIGNAL_SCHEME and hit.code == "reported" and not story.quote_around(hit.start, hit.end)
    ]
    near = [(_distance(person, hit.start, hit.end), person.name) for person in people for hit in sayings]
    distance, name = min(near, default=(BESIDE + 1, ""))
    return name if distance <= BESIDE else None


def _distance(person: NameMention, start: int, end: int) -> int:
    return max(person.start - end, start - person.end, 0)
