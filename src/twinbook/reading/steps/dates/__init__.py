"""Dates written in the story, no finer than written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from twinbook.reading.date_writing import DateForm
from twinbook.reading.finding import Evidence, Note
from twinbook.reading.language import LanguagePack, language_pack
from twinbook.reading.pattern_index import lower
from twinbook.reading.steps.dates.resolve import Anchor, read_form
from twinbook.reading.story import DateMention, Sentence, Story
from twinbook.vocabulary.partial_date import PartialDate

PAPER_REACH = 80  # characters before a date in which the paper is named that bears it
DATELINE = 40  # characters before the day of a dateline
AGENCY = re.compile(r"\s?/[^/\n]{2,30}/\s?(?:--|[—–-])\s")  # «Пекин, 21 августа /Агентство/ -- …»
AFTER_DATELINE = re.compile(r"\s?(?:\([^()]{2,30}\)\s?)?(?:[—–]|--?\s)")


def find_dates(story: Story, pack: LanguagePack) -> tuple[list[DateMention], list[Note]]:
    """Dates written in the story's sentences, in order; of two that overlap the earlier, then the longer match.

    What its words and the day of publication do not settle (a weekday on a page without a date) is no mention.
    A date that cannot exist (31 June) becomes a note, not an error.
    """
    mentions: list[DateMention] = []
    notes: list[Note] = []
    lowered = lower(story.text)
    for sentence in story.sentences:
        for found, form in _matches(story.text, lowered, sentence, pack):
            if _is_of_paper(found, sentence, story, pack):
                continue
            evidence = Evidence.of(story.text, found.start(), found.end())
            try:
                when = _when(found, form, sentence, story, pack, mentions)
            except ValueError as error:
                notes.append(Note("dates", str(error), evidence, "date-impossible"))
                continue
            if when and not _is_dateline(found, when, sentence, story):
                mentions.append(DateMention(when, evidence, form.shape))
    return mentions, notes


def _matches(
    text: str, lowered: str, sentence: Sentence, pack: LanguagePack
) -> Iterator[tuple[re.Match[str], DateForm]]:
    """The sentence's matches that do not overlap, in order."""
    matches = [
        (found, form)
        for form in pack.date_writing.forms_for(lowered[sentence.start : sentence.end])
        for found in form.pattern.finditer(text, sentence.start, sentence.end)
        if found.end() > found.start()
    ]
    matches.sort(key=lambda item: (item[0].start(), -item[0].end()))
    covered = 0
    for found, form in matches:
        if found.start() >= covered:
            covered = found.end()
            yield found, form


def _when(
    found: re.Match[str],
    form: DateForm,
    sentence: Sentence,
    story: Story,
    pack: LanguagePack,
    before: list[DateMention],
) -> PartialDate | None:
    last = next((mention for mention in reversed(before) if mention.when.edtf[:4].isdecimal()), None)
    direction = _direction(found, sentence, story, pack)
    anchor = Anchor(
        story.published,
        max(direction, 0) if form.shape == "until" else direction,
        last.when.edtf if last else None,
        last is not None and _is_near(last, sentence, story),
        next((mention.when.edtf for mention in reversed(before) if _is_day_told(mention)), None),
        story.issue,
    )
    edtf = read_form(found, form.shape, pack.date_writing, anchor)
    if edtf == "XXXX":  # "every year": happens again, and says no more
        return PartialDate(edtf, None, None)
    return PartialDate.parse(edtf) if edtf else None


def _is_day_told(mention: DateMention) -> bool:
    """Whether it is a day by its number: "today" of somebody who speaks is no day on which "that day" leans."""
    return len(mention.when.edtf) == len("2019-10-21") and any(letter.isnumeric() for letter in mention.evidence.quote)


def _is_dateline(found: re.Match[str], when: PartialDate, sentence: Sentence, story: Story) -> bool:
    """Whether it is the day of writing that opens a story ("OSLO, Feb. 3, 2021 — …"): no day of what is told."""
    if found.start() - sentence.start <= DATELINE and AGENCY.match(story.text, found.end()):
        return True
    if story.published is None or when.first != story.published or when.last != story.published:
        return False
    return found.start() - sentence.start <= DATELINE and AFTER_DATELINE.match(story.text, found.end()) is not None


def _is_of_paper(found: re.Match[str], sentence: Sentence, story: Story, pack: LanguagePack) -> bool:
    """Whether it is the day of a decision or letter that is only referred to: nothing told was on that day."""
    papers = pack.date_writing.papers
    begin = max(sentence.start, found.start() - PAPER_REACH)
    return papers is not None and papers.search(story.text, begin, found.start()) is not None


def _is_near(last: DateMention, sentence: Sentence, story: Story) -> bool:
    """Whether the date stands in the sentence itself, or in the one before and is still to come."""
    if last.evidence.start >= sentence.start:
        return True
    index = story.sentence_at(sentence.start)
    coming = story.published is not None and last.when.first is not None and last.when.first > story.published
    return coming and index > 0 and last.evidence.start >= story.sentences[index - 1].start


NEXT_CLAUSE = 60  # characters that the verb of the next clause is further off than it stands


def _direction(found: re.Match[str], sentence: Sentence, story: Story, pack: LanguagePack) -> int:
    """1 where the nearest tense word of the sentence looks ahead, -1 where it looks back, 0 where there is none."""
    if story.published is None and story.issue is None:
        return 0
    best, nearest = 0, sentence.end - sentence.start + NEXT_CLAUSE
    for direction, start, end in _tense_words(story.text[sentence.start : sentence.end], pack.code):
        start, end = start + sentence.start, end + sentence.start
        if start < found.end() and found.start() < end:
            continue
        if pack.date_writing.tense_behind and start < found.start():
            continue
        distance = max(found.start() - end, start - found.end())
        if pack.findings.clause_break.search(story.text, found.end(), end) and start > found.end():
            distance += NEXT_CLAUSE  # "opened on Friday and will run …"
        if distance < nearest:
            best, nearest = direction, distance
    return best


@lru_cache(maxsize=256)
def _tense_words(words: str, code: str) -> tuple[tuple[int, int, int], ...]:
    """(direction, start, end) of a sentence's tense words; "was to have opened" looks ahead, its "opened" not back."""
    writing = language_pack(code).date_writing
    ahead = [cue.span() for cue in writing.ahead.finditer(words)] if writing.ahead else []
    back = [cue.span() for cue in writing.back.finditer(words)] if writing.back else []
    alone = [span for span in back if not _overlaps(*span, ahead)]
    return (*((1, *span) for span in ahead), *((-1, *span) for span in alone))


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < b and end > a for a, b in spans)
