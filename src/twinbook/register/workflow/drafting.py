"""A proposal's claims → drafts of statements: the records they name are matched, or made on the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from twinbook.register.models import Name, PostHolding, Proposal, Record
from twinbook.register.models.properties import KINDS
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.findings import Claim, Finding
from twinbook.register.workflow.match import (
    Match,
    match_organisation,
    match_person,
)
from twinbook.register.workflow.matching import claim_of, claims_of, match_place_claim, meeting_of, tie_of
from twinbook.register.workflow.places import gazetteer_drafts
from twinbook.register.workflow.record import Draft, find_record, make_record

RECORD_KINDS = {kind: kind for kind in KINDS}  # of sorts of findings; a saying belongs to records of several kinds
Resolved = dict[tuple[str, str, str], Record]  # places of a page by name, level and country, as resolved before


class Drafting:
    """The drafts of one decision on one proposal. `resolved` is shared by the decisions of one act on one page."""

    def __init__(
        self, proposal: Proposal, finding: Finding, *, by_person: str, at: datetime, resolved: Resolved | None = None
    ) -> None:
        self.proposal = proposal
        self.source = proposal.source
        self.finding = finding
        self.by_person = by_person
        self.at = at
        self.drafts: list[Draft] = []
        self.made: dict[int, Record] = {}  # places, people and bodies made on the way, by record key
        self._resolved: Resolved = {} if resolved is None else resolved

    def draft(self, record: Record | None) -> Record:
        """Fill `drafts` for the finding; returns the record it is about, made where `record` is None."""
        sort = self.finding.sort
        if sort == "saying":
            return self._saying(record)
        about = record or make_record(RECORD_KINDS[sort], self.at)
        if sort == "person":
            self._person(about)
        else:
            for claim in self.finding.claims:
                self._state(about, claim)
        if sort == "commitment":
            self._promise(about)
        return about

    def _promise(self, about: Record) -> None:
        """The tie that a promise belongs to, where the page was decided to tell of one: its sentence says both."""
        what = claim_of(self.finding, "what")
        if what and not claim_of(self.finding, "tie") and (tie := tie_of(self.source)):
            self._add(about, "tie", {**what, "language": ""}, target=tie)

    def is_aside(self, draft: Draft) -> bool:
        """Whether a draft only makes a record that the finding names; what somebody said is the finding itself."""
        return draft.record.pk in self.made and draft.property != "said"

    def _state(self, about: Record, claim: Claim) -> None:
        """One claim as a draft; places and people it names are resolved first."""
        name = claim["property"]
        if name in {"places", "place", "partner", "side"}:
            self._add(about, name, claim, target=self._place(claim))
        elif name == "participants":
            self._add(about, name, claim, target=self._participant(claim))
        elif claim.get("first"):
            self._add(about, name, claim, target=self._first(claim))
        elif claim["qualifiers"].get("is") == "place":
            self._add(about, name, claim, target=self._place(claim))
        elif claim["qualifiers"].get("is") == "person":
            self._add(about, name, claim, target=self._official(claim))
        elif claim.get("record"):
            self._add(about, name, claim, target=find_record(claim["record"]))
        else:
            self._add(about, name, claim)

    def _add(self, about: Record, name: str, claim: Claim, *, target: Record | None = None, value: Any = None) -> None:
        spans = [(start, end) for start, end in claim["evidence"]]
        start, end = spans[0]
        qualifiers = {} if target else {key: text for key, text in claim["qualifiers"].items() if text}
        self.drafts.append(
            Draft(
                about,
                name,
                None if target else claim["value"] if value is None else value,
                self.source,
                start,
                end,
                self.by_person if claim.get("by_person") else self.proposal.read_by,
                target=target,
                language="" if target else claim["language"],
                as_written=claim["as_written"],
                also=tuple(spans[1:]),
                said_by=claim["said_by"],
                view=find_record(claim["view"], kind="place") if claim.get("view") else None,
                qualifiers=qualifiers,
            )
        )

    def _make(self, kind: str) -> Record:
        record = make_record(kind, self.at)
        self.made[record.pk] = record
        return record

    def _place(self, claim: Claim) -> Record:
        """The place that a claim names; a new one gets its name, level and what the gazetteer knows."""
        if claim.get("record"):
            return find_record(claim["record"], kind="place")
        hints = claim["qualifiers"]
        asked = (str(claim["value"]), hints.get("kind", ""), hints.get("country", ""))
        if asked not in self._resolved:
            self._resolved[asked] = self._matched_place(claim, hints)
        return self._resolved[asked]

    def _matched_place(self, claim: Claim, hints: dict[str, str]) -> Record:
        match = match_place_claim(claim)
        if match.verdict == "unsure":
            raise NotPossibleError(
                f"several places are called {claim['value']!r}; choose one", code="choose-record", name=claim["value"]
            )
        plain = {**claim, "qualifiers": {}, "said_by": ""}
        if match.record is None:
            place = self._make("place")
            self._add(place, "name", plain)
            self._place_facts(place, {**plain, "language": ""}, match, hints)
            return place
        if not Name.objects.filter(record=match.record, text=claim["value"], language=claim["language"]).exists():
            self._add(match.record, "name", plain)  # its name in another language or script
        return match.record

    def _place_facts(self, place: Record, plain: Claim, match: Match, hints: dict[str, str]) -> None:
        if hints.get("kind"):
            self._add(place, "kind", {**plain, "value": hints["kind"]})
        if match.entry:
            self.drafts += gazetteer_drafts(place, match.entry, self.at)
        elif hints.get("country"):
            self._add(place, "country", {**plain, "value": hints["country"]})

    def _participant(self, claim: Claim) -> Record:
        """The person that an activity names: as decided on this page, else matched, else made (and private)."""
        if claim.get("record"):
            return find_record(claim["record"], kind=("person", "organisation"))
        decided = Proposal.objects.filter(
            source=self.source, sort="person", state__in=("accepted", "corrected"), record__isnull=False
        )
        for proposal in decided.select_related("record__canonical"):
            tellings = [told["claims"] for told in (proposal.as_read, proposal.as_decided) if told]
            if proposal.record and claim["value"] in {Finding("person", claims).value("name") for claims in tellings}:
                return proposal.record.canonical or proposal.record
        return self._undecided_participant(claim)

    def _first(self, claim: Claim) -> Record:
        """What the first finding of the same entry was accepted as."""
        decided = Proposal.objects.filter(
            source=self.source, sort=claim["first"], state__in=("accepted", "corrected"), record__isnull=False
        )
        for proposal in decided.select_related("record__canonical").order_by("-pk"):
            read = Finding(proposal.sort, proposal.as_read["claims"])
            if proposal.record and claim["value"] in (read.value("name"), read.value("title")):
                return proposal.record.canonical or proposal.record
        raise NotPossibleError(f"decide first about {claim['value']!r}", code="decide-first", name=claim["value"])

    def _official(self, claim: Claim) -> Record:
        """Who signed, by name: the person whom the register knows, else a new one in public office."""
        match = match_person(str(claim["value"]))
        if match.verdict == "same" and match.record:
            return match.record
        person = self._make("person")
        plain = {**claim, "qualifiers": {}, "said_by": ""}
        self._add(person, "name", plain)
        self._add(person, "person_class", {**plain, "language": ""}, value="official")
        return person

    def _undecided_participant(self, claim: Claim) -> Record:
        match = match_person(str(claim["value"]))
        if match.verdict != "new":
            raise NotPossibleError(
                f"decide first who {claim['value']!r} is", code="decide-person-first", name=claim["value"]
            )
        person = self._make("person")
        self._add(person, "name", {**claim, "qualifiers": {}, "said_by": ""})
        return person

    def _person(self, person: Record) -> None:
        for name in ("name", "person_class", "salutation", "pronunciation", "note"):
            for claim in claims_of(self.finding, name):
                self._add(person, name, claim)
        role, post = claim_of(self.finding, "role"), claim_of(self.finding, "post")
        represents = claim_of(self.finding, "represents")
        if not (role or post):
            return
        of = self._represented(represents) if represents else None
        holding = self._holding(person, of, post, role)
        first = post or role
        assert first is not None
        self._add(holding, "person", {**first, "qualifiers": {}}, target=person)
        if post:
            self._add(holding, "post", post)
        if role:
            self._add(holding, "title", role)
        if of and represents:
            self._add(holding, "of", represents, target=of)
        if self.source.published:
            self._add(holding, "seen_on", {**first, "language": ""}, value=self.source.published)

    def _represented(self, claim: Claim) -> Record:
        """The place that a person speaks for, or the organisation where the register or the page has one so called."""
        if claim.get("record"):
            return find_record(claim["record"], kind=("place", "organisation"))
        match = match_organisation(str(claim["value"]))
        if match.verdict == "same" and match.record and not claim["qualifiers"].get("country"):
            return match.record
        if claim["qualifiers"].get("is") != "organisation":
            return self._place(claim)
        organisation = self._make("organisation")
        self._add(organisation, "name", {**claim, "qualifiers": {}, "said_by": ""})
        return organisation

    @staticmethod
    def _is_same_post(row: PostHolding, of: Record | None, post: Claim | None, role: Claim | None) -> bool:
        if row.of_id != (of.pk if of else None):
            return False
        if post:
            return bool(row.post == post["value"])
        titles: list[str] = list(row.title.values())
        return role is not None and role["value"] in titles

    def _holding(self, person: Record, of: Record | None, post: Claim | None, role: Claim | None) -> Record:
        """The post this person is known to hold, or a new one."""
        for row in PostHolding.objects.filter(person_id=person.pk).select_related("record").order_by("pk"):
            if self._is_same_post(row, of, post, role):
                return find_record(row.record.public_id)
        return make_record("holding", self.at)

    def _saying(self, record: Record | None) -> Record:
        """The words of a speaker: kept with the meeting of the page, else with the speaker."""
        speaker, said = claim_of(self.finding, "speaker"), claim_of(self.finding, "said")
        if speaker is None or said is None:
            raise NotPossibleError("a saying needs its words and its speaker", code="incomplete")
        person = self._participant(speaker)
        about = record or meeting_of(self.source) or person
        self._add(about, "said", {**said, "qualifiers": {"speaker": person.public_id}})
        return about


def decided_finding(proposal: Proposal) -> Finding:
    """The finding as decided, else as read."""
    return Finding(proposal.sort, (proposal.as_decided or proposal.as_read)["claims"])
