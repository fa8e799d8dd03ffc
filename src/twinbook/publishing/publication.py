"""What a publication is; finds the publications; publishes them into one folder."""

from __future__ import annotations

import gzip
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from twinbook.publishing.edition import Edition
from twinbook.publishing.rendering.folder import Written, replace_folder
from twinbook.publishing.rendering.words import languages, words_of

Editions = Mapping[str, Edition]  # by language
COMPRESSIBLE = (".html", ".css", ".xml", ".atom", ".ics", ".json", ".jsonl", ".csv", ".geojson", ".svg", ".txt")
WORTH_COMPRESSING = 1024  # bytes


@dataclass(frozen=True)
class Paper:
    """One file of the site: its path (with slashes) and bytes, and what a page needs to offer it.

    `title` is empty for a file that is a part of others (a page, a sheet). `language` is empty for one that is for all,
    `partner` (a slug) for one that is about all.
    """

    path: str
    body: bytes
    title: str = ""
    language: str = ""
    partner: str = ""
    form: str = ""  # PDF, iCalendar, CSV …


@dataclass(frozen=True)
class Publication:
    """One thing made of editions. `render` gets all languages at once and the papers of publications before it.

    `title` is an English message of the catalogue. `audience`: public goes into the site, office never does.
    `order`: those that link to others come later.
    """

    slug: str
    title: str
    forms: tuple[str, ...]
    render: Callable[[Editions, tuple[Paper, ...]], Iterable[Paper]]
    audience: str = "public"
    order: int = 50

    def titles(self) -> dict[str, str]:
        """The title by language."""
        return {language: words_of(language).say(self.title) for language in languages()}


@cache
def publications() -> dict[str, Publication]:
    """The publications found by slug, in their order: each folder of publications/ declares PUBLICATION."""
    package = importlib.import_module("twinbook.publishing.publications")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    found = [_declared(f"{package.__name__}.{name}") for name in names]
    return {one.slug: one for one in sorted(found, key=lambda one: (one.order, one.slug))}


def _declared(name: str) -> Publication:
    declared = getattr(importlib.import_module(name), "PUBLICATION", None)
    if not isinstance(declared, Publication):
        raise ValueError(f"{name} declares no PUBLICATION; see docs/how-to/add-a-publication.md")
    return declared


def papers(editions: Editions) -> tuple[Paper, ...]:
    """Everything the public gets, made from public editions; ValueError for an edition made for the office."""
    for edition in editions.values():
        if edition.audience != "public":
            raise ValueError(f"the edition in {edition.language!r} was made for the {edition.audience}, not the public")
    made: list[Paper] = []
    for publication in publications().values():
        if publication.audience == "public":
            made.extend(publication.render(editions, tuple(made)))
    return tuple(made)


def office_papers(slug: str, editions: Editions, *, partner: str = "") -> tuple[Paper, ...]:
    """The papers of one publication for the office, about one partner where a slug is given; nothing is written.

    ValueError where the editions were not made for the office; KeyError names a publication or partner that is not
    there.
    """
    for edition in editions.values():
        if edition.audience != "office":
            raise ValueError(
                f"the edition in {edition.language!r} was made for the {edition.audience}, not for the office"
            )
    if partner:
        editions = {language: replace(one, partners=(one.partner(partner),)) for language, one in editions.items()}
    return tuple(publications()[slug].render(editions, ()))


def publish(editions: Editions, to: Path) -> Written:
    """Write the site into a folder at one stroke; the same editions give the same bytes."""
    files: dict[str, bytes] = {}
    for path, body in _with_siblings(papers(editions)):
        if path in files:
            raise ValueError(f"two papers want the path {path!r}")
        files[path] = body
    return replace_folder(to, files)


def _with_siblings(made: Iterable[Paper]) -> Iterator[tuple[str, bytes]]:
    """Each file, and a compressed one beside those that a web server would else compress at each request."""
    for paper in made:
        yield paper.path, paper.body
        if paper.path.endswith(COMPRESSIBLE) and len(paper.body) >= WORTH_COMPRESSING:
            yield f"{paper.path}.gz", gzip.compress(paper.body, 9, mtime=0)
