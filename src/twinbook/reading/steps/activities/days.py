"""When an activity was, is or will be: the date that its clause, its sentence or the story before gives it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twinbook.reading.cues import STRONG, CueHit
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.steps.activities.mentions import Mention, is_old
from twinbook.reading.steps.clauses import Clause, sentence_clause
from twinbook.reading.story import DateMention, Story

LASTING = frozenset(["since", "start"])  # shapes of dates on which something standing began
OPENING = 24  # characters of a sentence in which a day stands for all of it
REACH = 8  # sentences back to the day that "in the evening" speaks of
FRESH = 14  # days before publication in which a day is that of the news
OCCASIONS = frozenset(["meeting", "commemoration", "aid", "agreement", "cultural_event", "competition"])
TERM = re.compile(r"\d{4}/\d{4}")  # years for which a paper is signed
SPEAKER = 120  # characters of the one who said it, between the word of saying and its day at the sentence's end
BEHIND = 4  # characters between a word of saying and the day on which it was said
DAY_BEFORE, JOINT = 30, 2  # characters of a date before a clause, and of the mark between them
UNDER_HEADING, NEXT_HEADING = 3, 6  # sentences under a line that is a day, and to the next such line
FEASTS = frozenset(["commemoration", "visit", "meeting"])
LISTED = re.compile(r",\s(?:and\s)?(?:a|an|the|one)\s")  # a comma and the next thing of a list
SINCE_TIE = 8  # characters between a word for the tie and the date since which it stands
EVENTS = frozenset(["competition", "commemoration", "cultural_event", "agreement"])
STAYS = frozenset(["visit", "exchange", "training"])
RETURNED = STAYS | {"aid"}  # kinds of which a plan often names the one before
LOOKING_BACK = 60  # characters between a cue and the date of years ago that tells when it was
MARK = re.compile(r"[,;:—–、，；：]")


def against_day(story: Story, mention: Mention, others: list[Mention], status: str) -> str:
    """The status, but planned where it reads as done and its day is still to come.

    Done where a single event "is going on" on a day gone by (昨年11月に試合を行っている).
    """
    if status == "planned" and _is_told_back(story, mention):
        return "done"
    date = date_of(story, mention, others)
    if status == "ongoing" and mention.kind in EVENTS and date and date.shape == "point" and _is_past(story, date):
        return "done"
    if status != "done" or date is None or story.published is None or date.shape in ("since", "until"):
        return status
    return "planned" if date.when.first and date.when.first > story.published else status


def _is_told_back(story: Story, mention: Mention) -> bool:
    """Whether an old date right behind the cue tells when it was: "will stay with families whose visit in 2012"."""
    if mention.kind not in RETURNED:
        return False
    last = max(hit.end for hit in mention.hits)
    behind = next((date for date in story.dates_in(last, mention.clause.end)), None)
    if behind is None or behind.shape != "point" or not is_old(story, behind):
        return False
    return behind.evidence.start - last <= LOOKING_BACK and not MARK.search(story.text, last, behind.evidence.start)


def date_of(
    story: Story, mention: Mention, others: list[Mention], *, status: str = "", recurring: bool = False
) -> DateMention | None:
    """The date of the clause nearest to the cue, else of the sentence's free clauses; None where neither has one.

    What another clause says of years ago is not this activity's day.
    """
    for clause in clauses_for(story, mention, others):
        dates = [
            date
            for date in _dates(
                story, clause, is_talk=mention.kind == "meeting", is_agreement=mention.kind == "agreement"
            )
            if _fits(story, date, status, recurring)
        ]
        if _tells_history(clause) and (clause is not mention.clause or _is_feast(mention, clause)):
            dates = [date for date in dates if not is_old(story, date)]
        if _is_feast(mention, clause):
            dates = [date for date in dates if not _is_founding(clause, date)]
        if clause is not mention.clause:
            dates = [date for date in dates if not _is_apposed(story, clause, date, mention)]
            if any(hit.code == "done" and hit.weight == STRONG for hit in mention.clause.of("statuses")):
                dates = [date for date in dates if not _is_ahead(story, date)]
        dates = [date for date in dates if not _is_of_known_gift(story, mention, date)]
        if status == "cancelled":  # what another clause says of days gone by is how it was before
            ahead = [date for date in dates if not _is_past(story, date) and date.shape not in LASTING]
            dates = ahead or ([] if clause is not mention.clause else dates)
        if recurring or status == "ongoing":
            dates = [date for date in dates if date.shape in LASTING] or dates
        if dates:
            return min(dates, key=lambda date: (_is_cut_off(story, date, mention.hits), _distance(date, mention.hits)))
    if _known_gifts(mention):
        return None
    leading = _leading(story, mention.sentence) or _beside(story, mention)
    if leading is None and status == "done":
        leading = _only(story, mention.sentence)
    return leading if leading and _fits(story, leading, status, recurring) else None


def _is_apposed(story: Story, clause: Clause, date: DateMention, mention: Mention) -> bool:
    """Whether a date only tells of somebody named behind the cue: "was received the consul, who took office in May"."""
    last = max(hit.end for hit in mention.hits)
    starts = [hit for hit in clause.of(SIGNAL_SCHEME, "apposed") if last <= hit.start < date.evidence.start]
    return any("," not in story.text[hit.end : date.evidence.start] for hit in starts)


def _is_of_known_gift(story: Story, mention: Mention, date: DateMention) -> bool:
    """Whether the cue only calls a thing by who gave it, and the day is that of another clause: no day of the gift."""
    known = _known_gifts(mention)
    return bool(known) and any(
        date.evidence.end <= hit.start and "," in story.text[date.evidence.end : hit.start] for hit in known
    )


def _known_gifts(mention: Mention) -> Sequence[CueHit]:
    """Words like "given by" where all cues of the mention are such words."""
    known = mention.clause.of(SIGNAL_SCHEME, "known_gift")
    is_all = all(any(hit.start < own.end and own.start < hit.end for hit in known) for own in mention.hits)
    return known if is_all else []


def _leading(story: Story, number: int) -> DateMention | None:
    """A day at the beginning of the sentence: it is the day of all its clauses that have none of their own."""
    sentence = story.sentences[number]
    dates = list(story.dates_in(sentence.start, min(sentence.end, sentence.start + OPENING)))
    if sentence_clause(story, number).of(SIGNAL_SCHEME, "tally"):
        return None
    return next((date for date in dates if date.shape in ("point", "range") and not is_old(story, date)), None)


def _beside(story: Story, mention: Mention) -> DateMention | None:
    """A day right before the clause, which says what happens then: «весной, когда город посетит мэр»."""
    start = mention.clause.start
    before = list(story.dates_in(max(story.sentences[mention.sentence].start, start - DAY_BEFORE), start))
    fits = before and before[-1].shape in ("point", "range") and start - before[-1].evidence.end <= JOINT
    return before[-1] if fits and not is_old(story, before[-1]) else None


def _only(story: Story, number: int) -> DateMention | None:
    """The one date of a sentence, a day of news: what was done in its other clauses was done then."""
    sentence = story.sentences[number]
    dates = list(story.dates_in(sentence.start, sentence.end))
    is_day = len(dates) == 1 and dates[0].shape == "point" and dates[0].when.first == dates[0].when.last
    return dates[0] if is_day and dates[0].when.first and not is_old(story, dates[0]) else None


def _is_feast(mention: Mention, clause: Clause) -> bool:
    """Whether a clause tells of an anniversary: its day is no day years ago, on which began what it is of."""
    return mention.kind in FEASTS and bool(clause.of(SIGNAL_SCHEME, "anniversary"))


def _is_founding(clause: Clause, date: DateMention) -> bool:
    """Whether a year stands right behind a word for beginning: the 20th anniversary of the tie signed in 2005."""
    ends = [hit.end for hit in clause.of(SIGNAL_SCHEME, "since")]
    return date.when.edtf.isdecimal() and any(0 < date.evidence.start - end <= BEHIND for end in ends)


def _tells_history(clause: Clause) -> bool:
    return bool(clause.of("tie_kinds") or clause.of(SIGNAL_SCHEME, "anniversary"))


def when_of(story: Story, mention: Mention, others: list[Mention], *, recurring: bool, status: str) -> str | None:
    """The date as EDTF; of a standing programme only the day since which it stands."""
    date = date_of(story, mention, others, status=status, recurring=recurring)
    if date is None:
        before = _from_before(story, mention, recurring=recurring, status=status)
        if not before and not recurring:
            before = _from_neighbours(story, mention, status)
        return before or (None if recurring or status == "ongoing" else _heading_day(story, mention.sentence))
    edtf = date.when.edtf
    if date.shape == "start" and "/" not in edtf and (recurring or status == "ongoing"):
        return f"{edtf}/.."
    if recurring and status == "ongoing" and ".." not in edtf:
        return None
    if status == "planned" and not recurring:
        edtf = edtf.removesuffix("/..")
    return _through(story, mention, others) or edtf


def _fits(story: Story, date: DateMention, status: str, recurring: bool) -> bool:
    """Whether a date can be this activity's: nothing planned lies before publication, no single event lasts since."""
    if date.shape == "since" and status and status != "ongoing" and not recurring:
        return status == "planned" and _is_to_come(story, date)
    return not (status in ("planned", "proposed") and _is_past(story, date))


def _is_to_come(story: Story, date: DateMention) -> bool:
    """Whether what is open from a day (since) opens only after publication, as far as a day without a year tells."""
    if story.published is None and date.when.edtf.startswith("XXXX-"):
        return True
    return story.published is not None and date.when.first is not None and date.when.first > story.published


def _is_ahead(story: Story, date: DateMention) -> bool:
    return story.published is not None and date.when.first is not None and date.when.first > story.published


def _is_past(story: Story, date: DateMention) -> bool:
    return story.published is not None and date.when.last is not None and date.when.last < story.published


def _through(story: Story, mention: Mention, others: list[Mention]) -> str | None:
    """From the day of an arrival to the day of an end that the sentence says too: 7日に到着し、11日まで滞在する."""
    whole = clauses_for(story, mention, others)[-1]
    days = [date for date in _dates(story, whole) if date.when.last and not is_old(story, date)]
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
    fits = len(dates) == 1 and dates[0].shape in ("point", "range") and not is_old(story, dates[0])
    return dates[0].when.edtf if fits and not _is_past(story, dates[0]) else None


def _held_then(story: Story, number: int) -> str | None:
    if number >= len(story.sentences) or story.sentences[number - 1].is_headline:
        return None
    clause = sentence_clause(story, number)
    opening = story.sentences[number].start + OPENING
    if not any(hit.start < opening for hit in clause.of(SIGNAL_SCHEME, "held_then")):
        return None
    dates = [date for date in _dates(story, clause) if date.shape in ("point", "range") and not is_old(story, date)]
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
    if story.published is None or mention.kind not in OCCASIONS or _known_gifts(mention):
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


def _dates(story: Story, clause: Clause, *, is_talk: bool = False, is_agreement: bool = True) -> list[DateMention]:
    """The clause's dates but for those on which something was only said: «сообщила во вторник», "said on Tuesday".

    Of a talk (`is_talk`) the day of saying is the day.
    """
    sayings = [] if is_talk else clause.of(SIGNAL_SCHEME, "reported")
    ties = [] if is_agreement else [hit.end for hit in clause.of("tie_kinds")]  # twins since 1994
    tallies = clause.of(SIGNAL_SCHEME, "tally")  # over the past year the ferry carried …
    firsts = [hit.end for hit in clause.of(SIGNAL_SCHEME, "first_since")]  # the first visit since the fire in 2009
    return [
        date
        for date in story.dates_in(clause.start, clause.end)
        if date.shape != "recurring"
        and not any(_is_day_of_saying(story, clause, date, hit) for hit in sayings)
        and not ((is_agreement or is_talk) and _is_term(clause, date))
        and not any(end <= date.evidence.end for end in firsts)
        and not any(hit.start < date.evidence.end and date.evidence.start < hit.end for hit in tallies)
        and not (date.shape == "since" and any(0 <= date.evidence.start - end <= SINCE_TIE for end in ties))
    ]


def _is_term(clause: Clause, date: DateMention) -> bool:
    """Whether the date is the years for which a paper is signed."""
    start, end = date.evidence.start, date.evidence.end
    terms = clause.of(SIGNAL_SCHEME, "term")
    return TERM.fullmatch(date.when.edtf) is not None or any(hit.start < end and start < hit.end for hit in terms)


def _is_day_of_saying(story: Story, clause: Clause, date: DateMention, saying: CueHit) -> bool:
    """Whether the day stands right behind a word of saying, or ends the sentence behind it and the speaker."""
    apart = date.evidence.start - saying.end
    if apart <= BEHIND:
        return apart > 0
    between = story.text[saying.end : date.evidence.start]
    ends_sentence = story.sentences[clause.sentence].end - date.evidence.end <= 1
    is_speaker = apart <= SPEAKER and not any(mark in between for mark in ',;:—–«»"')
    return ends_sentence and is_speaker and not any(hit.start >= saying.end for hit in clause.of("activity_kinds"))


def clauses_for(story: Story, mention: Mention, others: list[Mention]) -> list[Clause]:
    """The mention's clause, then the rest of its sentence without the clauses of other mentions.

    Cues of the headline do not reach further than their clause.
    """
    taken = [other.clause for other in others if other.sentence == mention.sentence and other.clause != mention.clause]
    whole = sentence_clause(story, mention.sentence)
    if not taken:
        return [mention.clause, whole]
    bounds = [whole.start, *(bound for clause in taken for bound in (clause.start, clause.end)), whole.end]
    start = max((bound for bound in bounds if bound <= mention.clause.start), default=whole.start)
    end = min((bound for bound in bounds if bound >= mention.clause.end), default=whole.end)
    free = Clause(whole.sentence, start, end, tuple(hit for hit in whole.hits if start <= hit.start < end))
    return [mention.clause, free]


def _is_cut_off(story: Story, date: DateMention, hits: tuple[CueHit, ...]) -> bool:
    """Whether a comma parts a date from what comes behind it: "a visit in May 2017, a show in June"."""
    nearest = min(hits, key=lambda hit: abs(date.evidence.start - hit.start))
    between = story.text[date.evidence.end : nearest.start]
    return date.evidence.end <= nearest.start and LISTED.match(between) is not None


def _distance(date: DateMention, hits: tuple[CueHit, ...]) -> int:
    return min(abs(date.evidence.start - hit.start) for hit in hits)
