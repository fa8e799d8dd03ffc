"""What a partner's file tells → a text to look at and findings that point into it, each under the partner's view. Pure
but for the ids of the two places and of the tie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from twinbook.reading.page import clean_text
from twinbook.register.models.properties import property_of
from twinbook.register.queries.exchange import Party
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.findings import Claim, Finding
from twinbook.register.workflow.record import check_value

MOST_ITEMS, MOST_STATEMENTS, MOST_EVIDENCE = 5_000, 60, 20
LONGEST = 2_000  # characters of one value or quotation
KINDS = ("tie", "step", "activity", "landmark")
# What a file may say of each kind; `side` and `place` name one of the two cities.
KNOWN: dict[str, frozenset[str]] = {
    "tie": frozenset(["kind", "since"]),
    "step": frozenset(["kind", "date", "basis", "decider", "level", "is_firm", "title", "side"]),
    "activity": frozenset(
        ["kind", "title", "status", "areas", "when", "is_recurring", "people_in", "people_out"],
    ),
    "landmark": frozenset(["name", "kind", "since", "honours", "place"]),
}
NAMES_A_SIDE = frozenset(["side", "place"])
MIRRORED = {"people_in": "people_out", "people_out": "people_in"}  # whom they received, we sent
SIDES = ("from", "to")


@dataclass(frozen=True)
class Item:
    """One thing that the partner tells, and the id that it has there."""

    id: str
    finding: Finding


@dataclass(frozen=True)
class Told:
    """The text that all evidence points into, the findings, the day of the file, and what this Twinbook cannot read."""

    text: str
    items: tuple[Item, ...]
    title: str
    day: str
    losses: tuple[str, ...]


@dataclass
class _Page:
    """A text that grows; what is written gets its place in it."""

    parts: list[str] = field(default_factory=list)
    size: int = 0

    def write(self, words: str) -> tuple[int, int]:
        start = self.size
        self.parts.append(words)
        self.size += len(words)
        return start, self.size


def read_items(body: Mapping[str, Any], *, sender: Party, ours: Party) -> Told:
    """The items of a signed file in their order; what is not understood is told as a loss and never guessed."""
    day = str(body["made_at"])[:10]
    title = f"{sender.name} → {ours.name}, {day}"
    page = _Page()
    page.write(f"{title}\n")
    if len(body["items"]) > MOST_ITEMS:
        raise NotPossibleError(f"the file holds more than {MOST_ITEMS} facts", code="exchange-too-large")
    found, losses = [], []
    for number, item in enumerate(body["items"], 1):
        reading = _Item(item, page, sender, ours)
        finding = reading.finding()
        losses += [f"item {number}: {loss}" for loss in reading.losses]
        if finding:
            found.append(Item(_words(item.get("id"), 40), finding))
    return Told("".join(page.parts), tuple(found), title, day, tuple(losses))


class _Item:
    """One item as it is read."""

    def __init__(self, item: Any, page: _Page, sender: Party, ours: Party) -> None:
        self.item = item if isinstance(item, dict) else {}
        self.page = page
        self.sender = sender
        self.ours = ours
        self.losses: list[str] = []

    def finding(self) -> Finding | None:
        kind = self.item.get("kind")
        if kind not in KINDS:
            self.losses.append(f"a {_words(kind, 40)!r} is not known here")
            return None
        statements = self.item.get("statements")
        listed = statements if isinstance(statements, list) else []
        self.page.write("\n")
        claims = [claim for one in listed[:MOST_STATEMENTS] for claim in self._claims(kind, one)]
        if len(listed) > MOST_STATEMENTS:
            self.losses.append(f"only {MOST_STATEMENTS} of {len(listed)} statements were read")
        if not claims:
            return None
        return Finding(kind, [*self._joins(kind, claims), *claims])

    def _joins(self, kind: str, claims: list[Claim]) -> Iterator[Claim]:
        """What makes the thing belong to this tie; its evidence is the whole of what they tell of it."""
        first, last = claims[0]["evidence"][0][0], claims[-1]["evidence"][-1][1]
        if kind == "step":
            yield self._claim("tie", self.sender.name, first, last, record=self.sender.tie)
        elif kind == "landmark":
            partner = self.sender if any(self._stands_here(claim) for claim in claims) else self.ours
            yield self._claim("partner", partner.name, first, last, record=partner.place)
        else:
            for side in (self.ours, self.sender):
                yield self._claim("places", side.name, first, last, record=side.place)

    def _stands_here(self, claim: Claim) -> bool:
        return claim["property"] == "place" and claim.get("record") == self.ours.place

    def _claims(self, kind: str, one: Any) -> Iterator[Claim]:
        name = one.get("property") if isinstance(one, dict) else None
        if name not in KNOWN[kind]:
            self.losses.append(f"{_words(name, 40)!r} of a {kind} is not known here")
            return
        value = one.get("value")
        value = _words(value, LONGEST) if isinstance(value, str) else value
        if name in NAMES_A_SIDE:
            yield from self._side(kind, str(name), value, one)
            return
        name = MIRRORED.get(str(name), str(name))
        try:
            check_value(kind, name, value, None)
        except NotPossibleError as error:
            self.losses.append(str(error))
            return
        known = property_of(kind, name)
        shown = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
        start, end, speaker = self._written(shown, one)
        claim = self._claim(name, value, start, end, said_by=speaker)
        if known.type in {"words", "name"}:
            claim["language"] = _words(one.get("language"), 20)
        yield claim

    def _side(self, kind: str, name: str, value: Any, one: Mapping[str, Any]) -> Iterator[Claim]:
        if value not in SIDES:
            self.losses.append(f"{name} of a {kind} names one of the two cities")
            return
        side = self.sender if value == "from" else self.ours
        start, end, speaker = self._written(side.name, one)
        yield self._claim(name, side.name, start, end, record=side.place, said_by=speaker)

    def _claim(self, name: str, value: Any, start: int, end: int, *, record: str = "", said_by: str = "") -> Claim:
        claim: Claim = {
            "property": name,
            "value": value,
            "language": "",
            "qualifiers": {},
            "as_written": "",
            "evidence": [[start, end]],
            "said_by": said_by,
            "view": self.sender.place,
        }
        return claim | {"record": record} if record else claim

    def _written(self, value: str, one: Mapping[str, Any]) -> tuple[int, int, str]:
        """The statement as a line of the text: its value, the words that say it, and where they stand."""
        evidence = one.get("evidence")
        listed = [each for each in evidence if isinstance(each, dict)] if isinstance(evidence, list) else []
        lines = [_evidence(each) for each in listed[:MOST_EVIDENCE]]
        head = f"{one.get('property')}: {value}"
        start, end = self.page.write(" — ".join([head, *filter(None, lines)]))
        self.page.write("\n")
        speakers = {_words(each.get("said_by"), 200) for each in listed}
        return start, end, speakers.pop() if len(speakers) == 1 else ""


def _evidence(told: Mapping[str, Any]) -> str:
    """“Words” (title, publisher, day, address)."""
    quote, source = _words(told.get("quote"), LONGEST), told.get("source")
    parts = (
        [source.get(name) for name in ("title", "publisher", "published", "address")]
        if isinstance(source, dict)
        else []
    )
    where = ", ".join(dict.fromkeys(filter(None, (_words(part, 500) for part in parts))))
    return " ".join(filter(None, [f"“{quote}”" if quote else "", f"({where})" if where else ""]))


def _words(value: Any, longest: int) -> str:
    """A text on one line, without what no database holds."""
    return " ".join(clean_text(value).text.split())[:longest] if isinstance(value, str) else ""
