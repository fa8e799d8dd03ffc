"""All files of the website, from the editions of all languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from twinbook.publishing.edition import RULES, Edition
from twinbook.publishing.publication import Editions, Paper
from twinbook.publishing.publications.website import structured
from twinbook.publishing.publications.website.contents import (
    Timeline,
    ahead,
    area_bars,
    by_year,
    countries,
    happened,
    home_map,
    latest,
    partner_map,
    statuses,
    years_counted,
)
from twinbook.publishing.rendering import addresses
from twinbook.publishing.rendering.charts import years_chart
from twinbook.publishing.rendering.html import Pages
from twinbook.publishing.rendering.words import own_name, words_of

HERE = Path(__file__).parent
PAGES = Pages(HERE / "templates")
NEWS_SHOWN, NEWS_AT_HOME = 40, 4


def render(editions: Editions, papers: tuple[Paper, ...]) -> Iterator[Paper]:
    """Every page in every language, the sheet, the map of the site, and the page for what is not there."""
    pages: list[str] = []
    for edition in editions.values():
        for paper in _pages(edition, papers):
            pages.append(paper.path)
            yield paper
    first = next(iter(editions.values()))
    for name in ("style.css", "favicon.svg"):
        yield Paper(name, (HERE / name).read_bytes())
    yield from _front(editions, first)
    yield Paper("sitemap.xml", _sitemap(pages, editions, first))
    yield Paper("robots.txt", _robots(first))


def _pages(edition: Edition, papers: tuple[Paper, ...]) -> Iterator[Paper]:
    language = edition.language
    offered = [paper for paper in papers if paper.title and paper.language in ("", language)]
    general = [paper for paper in offered if not paper.partner]

    def page(template: str, path: str, **values: object) -> Paper:
        return Paper(path, PAGES.render(template, path=path, words=words_of(language),
                                        **_frame(edition, path), papers=general, **values))  # fmt: skip

    years = by_year(edition.activities)
    for year, activities in years:
        yield page("year.html", addresses.year(language, year), year=year, activities=activities, years=years)
    for partner in edition.partners:
        yield page(
            "partner.html",
            addresses.partner(language, partner.slug),
            partner=partner,
            timeline=Timeline.of(partner),
            map=partner_map(edition, partner),
            offered=[paper for paper in offered if paper.partner == partner.slug],
            structured=structured.partner(edition, partner),
        )
    world, regions = home_map(edition)
    chart = years_chart(years_counted(edition.activities))
    news = latest(edition.activities)
    section = {name: addresses.section(language, name) for name in (addresses.HOME, *dict(addresses.SECTIONS))}
    yield page(
        "home.html", section[addresses.HOME], map=world, regions=regions,
        news=happened(edition.activities)[:NEWS_AT_HOME],
        coming=ahead(edition.activities, today=edition.at.date().isoformat())[:NEWS_AT_HOME],
        groups=countries(edition), structured=structured.home(edition),
    )  # fmt: skip
    yield page("partners.html", section[addresses.PARTNERS], groups=statuses(edition))
    yield page("landmarks.html", section[addresses.LANDMARKS], partners=[p for p in edition.partners if p.landmarks],
               others=[one for one in edition.landmarks if not one.partner])  # fmt: skip
    yield page("news.html", section[addresses.NEWS], activities=news[:NEWS_SHOWN], years=years)
    yield page("figures.html", section[addresses.FIGURES], chart=chart, areas=area_bars(edition.activities, "areas"),
               kinds=area_bars(edition.activities, "kind"))  # fmt: skip
    yield page("about.html", section[addresses.ABOUT])


def _frame(edition: Edition, path: str) -> dict[str, object]:
    """What every page needs: where it stands in each language, and the way to the others."""
    inner = path.partition("/")[2]
    words = words_of(edition.language)
    return {
        "figures": [(figure, *map(words.say, RULES[figure.code])) for figure in edition.figures],
        "edition": edition,
        "section": inner.partition("/")[0].removesuffix(".html").replace("years", addresses.NEWS),
        "sections": addresses.SECTIONS,
        "translations": [
            (
                language,
                own_name(language),
                f"{language}/{inner}",
                addresses.absolute(edition.address, f"{language}/{inner}"),
            )
            for language in edition.languages
        ],
        "canonical": addresses.absolute(edition.address, path),
    }


def _front(editions: Mapping[str, Edition], first: Edition) -> Iterator[Paper]:
    """The page at the root, which offers the languages, and the one for addresses that lead nowhere."""
    root = urlsplit(first.address).path.rstrip("/") + "/"
    choices = [(edition, words_of(edition.language), own_name(edition.language)) for edition in editions.values()]
    for template, path in (("front.html", "index.html"), ("missing.html", "404.html")):
        body = PAGES.render(template, path=path, words=words_of(first.language), edition=first, root=root,
                            choices=choices)  # fmt: skip
        yield Paper(path, body)


def _sitemap(pages: list[str], editions: Editions, first: Edition) -> bytes:
    """All pages with their other languages; without an address of the site there is nothing that it could say."""
    inner = sorted({page.partition("/")[2] for page in pages if page.partition("/")[0] == first.language})

    def full(language: str, path: str) -> str:
        return addresses.absolute(first.address, f"{language}/{path}")

    entries = [(full(language, path), [(other, full(other, path)) for other in editions])
               for path in inner for language in editions]  # fmt: skip
    return PAGES.render("sitemap.xml", path="sitemap.xml", words=words_of(first.language),
                        entries=entries if first.address else [], changed=first.changed_at.date())  # fmt: skip


def _robots(edition: Edition) -> bytes:
    lines = ["User-agent: *", "Disallow:"]
    if edition.address:
        lines.append(f"Sitemap: {addresses.absolute(edition.address, 'sitemap.xml')}")
    return ("\n".join(lines) + "\n").encode()
