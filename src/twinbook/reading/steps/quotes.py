"""Direct speech with its speakers, as findings."""

from __future__ import annotations

from twinbook.reading.finding import Quote
from twinbook.reading.story import Story


def find_quotes(story: Story) -> tuple[Quote, ...]:
    return tuple(Quote(quote.speaker, (quote.start, quote.end)) for quote in story.quotes)
