"""Streets, monuments, gardens and buildings named for, or given by, the partner."""

from __future__ import annotations

from dataclasses import dataclass

from twinbook.reading.finding import Evidence, Landmark
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.language import LanguagePack
from twinbook.reading.story import Sides, Story

KINDS = "landmark_kinds"
BUILT = frozenset(["garden", "monument"])  # with a proper name and a gift beside it these are the gift
LONG_NAME = 5  # letters: shorter names are looked for whole


@dataclass(frozen=True)
class Sighting:
    """A landmark's name at one place of the text."""

    name: str
    kind: str
    sentence: int
    honours: str | None


def find_landmarks(story: Story, pack: LanguagePack) -> tuple[Landmark, ...]:
    """One landmark a name, with every sentence that names it after a first one told what binds it to the partner."""
    sides = story.sides
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
    """Landmarks of one sentence: proper names that honour the partner, and things that it gave."""
    sentence = story.sentences[number]
    found: list[Sighting] = []
    taken: list[tuple[int, int]] = []
    for are_gifts, patterns in ((True, pack.findings.landmark_gifts), (False, pack.findings.landmark_names)):
        for pattern in patterns:
            for match in pattern.finditer(story.text, sentence.start, sentence.end):
                start, end = match.span("name")
                if any(start < last and first < end for first, last in taken):
                    continue
                sighting = _sighting(story, pack, number, sides, start, end, are_gifts)
                if sighting:
                    taken.append((start, end))
                    found.append(sighting)
    return found


def _sighting(
    story: Story, pack: LanguagePack, number: int, sides: Sides, start: int, end: int, is_gift: bool
) -> Sighting | None:
    kind = _kind(story, number, start, end) or ("other" if is_gift else None)
    if kind is None:
        return None
    honours = _honoured(story, start, end, sides)
    is_told = is_gift and _is_abroad(story, number, sides)
    is_built = kind in BUILT and _is_given(story, number, sides)
    if not (honours or is_told or is_built):
        return None
    return Sighting(pack.base_form(" ".join(story.text[start:end].split())), kind, number, honours)


def _kind(story: Story, number: int, start: int, end: int) -> str | None:
    return next((hit.code for hit in story.cues[number] if hit.scheme == KINDS and start <= hit.start < end), None)


def _honoured(story: Story, start: int, end: int, sides: Sides) -> str | None:
    """The town of the story, or the person, that the landmark's name holds (an adjective of the town will do)."""
    words = story.text[start:end].casefold()
    towns = dict.fromkeys([*sides.partners, *([sides.home] if sides.home else [])])
    town = next((town for town in towns if _stem(town) in words), None)
    if town:
        return town
    inside = story.names_in(start, end, "person")
    return next((name.name for name in inside), None)


def _stem(town: str) -> str:
    """What a town's name and the adjective made of it share."""
    name = town.casefold()
    return name if len(name) < LONG_NAME else name[: max(LONG_NAME - 1, len(name) - 2)]


def _is_given(story: Story, number: int, sides: Sides) -> bool:
    signals = {hit.code for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME}
    return "giving" in signals and _is_abroad(story, number, sides)


def _is_abroad(story: Story, number: int, sides: Sides) -> bool:
    """Whether the sentence names the partner's side."""
    sentence = story.sentences[number]
    if any(hit.scheme == SIGNAL_SCHEME and hit.code == "partner" for hit in story.cues[number]):
        return True
    return any(name.name in sides.partners for name in story.names_in(sentence.start, sentence.end, "place"))
