"""What a mention says of its activity: status, whether it recurs, places."""

from __future__ import annotations

from twinbook.reading.cues import STRONG, WEAK, CueHit
from twinbook.reading.finding_words import SIGNAL_SCHEME, Venues
from twinbook.reading.steps.activities.days import against_day, clauses_for
from twinbook.reading.steps.activities.mentions import PARTS, Mention
from twinbook.reading.steps.activities.venues import venue_of
from twinbook.reading.steps.clauses import Clause, sentence_clause
from twinbook.reading.steps.sides import is_town
from twinbook.reading.story import Sides, Story

# Which status wins where a clause has cues of several: a cancelled plan is cancelled, a planned offer is planned.
STANDING = frozenset(["recurring", "since", "until"])  # shapes of dates that tell of more than one day
DAY = 10  # characters of a whole day in EDTF
FINAL = 12  # characters from the end of a sentence within which its last word of status stands
STATUS_ORDER = ("cancelled", "proposed", "planned", "ongoing", "done")


def status_of(story: Story, mention: Mention, others: list[Mention]) -> str:
    """By the cues of the clause, else of the free rest of the sentence, else by the day against publication."""
    for clause in clauses_for(story, mention, others):
        for weight in (STRONG, WEAK):
            hits = [hit for hit in clause.of("statuses") if hit.weight == weight and not _is_talk(mention, hit)]
            cues = {hit.code for hit in hits} - _only_its_purpose(mention, hits)
            status = next((status for status in STATUS_ORDER if status in cues), None)
            if status:
                return against_day(story, mention, others, status)
    return against_day(story, mention, others, _shared_status(story, mention))


def _is_talk(mention: Mention, hit: CueHit) -> bool:
    """Whether a word of what is only talked about is the word for the talk itself, which took place."""
    if mention.kind != "meeting" or hit.code != "proposed":
        return False
    held = mention.clause.of(SIGNAL_SCHEME, "same_day")  # "at the meeting it was proposed"
    return any(own.start < other.end and other.start < own.end for own in mention.hits for other in (hit, *held))


def _only_its_purpose(mention: Mention, hits: list[CueHit]) -> set[str]:
    """What a meeting or visit that was held was for: "met the mayor to discuss a possible …" is no proposal of it,

    and "agreed on the plan of …" no plan to meet.
    """
    if mention.kind not in PARTS:
        return set()
    done = min((hit.start for hit in hits if hit.code == "done"), default=None)
    ahead = {"proposed", "planned"} if mention.kind == "meeting" else {"proposed"}
    return {
        code
        for code in ahead
        if done is not None and done < min((hit.start for hit in hits if hit.code == code), default=0)
    }


def _shared_status(story: Story, mention: Mention) -> str:
    """The status that the end of the sentence gives to a clause without one of its own and without a day gone by."""
    dates = [date.when.first for date in story.dates_in(mention.clause.start, mention.clause.end) if date.when.first]
    if story.published and any(day <= story.published for day in dates):
        return "done"
    end = story.sentences[mention.sentence].end
    behind = [hit for hit in sentence_clause(story, mention.sentence).of("statuses") if hit.start >= mention.clause.end]
    last = max((hit.end for hit in behind if hit.weight == STRONG), default=0)
    cues = {hit.code for hit in behind if hit.weight == STRONG and hit.end == last and end - last <= FINAL}
    found = next((status for status in STATUS_ORDER if status in cues), None)
    return found or _status_before(story, mention) or "done"


def _status_before(story: Story, mention: Mention) -> str | None:
    """The status of the words before a clause that has none: «обсуждается возможность обмена, проведения Дней …»."""
    whole = sentence_clause(story, mention.sentence)
    before = [hit for hit in whole.of("statuses") if hit.end <= mention.clause.start and hit.weight == STRONG]
    nearest = max((hit.end for hit in before), default=0)
    cues = {hit.code for hit in before if hit.end == nearest}
    return next((status for status in STATUS_ORDER if status in cues), None)


def recurs(story: Story, mention: Mention, others: list[Mention]) -> bool:
    """Whether its clause, or a free clause of the sentence, says that it happens again and again."""
    for clause in clauses_for(story, mention, others):
        if _is_round(story, clause):
            return False
        if clause.of(SIGNAL_SCHEME, "recurring"):
            return True
        if any(date.shape == "recurring" for date in story.dates_in(clause.start, clause.end)):
            return True
    return False


def _is_round(story: Story, clause: Clause) -> bool:
    """Whether the clause tells one day of one year: that is this year's round of what happens every year."""
    days = (date.when.edtf for date in story.dates_in(clause.start, clause.end) if date.shape not in STANDING)
    return any(len(day.split("/")[0]) == DAY and "X" not in day for day in days)


def places_of(story: Story, mentions: list[Mention], sides: Sides, venues: Venues | None) -> tuple[str, ...]:
    """Where it happens, by the language's words for that; else the towns that the sentence of the first mention names,

    with the pair of the story where it names fewer than two.
    """
    if venues and (found := venue_of(story, mentions, sides, venues)):
        return found
    mention = mentions[0]
    sentence = story.sentences[mention.sentence]
    named = dict.fromkeys(name.name for name in story.names_in(sentence.start, sentence.end) if is_town(name))
    if len(named) < 2 and sides.pair:
        named.update(dict.fromkeys(sides.pair))
    return tuple(named)
