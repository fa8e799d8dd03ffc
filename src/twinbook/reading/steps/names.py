"""People, places and organisations of the story, one of each bearer, out of the mentions that the grammar found."""

from __future__ import annotations

from twinbook.reading.finding import Activity, Evidence, Organisation, Person, Place, Tie
from twinbook.reading.story import NameMention, Story


def find_people(story: Story) -> tuple[Person, ...]:
    return tuple(
        Person(name, _first(found, "role"), _first(found, "represents"), _evidence(story, found))
        for name, found in _by_name(story, "person").items()
    )


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
