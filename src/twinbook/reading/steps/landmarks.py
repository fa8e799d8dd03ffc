"""Streets, monuments, gardens and buildings named for, or given by, the partner."""

from __future__ import annotations

from dataclasses import dataclass

from twinbook.reading.finding import Evidence, Landmark
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.language import LanguagePack
from twinbook.reading.steps.sides import Sides, find_sides
from twinbook.reading.story import NameMention, Story

KINDS = "landmark_kinds"


@dataclass(frozen=True)
class Sighting:
    """A landmark's name at one place of the text."""

    name: str
    kind: str
    sentence: int
    honours: str | None


def find_landmarks(story: Story, pack: LanguagePack) -> tuple[Landmark, ...]:
    """One landmark a name, with every sentence that names it after a first one told what binds it to the partner."""
    sides = find_sides(story, pack)
    found: dict[str, list[Sighting]] = {}
    for number in range(len(story.sentences)):
        if any(hit.scheme == KINDS for hit in story.cues[number]):
            for sighting in _sightings(story, pack, number, sides):
                found.setdefault(sighting.name.casefold(), []).append(sighting)
    return tuple(_landmark(story, sightings, sides) for sightings in found.values())


def _landmark(story: Story, sightings: list[Sighting], sides: Sides) -> Landmark:
    first = sightings[0]
    numbers = sorted({sighting.sentence for sighting in sightings})
    spans = [(story.sentences[number].start, story.sentences[number].end) for number in numbers]
    quote = story.quote_around(*spans[0])
    honours = next((sighting.honours for sighting in sightings if sighting.honours), None)
    place = sides.home if honours is None or honours != sides.home else (sides.partners or (None,))[0]
    evidence = tuple(Evidence.of(story.text, start, end) for start, end in spans)
    return Landmark(first.name, first.kind, place, honours, evidence, quote.speaker if quote else None)


def _sightings(story: Story, pack: LanguagePack, number: int, sides: Sides) -> list[Sighting]:
    sentence = story.sentences[number]
    signals = {hit.code for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME}
    found: list[Sighting] = []
    covered = -1
    for pattern in pack.findings.landmark_names:
        for match in pattern.finditer(story.text, sentence.start, sentence.end):
            start, end = match.span("name")
            if start < covered or _is_of_another(story, start, end):
                continue
            kind = _kind(story, number, match.start(), match.end())
            honours = _honoured(story, start, end, sides)
            bound = honours or "giving" in signals or "naming" in signals
            if kind and bound and (honours or _is_given(story, number, sides)):
                covered = end
                found.append(Sighting(" ".join(match["name"].split()), kind, number, honours))
    return found


def _kind(story: Story, number: int, start: int, end: int) -> str | None:
    return next((hit.code for hit in story.cues[number] if hit.scheme == KINDS and start <= hit.start < end), None)


def _honoured(story: Story, start: int, end: int, sides: Sides) -> str | None:
    """The partner or person named inside the landmark's name."""
    inside = [name for name in story.names if start <= name.start and name.end <= end]
    return next((name.name for name in inside if _may_be_honoured(name, sides)), None)


def _may_be_honoured(name: NameMention, sides: Sides) -> bool:
    return name.kind == "person" or (name.kind == "place" and name.place_kind != "country")


def _is_given(story: Story, number: int, sides: Sides) -> bool:
    """Whether the sentence names the partner's side beside the gift."""
    sentence = story.sentences[number]
    signals = {hit.code for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME}
    named = any(name.name in sides.partners for name in story.names_in(sentence.start, sentence.end, "place"))
    return "giving" in signals and (named or "partner" in signals)


def _is_of_another(story: Story, start: int, end: int) -> bool:
    """Whether the words are part of an organisation's or a person's name."""
    return any(name.kind == "person" and name.start <= start and end <= name.end for name in story.names)
