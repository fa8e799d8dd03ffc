"""Sentences of the story's paragraphs."""

from __future__ import annotations

from datetime import date

from twinbook.reading.language import LanguagePack
from twinbook.reading.page import Page
from twinbook.reading.steps.article import Article
from twinbook.reading.story import Sentence, Story
from twinbook.vocabulary.partial_date import PartialDate


def find_sentences(page: Page, article: Article, pack: LanguagePack) -> Story:
    """The story with its sentences in order; a paragraph that equals the headline is one sentence."""
    sentences = []
    for number, (start, end) in enumerate(article.spans):
        is_headline = page.text[start:end].strip() == (article.title or "").strip()
        spans = [(start, end)] if is_headline else pack.grammar.find_sentences(page.text, start, end)
        sentences += [Sentence(a, b, number, is_headline) for a, b in spans]
    return Story(
        page.text,
        pack.code,
        article.spans,
        article.spans,
        tuple(sentences),
        article.title,
        _day(article.published),
        _issue(article.published),
        page.site,
    )


def _day(published: str | None) -> date | None:
    if not published:
        return None
    when = PartialDate.parse(published)
    return when.first if when.first == when.last else None


def _issue(published: str | None) -> PartialDate | None:
    """The month or season that a page without a day of publication is of."""
    when = PartialDate.parse(published) if published else None
    return when if when and when.first and when.last and when.first != when.last else None
