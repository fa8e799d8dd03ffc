"""All that is kept about one person, as plain values: to give out on request (GDPR 15 and 20, 152-FZ 14, APPI 76)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from twinbook.register.models import AccessEntry, Decision, Name, Proposal, Record, Source, Statement
from twinbook.register.queries.visit_people import rows_of, whole

FORMAT = "twinbook-person:1"


def person_data(public_id: str) -> dict[str, Any] | None:
    """Names, statements with their sources, posts, what visit files keep, proposals, decisions, and who looked; None
    where there is no such person."""
    record = Record.objects.filter(public_id=public_id, kind="person").first()
    if record is None:
        return None
    people = [record.pk, *Record.objects.filter(canonical=record).values_list("pk", flat=True)]
    posts = Statement.objects.filter(target_id__in=people, property="person").values_list("record_id", flat=True)
    own = Q(record_id__in=[*people, *posts]) | Q(target_id__in=people)
    told = Statement.objects.filter(own).select_related("record", "target", "source", "decision__by", "withdrawn_by")
    statements = [_statement(one) for one in told.order_by("record_id", "property", "pk")]
    sources = Source.objects.filter(statements__in=told).distinct().order_by("pk")
    return {
        "format": FORMAT,
        "person": record.public_id,
        "label": record.label,
        "visibility": record.visibility,
        "names": list(Name.objects.filter(record_id__in=people).values("text", "language", "script", "kind")),
        "statements": statements,
        "sources": [
            {
                "id": one.public_id,
                "kind": one.kind,
                "title": one.title,
                "publisher": one.publisher,
                "address": one.address,
                "captured_at": one.captured_at.isoformat(),
            }
            for one in sources.defer("raw", "text", "reading")
        ],
        "proposals": [
            {"id": one.public_id, "state": one.state, "claims": one.as_read["claims"]}
            for one in Proposal.objects.filter(record_id__in=people, sort="person")
        ],
        "decisions": [
            {"id": one.public_id, "kind": one.kind, "at": one.at.isoformat(), "by": one.by.get_username()}
            for one in Decision.objects.filter(record_id__in=people).select_related("by").order_by("at")
        ],
        "visit_files": [dict(whole(row)) for row in rows_of(_names(people))],
        "looked_at": [
            {"at": one.at.isoformat(), "by": one.by.get_username() if one.by else "", "act": one.act}
            for one in AccessEntry.objects.filter(about=record.public_id).select_related("by").order_by("number")
        ],
    }


def _names(people: list[int]) -> list[str]:
    return list(Name.objects.filter(record_id__in=people).values_list("text", flat=True))


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "about": one.record.public_id,
        "kind": one.record.kind,
        "property": one.property,
        "value": one.target.public_id if one.target else one.value,
        "label": one.target.label if one.target else {},
        "language": one.language,
        "quote": one.quote,
        "said_by": one.said_by,
        "source": one.source.public_id,
        "read_by": one.read_by,
        "decided_at": one.decision.at.isoformat(),
        "decided_by": one.decision.by.get_username(),
        "stands": one.withdrawn_by is None,
    }
