"""What comes out of reading: evidence to the character, and notes for what was seen and not read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """A place in a page's text: offsets in code points, end excluded, with the words that stand there.

    Source: W3C Web Annotation, TextPositionSelector and TextQuoteSelector.
    """

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int, *, context: int = 32) -> Evidence:
        """The evidence at text[start:end]; ValueError if the span is empty or lies outside the text."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no evidence at {start}–{end} in a text of {len(text)} characters")
        return cls(start, end, text[start:end], text[max(0, start - context) : start], text[end : end + context])

    def stands_in(self, text: str) -> bool:
        """Whether the quoted words stand in the text at these offsets."""
        return 0 <= self.start < self.end <= len(text) and text[self.start : self.end] == self.quote


@dataclass(frozen=True)
class Note:
    """Something a step saw and could not read, in a sentence for a person."""

    step: str
    message: str
    evidence: Evidence | None = None
