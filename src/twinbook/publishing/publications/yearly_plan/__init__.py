"""The plan for a year, for the head to approve: figures with their rules, then the lines they were added up from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from twinbook.publishing.edition import Edition
from twinbook.publishing.publication import Editions, Paper, Publication
from twinbook.publishing.publications.yearly_plan.contents import BLOCKS, plan
from twinbook.publishing.rendering import addresses
from twinbook.publishing.rendering.office_file import render_docx
from twinbook.publishing.rendering.paper import Document, as_data
from twinbook.publishing.rendering.pdf import render_pdf
from twinbook.publishing.rendering.words import words_of

__all__ = ["BLOCKS", "PRINT", "PUBLICATION", "draft"]

PRINT = Path(__file__).parent / "print.typ"


def render(editions: Editions, papers: tuple[Paper, ...]) -> Iterator[Paper]:
    """The plan for the latest year that has one, in each language, both forms; nothing where there is no plan."""
    for edition in editions.values():
        year = max((line.year for line in edition.plan), default=None)
        if year is None:
            continue
        document = draft(edition, year)
        for form, body in (
            ("pdf", render_pdf(PRINT, as_data(document), made_at=edition.at)),
            ("docx", render_docx(document, made_at=edition.at)),
        ):
            path = addresses.paper(edition.language, "yearly_plan", str(year), form)
            yield Paper(path, body, document.title, edition.language, form=form.upper())


def draft(edition: Edition, year: int) -> Document:
    """The plan for any year, before it is printed: what the office keeps and its head approves."""
    return plan(edition, year, words_of(edition.language))


PUBLICATION = Publication("yearly_plan", "Yearly plan", ("PDF", "DOCX"), render, audience="office")
