"""What data cannot say about Japanese: sentences, names and direct speech (see language.Grammar)."""

from __future__ import annotations

from twinbook.reading.finding import Span
from twinbook.reading.languages.ja import names, quotes, sentences
from twinbook.reading.story import NameMention, QuoteMention, Story


def find_sentences(text: str, start: int, end: int) -> list[Span]:
    """Sentences of the paragraph text[start:end], in order."""
    return sentences.find_sentences(text, start, end)


def find_names(story: Story) -> list[NameMention]:
    """People, places and bodies of the story; two mentions at the same offsets are the two towns of 両市."""
    return names.find_names(story)


def find_quotes(story: Story) -> list[QuoteMention]:
    """Direct speech in 「」 with its speaker."""
    return quotes.find_quotes(story)
