"""What a person must look at before a proposal is accepted, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from twinbook.register.models import Activity, Commitment, Place, Record, Statement
from twinbook.register.models.properties import property_of
from twinbook.register.queries.dates import agree, is_vague
from twinbook.register.queries.proofs import are_alike
from twinbook.register.workflow.findings import Finding
from twinbook.register.workflow.match import Match

DATES = {"tie": "since", "activity": "when"}


def points_of(
    finding: Finding, match: Match, *, places: Collection[str] = (), is_read_differently: bool = False
) -> list[dict[str, Any]]:
    """The points of attention as codes with their words, the gravest first.

    `places` are the ids of the register's places that the finding names.
    """
    points = [*_contradictions(finding, match.record)]
    if finding.is_models:
        points.append(_point("read-by-model"))
    if is_read_differently:
        points.append(_point("read-differently"))
    if match.verdict == "unsure":
        points.append(_point("unsure-match"))
    elif match.code == "unsure-namesakes":
        points.append(_point("namesakes", name=match.words["name"]))
    points += _possible_proofs(finding, places)
    points += _doubts(finding)
    return points


def _point(code: str, **words: str) -> dict[str, Any]:
    return {"code": code, "words": words}


def _contradictions(finding: Finding, record: Record | None) -> list[dict[str, Any]]:
    """Claims that exclude what stands about the record: both are kept, and a person prefers one."""
    if record is None:
        return []
    points = []
    about = Q(record=record) | Q(record__canonical=record)
    standing = Statement.objects.filter(about, withdrawn_by=None).exclude(value=None)
    for name, ours in standing.values_list("property", "value").distinct():
        known = property_of(record.kind, name)
        for theirs in finding.values(name) if known.is_disputable else ():
            if not (agree(str(ours), str(theirs)) if known.type == "date" else ours == theirs):
                points.append(_point("contradiction", property=name, ours=str(ours), theirs=str(theirs)))
    return points


def _possible_proofs(finding: Finding, places: Collection[str]) -> list[dict[str, Any]]:
    """Open promises that this activity may show to be kept: of its kind, with its partner, in words alike."""
    if finding.sort != "activity" or finding.value("status") != "done" or not places:
        return []
    partners = Place.objects.filter(record__public_id__in=places, is_home=False)
    promised = Activity.objects.filter(kind=finding.value("kind"), place_rows__place__in=partners.values("record"))
    open_ones = Commitment.objects.filter(state="open", activity__in=promised.values("record"))
    title = next((claim for claim in finding.claims if claim["property"] == "title"), None)
    return [
        _point("possible-proof", what=str(next(iter(row.what.values()), "")))
        for row in open_ones.select_related("activity").order_by("pk")
        if title and _speaks_of(row, title["language"], str(title["value"]))
    ]


def _speaks_of(promise: Commitment, language: str, title: str) -> bool:
    origin = promise.activity.label if promise.activity else {}
    return any(are_alike(words.get(language, ""), title) for words in (promise.what, origin))


def _doubts(finding: Finding) -> list[dict[str, Any]]:
    points = []
    speaker = next((claim["said_by"] for claim in finding.claims if claim["said_by"]), "")
    if speaker and finding.sort != "saying":
        points.append(_point("said-by", speaker=speaker))
    if finding.value("status") == "proposed":
        points.append(_point("only-proposed"))
    date = finding.value(DATES.get(finding.sort, ""))
    if date and is_vague(date):
        points.append(_point("vague-date", date=date))
    elif not date and finding.sort == "activity" and finding.value("status") == "done":
        points.append(_point("no-date"))
    if finding.sort == "person" and not finding.value("person_class"):
        points.append(_point("person-not-classed", name=str(finding.value("name"))))
    return points
