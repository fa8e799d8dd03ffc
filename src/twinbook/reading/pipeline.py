"""The steps of reading in their order; the only file that knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from twinbook.reading.finding import Note, Reading
from twinbook.reading.language import LanguagePack, language_pack
from twinbook.reading.page import LEFT_OUT, Page
from twinbook.reading.steps.activities import find_activities
from twinbook.reading.steps.article import find_article
from twinbook.reading.steps.cues import find_cues
from twinbook.reading.steps.dates import find_dates
from twinbook.reading.steps.landmarks import find_landmarks
from twinbook.reading.steps.language import find_language
from twinbook.reading.steps.names import find_organisations, find_people, find_places
from twinbook.reading.steps.promises import find_promises
from twinbook.reading.steps.quotes import find_quotes
from twinbook.reading.steps.relevance import find_relevance
from twinbook.reading.steps.sentences import find_sentences
from twinbook.reading.steps.sides import find_sides
from twinbook.reading.steps.spellings import unify_spellings
from twinbook.reading.steps.ties import find_ties
from twinbook.reading.steps.unread import find_unread
from twinbook.reading.story import Story, Tagger


def read_page(page: Page, *, language: str | None = None, taggers: Mapping[str, Tagger] | None = None) -> Reading:
    """What a page says. Opens nothing and never raises: what was seen and not read is a note.

    `language` overrules what the page declares and what its letters tell; `taggers` are names models by language.
    """
    return read_story(page, language=language, taggers=taggers)[0]


def read_story(
    page: Page, *, language: str | None = None, taggers: Mapping[str, Tagger] | None = None
) -> tuple[Reading, Story | None]:
    """The Reading, and the story that it was made of; None where the page's language is not one we read."""
    troubles = tuple(
        Note("page" if code not in LEFT_OUT else "markup", message, code=code) for code, message in page.troubles
    )
    code = language or find_language(page)
    if code is None:
        note = Note("language", "the language of this page is not one we read", code="language-unknown")
        return Reading(page.text, None, page.title, page.published, notes=(*troubles, note)), None
    return _read(page, language_pack(code), troubles, (taggers or {}).get(code))


def _read(page: Page, pack: LanguagePack, troubles: tuple[Note, ...], tagger: Tagger | None) -> tuple[Reading, Story]:
    article = find_article(page, pack)
    story = find_sentences(page, article, pack)
    story = replace(story, names=tuple(unify_spellings(pack.find_names(story, tagger))))
    dates, date_notes = find_dates(story, pack)
    story = replace(story, dates=tuple(dates))
    story = replace(story, quotes=tuple(pack.grammar.find_quotes(story)))
    story = replace(story, cues=find_cues(story, pack))
    story = replace(story, sides=find_sides(story, pack))
    reading = Reading(
        page.text,
        pack.code,
        story.title,
        article.published,
        article=story.spans,
        notes=(*troubles, *date_notes),
    )
    return _with_findings(reading, story, pack), story


def _with_findings(reading: Reading, story: Story, pack: LanguagePack) -> Reading:
    ties = find_ties(story, pack)
    activities = find_activities(story, pack, ties)
    landmarks = find_landmarks(story, pack)
    promises = find_promises(story, pack)
    if not find_relevance(story, pack, ties, activities):
        return reading
    return replace(
        reading,
        relevant=True,
        places=find_places(story, ties, activities),
        people=find_people(story),
        organisations=find_organisations(story),
        ties=ties,
        activities=activities,
        landmarks=landmarks,
        quotes=find_quotes(story),
        promises=promises,
        notes=(*reading.notes, *find_unread(story, pack, (*ties, *activities, *landmarks, *promises))),
    )
