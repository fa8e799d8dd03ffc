"""A sentence cut into its clauses, with the cues of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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

    def of(self, scheme: str, code: str | None = None) -> Sequence[CueHit]:
        """Its hits of a scheme, and of one concept where a code is given."""
        return self._indexed.get(scheme if code is None else (scheme, code), ())

    @cached_property
    def _indexed(self) -> dict[str | tuple[str, str], list[CueHit]]:
        """The hits by scheme, and by scheme and code."""
        found: dict[str | tuple[str, str], list[CueHit]] = {}
        for hit in self.hits:
            scheme, code, *_ = hit
            found.setdefault(scheme, []).append(hit)
            found.setdefault((scheme, code), []).append(hit)
        return found


def find_clauses(story: Story, pack: LanguagePack, number: int) -> list[Clause]:
    """The clauses of the sentence with this number, in order; each cue belongs to the clause it begins in."""
    sentence = story.sentences[number]
    joints = _joints(story, sentence, pack)
    if not joints:
        return [sentence_clause(story, number)]
    bounds = [sentence.start, *joints, sentence.end]
    hits = story.cues[number]
    return [
        Clause(number, start, end, tuple(hit for hit in hits if start <= hit.start < end))
        for start, end in zip(bounds, bounds[1:], strict=False)
        if start < end
    ]


def sentence_clause(story: Story, number: int) -> Clause:
    """The whole sentence as one clause."""
    found: Clause | None = story.kept.get(number)
    if found is None:
        sentence = story.sentences[number]
        found = story.kept[number] = Clause(number, sentence.start, sentence.end, story.cues[number])
    return found


def _joints(story: Story, sentence: Sentence, pack: LanguagePack) -> list[int]:
    """Where clauses end: behind each joint that stands inside no name and no quotation."""
    found = [
        at
        for match in pack.findings.clause_break.finditer(story.text, sentence.start, sentence.end)
        if sentence.start < (at := match.end()) < sentence.end
    ]
    if found:
        names = list(story.names_in(sentence.start, sentence.end))
        found = [at for at in found if not any(name.start < at < name.end for name in names)]
    return found
