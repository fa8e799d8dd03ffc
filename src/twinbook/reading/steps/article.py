"""The story's spans: no menus, teasers, adverts or comments; the headline and the day of publication."""

from __future__ import annotations

from dataclasses import dataclass

from twinbook.reading.finding import Span
from twinbook.reading.language import LanguagePack
from twinbook.reading.page import Page


@dataclass(frozen=True)
class Article:
    """The spans of the story in order (one a block), its headline, and its day of publication (EDTF)."""

    spans: tuple[Span, ...]
    title: str | None
    published: str | None


def find_article(page: Page, pack: LanguagePack) -> Article:
    """The blocks that are the story: from the first to the last before one that opens with a tail cue."""
    cues = tuple(cue.casefold() for cue in pack.article_ends)
    spans: list[Span] = []
    for block in page.blocks:
        if spans and page.text[block.start : block.end].casefold().startswith(cues):
            break
        spans.append((block.start, block.end))
    title = page.title or (page.text[slice(*spans[0])] if spans else None)
    return Article(tuple(spans), title, page.published)
