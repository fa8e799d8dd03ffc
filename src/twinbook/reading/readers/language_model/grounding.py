"""Whether the words and dates that a model gives stand in the sentences that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from twinbook.reading.finding import Span
from twinbook.reading.story import DateMention, Story
from twinbook.vocabulary.partial_date import PartialDate

WORD = re.compile(r"[^\W\d_]+|\d+")
# Scripts that part no words with blanks and do not inflect names: there a word must stand as it is.
UNPARTED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
LONGEST_QUOTE = 1_500  # characters
SHORTEST_QUOTE = 8  # of letters that part words; half of it in a script that does not
LONGEST_ENDING = 4  # letters that a form may have after what its word keeps
FLEETING = re.compile("(?:[ео][лцкмнр]|ень|оть)\\Z")  # Павел, Павлом: the vowel goes where an ending comes


def find_quote(quote: str, story: Story) -> Span | None:
    """Where a quote stands in the story, to the character; None where it does not, or is too short or long to tell."""
    words = quote.strip()
    shortest = SHORTEST_QUOTE // 2 if UNPARTED.search(words) else SHORTEST_QUOTE
    if not shortest <= len(words) <= LONGEST_QUOTE:
        return None
    for start, end in story.spans:
        at = story.text.find(words, start, end)
        if at >= 0:
            return at, at + len(words)
    return None


def sentences_of(span: Span, story: Story) -> list[Span]:
    """The whole sentences that a span touches."""
    start, end = span
    return [(one.start, one.end) for one in story.sentences if one.start < end and start < one.end]


def is_name_in(name: str, text: str) -> bool:
    """Whether a name stands in a text: its words side by side, each in whatever form its end takes there.

    A word with a capital must have one there: Чита is not in «читает».
    """
    words = WORD.findall(_folded(name))
    return bool(words) and re.search(r"[\W_]{1,3}".join(map(_pattern, words)), _folded(text)) is not None


def are_words_of(words: str, text: str) -> bool:
    """Whether each word of a title stands somewhere in a text, in whatever form its end takes there."""
    found = WORD.findall(_folded(words).lower())
    folded = _folded(text)
    return bool(found) and all(re.search(_pattern(word), folded) for word in found)


def _pattern(word: str) -> str:
    if UNPARTED.search(word) or word.isdigit():
        return re.escape(word)
    first = re.escape(word[0]) if word[0].isupper() else f"(?i:{re.escape(word[0])})"
    return rf"\b{first}(?i:{_kept(word)[len(re.escape(word[0])) :]})\w{{0,{LONGEST_ENDING}}}\b"


def _kept(word: str) -> str:
    """A pattern of what a word's forms share: all but its last letter, two in a longer word, three in a long one."""
    if (found := FLEETING.search(word)) and found.start():
        at = found.start()
        return f"{re.escape(word[:at])}{word[at]}?{word[at + 1]}"
    ending = 0 if len(word) < 3 else 1 if len(word) < 6 else 2 if len(word) < 9 else 3
    return re.escape(word[: len(word) - ending])


def _folded(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


def is_said(edtf: str, spans: Iterable[Span], story: Story) -> bool:
    """Whether the sentences give this date, or one that is finer than it: a date is never finer than its words."""
    try:
        when = PartialDate.parse(edtf)
    except ValueError:
        return False
    dates = [date for start, end in spans for date in story.dates_in(start, end)]
    if any(date.when.edtf == edtf for date in dates):
        return True
    begin, slash, end = edtf.partition("/")
    if slash:
        return all(_is_point_said(PartialDate.parse(one), dates) for one in (begin, end) if one != "..")
    return _is_point_said(when, dates)


def _is_point_said(when: PartialDate, dates: Iterable[DateMention]) -> bool:
    if when.first is None or when.last is None:
        return any(date.when.edtf.startswith(when.edtf) for date in dates)
    return any(
        date.when.first and date.when.last and when.first <= date.when.first and date.when.last <= when.last
        for date in _ends_of(dates)
    )


def _ends_of(dates: Iterable[DateMention]) -> Iterable[DateMention]:
    """The dates, and both ends of those that are intervals."""
    for date in dates:
        yield date
        begin, slash, end = date.when.edtf.partition("/")
        if slash:
            yield from (
                DateMention(PartialDate.parse(one), date.evidence) for one in (begin, end) if one not in ("", "..")
            )
