"""A Reading's lists → findings: each a sort and its claims, in the shape in which proposals keep them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twinbook.vocabulary.concept import concepts

Claim = dict[str, Any]  # property, value, language, qualifiers, as_written, evidence [[start, end], …], said_by
Span = tuple[int, int]
WITH_PARTICIPANTS = frozenset(["meeting", "visit", "agreement", "commemoration", "training"])
PUBLIC_OFFICE = frozenset(
    ["mayor", "deputy_mayor", "governor", "deputy_governor", "head_of_city", "council_chair", "councillor", "consul"]
    + ["consul_general", "ambassador", "minister", "president", "rector", "chair", "director", "head", "spokesperson"]
)
CONTACT_POSTS = frozenset(["coach", "teacher", "head_teacher", "organiser"])
SHORTEST_STEM = 3
DATES = frozenset(["when", "since", "due"])


@dataclass(frozen=True)
class Finding:
    """One thing that a page says: its sort, its claims, whether a language model found it, where its words begin."""

    sort: str
    claims: list[Claim] = field(default_factory=list)
    is_models: bool = False

    @property
    def spans(self) -> list[Span]:
        return sorted({(start, end) for claim in self.claims for start, end in claim["evidence"]})

    @property
    def position(self) -> int:
        return min((start for start, _ in self.spans), default=0)

    def value(self, name: str) -> Any:
        """The first value claimed for a property, None where none is."""
        return next((claim["value"] for claim in self.claims if claim["property"] == name), None)

    def values(self, name: str) -> list[Any]:
        return [claim["value"] for claim in self.claims if claim["property"] == name]


def findings_of(reading: Mapping[str, Any], text: str) -> list[Finding]:
    """The findings of a Reading (as its as_dict gives it) in the order in which a page is decided: people and
    organisations before the ties and activities that name them."""
    page = _Page(reading, text)
    found = [
        *map(page.person, reading["people"]),
        *map(page.organisation, reading["organisations"]),
        *map(page.tie, reading["ties"]),
        *map(page.activity, reading["activities"]),
        *map(page.landmark, reading["landmarks"]),
        *map(page.promise, reading.get("promises", ())),
        *map(page.saying, reading["quotes"]),
    ]
    return [finding for finding in found if finding is not None]


class _Page:
    """One page's Reading, asked item by item."""

    def __init__(self, reading: Mapping[str, Any], text: str) -> None:
        self.reading = reading
        self.text = text
        self.language: str = reading["language"] or ""
        self.places: dict[str, Any] = {place["name"]: place for place in reading["places"]}
        self.organisations = {body["name"] for body in reading["organisations"]}
        self.people = {person["name"]: person for person in reading["people"]}

    def person(self, item: Mapping[str, Any]) -> Finding | None:
        spans = self._spans(item) or self._spans_of_words(item["name"])
        if not spans:
            return None
        post = post_of(item["role"], self.language)
        claims = [self._claim("name", item["name"], spans, words=True)]
        if item["role"]:
            claims.append(self._claim("role", item["role"], spans, words=True))
        if post:
            claims.append(self._claim("post", post, spans, written=item["role"]))
        if item["represents"]:
            claims.append(self._place_or_body("represents", item["represents"], spans))
        if person_class := class_of(post):
            claims.append(self._claim("person_class", person_class, spans, written=item["role"]))
        return Finding("person", claims, _is_models(item))

    def organisation(self, item: Mapping[str, Any]) -> Finding | None:
        spans = self._spans(item) or self._spans_of_words(item["name"])
        if not spans:
            return None
        claims = [self._claim("name", item["name"], spans, words=True)]
        if item["place"]:
            claims.append(self._place_or_body("place", item["place"], spans))
        return Finding("organisation", claims, _is_models(item))

    def tie(self, item: Mapping[str, Any]) -> Finding | None:
        spans = self._spans(item)
        if not spans:
            return None
        claims = [self._place_or_body("places", name, spans) for name in item["between"]]
        claims.append(self._claim("kind", item["kind"], spans))
        if item["since"]:
            claims.append(self._claim("since", item["since"], spans))
        return Finding("tie", self._said(claims, item), _is_models(item))

    def activity(self, item: Mapping[str, Any]) -> Finding | None:
        spans = self._spans(item)
        if not spans:
            return None
        claims = [
            self._claim("kind", item["kind"], spans),
            self._claim("title", item["title"], spans, words=True),
            self._claim("status", item["status"], spans),
            *(self._claim("areas", area, spans) for area in item["areas"]),
            *(self._place_or_body("places", name, spans) for name in item["places"]),
        ]
        if item["when"]:
            claims.append(self._claim("when", item["when"], spans))
        if item["recurring"]:
            claims.append(self._claim("is_recurring", True, spans))
        if item["kind"] in WITH_PARTICIPANTS:
            claims += [self._claim("participants", name, spans, words=True) for name in self._people_in(spans)]
        return Finding("activity", self._said(claims, item), _is_models(item))

    def landmark(self, item: Mapping[str, Any]) -> Finding | None:
        spans = self._spans(item)
        if not spans:
            return None
        claims = [self._claim("name", item["name"], spans, words=True), self._claim("kind", item["kind"], spans)]
        if item["place"]:
            claims.append(self._place_or_body("place", item["place"], spans))
        if item["honours"]:
            claims.append(self._claim("honours", item["honours"], spans, words=True))
        if partner := self._partner_of(item):
            claims.append(self._place_or_body("partner", partner, spans))
        return Finding("landmark", self._said(claims, item), _is_models(item))

    def promise(self, item: Mapping[str, Any]) -> Finding | None:
        """What a side said it would do; which tie it belongs to is known when the page's ties are decided."""
        spans = self._spans(item)
        if not spans:
            return None
        claims = [self._claim("what", item["what"], spans, words=True), self._claim("state", "open", spans)]
        if item["side"]:
            claims.append(self._place_or_body("side", item["side"], spans))
        if item["due"]:
            claims.append(self._claim("due", item["due"], spans))
        return Finding("commitment", self._said(claims, item), _is_models(item))

    def saying(self, item: Mapping[str, Any]) -> Finding | None:
        """Direct speech of a named person; what nobody named says stays in the text alone."""
        start, end = item["span"]
        speaker = item["speaker"]
        if speaker not in self.people or not self.text[start:end].strip():
            return None
        spans = [(start, end)]
        claims = [self._claim("said", self.text[start:end], spans, written=self.text[start:end], words=True)]
        claims.append(self._claim("speaker", speaker, spans))
        return Finding("saying", [{**claim, "said_by": speaker} for claim in claims])

    def _partner_of(self, item: Mapping[str, Any]) -> str | None:
        """The partner that the landmark honours: named in it, or the only place abroad that the page has a tie with."""
        for name in self.places:
            if name != item["place"] and (_names(item["honours"] or "", name) or _names(item["name"], name)):
                return name
        others: set[str] = {name for tie in self.reading["ties"] for name in tie["between"] if name != item["place"]}
        return next(iter(others)) if len(others) == 1 else None

    def _people_in(self, spans: Sequence[Span]) -> list[str]:
        return [name for name, person in self.people.items() if _overlap(self._spans(person), spans)]

    def _spans(self, item: Mapping[str, Any]) -> list[Span]:
        size = len(self.text)
        spans = [(start, end) for start, end in item.get("evidence", ())]
        return [(start, end) for start, end in spans if 0 <= start < end <= size]

    def _spans_of_words(self, name: str) -> list[Span]:
        """Where the name stands, for a reader that gives no evidence with it."""
        start = self.text.find(name)
        return [(start, start + len(name))] if start >= 0 else []

    def _claim(
        self, name: str, value: Any, spans: Sequence[Span], *, words: bool = False, written: str | None = None
    ) -> Claim:
        told = telling_first(self.text, spans, value, is_date=name in DATES)
        return {
            "property": name,
            "value": value,
            "language": self.language if words else "",
            "qualifiers": {},
            "as_written": written or as_written(self.text, told, str(value) if words else ""),
            "evidence": [list(span) for span in told],
            "said_by": "",
        }

    def _place_or_body(self, name: str, value: str, spans: Sequence[Span]) -> Claim:
        """A claim that names a place; its level and country ride along, to tell namesakes apart."""
        claim = self._claim(name, value, spans, words=True)
        place = self.places.get(value)
        if place:
            claim["qualifiers"] = {"kind": place["kind"], "country": place["country"] or ""}
        elif value in self.organisations:
            claim["qualifiers"] = {"is": "organisation"}
        claim["as_written"] = as_written(self.text, [*spans, *self._spans(place or {})], value)
        return claim

    @staticmethod
    def _said(claims: list[Claim], item: Mapping[str, Any]) -> list[Claim]:
        speaker = item.get("said_by") or ""
        return [{**claim, "said_by": speaker} for claim in claims]


def _is_models(item: Mapping[str, Any]) -> bool:
    return bool(item.get("read_by"))


def telling_first(text: str, spans: Sequence[Span], value: Any, *, is_date: bool) -> list[Span]:
    """The spans with the one first that says the value itself: a date's year, or a name's own words."""
    if not isinstance(value, str) or len(spans) < 2:
        return list(spans)
    years = re.findall(r"\d{4}", value) if is_date else []
    stem = "" if is_date else value.split()[0][: max(SHORTEST_STEM, len(value.split()[0]) - 2)]

    def is_silent(span: Span) -> bool:
        said = text[span[0] : span[1]]
        return not any(year in said for year in years) if is_date else stem not in said

    return sorted(spans, key=is_silent)


def as_written(text: str, spans: Sequence[Span], value: str) -> str:
    """The words of the page that a value is read from: itself, else the word that begins like it, else the quote."""
    for start, end in spans:
        if value and value in text[start:end]:
            return value
    stem = value.split()[0][:-1] if value else ""
    while len(stem) >= SHORTEST_STEM:
        for start, end in spans:
            found = re.search(rf"\b{re.escape(stem)}\w*", text[start:end])
            if found:
                return found[0]
        stem = stem[:-1]
    start, end = spans[0]
    return text[start:end]


def post_of(role: str | None, language: str) -> str | None:
    """The code of a post by the words of a role; the longest that fits, since a deputy mayor is no mayor."""
    if not role:
        return None
    folded, best = role.casefold(), ("", 0)
    for code, concept in concepts("posts").items():
        words = concept.words.get(language)
        if words is None:
            continue
        for pattern in (re.escape(words.label.casefold()), *words.cues):
            found = _search(pattern, folded)
            if found and len(found[0]) > best[1]:
                best = (code, len(found[0]))
    return best[0] or None  # the empty code is none


def _search(pattern: str, text: str) -> re.Match[str] | None:
    try:
        return re.search(pattern, text[:200], re.IGNORECASE)
    except re.error:
        return None  # a cue is checked where packs are loaded; here a bad one names nobody's post


def class_of(post: str | None) -> str | None:
    """The class of a person by the post; None, the strictest, where no post is known."""
    if post in PUBLIC_OFFICE:
        return "official"
    return "contact" if post in CONTACT_POSTS else "delegate" if post else None


def _names(words: str, name: str) -> bool:
    """Whether words contain a name in some case form."""
    stem = name[:-1] if len(name) > SHORTEST_STEM + 1 else name
    return stem.casefold() in words.casefold()


def _overlap(ones: Iterable[Span], others: Iterable[Span]) -> bool:
    listed = list(others)
    return any(start < other_end and other_start < end for start, end in ones for other_start, other_end in listed)
