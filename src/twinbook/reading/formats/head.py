"""What an HTML page says of itself: headline, site, language, day of publication."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from turbohtml import Document, Element

from twinbook.reading.page import Block, clean_text
from twinbook.vocabulary.partial_date import PartialDate

TITLE_KEYS = ("og:title", "twitter:title", "dc.title", "headline", "parsely-title", "sailthru.title")
SITE_KEYS = ("og:site_name", "application-name", "twitter:app:name:iphone", "apple-mobile-web-app-title")
DATE_WORDS = (
    "article:published_time article:published og:article:published_time og:published_time og:pubdate datepublished"
    " pubdate publishdate publish-date publish_date published_date published-date publication_date parsely-pub-date"
    " sailthru.date dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date dcterms.date"
    " article.published article_date_original originalpublicationdate cxenseparse:recs:publishtime rnews:datepublished"
    " prism.publicationdate citation_date date"
)
DATE_KEYS = DATE_WORDS.split()
ARTICLE_TYPES = re.compile(r"article|posting|report|webpage|event", re.IGNORECASE)
SEPARATOR = re.compile(r"(\s*[|｜»›／]\s*|\s+(?:::?|[-–—·•/«‹>:])\s+|：|:\s+)")
ISO_DAY = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)(?!\d)|\s*(\d{4})(\d\d)(\d\d)(?:\d{6})?\s*\Z|\s*(\d{4})/(\d\d?)/(\d\d?)(?!\d)"
)
URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?=[/_.-]|\d{0,6}\b)")
NOT_LETTERS = re.compile(r"[\W_]+")
LONGEST_HEADLINE = 300  # characters
LONGEST_DATA = 200_000  # characters of JSON-LD that are read
LONGEST_META = 2_000
MOST_TIMES = 20
HEADING_RANK = {"h1": 0, "h2": 1, "h3": 2}


@dataclass(frozen=True)
class Head:
    """A page's own word on its headline, day (EDTF), site and language; None where it gives none."""

    title: str | None
    published: str | None
    site: str | None
    language: str | None


def find_head(document: Document, text: str, blocks: tuple[Block, ...], address: str | None) -> Head:
    """Metadata of the page; the headline in the words of the block that agrees with it, where one does."""
    metas = _metas(document)
    items = list(_linked_data(document))
    articles = [item for item in items if ARTICLE_TYPES.search(str(item.get("@type", "")))]
    site = _first(metas, SITE_KEYS) or _publisher(items)
    own = [_first(metas, ("og:title",)), _string(articles, "headline"), _first(metas, TITLE_KEYS[1:])]
    tag = _squeezed(element.text if (element := document.find("title")) else "")
    root = document.root
    language = root.attrs.get("lang") if root is not None else None
    return Head(
        find_headline([title for title in own if title], tag, site, text, blocks),
        _published(document, metas, articles, address),
        site,
        str(language).strip()[:20] or None if language else None,
    )


def find_headline(own: list[str], tag: str, site: str | None, text: str, blocks: tuple[Block, ...]) -> str | None:
    """The headline: a block of the page that says what the metadata say, else their words without the site's name.

    `own` are titles given as the article's, `tag` is the <title>, which mostly holds the site's name as well.
    """
    shown = _shown(text, blocks)
    for title in [*own, tag]:
        for part in _parts(title):
            key = _key(part)
            if key and key != _key(site or "") and (found := shown.get(key)) and (len(key) > 12 or found[0] < 3):
                return found[1]
    heads = {key: words for key, (rank, words) in shown.items() if rank < 3}
    for title in [*own, tag]:
        for part in _parts(title):
            key = _key(part)
            longer = [words for head, words in heads.items() if head.startswith(key) and len(head) < 2 * len(key)]
            if len(key) > 6 and key != _key(site or "") and longer:
                return longer[0]
    trimmed = [_without_site(title, site) for title in [*own, tag] if title]
    close = _closest_heading(trimmed, text, blocks)
    return close or (trimmed[0] if trimmed else None) or None


def _shown(text: str, blocks: tuple[Block, ...]) -> dict[str, tuple[int, str]]:
    """Short blocks by their letters: rank (headings first) and words."""
    shown: dict[str, tuple[int, str]] = {}
    for block in blocks:
        if block.end - block.start > LONGEST_HEADLINE:
            continue
        words = text[block.start : block.end]
        key = _key(words)
        rank = HEADING_RANK.get(block.tag, 4 if block.link_share > 0.8 else 3)
        if key and (key not in shown or rank < shown[key][0]):
            shown[key] = (rank, words)
    return shown


def _parts(title: str) -> Iterator[str]:
    """The title, then the runs of its parts between separators, longest first."""
    yield title
    pieces = SEPARATOR.split(title)
    count = (len(pieces) + 1) // 2
    if 1 < count <= 8:
        runs = [(a, b) for a in range(count) for b in range(a + 1, count + 1) if b - a < count]
        runs.sort(key=lambda run: -sum(len(piece) for piece in pieces[2 * run[0] : 2 * run[1] - 1]))
        for first, last in runs:
            yield "".join(pieces[2 * first : 2 * last - 1])


def _without_site(title: str, site: str | None) -> str:
    """The title without parts that name the site, or, where the site is not known, without a short last part."""
    pieces = SEPARATOR.split(title)
    if len(pieces) < 3:
        return title
    name = _key(site or "")
    if name and _key(pieces[-1]) == name:
        return "".join(pieces[:-2])
    if name and _key(pieces[0]) == name:
        return "".join(pieces[2:])
    longest = max(pieces[::2], key=len)
    return longest if len(longest) > 0.6 * len(title) else title


def _closest_heading(titles: list[str], text: str, blocks: tuple[Block, ...]) -> str | None:
    """The only h1, where half of its words are those of a title."""
    headings = {text[block.start : block.end] for block in blocks if block.tag == "h1" and block.link_share < 0.9}
    if len(headings) != 1:
        return None
    heading = headings.pop()
    words = _grams(heading)
    if any(words and len(words & _grams(title)) >= 0.5 * min(len(words), len(_grams(title))) for title in titles):
        return heading
    return None


def _grams(text: str) -> set[str]:
    key = _key(text)
    return {key[at : at + 4] for at in range(len(key) - 3)}


def _published(
    document: Document, metas: dict[str, str], articles: list[dict[str, Any]], address: str | None
) -> str | None:
    given = [_string(articles, "datePublished"), *(metas.get(key) for key in DATE_KEYS[:12])]
    given += [_attribute(element) for element in document.select("[itemprop~=datePublished]")[:3]]
    given += [metas.get(key) for key in DATE_KEYS[12:]]
    given += [_string(articles, "dateCreated"), _string(articles, "uploadDate")]
    for value in given:
        if value and (day := iso_day(value)):
            return day
    for element in document.select("abbr.published[title], abbr.updated[title], .dtstamp[title], time[pubdate]")[:3]:
        if day := iso_day(_attribute(element)):
            return day
    times = document.select("time[datetime]")[:MOST_TIMES]
    own = [element for element in times if not element.closest("aside, nav, footer, li")]
    near = [element for element in own if element.closest("article, main, header") or len(own) == 1] or own
    for element in near[:1]:
        if day := iso_day(_attribute(element)):
            return day
    canonical = document.select_one("link[rel=canonical]")
    links = [address, metas.get("og:url"), str(canonical.attrs.get("href") or "") if canonical else None]
    return next((day for link in links if link and (day := url_day(link))), None)


def iso_day(value: str) -> str | None:
    """The day that a machine-readable date names, as it is written there (no time zone is worked out)."""
    found = ISO_DAY.match(value)
    if not found:
        return None
    year, month, day = (part for part in found.groups() if part)
    return checked_day(int(year), int(month), int(day))


def url_day(address: str) -> str | None:
    """The day that stands in an address (/2019/06/14/ or /20190614)."""
    found = URL_DAY.search(address[:LONGEST_META])
    return checked_day(int(found[1]), int(found[2]), int(found[3])) if found else None


def checked_day(year: int, month: int, day: int) -> str | None:
    """The day as EDTF; None where it does not exist or no page could be of it."""
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        PartialDate.parse(text)
    except ValueError:
        return None
    return text if 1990 <= year <= 2100 else None


def _metas(document: Document) -> dict[str, str]:
    """<meta> contents by property, name or itemprop in lower case; the first of each counts."""
    found: dict[str, str] = {}
    for element in document.select("meta[content]"):
        attributes = element.attrs
        content = _squeezed(str(attributes.get("content") or "")[:LONGEST_META])
        for key in ("property", "name", "itemprop"):
            if (name := attributes.get(key)) and content:
                found.setdefault(str(name).strip().lower(), content)
    return found


def _linked_data(document: Document) -> Iterator[dict[str, Any]]:
    """Objects of the page's JSON-LD, with those inside lists and @graph."""
    for element in document.select('script[type="application/ld+json"]')[:20]:
        words = element.text
        if len(words) > LONGEST_DATA:
            continue
        try:
            value = json.loads(words.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [value]
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting = item[:50] + waiting
            elif isinstance(item, dict):
                yield item
                inner = [item.get("@graph"), item.get("mainEntity"), item.get("mainEntityOfPage")]
                waiting += [part for part in inner if isinstance(part, dict | list)]


def _string(items: list[dict[str, Any]], key: str) -> str | None:
    for item in items:
        value = item.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str) and value.strip():
            return _squeezed(value[:LONGEST_META])
    return None


def _publisher(items: list[dict[str, Any]]) -> str | None:
    for item in items:
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return _squeezed(publisher["name"][:LONGEST_META]) or None
    return _string([item for item in items if item.get("@type") == "WebSite"], "name")


def _attribute(element: Element) -> str:
    for key in ("content", "datetime", "title"):
        if value := element.attrs.get(key):
            return str(value)
    return element.text[:40]


def _first(metas: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((metas[key] for key in keys if metas.get(key)), None)


def _squeezed(text: str) -> str:
    """The text in one line; the ideographic space stays."""
    return " ".join(re.split(r"[ \t\n\r\f\v\xa0]+", clean_text(text).text)).strip(" \u3000")


def _key(text: str) -> str:
    return NOT_LETTERS.sub("", text).casefold()
