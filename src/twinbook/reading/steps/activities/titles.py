"""The title of an activity: the words of its clause without dates, links and leavings at either end."""

from __future__ import annotations

from twinbook.reading.finding_words import Titles
from twinbook.reading.language import LanguagePack
from twinbook.reading.steps.activities.mentions import Mention
from twinbook.reading.story import Story

LONGEST = 90  # characters
MARKS = " ,;:—–-.。、…!?\n\t"
DATE_REACH = 6  # characters before a leading date: its preposition


def title_of(story: Story, mention: Mention, pack: LanguagePack) -> str:
    """The clause's words, trimmed while something is left; where too little is, the words of its whole sentence."""
    clause, titles = mention.clause, pack.findings.titles
    words = _trimmed(story, clause.start, clause.end, titles)
    if len(words) < titles.shortest or titles.fragments.match(words):
        sentence = story.sentences[mention.sentence]
        words = _trimmed(story, sentence.start, sentence.end, titles)
    return _cut(_as_subject(words, pack))


def _as_subject(words: str, pack: LanguagePack) -> str:
    """A noun phrase that its verb governed, in base form: «обмена делегациями» as «обмен делегациями».

    Only where nothing but its first word changes: what changes more is a sentence, and stays as it is written.
    """
    if not pack.findings.titles.governed.match(words):
        return words
    small = words[:1].lower() + words[1:]
    based = pack.base_form(small)
    (first, _, rest), (base, _, others) = small.partition(" "), based.partition(" ")
    if first == base or rest != others or first[:3] != base[:3]:
        return words
    return base[:1].upper() + base[1:] + (f" {rest}" if rest else "")


def _trimmed(story: Story, start: int, end: int, titles: Titles) -> str:
    """The words of a span without the dates and the openings that its language names, as often as one stands first."""
    at = start
    while at < end:
        before = at
        while at < end and story.text[at] in MARKS + '«»"“”「」':
            at += 1
        leading = next((when for when in story.dates_in(at, end) if when.evidence.start - at <= DATE_REACH), None)
        if leading and not any(letter.isupper() for letter in story.text[at + 1 : leading.evidence.start]):
            at = leading.evidence.end
        elif found := titles.openings.match(story.text, at, end):
            at = found.end()
        if at == before:
            break
    kept = " ".join(story.text[at:end].split()).strip(MARKS)
    whole = " ".join(story.text[start:end].split()).strip(MARKS)
    kept = kept if len(kept) >= titles.shortest else whole
    if closing := titles.closings.search(kept):
        shorter = kept[: closing.start()].strip(MARKS)
        kept = shorter if len(shorter) >= titles.shortest else kept
    return _balanced(kept)


def _balanced(words: str) -> str:
    """Without a quotation mark or bracket that the cut left alone."""
    for opening, closing in ("«»", "“”", "「」", "()", "（）", "„“"):
        if words.count(opening) != words.count(closing):
            words = words.replace(opening, "", 1) if words.count(opening) > words.count(closing) else words
            words = words.replace(closing, "", 1) if words.count(closing) > words.count(opening) else words
    return words[:1].upper() + words[1:] if words else words


def _cut(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rsplit(" ", 1)[0].rstrip(MARKS) + "…"
