"""What every page of the site must hold; used by the tests of hand-made and of real editions."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import turbohtml

OUTSIDE_ATTRIBUTES = (
    ("img", "src"),
    ("script", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("use", "href"),
    ("image", "href"),
    ("video", "src"),
    ("object", "data"),
    ("embed", "src"),
)


def pages(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: body for path, body in files.items() if path.endswith(".html")}


def troubles(files: Mapping[str, bytes]) -> list[str]:
    """Everything wrong with the pages of a site: markup, ids, links, languages, headings, things from outside."""
    documents = {path: turbohtml.parse(body) for path, body in pages(files).items()}
    ids = {path: _ids(document) for path, document in documents.items()}
    found: list[str] = []
    for path, document in documents.items():
        found += [f"{path}: {error}" for error in document.errors]
        found += [f"{path}: id {one!r} stands twice" for one in ids[path] if ids[path].count(one) > 1]
        found += _links(path, document, files, ids)
        found += _frame(path, document)
        found += _outside(path, document, files)
        if "⟦" in files[path].decode():
            found.append(f"{path}: a template names a value that it was not given")
    return found


def _ids(document: turbohtml.Document) -> list[str]:
    return [str(one.attrs["id"]) for one in document.select("[id]")]


def _links(
    path: str, document: turbohtml.Document, files: Mapping[str, bytes], ids: Mapping[str, list[str]]
) -> list[str]:
    found = []
    for one in document.select("[href]"):
        href = str(one.attrs["href"])
        parts = urlsplit(href)
        if parts.scheme or href.startswith("//"):
            if parts.scheme not in ("http", "https", "mailto"):
                found.append(f"{path}: link with scheme {parts.scheme!r}")
            continue
        rooted = href.startswith("/")
        target = unquote(parts.path)
        file = (
            target.removeprefix("/site").removeprefix("/")
            if rooted
            else posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        )
        file = path if not target else file
        if file not in files:
            found.append(f"{path}: {href!r} leads to no file")
        elif parts.fragment and parts.fragment not in ids.get(file, []):
            found.append(f"{path}: {href!r} leads to no anchor")
    for one in document.select("[aria-labelledby]"):
        if str(one.attrs["aria-labelledby"]) not in ids[path]:
            found.append(f"{path}: labelled by {one.attrs['aria-labelledby']!r}, which is not there")
    return found


def _frame(path: str, document: turbohtml.Document) -> list[str]:
    """Language, title, one h1, one main, headings that leave out no level, languages of parts known."""
    found = []
    html = document.select_one("html")
    language = path.partition("/")[0]
    if html is None or (len(language) == 2 and html.attrs.get("lang") != language):
        found.append(f"{path}: the page does not say its language")
    for name in ("head > title", "h1", "main"):
        if len(document.select(name)) != 1:
            found.append(f"{path}: {len(document.select(name))} × {name}")
    levels = [int(one.tag[1]) for one in document.select("h1, h2, h3, h4, h5, h6")]
    found += [f"{path}: h{b} follows h{a}" for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]
    found += [f"{path}: lang={one.attrs['lang']!r}" for one in document.select("[lang]") if not one.attrs["lang"]]
    return found


def _outside(path: str, document: turbohtml.Document, files: Mapping[str, bytes]) -> list[str]:
    found = []
    for tag, attribute in OUTSIDE_ATTRIBUTES:
        found += [f"{path}: {tag} brings {one.attrs[attribute]!r}" for one in document.select(f"{tag}[{attribute}]")]
    found += [
        f"{path}: a script" for one in document.select("script") if one.attrs.get("type") != "application/ld+json"
    ]
    found += [f"{path}: an inline style" for one in document.select("[style], style")]
    for one in document.select("link[rel=stylesheet], link[rel=icon]"):
        if urlsplit(str(one.attrs["href"])).scheme:
            found.append(f"{path}: {one.attrs['href']!r} comes from outside")
    found += [
        f"{path}: an event handler" for one in document.select("*") if any(str(n).startswith("on") for n in one.attrs)
    ]
    return found
