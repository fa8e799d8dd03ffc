"""Word processor files (DOCX, ODT) as pages: paragraphs, headings, list items and table cells in order."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from twinbook.reading.formats.lines import MOST_BYTES, nothing, page_of_lines
from twinbook.reading.page import Page

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Parts of a document that are not its text as it now stands.
UNSEEN = frozenset(
    [FALLBACK, f"{WORD}del", f"{WORD}moveFrom", f"{WORD}instrText", f"{WORD}delText"]
    + [f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}sequence-decls"]
)
CONTENT = {"word/document.xml": "docx", "content.xml": "odt"}


def read_office(raw: bytes) -> Page:
    """The page in a DOCX or ODT file. Never raises: a broken, locked or oversized file is a page with troubles."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            name = next((name for name in CONTENT if name in archive.namelist()), None)
            if name is None:
                return nothing("format-unknown", "a zip archive that holds no DOCX or ODT document")
            with archive.open(name) as part:
                content = part.read(MOST_BYTES + 1)
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
    ) as error:
        return nothing("file-broken", f"the archive cannot be opened: {error}"[:300])
    if len(content) > MOST_BYTES:
        return nothing("file-too-large", f"the document's text is over {MOST_BYTES} bytes once unpacked")
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        return nothing("file-refused", "the document declares entities, which no word processor writes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return nothing("file-broken", f"the document's XML cannot be read: {error}"[:300])
    if root is None:
        return nothing("file-broken", "the document's XML holds nothing")
    troubles = [("file-damaged", "the document's XML is damaged; what could be read was")] if parser.error_log else []
    lines = _word_lines(root) if CONTENT[name] == "docx" else _text_lines(root)
    found = list(lines)
    title = next((text for tag, text in found if tag == "h1" and text.strip()), None)
    return page_of_lines(found, title=title.strip() if title else None, troubles=troubles)


def _word_lines(root: etree._Element) -> Iterator[tuple[str, str]]:
    for paragraph in _outermost(root, frozenset([f"{WORD}p"])):
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        name = (style.get(f"{WORD}val") or "").lower().replace(" ", "") if style is not None else ""
        tag = "p"
        if name in ("title", "heading1", "1"):
            tag = "h1"
        elif name.startswith("heading"):
            tag = "h2"
        elif paragraph.find(f"{WORD}pPr/{WORD}numPr") is not None:
            tag = "li"
        for line in _words(paragraph).split("\n"):
            yield tag, line


def _text_lines(root: etree._Element) -> Iterator[tuple[str, str]]:
    for paragraph in _outermost(root, frozenset([f"{TEXT}p", f"{TEXT}h"])):
        tag = "p"
        if paragraph.tag == f"{TEXT}h":
            tag = "h1" if paragraph.get(f"{TEXT}outline-level", "1") == "1" else "h2"
        elif (parent := paragraph.getparent()) is not None and parent.tag == f"{TEXT}list-item":
            tag = "li"
        for line in _words(paragraph).split("\n"):
            yield tag, line


def _outermost(root: etree._Element, tags: frozenset[str]) -> Iterator[etree._Element]:
    """Elements of these tags in document order, none inside another and none in a part that is not seen."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in tags:
            yield element
            waiting += reversed([inner for inner in element.iter(*tags) if inner is not element and _is_boxed(inner)])
        elif element.tag not in UNSEEN:
            waiting += reversed(element)


def _is_boxed(element: etree._Element) -> bool:
    """Whether the paragraph stands in a text box of another one, and not in its doubled fall-back."""
    return not any(parent.tag in UNSEEN for parent in element.iterancestors())


def _words(paragraph: etree._Element) -> str:
    """The paragraph's text; line breaks are line ends, other paragraphs inside it are left to themselves."""
    words: list[str] = []
    waiting: list[etree._Element | str] = [paragraph]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            words.append(item)
            continue
        tag = item.tag
        if (
            not isinstance(tag, str)
            or tag in UNSEEN
            or (item is not paragraph and tag in (f"{WORD}p", f"{TEXT}p", f"{TEXT}h"))
        ):
            continue
        if tag in (f"{WORD}br", f"{WORD}cr", f"{TEXT}line-break"):
            words.append("\n")
        elif tag in (f"{WORD}tab", f"{TEXT}tab", f"{TEXT}s"):
            words.append(" ")
        is_open_document = tag.startswith(("{urn:", "{http://www.w3.org/1999/xlink}"))
        if item.text and (tag == f"{WORD}t" or is_open_document):
            words.append(item.text)
        for child in reversed(item):
            if child.tail and (is_open_document or tag == f"{WORD}t"):
                waiting.append(child.tail)
            waiting.append(child)
    return "".join(words)
