"""Where each page of the site stands, from the folder it is published into."""

from __future__ import annotations

from twinbook.publishing.rendering.words import message

HOME, PARTNERS, LANDMARKS, NEWS, FIGURES, ABOUT = "index", "partners", "landmarks", "news", "figures", "about"
SECTIONS = (
    (PARTNERS, message("Partners")),
    (NEWS, message("News")),
    (LANDMARKS, message("Landmarks")),
    (FIGURES, message("Figures")),
    (ABOUT, message("About")),
)
UNDATED = "undated"


def section(language: str, name: str) -> str:
    return f"{language}/{name}.html"


def partner(language: str, slug: str) -> str:
    return f"{language}/partners/{slug}.html"


def year(language: str, year: str) -> str:
    return f"{language}/years/{year or UNDATED}.html"


def activity(language: str, year_begun: str, key: str) -> str:
    """The place of one activity on the page of its year: the address that feeds and footnotes use."""
    return f"{year(language, year_begun)}#activity-{key}"
