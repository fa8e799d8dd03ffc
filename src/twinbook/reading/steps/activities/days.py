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
TERM = re.compile(r"\d{4}/\d{4}")  # years for which a paper is signed
SPEAKER = 120  # characters of the one who said it, between the word of saying and its day at the sentence's end
BEHIND = 4  # characters between a word of saying and the day on which it was said
DAY_BEFORE, JOINT = 30, 2  # characters of a date before a clause, and of the mark between them
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
    if status == "ongoing" and mention.kind in EVENTS and date and date.shape == "point" and is_past(story, date):
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
            for date in dates_in_clause(
                story, clause, is_talk=mention.kind == "meeting", is_agreement=mention.kind == "agreement"
            )
            if fits(story, date, status, recurring)
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
            ahead = [date for date in dates if not is_past(story, date) and date.shape not in LASTING]
            dates = ahead or ([] if clause is not mention.clause else dates)
        if recurring or status == "ongoing":
            dates = [date for date in dates if date.shape in LASTING] or dates
        if dates:
            return min(dates, key=lambda date: (_is_cut_off(story, date, mention.hits), _distance(date, mention.hits)))
    if known_gifts(mention):
        return None
    leading = _leading(story, mention.sentence) or _beside(story, mention)
    if leading is None and status == "done":
        leading = _only(story, mention.sentence)
    return leading if leading and fits(story, leading, status, recurring) else None


def _is_apposed(story: Story, clause: Clause, date: DateMention, mention: Mention) -> bool:
    """Whether a date only tells of somebody named behind the cue: "was received the consul, who took office in May"."""
    last = max(hit.end for hit in mention.hits)
    starts = [hit for hit in clause.of(SIGNAL_SCHEME, "apposed") if last <= hit.start < date.evidence.start]
    return any("," not in story.text[hit.end : date.evidence.start] for hit in starts)


def _is_of_known_gift(story: Story, mention: Mention, date: DateMention) -> bool:
    """Whether the cue only calls a thing by who gave it, and the day is that of another clause: no day of the gift."""
    known = known_gifts(mention)
    return bool(known) and any(
        date.evidence.end <= hit.start and "," in story.text[date.evidence.end : hit.start] for hit in known
    )


def known_gifts(mention: Mention) -> Sequence[CueHit]:
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
    is_right = before and before[-1].shape in ("point", "range") and start - before[-1].evidence.end <= JOINT
    return before[-1] if is_right and not is_old(story, before[-1]) else None


def _only(story: Story, number: int) -> DateMention | None:
    """The one date of a sentence, a day of news: what was done in its other clauses was done then."""
    sentence = story.sentences[number]
    dates = list(story.dates_in(sentence.start, sentence.end))
    is_day = len(dates) == 1 and dates[0].shape == "point" and dates[0].when.first == dates[0].when.last
    if sentence_clause(story, number).of(SIGNAL_SCHEME, "tally"):
        return None
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


def fits(story: Story, date: DateMention, status: str, recurring: bool) -> bool:
    """Whether a date can be this activity's: nothing planned lies before publication, no single event lasts since."""
    if date.shape == "since" and status and status != "ongoing" and not recurring:
        return status == "planned" and _is_to_come(story, date)
    return not (status in ("planned", "proposed") and is_past(story, date))


def _is_to_come(story: Story, date: DateMention) -> bool:
    """Whether what is open from a day (since) opens only after publication, as far as a day without a year tells."""
    if story.published is None and date.when.edtf.startswith("XXXX-"):
        return True
    return story.published is not None and date.when.first is not None and date.when.first > story.published


def _is_ahead(story: Story, date: DateMention) -> bool:
    return story.published is not None and date.when.first is not None and date.when.first > story.published


def is_past(story: Story, date: DateMention) -> bool:
    return story.published is not None and date.when.last is not None and date.when.last < story.published


def dates_in_clause(
    story: Story, clause: Clause, *, is_talk: bool = False, is_agreement: bool = True
) -> list[DateMention]:
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
