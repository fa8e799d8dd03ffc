"""Streets, monuments, gardens and buildings named for, or given by, the partner."""

from __future__ import annotations

import re
from dataclasses import dataclass

from twinbook.reading.cues import CueHit
from twinbook.reading.finding import Evidence, Landmark
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.language import LanguagePack
from twinbook.reading.pattern_index import lower
from twinbook.reading.steps.sides import is_town
from twinbook.reading.steps.speakers import find_speaker
from twinbook.reading.story import Story

KINDS = "landmark_kinds"
LONGEST_NAME = 80  # characters
LONG_NAME = 5  # letters: shorter names of towns are looked for whole
QUOTE_MARKS = '«„“"「'


@dataclass(frozen=True)
class Candidate:
    """Words that may name a landmark: offsets of the name, of the words that say for whom, and whether it was given."""

    sentence: int
    start: int
    end: int
    of: tuple[int, int] | None
    is_gift: bool
    is_of_first: bool = False


@dataclass(frozen=True)
class Sighting:
    """A landmark's name at one place of the text."""

    name: str
    kind: str
    sentence: int
    honours: str | None
    span: tuple[int, int]


def find_landmarks(story: Story, pack: LanguagePack) -> tuple[Landmark, ...]:
    """One landmark a name, with every sentence that names it beside what binds it to the partner."""
    found: dict[str, list[Sighting]] = {}
    for number, hits in enumerate(story.cues):
        if any(hit.scheme == KINDS for hit in hits):
            for sighting in _sightings(story, pack, number):
                found.setdefault(_same_name(found, sighting), []).append(sighting)
    return tuple(_landmark(story, sightings) for sightings in found.values())


def _same_name(found: dict[str, list[Sighting]], sighting: Sighting) -> str:
    """The key of a landmark named in the sentence before that this one calls by its kind only, else its own."""
    key = sighting.name.casefold()
    words = set(key.split())
    for earlier, sightings in found.items():
        last = sightings[-1]
        if last.kind == sighting.kind and last.sentence == sighting.sentence - 1 and words & set(earlier.split()):
            return earlier
    return key


def _landmark(story: Story, sightings: list[Sighting]) -> Landmark:
    first = sightings[0]
    numbers = sorted({sighting.sentence for sighting in sightings})
    spans = [(story.sentences[number].start, story.sentences[number].end) for number in numbers]
    honours = next((sighting.honours for sighting in sightings if sighting.honours), None)
    partner = story.sides.partners[0] if story.sides.partners else None
    place = partner if honours is not None and honours == story.sides.home else story.sides.home
    evidence = tuple(Evidence.of(story.text, start, end) for start, end in spans)
    return Landmark(first.name, first.kind, place, honours, evidence, find_speaker(story, numbers[0], *first.span))


def _sightings(story: Story, pack: LanguagePack, number: int) -> list[Sighting]:
    """Landmarks of one sentence: things that the partner gave, then proper names that honour it."""
    found: list[Sighting] = []
    taken: list[tuple[int, int]] = []
    for candidate in _candidates(story, pack, number):
        if any(candidate.start < last and first < candidate.end for first, last in taken):
            continue
        if sighting := _sighting(story, pack, candidate):
            taken.append((candidate.start, candidate.end))
            found.append(sighting)
    return found


def _candidates(story: Story, pack: LanguagePack, number: int) -> list[Candidate]:
    sentence = story.sentences[number]
    words = pack.findings
    patterns = (*words.landmark_gifts, *words.landmark_names)
    return [
        Candidate(
            number, *match.span("name"), _of(match), at < len(words.landmark_gifts), "whose" in match.re.groupindex
        )
        for at in words.landmarks.may_match(lower(story.words_of(sentence)))
        for match in patterns[at].pattern.finditer(story.text, sentence.start, sentence.end)
    ]


def _of(match: re.Match[str]) -> tuple[int, int] | None:
    """The words that say for whom: group `of` of languages that put them behind, `whose` of those that put it first."""
    group = next((name for name in ("of", "whose") if name in match.re.groupindex), None)
    return match.span(group) if group else None


def _sighting(story: Story, pack: LanguagePack, candidate: Candidate) -> Sighting | None:
    kind = _kind(story, candidate)
    if kind is None or not _may_be_named(story, candidate, kind):
        return None
    honours = _honoured(story, *(candidate.of or (candidate.start, candidate.end)))
    if not candidate.is_gift and honours == story.sides.home and _is_end_of_name(story, candidate):
        return None
    if honours is None and candidate.of and _has_signal(story, candidate.sentence, "naming"):
        honours = _told_name(story, candidate)
    if not (honours or _is_of_partner(story, candidate)):
        return None
    if not candidate.is_gift and honours and _is_of_our_side(story, honours):
        return None
    name = pack.base_form(" ".join(story.text[candidate.start : candidate.end].split()))
    if candidate.of:
        of = story.text[slice(*candidate.of)]
        name = f"{of} {name}" if candidate.is_of_first else f"{name} {of}"
    return Sighting(name, kind, candidate.sentence, honours, (candidate.start, candidate.end))


def _is_end_of_name(story: Story, candidate: Candidate) -> bool:
    """Whether a kind's word and home's name only end another name: «в Лунном сквере Одессы» names no «сквер Одессы»."""
    before = story.text[max(0, candidate.start - LONGEST_NAME) : candidate.start].split()
    is_kind_first = any(hit.start == candidate.start for hit in _hits(story, candidate, KINDS))
    return is_kind_first and bool(before) and before[-1].isalpha() and before[-1].istitle()


def _is_of_our_side(story: Story, honours: str) -> bool:
    """Whether it bears the name of another town of home's country, which is no partner: Waikato Innovation Park."""
    towns = [name for name in story.names if is_town(name)]
    country = next((town.country for town in towns if town.name == story.sides.home), None)
    ours = (town for town in towns if town.name == honours and town.name != story.sides.home)
    return country is not None and any(
        town.country == country and town.name not in story.sides.partners for town in ours
    )


def _kind(story: Story, candidate: Candidate) -> str | None:
    inside = (hit.code for hit in _hits(story, candidate, KINDS))
    return next(inside, "other" if candidate.is_gift else None)


def _may_be_named(story: Story, candidate: Candidate, kind: str) -> bool:
    """Whether a proper name can be a landmark's here: no body's or person's name; buildings and boats need more."""
    near = list(story.names_in(max(0, candidate.start - LONGEST_NAME), candidate.end + LONGEST_NAME))
    people = [name for name in near if name.kind == "person"]
    if any(name.start <= hit.start < name.end for hit in _hits(story, candidate, KINDS) for name in people):
        return False  # Jeff Stone is no stone
    if candidate.is_gift:
        return True
    if any(name.kind != "place" and name.start <= candidate.start and candidate.end <= name.end for name in near):
        return False
    if kind == "building":
        return _has_signal(story, candidate.sentence, "giving", "naming")
    stands_first = any(hit.start == candidate.start for hit in _hits(story, candidate, KINDS))
    is_quoted = any(mark in story.text[candidate.start : candidate.end] for mark in QUOTE_MARKS)
    return kind != "other" or is_quoted or not stands_first  # подарил лодку Архангельску names no landmark


def _honoured(story: Story, start: int, end: int) -> str | None:
    """The town of the story, or the person, that the words hold (an adjective of the town will do)."""
    words = story.text[start:end].casefold()
    towns = dict.fromkeys([*story.sides.partners, *([story.sides.home] if story.sides.home else [])])
    town = next((town for town in towns if _stem(town) in words), None)
    return town or next((name.name for name in story.names_in(start, end, "person")), None)


def _told_name(story: Story, candidate: Candidate) -> str | None:
    """Whom a landmark is named after where it is none of the people who act: the words, beside a side's name."""
    if candidate.of is None or not _is_abroad(story, candidate.sentence):
        return None
    return " ".join(story.text[slice(*candidate.of)].split())


def _stem(town: str) -> str:
    """What a town's name and the adjective made of it share."""
    name = town.casefold()
    return name if len(name) < LONG_NAME else name[: max(LONG_NAME - 1, len(name) - 2)]


def _is_of_partner(story: Story, candidate: Candidate) -> bool:
    """Whether a landmark that names no town of the story is yet the partner's: given, "Japanese", or for a person."""
    number = candidate.sentence
    if candidate.is_gift:
        return any(_is_abroad(story, near) for near in (number, number - 1, number + 1))
    inside = {hit.code for hit in _hits(story, candidate, SIGNAL_SCHEME)}
    if "partner" in inside or _is_gift_of_next(story, candidate):
        return True
    is_one_of_several = sum(hit.scheme == KINDS for hit in story.cues[number]) > 1
    speaks = "friendship" in inside or "naming" in inside and is_one_of_several
    return speaks and _is_abroad(story, number)


def _is_gift_of_next(story: Story, candidate: Candidate) -> bool:
    """Whether the next sentence says that it was given, calling it by its kind: "the lantern was a present"."""
    after = candidate.sentence + 1
    if after >= len(story.sentences) or not _has_signal(story, after, "giving") or not _is_abroad(story, after):
        return False
    words = {story.text[hit.start : hit.end].casefold() for hit in _hits(story, candidate, KINDS)}
    later = {story.text[hit.start : hit.end].casefold() for hit in story.cues[after] if hit.scheme == KINDS}
    return bool(words & later)


def _hits(story: Story, candidate: Candidate, scheme: str) -> list[CueHit]:
    return [
        hit
        for hit in story.cues[candidate.sentence]
        if hit.scheme == scheme and candidate.start <= hit.start < candidate.end
    ]


def _has_signal(story: Story, number: int, *codes: str) -> bool:
    return any(hit.scheme == SIGNAL_SCHEME and hit.code in codes for hit in story.cues[number])


def _is_abroad(story: Story, number: int) -> bool:
    """Whether the sentence names one of the two sides; False where there is no such sentence."""
    if not 0 <= number < len(story.sentences):
        return False
    sentence = story.sentences[number]
    if _has_signal(story, number, "partner", "both"):
        return True
    sides = {*story.sides.partners, story.sides.home}
    return any(is_town(name) and name.name in sides for name in story.names_in(sentence.start, sentence.end))
