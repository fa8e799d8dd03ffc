"""When an activity was, as the page tells it: its own date, else that of a line or sentence beside it."""

from __future__ import annotations

from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.steps.activities.days import (
    EVENTS,
    OPENING,
    STAYS,
    clauses_for,
    date_of,
    dates_in_clause,
    fits,
    is_past,
    known_gifts,
)
from twinbook.reading.steps.activities.mentions import Mention, is_old
from twinbook.reading.steps.clauses import sentence_clause
from twinbook.reading.story import DateMention, Story

REACH = 12  # sentences back to the day that "in the evening" speaks of
FRESH = 14  # days before publication in which a day is that of the news
OCCASIONS = frozenset(["meeting", "commemoration", "aid", "agreement", "cultural_event", "competition"])
UNDER_HEADING, NEXT_HEADING = 3, 6  # sentences under a line that is a day, and to the next such line
LONG = STAYS | {"cultural_event"}
LABELS, WHOLE = 10, len("2019-10-21")  # sentences on to a line that says when; characters of a whole day
STANDING = frozenset(["exchange", "project"])


def when_of(story: Story, mention: Mention, others: list[Mention], *, recurring: bool, status: str) -> str | None:
    """The date as EDTF; of a standing programme only the day since which it stands."""
    date = date_of(story, mention, others, status=status, recurring=recurring)
    if date is None:
        before = _from_before(story, mention, recurring=recurring, status=status)
        if not before and not recurring:
            before = _from_neighbours(story, mention, status)
        if before or recurring or status == "ongoing":
            return before
        return _heading_day(story, mention.sentence) or _labelled_day(story, mention, status)
    edtf = date.when.edtf
    if date.shape == "start" and "/" not in edtf and (recurring or status == "ongoing"):
        return f"{edtf}/.."
    if recurring and status == "ongoing" and ".." not in edtf:
        return None
    if status == "ongoing" and mention.kind in STANDING and date.shape == "point" and _is_today(story, date):
        return None  # "today clubs work in both towns"
    if status == "planned" and not recurring:
        edtf = edtf.removesuffix("/..")
    return _through(story, mention, others) or _with_its_end(story, mention, date) or edtf


def _labelled_day(story: Story, mention: Mention, status: str) -> str | None:
    """The day of the first line behind the sentence that says when, as announcements have it: "日時 10月27日"."""
    if status not in ("planned", "done") or any(True for _ in _days_of(story, mention.sentence)):
        return None
    for number in range(mention.sentence + 1, min(len(story.sentences), mention.sentence + 1 + LABELS)):
        if any(hit.scheme == SIGNAL_SCHEME and hit.code == "day_label" for hit in story.cues[number]):
            days = [day for at in (number, number + 1) if at < len(story.sentences) for day in _days_of(story, at)]
            fitting = [day for day in days if fits(story, day, status, recurring=False)]
            return fitting[0].when.edtf.removesuffix("/..") if fitting and fitting[0] is days[0] else None
    return None


def _days_of(story: Story, number: int) -> list[DateMention]:
    sentence = story.sentences[number]
    return [date for date in story.dates_in(sentence.start, sentence.end) if date.shape != "recurring"]


def _with_its_end(story: Story, mention: Mention, date: DateMention) -> str | None:
    """From the day to the end that the next sentence gives: "arrived on 4 April. The stay is until March." """
    number = mention.sentence + 1
    if (
        number >= len(story.sentences)
        or mention.kind not in LONG
        or date.shape != "point"
        or len(date.when.edtf) < WHOLE
    ):
        return None
    if not any(hit.scheme == SIGNAL_SCHEME and hit.code == "span_label" for hit in story.cues[number]):
        return None
    ends = [end.when for end in _days_of(story, number) if end.shape == "until"]
    if len(ends) != 1 or not ends[0].last or not date.when.first or ends[0].last <= date.when.first:
        return None
    return f"{date.when.edtf}/{ends[0].edtf.removeprefix('../')}"


def _is_today(story: Story, date: DateMention) -> bool:
    return date.when.first == date.when.last == story.published


def _through(story: Story, mention: Mention, others: list[Mention]) -> str | None:
    """From the day of an arrival to the day of an end that the sentence says too: 7日に到着し、11日まで滞在する."""
    whole = clauses_for(story, mention, others)[-1]
    days = [date for date in dates_in_clause(story, whole) if date.when.last and not is_old(story, date)]
    points = [date for date in days if date.shape == "point" and date.when.first == date.when.last]
    ends = [date for date in days if date.shape == "until"]
    if len(points) == 2 and not ends and mention.kind in STAYS and whole.of(SIGNAL_SCHEME, "returning"):
        ends = points[1:]
        points = points[:1]
    if len(points) != 1 or len(ends) != 1:
        return None
    first, last = points[0].when, ends[0].when
    if first.first is None or last.last is None or last.last <= first.first:
        return None
    return f"{first.edtf}/{last.edtf.removeprefix('../')}"


def _heading_day(story: Story, number: int) -> str | None:
    """The day that stands alone in a line above, as in a diary or a programme of several days.

    None where the sentence has a day of its own, and where no other such line is near.
    """
    sentence = story.sentences[number]
    if any(True for _ in story.dates_in(sentence.start, sentence.end)):
        return None
    above = range(number - 1, max(-1, number - 1 - UNDER_HEADING), -1)
    found = next(((at, day) for at in above if (day := _day_alone(story, at))), None)
    if found is None:
        return None
    if found[0] == number - 1 and "/" in found[1]:
        return found[1]  # days from and to right above
    near = range(max(0, found[0] - NEXT_HEADING), min(len(story.sentences), found[0] + NEXT_HEADING))
    return found[1] if any(at != found[0] and _day_alone(story, at) for at in near) else None


def _day_alone(story: Story, number: int) -> str | None:
    sentence = story.sentences[number]
    dates = list(story.dates_in(sentence.start, sentence.end))
    is_alone = len(dates) == 1 and sentence.end - sentence.start <= len(dates[0].evidence.quote) + 2
    has_year = is_alone and dates[0].shape in ("point", "range") and not dates[0].when.edtf.startswith("XXXX")
    return dates[0].when.edtf if has_year else None


def _from_before(story: Story, mention: Mention, *, recurring: bool, status: str) -> str | None:
    """The day of an earlier sentence: "since then" opens it to its end, "in the evening" is that day itself."""
    if recurring or status == "ongoing":
        if not mention.clause.of(SIGNAL_SCHEME, "since_then"):
            return _founded_before(story, mention) if recurring else None
        before = _days_before(story, mention.sentence, 1)
        return f"{before[-1].when.edtf.split('/')[0]}/.." if before else None
    is_told_on = sentence_clause(story, mention.sentence).of(SIGNAL_SCHEME, "same_day")
    if not is_told_on or status not in ("done", "cancelled"):
        return None
    days = [date for date in _days_before(story, mention.sentence, REACH) if date.when.first == date.when.last]
    days = [date for date in days if date.when.first and not is_old(story, date)]
    return days[-1].when.edtf if days else None


def _founded_before(story: Story, mention: Mention) -> str | None:
    """The year in which the words before found it: "signed in 1989, under which pupils go each year"."""
    start = story.sentences[mention.sentence].start
    dates = [date for date in story.dates_in(start, mention.clause.start) if date.shape == "point"]
    if len(dates) != 1 or "/" in dates[0].when.edtf or not is_old(story, dates[0]):
        return None
    founding = sentence_clause(story, mention.sentence).of(SIGNAL_SCHEME, "since")
    is_founded = any(hit.end <= mention.clause.start for hit in founding)
    return f"{dates[0].when.edtf}/.." if is_founded else None


def _from_neighbours(story: Story, mention: Mention, status: str) -> str | None:
    """The day that the next sentence gives ("The ceremony was held on 5 May"), or the one before for "they".

    A paper signed when a tie began has the year in which it began, where the sentence before tells that.
    """
    if mention.kind in EVENTS and status in ("done", "planned") and (day := _held_then(story, mention.sentence + 1)):
        return day
    if mention.kind == "agreement":
        return _founding_year(story, mention) if status == "done" else None
    if status != "planned" or not sentence_clause(story, mention.sentence).of(SIGNAL_SCHEME, "they"):
        return None
    dates = _days_before(story, mention.sentence, 1)
    is_one = len(dates) == 1 and dates[0].shape in ("point", "range") and not is_old(story, dates[0])
    return dates[0].when.edtf if is_one and not is_past(story, dates[0]) else None


def _held_then(story: Story, number: int) -> str | None:
    if number >= len(story.sentences) or story.sentences[number - 1].is_headline:
        return None
    clause = sentence_clause(story, number)
    opening = story.sentences[number].start + OPENING
    if not any(hit.start < opening for hit in clause.of(SIGNAL_SCHEME, "held_then")):
        return None
    dates = [
        date for date in dates_in_clause(story, clause) if date.shape in ("point", "range") and not is_old(story, date)
    ]
    return dates[0].when.edtf if len(dates) == 1 else None


def _founding_year(story: Story, mention: Mention) -> str | None:
    """The year since which the tie stands that the sentence before tells."""
    number = mention.sentence
    if number == 0 or not sentence_clause(story, number - 1).of("tie_kinds"):
        return None
    if story.sentences[number - 1].paragraph != story.sentences[number].paragraph:
        return None
    dates = [date for date in _days_before(story, number, 1) if date.shape == "since"]
    return dates[0].when.edtf.split("/")[0] if len(dates) == 1 else None


def fresh_day(story: Story, mention: Mention) -> str | None:
    """The day of news that the sentence before told: what follows it in the same breath was on that day too."""
    if story.published is None or mention.kind not in OCCASIONS or known_gifts(mention):
        return None
    if mention.kind == "agreement" and sentence_clause(story, mention.sentence).of(SIGNAL_SCHEME, "reported"):
        return None  # somebody told of it that day
    if mention.kind == "agreement" and _names_several(story, mention.sentence):
        return None  # agreements there are, with each of several partners
    days = [date for date in _days_before(story, mention.sentence, 1) if date.when.first == date.when.last]
    fresh = [date for date in days if date.when.first and 0 <= (story.published - date.when.first).days <= FRESH]
    return fresh[-1].when.edtf if fresh and len({date.when.edtf for date in days}) == 1 else None


def _names_several(story: Story, number: int) -> bool:
    """Whether a sentence names two partners or more."""
    sentence = story.sentences[number]
    named = {name.name for name in story.names_in(sentence.start, sentence.end, "place")}
    return len(named & set(story.sides.partners)) > 1


def _days_before(story: Story, number: int, sentences: int) -> list[DateMention]:
    if number == 0:
        return []
    start = story.sentences[max(0, number - sentences)].start
    dates = story.dates_in(start, story.sentences[number].start)
    return [date for date in dates if date.shape != "recurring"]
