"""What a mention says of its activity: status, when, whether it recurs, areas, places, who says it."""

from __future__ import annotations

from collections import Counter

from twinbook.reading.cues import STRONG, WEAK, CueHit
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.steps.activities.mentions import Mention, is_old
from twinbook.reading.steps.activities.weights import weights
from twinbook.reading.steps.clauses import Clause, sentence_clause
from twinbook.reading.steps.sides import is_town
from twinbook.reading.story import DateMention, Sides, Story

# Which status wins where a clause has cues of several: a cancelled plan is cancelled, a planned offer is planned.
STATUS_ORDER = ("cancelled", "proposed", "planned", "ongoing", "done")
MOST_AREAS = 3
TITLE_LENGTH = 110  # characters


def status_of(story: Story, mention: Mention, others: list[Mention]) -> str:
    """By the cues of the clause, else of the free rest of the sentence, else by the day against publication."""
    for clause in _clauses_for(story, mention, others):
        for weight in (STRONG, WEAK):
            cues = {hit.code for hit in clause.of("statuses") if hit.weight == weight}
            status = next((status for status in STATUS_ORDER if status in cues), None)
            if status:
                return _against_day(story, mention, others, status)
    return _against_day(story, mention, others, "done")


def _against_day(story: Story, mention: Mention, others: list[Mention], status: str) -> str:
    """The status, but planned where it reads as done and its day is still to come."""
    date = date_of(story, mention, others)
    if status != "done" or date is None or story.published is None or date.shape in ("since", "until"):
        return status
    return "planned" if date.when.first and date.when.first > story.published else status


def date_of(story: Story, mention: Mention, others: list[Mention]) -> DateMention | None:
    """The date of the clause nearest to the cue, else of the sentence's free clauses; None where neither has one.

    What another clause says of years ago is not this activity's day.
    """
    for clause in _clauses_for(story, mention, others):
        dates = _dates(story, clause)
        if clause is not mention.clause:
            dates = [date for date in dates if not is_old(story, date)]
        if dates:
            return min(dates, key=lambda date: _distance(date, mention.hits))
    return None


def when_of(story: Story, mention: Mention, others: list[Mention], *, recurring: bool, status: str) -> str | None:
    """The date as EDTF; of a standing programme only the day since which it stands."""
    date = date_of(story, mention, others)
    if date is None:
        return _since_then(story, mention) if recurring or status == "ongoing" else None
    if date.shape == "since" and status == "done" and not recurring:
        return None  # no single event lasts since a day: the date tells of the tie
    edtf = date.when.edtf
    if date.shape == "start" and "/" not in edtf and (recurring or status == "ongoing"):
        return f"{edtf}/.."
    if recurring and status == "ongoing" and not edtf.endswith("/.."):
        return None
    return _through(story, mention, others, date) or edtf


def _through(story: Story, mention: Mention, others: list[Mention], date: DateMention) -> str | None:
    """From the day of an arrival to the day of an end that the sentence says too: 7日に到着し、11日まで滞在する."""
    dates = _dates(story, _clauses_for(story, mention, others)[-1])
    points = [other for other in dates if other.shape == "point" and other.when.first == other.when.last]
    ends = [other for other in dates if other.shape == "until"]
    if len(points) != 1 or len(ends) != 1 or date not in (points[0], ends[0]):
        return None
    first, last = points[0].when, ends[0].when
    if first.first is None or last.last is None or last.last <= first.first:
        return None
    return f"{first.edtf}/{last.edtf.removeprefix('../')}"


def _dates(story: Story, clause: Clause) -> list[DateMention]:
    return [date for date in story.dates_in(clause.start, clause.end) if date.shape != "recurring"]


def _since_then(story: Story, mention: Mention) -> str | None:
    """«С тех пор», "since then": the date of the sentence before, open to its end."""
    if mention.sentence == 0 or not mention.clause.of(SIGNAL_SCHEME, "since_then"):
        return None
    before = story.sentences[mention.sentence - 1]
    dates = [date for date in story.dates_in(before.start, before.end) if date.shape != "recurring"]
    return f"{dates[-1].when.edtf.split('/')[0]}/.." if dates else None


def recurs(story: Story, mention: Mention, others: list[Mention]) -> bool:
    """Whether its clause, or a free clause of the sentence, says that it happens again and again."""
    for clause in _clauses_for(story, mention, others):
        if clause.of(SIGNAL_SCHEME, "recurring"):
            return True
        if any(date.shape == "recurring" for date in story.dates_in(clause.start, clause.end)):
            return True
    return False


def areas_of(story: Story, mentions: list[Mention]) -> tuple[str, ...]:
    """Areas by the words of the clauses, else of the sentences, with those that the kind always has."""
    kind = mentions[0].kind
    core, default = weights().core_areas.get(kind, ()), weights().default_areas.get(kind, ())
    found: Counter[str] = Counter()
    for wholes in (False, True):
        for mention in mentions:
            clause = sentence_clause(story, mention.sentence) if wholes else mention.clause
            found.update({hit.code for hit in clause.of("areas") if hit.code not in weights().only_of(kind)})
        if found:
            break
    areas = dict.fromkeys([*core, *(area for area, _ in found.most_common(MOST_AREAS))])
    for area in tuple(areas):
        areas.update(dict.fromkeys(weights().with_areas.get(kind, {}).get(area, ())))
    return tuple(areas) or default


def places_of(story: Story, mention: Mention, sides: Sides) -> tuple[str, ...]:
    """Towns named in the sentence, with the pair of the story where it names fewer than two."""
    sentence = story.sentences[mention.sentence]
    named = dict.fromkeys(name.name for name in story.names_in(sentence.start, sentence.end) if is_town(name))
    if len(named) < 2 and sides.pair:
        named.update(dict.fromkeys(sides.pair))
    return tuple(named)


def title_of(story: Story, mention: Mention) -> str:
    """The words of the clause, cut at a word."""
    words = " ".join(story.text[mention.clause.start : mention.clause.end].split()).strip(" ,;:—–-.。、")
    if len(words) <= TITLE_LENGTH:
        return words
    return words[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"


def _clauses_for(story: Story, mention: Mention, others: list[Mention]) -> list[Clause]:
    """The mention's clause, then the rest of its sentence without the clauses of other mentions.

    Cues of the headline do not reach further than their clause.
    """
    taken = [other.clause for other in others if other.sentence == mention.sentence and other.clause != mention.clause]
    whole = sentence_clause(story, mention.sentence)
    bounds = [whole.start, *(bound for clause in taken for bound in (clause.start, clause.end)), whole.end]
    start = max((bound for bound in bounds if bound <= mention.clause.start), default=whole.start)
    end = min((bound for bound in bounds if bound >= mention.clause.end), default=whole.end)
    free = Clause(whole.sentence, start, end, tuple(hit for hit in whole.hits if start <= hit.start < end))
    return [mention.clause, free]


def _distance(date: DateMention, hits: tuple[CueHit, ...]) -> int:
    return min(abs(date.evidence.start - hit.start) for hit in hits)
