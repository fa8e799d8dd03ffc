"""Where each page and file of the site stands, from the folder it is published into."""

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


def feed(language: str) -> str:
    return f"{language}/news.atom"


def calendar(language: str, slug: str = "") -> str:
    """The calendar of everything, or of one partner."""
    return f"{language}/calendars/{slug}.ics" if slug else f"{language}/calendar.ics"


def data(language: str, name: str) -> str:
    return f"{language}/data/{name}"


def paper(language: str, publication: str, slug: str, form: str) -> str:
    """A paper about one partner."""
    return f"{language}/{publication}/{slug}.{form}"


def absolute(site: str, path: str) -> str:
    """The full address of a file; empty where the city has not said where the site will stand."""
    return f"{site.rstrip('/')}/{path}" if site else ""
