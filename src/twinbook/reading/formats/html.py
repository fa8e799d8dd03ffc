"""HTML as a Page: the text a browser shows, in blocks, and what the head says about the page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import turbohtml
from turbohtml import Element, Text

from twinbook.reading.formats.head import find_head
from twinbook.reading.formats.second_look import characters_in, is_lost, visible_characters
from twinbook.reading.page import Block, Page, clean_text

DROPPED_WORDS = (
    "script style template svg math iframe embed head rt rp"
    " noembed noframes img input area track source param link meta title progress meter"
)
DROPPED = frozenset(DROPPED_WORDS.split())
CHOICES = frozenset(["select", "datalist"])
# Their text is for browsers that cannot show them; one that holds more was never closed and holds the page.
MEDIA = frozenset(["noscript", "object", "canvas", "audio", "video", "map"])
LONGEST_FALLBACK = 400  # characters
INLINE_WORDS = (
    "a abbr acronym b basefont bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr picture q"
    " rb rtc ruby s samp small span strike strong sub sup time tt u var wbr"
)
INLINE = frozenset(INLINE_WORDS.split())
# Inline elements that a stylesheet often sets apart: two of them side by side are two words, not one.
BOXES = frozenset(["a", "span", "time", "small", "label", "abbr"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
FORMATTING = "a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
FORMATTING_TAG = re.compile(rf"<(?:/?)(?:{FORMATTING})(?:\s[^<>]{{0,2000}})?>", re.IGNORECASE)
OPEN_FORMATTING = re.compile(rf"<(?:{FORMATTING})[\s>]", re.IGNORECASE)
CLOSED_FORMATTING = re.compile(rf"</(?:{FORMATTING})[\s>]", re.IGNORECASE)
# Real pages: 1,494 tags left open at most, 20,000 tags at most (1,032 news pages). Beyond these the page is an attack,
# or broken in a way that only its words survive.
MOST_OPEN_FORMATTING = 3_000
MOST_TAGS = 500_000
DEEPEST_PATH = 60  # elements; real pages: 43 at most
SPACES = re.compile(r"[ \t\n\r\f\v\xa0\u2028\u2029]+")
BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
CONTROLS = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160))]
INVISIBLE = str.maketrans("", "", "".join(CONTROLS) + "\u00ad\u200b\u2060\ufeff")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
LONGEST_LINK = 300
LONGEST_LINKED = 800  # characters of text in one link
NEVER_TEXT = frozenset(["script", "style", "template", "title", "iframe", "noembed", "noframes", "head"])
LONGEST_CHOICE = 200  # characters of a form's choice; one that holds more was never closed and holds the page
EDGES = " \u3000"


@dataclass
class _Line:
    """One block while the page is walked."""

    text: str
    tag: str
    path: tuple[str, ...]
    links: list[tuple[str, int]]


@dataclass
class _Collector:
    """Gathers the text of inline content until a block ends."""

    lines: list[_Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    tag: str = "body"
    path: tuple[str, ...] = ()
    breaks: int = 2

    def add(self, data: str, tag: str, path: tuple[str, ...], link: str | None) -> None:
        if not self.pieces:
            if not data.strip(" \t\n\r\f\v\xa0"):
                return
            self.tag, self.path = tag, path
        self.pieces.append(data)
        if link is not None:
            self.links.append((link, len(data.strip())))

    def end(self, *, by_break: bool = False) -> None:
        """Close the block: by <br> or by a block's edge."""
        text = SPACES.sub(" ", "".join(self.pieces).translate(INVISIBLE)).strip(EDGES) if self.pieces else ""
        if text:
            self._keep(_Line(text, self.tag, self.path, self.links))
            self.breaks = 0
        self.pieces, self.links = [], []
        self.breaks += 1 if by_break else 2

    def _keep(self, line: _Line) -> None:
        """Append the line, or join it to the one before where <br> only broke a sentence."""
        before = self.lines[-1] if self.lines and self.breaks == 1 else None
        if before and before.tag == line.tag and _is_one(before, line):
            before.text += " " + line.text
            before.links += line.links
        else:
            self.lines.append(line)


def _is_one(before: _Line, line: _Line) -> bool:
    if line.tag in HEADINGS:
        return True
    return line.text[0].islower() and (before.text[-1].isalnum() or before.text[-1] in ",;—–")


def read_html(markup: str, *, address: str | None = None, troubles: tuple[tuple[str, str], ...] = ()) -> Page:
    """The page that the markup shows. Never raises; text that was cut or lost is one of its troubles."""
    found = list(troubles)
    markup = _within_limits(markup, found)
    document = turbohtml.parse(markup, positions=False)
    root = document.root
    left_out: Counter[str] = Counter()
    lines = _lines(root, left_out) if root is not None else []
    _look_again(markup, lines, left_out, found)
    if clean_text("".join(line.text for line in lines)).dropped:
        _clean(lines)
    text, blocks = _joined(lines)
    head = find_head(document, text, blocks, address)
    return Page(text, blocks, head.language, head.title, head.published, head.site, address, tuple(found))


def _within_limits(markup: str, troubles: list[tuple[str, str]]) -> str:
    if (tags := markup.count("<")) > MOST_TAGS:
        cut = _nth(markup, "<", MOST_TAGS)
        troubles.append(("text-cut", f"read {MOST_TAGS} of {tags} tags; {len(markup) - cut} characters left out"))
        markup = markup[:cut]
    if tags <= MOST_OPEN_FORMATTING:
        return markup
    unclosed = len(OPEN_FORMATTING.findall(markup)) - len(CLOSED_FORMATTING.findall(markup))
    if unclosed > MOST_OPEN_FORMATTING:
        troubles.append(("markup-simplified", f"{unclosed} tags for looks were never closed and are left out"))
        markup = FORMATTING_TAG.sub("", markup)
    return markup


def _nth(text: str, mark: str, count: int) -> int:
    at = -1
    for _ in range(count):
        at = text.find(mark, at + 1)
    return at


def _lines(root: Element, left_out: Counter[str]) -> list[_Line]:
    """The blocks of the tree in document order; no recursion, so depth costs nothing.

    `left_out` is told how many characters stand in elements that are not read, by the element's name.
    """
    collector = _Collector()
    # (node or None at an element's end, its block's tag, path around it, link around it, in <pre>)
    stack: list[tuple[turbohtml.Node | None, str, tuple[str, ...], str | None, bool, dict[str, int]]]
    stack = [(root, "body", (), None, False, {})]
    while stack:
        node, tag, path, link, in_pre, counts = stack.pop()
        if node is None:
            collector.end()
        elif isinstance(node, Text):
            _add_text(collector, node.data, tag, path, link, in_pre)
        elif isinstance(node, Element):
            name = node.tag
            if _is_dropped(node, name):
                left_out[name] += _characters_under(node) if name not in NEVER_TEXT else 0
                continue
            if name in ("br", "hr"):
                collector.end(by_break=name == "br")
                continue
            label = _label(node, name)
            counts[label] = number = counts.get(label, 0) + 1
            inner = path
            if len(path) < DEEPEST_PATH:
                inner = (*path, label if number == 1 else f"{label}~{number}")
            if name in INLINE:
                if name in BOXES and collector.pieces and isinstance(node.previous_sibling, Element):
                    collector.pieces.append(" ")
                if name == "a" and link is None:
                    link = str(node.attrs.get("href") or "")[:LONGEST_LINK]
            else:
                collector.end()
                stack.append((None, tag, path, None, False, counts))
                tag = name
            in_pre = in_pre or name == "pre"
            below: dict[str, int] = {}
            stack += [(child, tag, inner, link, in_pre, below) for child in reversed(node.children)]
    collector.end()
    return collector.lines


def _is_dropped(node: Element, name: str) -> bool:
    """Whether a browser shows nothing of the element, or what it shows is no text of the page."""
    if name in CHOICES:
        choices = [len(option.text) for option in node.select("option")]
        return max([len(node.text) - sum(choices), *choices]) <= LONGEST_CHOICE
    return name in DROPPED or (name in MEDIA and len(node.text) <= LONGEST_FALLBACK)


def _characters_under(node: Element) -> int:
    """Visible characters in an element, scripts and the like left aside."""
    total = 0
    waiting: list[turbohtml.Node] = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Text):
            total += visible_characters(item.data)
        elif isinstance(item, Element) and item.tag not in NEVER_TEXT:
            waiting += item.children
    return total


def _add_text(
    collector: _Collector, data: str, tag: str, path: tuple[str, ...], link: str | None, in_pre: bool
) -> None:
    if not in_pre:
        collector.add(data, tag, path, link)
        return
    for number, part in enumerate(BLANK_LINES.split(data)):
        if number:
            collector.end()
        collector.add(part, tag, path, link)


def _label(node: Element, name: str) -> str:
    """An element in a path: name#id.class@itemprop, in lower case; `!hidden` where a browser would not show it."""
    attributes = node.attrs
    if not attributes:
        return name
    parts = [name]
    if identity := attributes.get("id"):
        parts.append(f"#{str(identity)[:60]}")
    if classes := attributes.get("class"):
        names = classes if isinstance(classes, list) else str(classes).split()
        parts += [f".{word[:60]}" for word in names[:12]]
    for key in ("itemprop", "role"):
        if value := attributes.get(key):
            parts.append(f"@{str(value)[:40]}")
    style = attributes.get("style")
    if "hidden" in attributes or (style and HIDDEN_STYLE.search(str(style)[:500])):
        parts.append("!hidden")
    return "".join(parts).lower()


def _clean(lines: list[_Line]) -> None:
    """Leave out, in place, the non-characters that entities (&#xFFFE;) can bring in; rare, so done when seen."""
    for line in lines:
        line.text = clean_text(line.text).text.strip(EDGES) or "\ufffd"


def _joined(lines: list[_Line]) -> tuple[str, tuple[Block, ...]]:
    blocks, start = [], 0
    unclosed = _unclosed_links(lines)
    for line in lines:
        end = start + len(line.text)
        in_links = sum(length for link, length in line.links if link not in unclosed)
        blocks.append(Block(start, end, line.tag, line.path, round(min(1.0, in_links / len(line.text)), 3)))
        start = end + 1
    return "\n".join(line.text for line in lines), tuple(blocks)


def _unclosed_links(lines: list[_Line]) -> set[str]:
    """Addresses whose links hold whole paragraphs: somebody forgot to close one, and a parser made it last."""
    totals: dict[str, list[int]] = {}
    for line in lines:
        for link, length in line.links:
            totals.setdefault(link, []).append(length)
    return {
        link
        for link, lengths in totals.items()
        if sum(lengths) > LONGEST_LINKED and max(lengths) > (LONGEST_LINKED / 8 if link.strip("#/") else LONGEST_LINKED)
    }


def _look_again(markup: str, lines: list[_Line], left_out: Counter[str], troubles: list[tuple[str, str]]) -> None:
    """Compare how much text was read with what a second look at the markup finds, and tell what was left out."""
    seen = sum(visible_characters(line.text) for line in lines)
    expected = characters_in(markup)
    if is_lost(expected, seen + left_out.total()):
        troubles.append(("text-lost", f"the markup holds {expected} characters of text, {seen} were read"))
    readings = left_out["rt"] + left_out["rp"]
    choices = left_out["select"] + left_out["datalist"]
    others = left_out.total() - readings - choices
    if readings:
        troubles.append(("readings-left-out", f"{readings} characters of readings above others (ruby) are left out"))
    if choices:
        troubles.append(("choices-left-out", f"{choices} characters of a form's choices are left out"))
    if others:
        troubles.append(
            (
                "fallbacks-left-out",
                f"{others} characters that browsers show only without scripts, or in"
                " drawings and players, are left out",
            )
        )
