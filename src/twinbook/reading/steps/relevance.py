"""Whether the story is about the cooperation of a place with a place abroad."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from twinbook.reading.cues import CueHit
from twinbook.reading.finding import Activity, Tie
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.language import LanguagePack
from twinbook.reading.steps.sides import is_town
from twinbook.reading.story import Story

WEIGHTS = Path(__file__).with_name("relevance.toml")
RECEIVED = frozenset(["visit", "meeting"])  # what is done with a consul or ambassador
ABROAD = frozenset(["partner", "both"])


def find_relevance(story: Story, pack: LanguagePack, ties: tuple[Tie, ...], activities: tuple[Activity, ...]) -> bool:
    """By what was found and how much of the story speaks of a partner, against words of other news and dictionaries.

    A story without any tie or activity is not relevant, whatever its words; one without a tie only where activities and
    the partner's side fill enough of it: news of any kind has a sentence or two that sound like an exchange.
    """
    if not ties and not activities:
        return False
    weights = _weights()
    worth, limits = weights["worth"], weights["limits"]
    if not ties and not _names_a_side(story, limits):
        return False  # it speaks of twinning in general
    lead = range(min(len(story.sentences), int(limits["lead"])))
    receives = _is_envoy_received(story, lead) and any(one.kind in RECEIVED for one in activities)
    if not ties and not receives and _is_thin(story, pack, activities, limits):
        return False
    score = (
        worth["tie"] * min(len(ties), limits["most_ties"])
        + worth["activity"] * min(len(activities), limits["most_activities"])
        + worth["share_abroad"] * _share_abroad(story, pack)
        + worth["tie_word"] * min(_tie_words(story), limits["most_tie_words"])
        + worth["off_topic_lead"] * _signals(story, lead, "offtopic")
        + worth["off_topic"] * story.cue_counts[SIGNAL_SCHEME, "offtopic"]
        + (0.0 if ties or _tie_words(story) or story.cue_counts[SIGNAL_SCHEME, "civic"] else worth["not_civic"])
        + worth["envoy"] * receives
        + worth["encyclopaedic"] * min(story.cue_counts[SIGNAL_SCHEME, "encyclopaedic"], limits["most_encyclopaedic"])
    )
    return score >= limits["relevant"]


def _names_a_side(story: Story, limits: dict[str, float]) -> bool:
    """Whether the story names a town, or a country beside enough words for twin towns."""
    if any(is_town(name) for name in story.names):
        return True
    return any(name.kind == "place" for name in story.names) and _tie_words(story) >= limits["most_tie_words"]


def _is_thin(story: Story, pack: LanguagePack, activities: tuple[Activity, ...], limits: dict[str, float]) -> bool:
    told = {evidence.start for activity in activities for evidence in activity.evidence}
    tie_words = _tie_words(story)
    abroad = limits["least_abroad_with_tie_word" if tie_words else "least_abroad"]
    density = max(len(activities), len(told) - 1) / max(1, len(story.sentences))
    share = _share_abroad(story, pack)
    is_all_abroad = share >= limits["all_abroad"] and story.cue_counts[SIGNAL_SCHEME, "civic"]
    is_about_ties = tie_words >= limits["most_tie_words"]
    return (density < limits["least_density"] and not is_all_abroad and not is_about_ties) or share < abroad


def _is_envoy_received(story: Story, lead: range) -> bool:
    """Whether the story opens with a consul or ambassador and a town's or region's own bodies, and no other news.

    The consul himself is no such body: an open day at a consulate is none of ours.
    """
    envoys = _hits(story, lead, "envoy")
    own = [
        hit
        for hit in _hits(story, lead, "civic")
        if not any(hit.start < envoy.end and envoy.start < hit.end for envoy in envoys)
    ]
    return bool(envoys and own and story.sides.home) and not _signals(story, lead, "offtopic")


@cache
def _weights() -> dict[str, dict[str, float]]:
    return tomllib.loads(WEIGHTS.read_text("utf-8"))


def _share_abroad(story: Story, pack: LanguagePack) -> float:
    sides = story.sides
    partners = set(sides.partners)
    speaking = sum(
        any(hit.scheme == SIGNAL_SCHEME and hit.code in ABROAD for hit in cues)
        or any(is_town(name) and name.name in partners for name in story.names_in(sentence.start, sentence.end))
        for sentence, cues in zip(story.sentences, story.cues, strict=True)
    )
    return speaking / max(1, len(story.sentences))


def _tie_words(story: Story) -> int:
    return sum(any(hit.scheme == "tie_kinds" for hit in cues) for cues in story.cues)


def _hits(story: Story, numbers: range, code: str) -> list[CueHit]:
    return [hit for n in numbers for hit in story.cues[n] if hit.scheme == SIGNAL_SCHEME and hit.code == code]


def _signals(story: Story, numbers: range, code: str) -> int:
    return sum(hit.scheme == SIGNAL_SCHEME and hit.code == code for n in numbers for hit in story.cues[n])
