"""First draft: sentences only; names and quotes are to come."""

from __future__ import annotations

import re

from twinbook.reading.finding import Span
from twinbook.reading.story import NameMention, QuoteMention, Story

END = re.compile(r"[.!?…]+[»”\"')]*\s+|[。！？]+")


def find_sentences(text: str, start: int, end: int) -> list[Span]:
    """Sentences of the paragraph text[start:end], in order."""
    spans, begin = [], start
    for found in END.finditer(text, start, end):
        spans.append((begin, found.end()))
        begin = found.end()
    spans.append((begin, end))
    return [(a, b) for a, b in (_strip(text, a, b) for a, b in spans) if a < b]


def find_names(story: Story) -> list[NameMention]:
    return []


def find_quotes(story: Story) -> list[QuoteMention]:
    return []


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
