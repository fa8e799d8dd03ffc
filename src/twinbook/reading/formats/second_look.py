"""A second look at a page's markup that shares nothing with the parser: how much text it holds that a browser shows.

A parser that loses text says nothing; two that count alike have probably lost none (QUALITY 3.5, finding 0.1). Counted
are characters that are no white space, since only their number is compared.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterator

# Elements whose content is no markup: it ends at their own end tag, or never.
RAW = frozenset(["script", "style", "noembed", "noframes", "iframe", "xmp", "title", "textarea", "template"])
RAW_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in RAW}
LETTERS = frozenset(string.ascii_letters)
SHOWN_RAW = frozenset(["xmp", "textarea"])
# A quotation mark opens a value only right after "=", as in the HTML standard; elsewhere in a tag it is a stray one.
TAG = re.compile(r"""/?([a-zA-Z][^\s/>]*+)(?:[^>=]|=\s*+(?>"[^"]*"|'[^']*')?+)*+>""")
ANY_TAG = re.compile("<[^<>]*>")
END_OF_COMMENT = re.compile(r"--!?>")
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff]")
LOST_SHARE = 0.01  # of the visible text that may be missing before the page says so
LOST_CHARACTERS = 20  # what entities and odd signs may make the two counts differ by


def visible_characters(text: str) -> int:
    """Characters of a text that are no white space and not invisible."""
    words = "".join(text.split())
    return len(words) if words.isascii() and words.isprintable() else len(INVISIBLE.sub("", words))


def characters_in(markup: str) -> int:
    """Visible characters that the markup holds outside tags, comments, scripts and styles; entities count as one."""
    text = "".join(_texts(markup))
    return visible_characters(html.unescape(text) if "&" in text else text)


def is_lost(expected: int, seen: int) -> bool:
    """Whether so much of the expected text was not seen that the page must say so."""
    return expected - seen > max(LOST_CHARACTERS, LOST_SHARE * expected)


def _texts(markup: str) -> Iterator[str]:
    """The runs of text between the tags, in order; each character is passed once, and once more where no tag ends.

    Text behind a quotation mark that is never closed counts, though a browser shows none of it.
    """
    at = 0
    unended: set[str] = set()
    while (opened := markup.find("<", at)) >= 0:
        yield markup[at:opened]
        follows = markup[opened + 1 : opened + 2]
        if follows in ("!", "?"):
            at = _after_comment(markup, opened)
        elif follows == "/" or follows in LETTERS:
            found = TAG.match(markup, opened + 1)
            if found is None:
                yield ANY_TAG.sub(" ", markup[opened:])
                return
            at, name = found.end(), found[1].lower()
            if follows != "/" and name in RAW:
                end = _end_of_raw(markup, name, at, unended)
                yield markup[at:end] if name in SHOWN_RAW else ""
                at = end
        else:
            yield "<"
            at = opened + 1
    yield markup[at:]


def _after_comment(markup: str, opened: int) -> int:
    if not markup.startswith("<!--", opened):
        end = markup.find(">", opened)
        return end + 1 if end >= 0 else len(markup)
    if markup.startswith((">", "->"), opened + 4):
        return markup.index(">", opened) + 1
    found = END_OF_COMMENT.search(markup, opened + 4)
    return found.end() if found else len(markup)


def _end_of_raw(markup: str, name: str, at: int, unended: set[str]) -> int:
    found = None if name in unended else RAW_ENDS[name].search(markup, at)
    if found is None:
        unended.add(name)
        return len(markup)
    return found.start()
