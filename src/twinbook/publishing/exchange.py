"""What a partner's register may be told of a tie: the public editions' facts of it, with the sentences that say them.

Nothing else can leave: the values come from editions for the public, in which privacy.py has masked every name.
Facts that only the partner's own exchange file says are not told back. Format: docs/reference/exchange.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from twinbook.publishing.edition import Activity, Edition, Fact, Footnote, Landmark, Partner, Step, Text

FROM_PARTNER = "exchange"  # the kind of source that a partner's file is
Statement = dict[str, Any]


@dataclass(frozen=True)
class Offer:
    """One thing that may be told: its id here, its kind, what it is called by language, and the statements."""

    id: str
    kind: str
    label: Mapping[str, str]
    when: str
    statements: tuple[Statement, ...]

    def item(self) -> dict[str, Any]:
        """The thing as an exchange file holds it."""
        return {"id": self.id, "kind": self.kind, "statements": list(self.statements)}


def offers(editions: Mapping[str, Edition], place: str) -> tuple[Offer, ...]:
    """What may be told of the tie with a place (its id): the tie, its steps, activities and landmarks, in that order.

    ValueError where an edition is not for the public. Nothing where the public does not see the tie.
    """
    if any(edition.audience != "public" for edition in editions.values()):
        raise ValueError("only what the public may see is exchanged")
    found = [
        (edition, partner)
        for edition in editions.values()
        for partner in edition.partners
        if partner.place.key == place
    ]
    if not found:
        return ()
    edition, partner = found[0]
    others = [one for _, one in found]
    made = [
        _tie(partner),
        *(_step(step, _twins(step, others, "steps"), edition, partner) for step in partner.steps),
        *(_activity(one, _twins(one, others, "activities")) for one in partner.activities),
        *(_landmark(one, edition, partner) for one in partner.landmarks),
    ]
    return tuple(offer for offer in made if offer and offer.statements)


def _twins(one: Any, partners: Iterable[Partner], name: str) -> list[Any]:
    """The same record in each language's edition."""
    return [each for partner in partners for each in getattr(partner, name) if each.key == one.key]


def _tie(partner: Partner) -> Offer | None:
    told = [step for step in partner.steps if step.level == partner.level]
    level_notes = [note for step in told for note in step.footnotes] or list(partner.since.footnotes)
    told_by_steps = {step.date.value for step in partner.steps}
    since = [one for one in _dates("since", partner.since) if one["value"] not in told_by_steps]
    statements = [*_said("kind", partner.level, level_notes), *since]
    return Offer(f"tie-{partner.place.key}", "tie", {}, partner.since.value, tuple(statements))


def _step(step: Step, twins: list[Step], edition: Edition, partner: Partner) -> Offer:
    sides = {edition.home.name.text: "from", partner.place.name.text: "to"}
    statements = [
        *_said("kind", step.kind, step.footnotes),
        *_dates("date", step.date),
        *_said("basis", step.basis, step.footnotes),
        *_said("level", step.level, step.footnotes),
        *_said("side", sides.get(step.side.text, ""), step.footnotes),
        *([] if step.is_firm else _said("is_firm", False, step.footnotes)),
        *_texts("title", [twin.title for twin in twins], step.footnotes),
        *_texts("decider", [twin.decider for twin in twins], step.footnotes),
    ]
    return Offer(step.key, "step", _label(twin.title for twin in twins), step.date.value, tuple(statements))


def _activity(one: Activity, twins: list[Activity]) -> Offer:
    statements = [
        *_said("kind", one.kind, one.footnotes),
        *_texts("title", [twin.title for twin in twins], one.footnotes),
        *_said("status", one.status, one.footnotes),
        *(each for area in one.areas for each in _said("areas", area, one.footnotes)),
        *_dates("when", one.when),
        *([*_said("is_recurring", True, one.footnotes)] if one.is_recurring else []),
        *_counts("people_out", one.people_out),
        *_counts("people_in", one.people_in),
    ]
    return Offer(one.key, "activity", _label(twin.title for twin in twins), one.when.value, tuple(statements))


def _landmark(one: Landmark, edition: Edition, partner: Partner) -> Offer:
    sides = {edition.home.name.text: "from", partner.place.name.text: "to"}
    names = [Text(name.text, name.language) for name in one.names]
    statements = [
        *_texts("name", names, one.footnotes),
        *_said("kind", one.kind, one.footnotes),
        *_said("place", sides.get(one.place.text, ""), one.footnotes),
        *_dates("since", one.since),
        *_texts("honours", [one.honours], one.footnotes),
    ]
    return Offer(one.key, "landmark", _label([one.name]), one.since.value, tuple(statements))


def _label(texts: Iterable[Text]) -> dict[str, str]:
    return {text.language: text.text for text in texts if text}


def _said(name: str, value: Any, footnotes: Iterable[Footnote]) -> list[Statement]:
    """One statement with its sentences; none where nothing is known, or the partner alone says so."""
    evidence = [_evidence(note) for note in footnotes if note.source.kind != FROM_PARTNER]
    known = value is not None and value != ""
    return [{"property": name, "value": value, "evidence": evidence}] if known and evidence else []


def _texts(name: str, texts: Iterable[Text], footnotes: Iterable[Footnote]) -> list[Statement]:
    """The same words in each language that has them."""
    notes = tuple(footnotes)
    found = {(text.language, text.text) for text in texts if text}
    return [
        {**statement, "language": language}
        for language, words in sorted(found)
        for statement in _said(name, words, notes)
    ]


def _dates(name: str, fact: Fact) -> list[Statement]:
    """Every value that sources of ours give: where they contradict each other, the partner sees it too."""
    return [statement for one in (fact, *fact.others) for statement in _said(name, one.value, one.footnotes)]


def _counts(name: str, fact: Fact) -> list[Statement]:
    return [{**statement, "value": int(statement["value"])} for statement in _dates(name, fact)]


def _evidence(note: Footnote) -> dict[str, Any]:
    """A sentence and where it stands; an empty quote where it is withheld, since it names somebody private."""
    source = note.source
    told = {
        "title": source.title,
        "publisher": source.publisher,
        "address": source.address,
        "language": source.language,
        "published": source.published,
    }
    kept = {name: text for name, text in told.items() if text}
    return {"quote": note.quote, "said_by": note.said_by, "source": kept}
