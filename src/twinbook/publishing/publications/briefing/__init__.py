"""A briefing for a meeting, two pages, for the office alone: PDF to print, DOCX to edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from twinbook.publishing.edition import Edition
from twinbook.publishing.publication import Editions, Paper, Publication
from twinbook.publishing.publications.briefing.contents import BLOCKS, briefing
from twinbook.publishing.publications.briefing.meeting import Meeting
from twinbook.publishing.rendering import addresses
from twinbook.publishing.rendering.office_file import render_docx
from twinbook.publishing.rendering.paper import Document, as_data
from twinbook.publishing.rendering.pdf import render_pdf
from twinbook.publishing.rendering.words import words_of

__all__ = ["BLOCKS", "PRINT", "PUBLICATION", "draft"]

PRINT = Path(__file__).parent / "print.typ"


def render(editions: Editions, papers: tuple[Paper, ...]) -> Iterator[Paper]:
    """For each partner of the editions (give one alone for one meeting), in each language, both forms."""
    for edition in editions.values():
        words = words_of(edition.language)
        for partner in edition.partners:
            document = briefing(edition, partner, words)
            title = words.say("Briefing: {partner}", partner=partner.name.text)
            for form, body in (
                ("pdf", render_pdf(PRINT, as_data(document), made_at=edition.at)),
                ("docx", render_docx(document, made_at=edition.at)),
            ):
                path = addresses.paper(edition.language, "briefing", partner.slug, form)
                yield Paper(path, body, title, edition.language, partner.slug, form.upper())


def draft(edition: Edition, meeting: Meeting | None = None) -> Document:
    """The briefing on the one partner of an edition, before it is printed: what the office keeps."""
    return briefing(edition, edition.partners[0], words_of(edition.language), meeting)


PUBLICATION = Publication("briefing", "Briefing for a meeting", ("PDF", "DOCX"), render, audience="office")
