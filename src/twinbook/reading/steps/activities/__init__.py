"""Things that were, are, will or might be done together."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from twinbook.reading.finding import Activity, Evidence, Tie
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.language import LanguagePack
from twinbook.reading.steps.activities.attributes import (
    places_of,
    recurs,
    status_of,
)
from twinbook.reading.steps.activities.fields import areas_of
from twinbook.reading.steps.activities.mentions import Mention, find_mentions
from twinbook.reading.steps.activities.merging import Told, joined
from twinbook.reading.steps.activities.titles import title_of
from twinbook.reading.steps.activities.when import fresh_day, when_of
from twinbook.reading.steps.sides import is_town
from twinbook.reading.steps.speakers import find_speaker
from twinbook.reading.story import Sides, Story
from twinbook.vocabulary.partial_date import PartialDate

LASTING = frozenset(["visit", "cultural_event"])
DAY_OR_MONTH = re.compile(r"\d{4}-(?:0\d|1[0-2])(?:-\d\d)?")
LONGEST_LABEL = 24  # characters


def find_activities(story: Story, pack: LanguagePack, ties: tuple[Tie, ...]) -> tuple[Activity, ...]:
    """The activities that the story tells, each once, in the order in which they are first told."""
    sides = story.sides
    mentions = find_mentions(story, pack, sides)
    beside: dict[int, list[Mention]] = {}
    for mention in mentions:
        beside.setdefault(mention.sentence, []).append(mention)
    tellings = [_told(story, pack, mention, beside[mention.sentence]) for mention in mentions]
    ours = {town for tie in ties for town in tie.between} | {sides.home or ""}
    tellings = [told for told in tellings if not ties or not _is_of_others(story, told, ours)]
    tellings = [told for told in tellings if not (_is_of_states(story, told) or _is_backstory(told))]
    if pack.findings.founding_is_tie:
        tellings = [told for told in tellings if not _is_founding_of_tie(story, told)]
    return tuple(
        _activity(story, pack, _under_way(story, _on_fresh_day(story, told)), sides)
        for told in joined(tellings, story.published)
        if not told.headline_only
    )


def _told(story: Story, pack: LanguagePack, mention: Mention, others: list[Mention]) -> Told:
    """What one mention says; `others` are those of its sentence."""
    recurring = recurs(story, mention, others)
    status = status_of(story, mention, others)
    when = when_of(story, mention, others, recurring=recurring, status=status)
    number = mention.sentence
    is_aside = _is_only_headline(story, number) or _is_caption(story, pack, number) or _is_label(story, number)
    sentence = story.sentences[number]
    named = {name.name for name in story.names_in(sentence.start, sentence.end, "place")}
    partners = frozenset(named & set(story.sides.partners))
    says_status = any(hit.scheme == "statuses" for hit in story.cues[number])
    is_earlier = any(hit.scheme == SIGNAL_SCHEME and hit.code == "earlier" for hit in story.cues[number])
    return Told(mention.kind, (mention,), status, when, recurring, is_aside, partners, says_status, is_earlier)


def _is_only_headline(story: Story, number: int) -> bool:
    """Whether the sentence is a headline: one that ends with a full stop is the story's first sentence."""
    sentence = story.sentences[number]
    return sentence.is_headline and not story.words_of(sentence).endswith((".", "。"))


def _is_caption(story: Story, pack: LanguagePack, number: int) -> bool:
    """Whether the sentence stands under a picture: like the headline it tells again what the story tells."""
    paragraph = story.sentences[number].paragraph
    if paragraph >= len(story.paragraphs):
        return False
    start, end = story.paragraphs[paragraph]
    return pack.article.captions.match(story.text, start, end) is not None


def _is_label(story: Story, number: int) -> bool:
    """Whether the sentence is a short line that only names what comes: no end mark, no word of status, no day."""
    sentence = story.sentences[number]
    words = story.words_of(sentence)
    is_short = len(words) <= LONGEST_LABEL and words[-1:].isalnum()
    has_day = any(True for _ in story.dates_in(sentence.start, sentence.end))
    return is_short and not has_day and not any(hit.scheme == "statuses" for hit in story.cues[number])


def _is_of_others(story: Story, told: Told, ours: set[str]) -> bool:
    """Whether its sentence names two towns or more, none of which the story joins to another: it is of others."""
    sentence = story.sentences[told.mentions[0].sentence]
    named = {name.name for name in story.names_in(sentence.start, sentence.end) if is_town(name)}
    return len(named) > 1 and not named & ours


def _is_of_states(story: Story, told: Told) -> bool:
    """Whether an agreement is one of two states: its clause names two countries, and its sentence no town."""
    if told.kind != "agreement":
        return False
    clause, sentence = told.mentions[0].clause, story.sentences[told.mentions[0].sentence]
    states = {name.name for name in story.names_in(clause.start, clause.end) if name.place_kind == "country"}
    return len(states) > 1 and not any(is_town(name) for name in story.names_in(sentence.start, sentence.end))


def _is_backstory(told: Told) -> bool:
    """Whether it only tells how something came about, years ago: "Then the school proposed …"; a paper stands."""
    is_then = bool(told.mentions[0].clause.of(SIGNAL_SCHEME, "back_then"))
    return is_then and told.when is None and told.kind != "agreement"


def _is_founding_of_tie(story: Story, told: Told) -> bool:
    """Whether an agreement is only the beginning, years ago, of a tie that the clause tells: that is the tie."""
    mention = told.mentions[0]
    if told.kind != "agreement" or told.status not in ("done", "ongoing") or not mention.clause.of("tie_kinds"):
        return False
    began = [date.when.first for date in story.dates_in(mention.clause.start, mention.clause.end) if date.when.first]
    if not began or story.published is None:
        return bool(began) and mention.sentence > 1
    return max(began).year < story.published.year - 1


def _on_fresh_day(story: Story, told: Told) -> Told:
    """What is told as done without a day, right behind the day of the news, was on that day."""
    if told.when or told.recurring or told.status != "done":
        return told
    days = (fresh_day(story, mention) for mention in told.mentions)
    return replace(told, when=next((day for day in days if day), None))


def _under_way(story: Story, told: Told) -> Told:
    """A visit or show that began before the day of publication and ends after it is going on."""
    if told.status == "done" and told.when and story.published and _begins_after(told.when, story.published):
        return replace(told, status="planned")
    if told.status == "ongoing" and not told.recurring and _is_past_point(told.when, story.published):
        return replace(told, status="done")
    if told.kind not in LASTING or told.status not in ("done", "planned") or not told.when or story.published is None:
        return told
    if "/" not in told.when or ".." in told.when or told.when.startswith("XXXX"):
        return told
    when = PartialDate.parse(told.when)
    is_on = when.first and when.last and when.first <= story.published < when.last
    return replace(told, status="ongoing") if is_on else told


def _is_past_point(edtf: str | None, published: date | None) -> bool:
    """Whether a date is one month or day that was over before the news: nothing that is told of it goes on."""
    if not edtf or not DAY_OR_MONTH.fullmatch(edtf):
        return False
    last = PartialDate.parse(edtf).last
    return last is not None and (published is None or last < published)


def _begins_after(edtf: str, day: date) -> bool:
    first = None if edtf.startswith("XXXX") else PartialDate.parse(edtf).first
    return first is not None and first > day


def _activity(story: Story, pack: LanguagePack, told: Told, sides: Sides) -> Activity:
    body = [mention for mention in told.mentions if not story.sentences[mention.sentence].is_headline]
    lead = max(body or told.mentions, key=lambda mention: mention.score)
    sentences = sorted({mention.sentence for mention in told.mentions})
    return Activity(
        told.kind,
        title_of(story, lead, pack),
        areas_of(story, list(told.mentions)),
        told.status,
        told.when,
        told.recurring,
        places_of(story, [lead, *(mention for mention in body if mention is not lead)], sides, pack.findings.venues),
        tuple(Evidence.of(story.text, story.sentences[n].start, story.sentences[n].end) for n in sentences),
        find_speaker(story, lead.sentence, lead.hits[0].start, lead.hits[0].end),
    )
