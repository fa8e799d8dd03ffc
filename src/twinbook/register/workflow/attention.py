"""What a person must look at before a proposal is accepted, and the sentence that says why."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from twinbook.register.models import Record, Statement
from twinbook.register.models.properties import property_of
from twinbook.register.queries.dates import agree, is_vague
from twinbook.register.workflow.findings import Finding
from twinbook.register.workflow.match import Match

DATES = {"tie": "since", "activity": "when"}


def points_of(finding: Finding, match: Match, *, is_read_differently: bool = False) -> list[dict[str, Any]]:
    """The points of attention as codes with their words, the gravest first."""
    points = [*_contradictions(finding, match.record)]
    if is_read_differently:
        points.append(_point("read-differently"))
    if match.verdict == "unsure":
        points.append(_point("unsure-match"))
    elif match.code == "unsure-namesakes":
        points.append(_point("namesakes", name=match.words["name"]))
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
