"""A sentence cut into its clauses, with the cues of each."""

from __future__ import annotations

from dataclasses import dataclass

from twinbook.reading.cues import CueHit
from twinbook.reading.language import LanguagePack
from twinbook.reading.story import Sentence, Story


@dataclass(frozen=True)
class Clause:
    """Part of a sentence that may hold a statement of its own; offsets in the page's text."""

    sentence: int
    start: int
    end: int
    hits: tuple[CueHit, ...]

    def of(self, scheme: str, code: str | None = None) -> list[CueHit]:
        """Its hits of a scheme, and of one concept where a code is given."""
        return [hit for hit in self.hits if hit.scheme == scheme and (code is None or hit.code == code)]


def find_clauses(story: Story, pack: LanguagePack, number: int) -> list[Clause]:
    """The clauses of the sentence with this number, in order; each cue belongs to the clause it begins in."""
    sentence = story.sentences[number]
    joints = _joints(story, sentence, pack)
    bounds = [sentence.start, *joints, sentence.end]
    hits = story.cues[number]
    return [
        Clause(number, start, end, tuple(hit for hit in hits if start <= hit.start < end))
        for start, end in zip(bounds, bounds[1:], strict=False)
        if start < end
    ]


def sentence_clause(story: Story, number: int) -> Clause:
    """The whole sentence as one clause."""
    sentence = story.sentences[number]
    return Clause(number, sentence.start, sentence.end, story.cues[number])


def _joints(story: Story, sentence: Sentence, pack: LanguagePack) -> list[int]:
    """Where clauses end: behind each joint that stands inside no name and no quotation."""
    found = []
    names = list(story.names_in(sentence.start, sentence.end))
    for match in pack.findings.clause_break.finditer(story.text, sentence.start, sentence.end):
        at = match.end()
        in_name = any(name.start < at < name.end for name in names)
        if not in_name and sentence.start < at < sentence.end:
            found.append(at)
    return found
