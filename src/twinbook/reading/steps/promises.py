"""What one side says that it will do: agreed to, will send, promised."""

from __future__ import annotations

from twinbook.reading.cues import CueHit
from twinbook.reading.finding import Evidence, Promise
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.language import LanguagePack
from twinbook.reading.steps.clauses import Clause, find_clauses
from twinbook.reading.steps.sides import is_town
from twinbook.reading.steps.speakers import find_speaker
from twinbook.reading.story import DateMention, NameMention, Story

WHOLE = frozenset(["agreeing", "undertaking"])  # signals whose own words belong to what is promised
SIGNALS = WHOLE | {"promising"}
SHORTEST = 8  # characters behind the words of promising; where fewer are left, what is promised stands before them
LONGEST = 160  # characters of what is promised
MOST = 12  # promises of one page
MARKS = " ,;:—–-.。、…!?\n\t"


def find_promises(story: Story, pack: LanguagePack) -> tuple[Promise, ...]:
    """One promise a sentence, in the order of the story; becoming twins is an agreement, and no promise."""
    found = []
    for number, hits in enumerate(story.cues):
        if story.sentences[number].is_headline or not any(_is_signal(hit) for hit in hits):
            continue
        for clause in find_clauses(story, pack, number):
            if promise := _promise(story, clause):
                found.append(promise)
                break
    return tuple(found[:MOST])


def _is_signal(hit: CueHit) -> bool:
    return hit.scheme == SIGNAL_SCHEME and hit.code in SIGNALS


def _promise(story: Story, clause: Clause) -> Promise | None:
    cue = next((hit for hit in clause.hits if _is_signal(hit)), None)
    if cue is None or clause.of("tie_kinds") or clause.of("statuses", "cancelled"):
        return None
    what = _what(story, clause, cue)
    if not what:
        return None
    sentence = story.sentences[clause.sentence]
    return Promise(
        what,
        _side(story, sentence.start, cue),
        _due(story, clause.start, sentence.end),
        (Evidence.of(story.text, sentence.start, sentence.end),),
        find_speaker(story, clause.sentence, cue.start, cue.end),
    )


def _what(story: Story, clause: Clause, cue: CueHit) -> str:
    """The words behind the cue, with its own where they say what is done; those before it where the verb ends.

    Empty where behind the cue only stands who says it («…», — пообещал капитан), or the promise is in another sentence.
    """
    own = cue.code in WHOLE
    for end in (clause.end, story.sentences[clause.sentence].end):
        if _is_long(story, cue.end, end):
            return "" if _is_speaker(story, cue.end, end) else _words(story, cue.start if own else cue.end, end)
    if not _is_long(story, clause.start, cue.start) or story.text[cue.end : clause.end].strip(MARKS):
        return ""
    return _words(story, _behind_speech(story, clause.start, cue.start), cue.end if own else cue.start)


def _is_long(story: Story, start: int, end: int) -> bool:
    """Whether the words say something beside dates."""
    dated = sum(date.evidence.end - date.evidence.start for date in story.dates_in(start, end))
    return len(story.text[start:end].strip(MARKS)) - dated >= SHORTEST


def _is_speaker(story: Story, start: int, end: int) -> bool:
    """Whether the words end in a person's name: they tell who promised."""
    people = list(story.names_in(start, end, "person"))
    return bool(people) and not _is_long(story, people[-1].end, end)


def _behind_speech(story: Story, start: int, end: int) -> int:
    """Where the words begin behind direct speech that the clause reports first."""
    spoken = max((quote.end for quote in story.quotes if start <= quote.end <= end), default=start)
    comma = max(story.text.find(mark, spoken, end) for mark in "、,") if spoken > start else -1
    return comma + 1 if comma >= 0 else start


def _words(story: Story, start: int, end: int) -> str:
    words = " ".join(story.text[start:end].split()).strip(MARKS)
    if len(words) <= LONGEST:
        return words
    cut = words[:LONGEST]
    return (cut.rpartition(" ")[0] or cut).rstrip(MARKS) + "…"


def _side(story: Story, begin: int, cue: CueHit) -> str | None:
    """The place of who promises: the nearest place, person or body of one that the sentence names before the cue."""
    for name in reversed(list(story.names_in(begin, cue.start))):
        if place := _place_of(story, name):
            return place
    return None


def _place_of(story: Story, name: NameMention) -> str | None:
    if is_town(name):
        return name.name
    same = [other for other in story.names if (other.kind, other.name) == (name.kind, name.name)]
    told = {other.represents if name.kind == "person" else other.place for other in same}
    towns = {other.name for other in story.names if is_town(other)}
    return next(iter(sorted(town for town in told if town in towns)), None)


def _due(story: Story, start: int, end: int) -> str | None:
    """The first date in the words that lies ahead of the news; on a page without a day, the first that they name."""
    return next((date.when.edtf for date in story.dates_in(start, end) if _is_ahead(story, date)), None)


def _is_ahead(story: Story, date: DateMention) -> bool:
    if date.shape in ("since", "recurring", "start"):
        return False
    return story.published is None or date.when.last is None or date.when.last >= story.published
