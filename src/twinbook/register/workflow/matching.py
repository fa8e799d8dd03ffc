"""Which record a finding speaks of, asked of the register as it is now: one matcher for each sort of finding."""

from __future__ import annotations

from collections.abc import Callable

from twinbook.register.models import Proposal, Record, Source, Statement, Tie, TieStep
from twinbook.register.models.activity import ActivityPlace
from twinbook.register.queries.dates import agree
from twinbook.register.workflow.findings import Claim, Finding
from twinbook.register.workflow.match import (
    Match,
    match_activity,
    match_landmark,
    match_organisation,
    match_person,
    match_place,
    match_tie,
)
from twinbook.register.workflow.record import find_record

PLACE_PROPERTIES = ("places", "place", "partner", "represents", "side")
MEETINGS = ("meeting", "visit", "agreement", "commemoration")


def match_finding(finding: Finding, source: Source, *, earlier: Proposal | None = None) -> Match:
    """The record that a finding speaks of, asked of the register as it is now; nothing is made.

    `earlier` is the proposal that an earlier reading made of the same words: what that was accepted as, this is too.
    """
    if earlier and earlier.record and earlier.state in {"accepted", "corrected"}:
        record = earlier.record.canonical or earlier.record
        return Match("same", "same-reading", {"known": str(next(iter(record.label.values()), ""))}, record)
    about = next((claim["about"] for claim in finding.claims if claim.get("about")), "")
    if about:  # entered by hand about a record that was chosen
        record = find_record(about, kind=finding.sort)
        return Match("same", "entered-about", {"known": str(next(iter(record.label.values()), ""))}, record)
    matcher = _MATCHERS.get(finding.sort)
    return matcher(finding, source) if matcher else Match("new", "new-entry")


def known_places(finding: Finding) -> dict[str, str]:
    """The places that a finding names and the register knows: the id of the record by the name as read."""
    named = [claim for name in PLACE_PROPERTIES for claim in claims_of(finding, name)]
    matched = {str(claim["value"]): _known_place(claim) for claim in named}
    return {name: place.public_id for name, place in matched.items() if place}


def _known_place(claim: Claim | None) -> Record | None:
    return match_place_claim(claim).record if claim else None


def match_place_claim(claim: Claim) -> Match:
    if claim.get("record"):
        record = find_record(claim["record"], kind="place")
        return Match("same", "same-name", {"name": claim["value"]}, record)
    hints = claim["qualifiers"]
    return match_place(claim["value"], country=hints.get("country", ""), kind=hints.get("kind", ""))


def claims_of(finding: Finding, name: str) -> list[Claim]:
    return [claim for claim in finding.claims if claim["property"] == name]


def claim_of(finding: Finding, name: str) -> Claim | None:
    return next(iter(claims_of(finding, name)), None)


def _match_person(finding: Finding, source: Source) -> Match:
    return match_person(
        str(finding.value("name")), of=_known_place(claim_of(finding, "represents")), post=finding.value("post") or ""
    )


def _match_organisation(finding: Finding, source: Source) -> Match:
    return match_organisation(str(finding.value("name")), place=_known_place(claim_of(finding, "place")))


def _match_tie(finding: Finding, source: Source) -> Match:
    matches = [match_place_claim(claim) for claim in claims_of(finding, "places")]
    if any(match.verdict == "unsure" for match in matches):
        return next(match for match in matches if match.verdict == "unsure")
    places = [match.record for match in matches if match.record]
    if len(places) < 2:
        namesakes = next((match for match in matches if match.code == "unsure-namesakes"), None)
        return namesakes or Match("new", "new-pair")
    return match_tie(places)


def _match_activity(finding: Finding, source: Source) -> Match:
    places = [place for claim in claims_of(finding, "places") if (place := _known_place(claim))]
    titles = [(str(claim["value"]), claim["language"]) for claim in claims_of(finding, "title")] or [("", "")]
    matches = [_match_titled(finding, source, places, title, language) for title, language in titles]
    order = ("same", "unsure", "new")
    return min(matches, key=lambda match: order.index(match.verdict))


def _match_titled(finding: Finding, source: Source, places: list[Record], title: str, language: str) -> Match:
    return match_activity(
        kind=finding.value("kind") or "",
        title=title,
        language=language,
        when=finding.value("when") or "",
        places=places,
        is_recurring=bool(finding.value("is_recurring")),
        other_than=_told_apart(source, "activity"),
    )


def _match_landmark(finding: Finding, source: Source) -> Match:
    return match_landmark(
        str(finding.value("name")),
        kind=finding.value("kind") or "",
        place=_known_place(claim_of(finding, "place")),
        partner=_known_place(claim_of(finding, "partner")),
        other_than=_told_apart(source, "landmark"),
    )


def _told_apart(source: Source, sort: str) -> set[int]:
    """Records that other findings of the page were accepted as: the reader told them apart."""
    decided = Proposal.objects.filter(
        source=source, sort=sort, state__in=("accepted", "corrected"), record__isnull=False
    )
    pairs = decided.values_list("record_id", "record__canonical_id")
    return {pk for pair in pairs for pk in pair if pk}


def _match_step(finding: Finding, source: Source) -> Match:
    """A step of the tie by its kind and date; the same kind on another day is a question."""
    tie = claim_of(finding, "tie")
    kind, date = finding.value("kind") or "", finding.value("date") or ""
    rows = TieStep.objects.filter(tie=find_record(tie["record"]) if tie else None, kind=kind)
    rows = rows.exclude(record_id__in=_told_apart(source, "step"))
    near = []
    for row in rows.select_related("record").order_by("pk"):
        if row.date and date and agree(row.date, date):
            return Match("same", "same-step", {"date": row.date}, row.record)
        near.append((row.record, "unsure-step", {"date": row.date or "?"}))
    if near:
        return Match("unsure", "unsure-step", near[0][2], None, tuple(near))
    return Match("new", "new-step")


def _match_saying(finding: Finding, source: Source) -> Match:
    meeting = meeting_of(source)
    if meeting:
        return Match("same", "same-activity", {"known": str(next(iter(meeting.label.values()), ""))}, meeting)
    return Match("new", "new-saying")


def _match_promise(finding: Finding, source: Source) -> Match:
    """A promise that a page tells in the very words of one that stands is that one; one entered by hand is new."""
    what = claim_of(finding, "what")
    if what is None or what.get("by_person"):
        return Match("new", "new-entry")
    told = Statement.objects.filter(property="what", language=what["language"], withdrawn_by=None)
    same = told.filter(record__kind="commitment", value=what["value"]).select_related("record__canonical").first()
    if same is None:
        return Match("new", "new-promise")
    record = same.record.canonical or same.record
    return Match("same", "same-promise", {"known": str(what["value"])}, record)


_MATCHERS: dict[str, Callable[[Finding, Source], Match]] = {
    "person": _match_person,
    "organisation": _match_organisation,
    "tie": _match_tie,
    "activity": _match_activity,
    "landmark": _match_landmark,
    "step": _match_step,
    "commitment": _match_promise,
    "saying": _match_saying,
}


def tie_of(source: Source) -> Record | None:
    """The one tie that a page's accepted findings tell of, or that joins the places of its activities; else None."""
    decided = Proposal.objects.filter(source=source, state__in=("accepted", "corrected")).exclude(record=None)
    kept = [one.record.canonical or one.record for one in decided.select_related("record__canonical") if one.record]
    ties = {record for record in kept if record.kind == "tie"}
    if not ties:
        activities = [record.pk for record in kept if record.kind == "activity"]
        places = set(ActivityPlace.objects.filter(activity_id__in=activities).values_list("place_id", flat=True))
        rows = Tie.objects.filter(place_a_id__in=places, place_b_id__in=places).select_related("record")
        ties = {row.record for row in rows}
    return ties.pop() if len(ties) == 1 else None


def meeting_of(source: Source) -> Record | None:
    """The one accepted meeting (else visit, signing …) of a page, in which its people spoke; None where many are."""
    decided = Proposal.objects.filter(source=source, sort="activity", state__in=("accepted", "corrected"))
    found: dict[str, list[Record]] = {}
    for proposal in decided.exclude(record=None).select_related("record__canonical"):
        finding = Finding("activity", (proposal.as_decided or proposal.as_read)["claims"])
        if proposal.record:
            found.setdefault(finding.value("kind") or "", []).append(proposal.record.canonical or proposal.record)
    for kind in MEETINGS:
        if len(found.get(kind, ())) == 1:
            return found[kind][0]
    return None
