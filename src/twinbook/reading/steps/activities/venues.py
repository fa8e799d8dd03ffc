"""Where an activity happens: the town that its words say it is held in, comes to or goes to."""

from __future__ import annotations

from twinbook.reading.finding_words import SIGNAL_SCHEME, Venues
from twinbook.reading.steps.activities.mentions import Mention
from twinbook.reading.steps.clauses import sentence_clause
from twinbook.reading.steps.sides import is_town
from twinbook.reading.story import NameMention, Sides, Story

Span = tuple[int, int]


def venue_of(story: Story, mentions: list[Mention], sides: Sides, venues: Venues) -> tuple[str, ...]:
    """Base forms of the towns where it happens, best mention first; () where the words leave it open."""
    spans = [(mention.clause.start, mention.clause.end) for mention in mentions]
    numbers = dict.fromkeys(mention.sentence for mention in mentions)
    spans += [(story.sentences[n].start, story.sentences[n].end) for n in numbers]
    if venues.mutual.search(story.text, *spans[0]):
        return ()
    for span in spans:
        if found := _held_in(story, span, sides, venues):
            return found
    for span in spans:
        if found := _by_direction(story, span, sides, venues):
            return found
    of_both = any(sentence_clause(story, number).of(SIGNAL_SCHEME, "both") for number in numbers)
    is_at_home = mentions[0].kind in venues.home_kinds and not of_both
    return (sides.home,) if is_at_home and sides.home else ()


def _held_in(story: Story, span: Span, sides: Sides, venues: Venues) -> tuple[str, ...]:
    """Towns with the words of a place behind them, before any other town; a ward of home is home."""
    towns = [town for town in _towns(story, span) if town.end - town.start > 1]  # 市では is "we", no place
    found: list[str] = []
    for at, town in enumerate(towns):
        behind = towns[at + 1].start if at + 1 < len(towns) else span[1]
        match = venues.held.match(story.text, town.end, span[1])
        if match and match.end() <= behind + 1:
            is_ward = at > 0 and town.place_kind == "district" and towns[at - 1].end == town.start
            found.append(sides.home if is_ward and towns[at - 1].name == sides.home and sides.home else town.name)
    return tuple(dict.fromkeys(found))


def _by_direction(story: Story, span: Span, sides: Sides, venues: Venues) -> tuple[str, ...]:
    """Home where somebody comes, the partner where somebody is sent; who comes from home comes to the partner."""
    towns = _towns(story, span)
    sources = {town.name for town in towns if venues.source.match(story.text, town.end, span[1])}
    named = [town.name for town in towns if town.name in sides.partners]
    away = tuple(name for name in (*named, *sides.partners)[:1] if name not in sources)
    at_home = (sides.home,) if sides.home else ()
    if venues.outbound.search(story.text, *span) or sides.home in sources:
        return away
    guests = any(town.name != sides.home and venues.guests.match(story.text, town.end, span[1]) for town in towns)
    return at_home if guests or venues.inbound.search(story.text, *span) else ()


def _towns(story: Story, span: Span) -> list[NameMention]:
    towns = [name for name in story.names_in(*span, "place") if is_town(name)]
    return list({(town.start, town.name): town for town in towns}.values())
