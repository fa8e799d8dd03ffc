"""The entries of a feed: RSS, Atom, or a sitemap, as addresses with their titles. Pure; no DTD, no entities."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree

ROOTS = ("rss", "RDF", "feed", "urlset")
ENTRIES = ("item", "entry", "url")
MOST_ENTRIES = 500
LONGEST_ADDRESS = 2000
HEAD_BYTES = 200_000
LINK = re.compile(rb"<link\b[^>]{1,2000}>", re.IGNORECASE)
FEED_TYPE = re.compile(rb"type\s*=\s*[\"']?application/(?:rss|atom)\+xml", re.IGNORECASE)
HREF = re.compile(rb"href\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^\s>]+))", re.IGNORECASE)


class NoFeedError(ValueError):
    """The bytes are no feed that can be read."""


@dataclass(frozen=True)
class Entry:
    """One entry: where its page stands, what it is called, and the moment it names (ISO 8601; "" where none)."""

    address: str
    title: str
    moment: str


def is_feed(raw: bytes) -> bool:
    """Whether the bytes begin as a feed does: an XML declaration or comments, then the root of one."""
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000]
    found = re.match(rb"(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?:\w+:)?(\w+)", start, re.DOTALL)
    return bool(found) and found[1].decode() in ROOTS  # type: ignore[index]  # bool(found) asked for it


def entries_of(raw: bytes, *, address: str) -> tuple[Entry, ...]:
    """The entries, the newest first where they name their moments, each address once; NoFeedError where it is none."""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": False}
    try:
        root = etree.fromstring(raw.lstrip(), etree.XMLParser(remove_comments=True, **options))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NoFeedError(str(error)) from error
    if root.getroottree().docinfo.doctype or _name(root) not in ROOTS:
        raise NoFeedError("no RSS, Atom or sitemap, or one with a document type")
    found: dict[str, Entry] = {}
    for element in root.iter(*("{*}" + name for name in ENTRIES)):
        if entry := _entry(element, address):
            found.setdefault(entry.address, entry)
    ordered = sorted(found.values(), key=lambda entry: entry.moment, reverse=True)
    return tuple(ordered[:MOST_ENTRIES])


def feed_named_by(raw: bytes, *, address: str) -> str:
    """The feed that a page's head names for programs; empty where it names none."""
    for link in LINK.finditer(raw[:HEAD_BYTES]):
        href = HREF.search(link[0])
        if FEED_TYPE.search(link[0]) and href:
            told = next(one for one in href.groups() if one).decode("utf-8", "replace")
            whole = urljoin(address, told.replace("&amp;", "&"))
            return whole if _is_web(whole) else ""
    return ""


def _entry(element: etree._Element, base: str) -> Entry | None:
    link = _link(element)
    try:
        address = urljoin(base, link).partition("#")[0] if link else ""
    except ValueError:
        return None
    title = " ".join(_text(element, "title").split())[:500]
    moment = next(
        filter(None, (_text(element, name) for name in ("pubDate", "date", "published", "updated", "lastmod"))), ""
    )
    return Entry(address, title, _moment(moment)) if _is_web(address) else None


def _link(element: etree._Element) -> str:
    for child in element.iterchildren("{*}link"):
        if child.get("href") and child.get("rel", "alternate") == "alternate":
            return str(child.get("href")).strip()
        if child.text and child.text.strip():
            return str(child.text).strip()
    guid = next(element.iterchildren("{*}guid"), None)
    if guid is not None and guid.get("isPermaLink", "true") == "true" and _is_web(str(guid.text or "").strip()):
        return str(guid.text).strip()
    return _text(element, "loc")


def _text(element: etree._Element, name: str) -> str:
    child = next(element.iterchildren("{*}" + name), None)
    return "" if child is None else "".join(child.itertext()).strip()


def _moment(written: str) -> str:
    """RFC 822 or ISO 8601 → ISO 8601 in UTC, so that they sort; "" where it is neither."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            given = read(written.strip())
            return (
                given if given.utcoffset() is None else (given - given.utcoffset()).replace(tzinfo=None)
            ).isoformat()  # type: ignore[operator]  # asked just before
    return ""


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://")) and len(address) <= LONGEST_ADDRESS
