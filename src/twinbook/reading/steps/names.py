"""People, places and organisations of the story, one of each bearer, out of the mentions that the grammar found."""

from __future__ import annotations

import re
from functools import cache

from twinbook.reading.finding import Activity, Evidence, Organisation, Person, Place, Tie
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.story import NameMention, Story
from twinbook.vocabulary.concept import concepts

CIVIC_POSTS = ("mayor", "deputy_mayor", "head_of_city", "council_chair", "councillor", "governor", "deputy_governor")
GUEST_REACH = 80  # characters before a post in which words make its holder a guest


def find_people(story: Story) -> tuple[Person, ...]:
    return tuple(
        Person(name, _first(found, "role"), _represents(story, found), _evidence(story, found))
        for name, found in _by_name(story, "person").items()
    )


def _represents(story: Story, found: list[NameMention]) -> str | None:
    """The place or body of somebody's post; where the page names none with a post of a town: the guests' or home."""
    stated = _first(found, "represents")
    posted = next((mention for mention in found if mention.role), None)
    if stated or posted is None or not _civic_posts(story.language).search(posted.role or ""):
        return stated
    number = story.sentence_at(posted.start)
    start = max(story.sentences[number].start, posted.start - GUEST_REACH) if story.sentences else posted.start
    is_guest = any(
        hit.scheme == SIGNAL_SCHEME and hit.code == "leads" and start <= hit.start < posted.start
        for hit in (story.cues[number] if story.cues else ())
    )
    if not is_guest:
        return story.sides.home
    named = [name.name for name in story.names_in(story.sentences[number].start, posted.start, "place")]
    return next((name for name in (*reversed(named), *story.sides.partners) if name in story.sides.partners), None)


@cache
def _civic_posts(language: str) -> re.Pattern[str]:
    """Posts that are always of a town or region, by the vocabulary's words for them."""
    posts = concepts("posts")
    words = [posts[code].words[language] for code in CIVIC_POSTS if language in posts[code].words]
    return re.compile("|".join(cue for word in words for cue in word.cues) or r"(?!)", re.IGNORECASE)


def find_organisations(story: Story) -> tuple[Organisation, ...]:
    return tuple(
        Organisation(name, _first(found, "place"), _evidence(story, found))
        for name, found in _by_name(story, "organisation").items()
    )


def find_places(story: Story, ties: tuple[Tie, ...], activities: tuple[Activity, ...]) -> tuple[Place, ...]:
    """Places that take part in a tie or an activity, or in which one happens."""
    return tuple(
        Place(name, _first(found, "place_kind") or "city", _first(found, "country"), _evidence(story, found))
        for name, found in _by_name(story, "place").items()
    )


def _by_name(story: Story, kind: str) -> dict[str, list[NameMention]]:
    found: dict[str, list[NameMention]] = {}
    for mention in story.names:
        if mention.kind == kind:
            found.setdefault(mention.name, []).append(mention)
    return found


def _first(mentions: list[NameMention], key: str) -> str | None:
    return next((value for mention in mentions if (value := getattr(mention, key))), None)


def _evidence(story: Story, mentions: list[NameMention]) -> tuple[Evidence, ...]:
    return tuple(Evidence.of(story.text, mention.start, mention.end) for mention in mentions)
