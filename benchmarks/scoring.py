"""How near a Reading comes to a page's gold Reading: hits, reads and golds of each kind of finding, and attributes.

The rules are those of docs/reference/reading.md: a name matches in base form or by `also`, a quotation by 70 % of its
5-gram shingles and its speaker, an activity by its kind and half of the shingles of its evidence, a landmark by the
beginnings of its words. What gold marks optional counts neither found nor missed.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

FINDINGS = ("people", "places", "organisations", "ties", "activities", "landmarks", "quotes")
WITH_EVIDENCE = ("ties", "activities", "landmarks")
SHINGLE = 5  # characters, white space left out
SAME_QUOTE, SAME_ACTIVITY, SAME_BODY, SAME_LANDMARK, SAME_POST = 0.7, 0.5, 0.75, 0.6, 0.5
HIDDEN = ("script", "style", "noscript", "template")
Finding = dict[str, Any]
Likeness = Callable[[Finding, Finding], float]


@dataclass(frozen=True)
class Counts:
    """Findings matched, read and wanted; they add up over pages."""

    hit: int = 0
    read: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hit + other.hit, self.read + other.read, self.gold + other.gold)

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.read + self.gold) if self.read + self.gold else 1.0


@dataclass(frozen=True)
class PageScore:
    """What one page gives: counts by finding, the article's shingles, relevance, and attributes of matched findings.

    `attributes` are values from 0 to 1; `missed` and `unmatched` are the findings that found no partner, with their
    kind; `invented` those read ones that no gold finding is near to.
    """

    counts: dict[str, Counts]
    article: Counts
    is_relevance_right: bool
    attributes: dict[str, list[float]]
    missed: list[tuple[str, Finding]] = field(default_factory=list)
    unmatched: list[tuple[str, Finding]] = field(default_factory=list)
    invented: int = 0


# ------------------------------------------------------------------ texts and names


class _VisibleText(HTMLParser):
    """The text of a page with a blank for every tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in HIDDEN
        self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in HIDDEN and self.hidden > 0
        self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def page_text(path: Path) -> str:
    """The text that a page's gold spans speak of."""
    raw = path.read_bytes()
    if path.suffix == ".txt":
        return raw.decode("utf-8-sig")
    declared = re.search(rb"charset=[\"']?([\w-]+)", raw[:4096])
    parser = _VisibleText()
    parser.feed(raw.decode(declared[1].decode() if declared else "utf-8", "replace"))
    return html.unescape("".join(parser.pieces))


class Words:
    """A text in which a span is told by its first and last words, whatever the white space."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [at for at, letter in enumerate(text) if not letter.isspace()]
        self.squeezed = "".join(text[at] for at in self.places)

    def of(self, span: Any) -> str:
        """The words of a span: [start, end] or {"from", "to", "nth"}; empty where they are not in the text."""
        if not isinstance(span, dict):
            return self.text[span[0] : span[1]]
        first, last = squeeze(span["from"]), squeeze(span["to"])
        start = -1
        for _ in range(span.get("nth", 1)):
            start = self.squeezed.find(first, start + 1)
            if start < 0:
                return ""
        end = self.squeezed.find(last, start)
        return "" if end < 0 else self.text[self.places[start] : self.places[end + len(last) - 1] + 1]


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def shingles(text: str) -> Counter[str]:
    text = squeeze(text)
    if len(text) < SHINGLE:
        return Counter([text] if text else [])
    return Counter(text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1))


def overlap(one: str, other: str) -> float:
    """The part of the shorter text's shingles that the other has too."""
    a, b = shingles(one), shingles(other)
    shorter = min(a.total(), b.total())
    return (a & b).total() / shorter if shorter else 0.0


def name_key(name: str | None) -> str:
    """What two spellings of a name share: case, ё, quotation marks, dashes and dots are left out."""
    name = (name or "").casefold().replace("ё", "е")
    name = re.sub(r"[\"'«»“”„「」『』’‘`]", "", name)
    return " ".join(re.sub(r"[・･＝=\-‐–—.,]", " ", name).split())


def stems(text: str) -> Counter[str]:
    key = name_key(text)
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", key):
        key = key.replace(" ", "")
        return Counter(key[at : at + 2] for at in range(max(1, len(key) - 1)))
    return Counter(word[:5] for word in key.split() if len(word) > 1)


def likeness(one: str, other: str) -> float:
    """How much of two names' word beginnings is the same, 0 to 1."""
    a, b = stems(one), stems(other)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


# ------------------------------------------------------------------ one page


def with_words(reading: dict[str, Any], text: str) -> dict[str, Any]:
    """A Reading with the words of its spans; countries are left out of its places: whether they act is taste."""
    words = Words(text)
    found: dict[str, Any] = {kind: [dict(item) for item in reading.get(kind) or []] for kind in FINDINGS}
    found["places"] = [place for place in found["places"] if place.get("kind") != "country"]
    for kind in WITH_EVIDENCE:
        for item in found[kind]:
            item["words"] = " ".join(words.of(span) for span in item.get("evidence") or [])
    for quote in found["quotes"]:
        quote["words"] = words.of(quote["span"]) if quote.get("span") else ""
    found["article"] = "\n".join(words.of(span) for span in reading.get("article") or [])
    found["relevant"] = bool(reading.get("relevant"))
    return found


class Rules:
    """When a read finding is a gold one, with the other spellings that the page's gold allows."""

    def __init__(self, gold: dict[str, Any]) -> None:
        self.alias = {
            name_key(spelling): name_key(item["name"])
            for kind in ("places", "people", "organisations")
            for item in gold[kind]
            for spelling in [item["name"], *item.get("also", [])]
        }

    def known(self, name: str | None) -> str:
        key = name_key(name)
        return self.alias.get(key, key)

    def same_name(self, gold: Finding, read: Finding) -> float:
        return float(self.known(gold["name"]) == self.known(read.get("name")))

    def same_body(self, gold: Finding, read: Finding) -> float:
        return max(self.same_name(gold, read), float(likeness(gold["name"], read.get("name", "")) >= SAME_BODY))

    def same_pair(self, gold: Finding, read: Finding) -> float:
        pairs = [frozenset(map(self.known, item.get("between", []))) for item in (gold, read)]
        return float(pairs[0] == pairs[1])

    def same_activity(self, gold: Finding, read: Finding) -> float:
        close = overlap(gold["words"], read["words"])
        return close if close >= SAME_ACTIVITY and is_allowed(gold, read, "kind") else 0.0

    def same_landmark(self, gold: Finding, read: Finding) -> float:
        return float(likeness(gold["name"], read.get("name", "")) >= SAME_LANDMARK)

    def same_quote(self, gold: Finding, read: Finding) -> float:
        close = overlap(gold["words"], read["words"])
        is_speaker = self.known(gold.get("speaker")) == self.known(read.get("speaker"))
        return close if close >= SAME_QUOTE and is_speaker else 0.0

    def of(self, kind: str) -> Likeness:
        rules: dict[str, Likeness] = {
            "people": self.same_name,
            "places": self.same_name,
            "organisations": self.same_body,
            "ties": self.same_pair,
            "activities": self.same_activity,
            "landmarks": self.same_landmark,
            "quotes": self.same_quote,
        }
        return rules[kind]


def is_allowed(gold: Finding, read: Finding, key: str) -> bool:
    also = gold.get(f"{key}_also", ())
    return (read.get(key) or None) in [gold.get(key) or None, *(also if isinstance(also, list) else as_list(also))]


def paired(gold: list[Finding], read: list[Finding], rule: Likeness) -> list[tuple[int, int]]:
    """Numbers of gold and read findings that belong together, the likest first; each is used once."""
    ranked = sorted(((rule(g, r), i, j) for i, g in enumerate(gold) for j, r in enumerate(read)), reverse=True)
    pairs: list[tuple[int, int]] = []
    for value, i, j in ranked:
        if value > 0 and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def score_page(gold_reading: dict[str, Any], reading: dict[str, Any], text: str) -> PageScore:
    """Score a Reading (JSON values) against the gold of a page whose text is `text`."""
    gold, read = with_words(gold_reading, text), with_words(reading, reading.get("text", ""))
    rules = Rules(gold)
    counts, attributes = {}, {}
    missed: list[tuple[str, Finding]] = []
    unmatched: list[tuple[str, Finding]] = []
    for kind in FINDINGS:
        pairs = paired(gold[kind], read[kind], rules.of(kind))
        matched = [(gold[kind][i], read[kind][j]) for i, j in pairs]
        optional = sum(bool(item.get("optional")) for item in gold[kind])
        found = sum(bool(item.get("optional")) for item, _ in matched)
        counts[kind] = Counts(len(pairs) - found, len(read[kind]) - found, len(gold[kind]) - optional)
        for item, other in matched:
            for name, value in _attributes(kind, item, other, rules):
                attributes.setdefault(name, []).append(value)
        used_gold, used_read = {i for i, _ in pairs}, {j for _, j in pairs}
        missed += [(kind, item) for i, item in enumerate(gold[kind]) if i not in used_gold and not item.get("optional")]
        unmatched += [(kind, item) for j, item in enumerate(read[kind]) if j not in used_read]
    gold_shingles, read_shingles = shingles(gold["article"]), shingles(read["article"])
    article = Counts((gold_shingles & read_shingles).total(), read_shingles.total(), gold_shingles.total())
    invented = sum(not _is_near(kind, item, gold, rules) for kind, item in unmatched)
    return PageScore(counts, article, gold["relevant"] == read["relevant"], attributes, missed, unmatched, invented)


def _attributes(kind: str, gold: Finding, read: Finding, rules: Rules) -> Iterator[tuple[str, float]]:
    if kind == "people" and gold.get("role"):
        posts = [gold["role"], *as_list(gold.get("role_also"))]
        yield "role", float(any(likeness(post, read.get("role") or "") >= SAME_POST for post in posts))
    elif kind == "places" and gold.get("country"):
        yield "country", float(gold["country"] == read.get("country"))
    elif kind == "ties":
        yield "tie kind", float(is_allowed(gold, read, "kind"))
    elif kind == "activities":
        yield "status", float(is_allowed(gold, read, "status"))
        yield "when", float(is_allowed(gold, read, "when"))
        wanted = set(gold.get("areas") or [])
        yield "areas", _shared(wanted, set(read.get("areas") or []) - (set(as_list(gold.get("areas_also"))) - wanted))
        places = [{rules.known(name) for name in item.get("places") or []} for item in (gold, read)]
        yield "activity places", _shared(*places)


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _is_near(kind: str, read: Finding, gold: dict[str, Any], rules: Rules) -> bool:
    """Whether gold has something where this was read: what is near is told wrongly, what is not is invented."""
    if kind == "activities":
        return any(overlap(item["words"], read["words"]) >= SAME_ACTIVITY for item in gold["activities"])
    if kind == "quotes":
        return any(overlap(item["words"], read["words"]) >= SAME_QUOTE for item in gold["quotes"])
    return any(rules.of(kind)(item, read) > 0 for item in gold[kind])


# ------------------------------------------------------------------ many pages


def cases(folder: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Source ("ru/03.html"), page and gold of every page in a folder of language folders."""
    for path in sorted(folder.rglob("*.gold.json")):
        stem = path.with_name(path.name.removesuffix(".gold.json"))
        for suffix in (".txt", ".html"):
            page = stem.with_suffix(suffix)
            if page.exists():
                yield f"{page.parent.name}/{page.name}", page, json.loads(path.read_text("utf-8"))


def row(scores: list[PageScore]) -> dict[str, float | None]:
    """The figures of many pages: F1 by finding, accuracy of relevance, mean of each attribute; rounded to 3 places."""
    counts = {kind: sum((score.counts[kind] for score in scores), Counts()) for kind in FINDINGS}
    figures: dict[str, float | None] = {
        "pages": len(scores),
        "article": _mean([score.article.f1 for score in scores]),
        "relevant": _mean([float(score.is_relevance_right) for score in scores]),
    }
    figures |= {kind: round(total.f1, 3) for kind, total in counts.items()}
    figures["findings"] = round(sum(counts.values(), Counts()).f1, 3)
    names = dict.fromkeys(name for score in scores for name in score.attributes)
    return figures | {
        name: _mean([value for score in scores for value in score.attributes.get(name, [])]) for name in names
    }


def invention_rate(scores: list[PageScore]) -> float:
    """The part of what was read that no gold finding is near to."""
    read = sum(counts.read for score in scores for counts in score.counts.values())
    return round(sum(score.invented for score in scores) / read, 3) if read else 0.0


def _mean(values: list[float]) -> float | None:
    return round(sum(values) / len(values), 3) if values else None
