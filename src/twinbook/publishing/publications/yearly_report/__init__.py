"""The report on a year, for the council: figures with their rules, then the lists that prove them; PDF and DOCX."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from twinbook.publishing.edition import Edition
from twinbook.publishing.publication import Editions, Paper, Publication
from twinbook.publishing.publications.yearly_report.contents import BLOCKS, report
from twinbook.publishing.rendering import addresses
from twinbook.publishing.rendering.office_file import render_docx
from twinbook.publishing.rendering.paper import Document, as_data
from twinbook.publishing.rendering.pdf import render_pdf
from twinbook.publishing.rendering.words import words_of

__all__ = ["BLOCKS", "PRINT", "PUBLICATION", "draft"]

PRINT = Path(__file__).parent / "print.typ"


def render(editions: Editions, papers: tuple[Paper, ...]) -> Iterator[Paper]:
    """The report on the last year that had ended when the editions were made, in each language, both forms."""
    for edition in editions.values():
        year = reported_year(edition.at.date())
        document = draft(edition, year)
        for form, body in (
            ("pdf", render_pdf(PRINT, as_data(document), made_at=edition.at)),
            ("docx", render_docx(document, made_at=edition.at)),
        ):
            path = addresses.paper(edition.language, "yearly_report", str(year), form)
            yield Paper(path, body, document.title, edition.language, form=form.upper())


def draft(edition: Edition, year: int) -> Document:
    """The report on any year, before it is printed: what the office keeps and its head approves."""
    return report(edition, year, words_of(edition.language))


def reported_year(today: date) -> int:
    """The year before, but in December the year that ends: offices report in the first months."""
    return today.year if today.month == 12 else today.year - 1


PUBLICATION = Publication("yearly_report", "Yearly report", ("PDF", "DOCX"), render, audience="office")
