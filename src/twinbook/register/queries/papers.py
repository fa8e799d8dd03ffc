"""The office's papers as they were drafted and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from twinbook.register.models import KeptPaper

LONGEST_LIST = 200


@dataclass(frozen=True)
class PaperLine:
    """One paper in a list. `state`: draft · kept · approved. `partner` is a place's name by language."""

    id: str
    publication: str
    title: str
    year: int | None
    partner_id: str
    partner: Mapping[str, str]
    state: str
    languages: tuple[str, ...]
    as_known_at: datetime
    made_by: str
    made_at: datetime
    kept_by: str
    kept_at: datetime | None
    approved_by: str
    approved_at: datetime | None


@dataclass(frozen=True)
class PaperShown:
    """A whole paper; `is_whole` is false where a kept one differs from its digest (after an erasure)."""

    line: PaperLine
    documents: tuple[dict[str, Any], ...]
    digest: str
    is_whole: bool

    def document(self, language: str) -> dict[str, Any] | None:
        return next((one for one in self.documents if one["language"] == language), None)


def digest_of(documents: Sequence[dict[str, Any]]) -> str:
    """SHA-256 in hex of the documents in one fixed writing."""
    text = json.dumps(documents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def papers(publication: str = "", *, partner: str = "") -> tuple[PaperLine, ...]:
    """The papers of a publication (all where none is named), about a partner (a place's id); the newest first."""
    found = KeptPaper.objects.select_related("partner", "made_by", "kept_by", "approved_by")
    if publication:
        found = found.filter(publication=publication)
    if partner:
        found = found.filter(partner__public_id=partner)
    return tuple(map(_line, found.order_by("-made_at", "-pk")[:LONGEST_LIST]))


def paper(public_id: str) -> PaperShown | None:
    """A paper by its id."""
    found = KeptPaper.objects.select_related("partner", "made_by", "kept_by", "approved_by")
    row = found.filter(public_id=public_id).first()
    if row is None:
        return None
    is_whole = row.kept_at is None or digest_of(row.documents) == row.digest
    return PaperShown(_line(row), tuple(row.documents), row.digest, is_whole)


def _line(row: KeptPaper) -> PaperLine:
    state = "approved" if row.approved_at else "kept" if row.kept_at else "draft"
    return PaperLine(
        id=row.public_id,
        publication=row.publication,
        title=row.title,
        year=row.year,
        partner_id=row.partner.public_id if row.partner else "",
        partner=row.partner.label if row.partner else {},
        state=state,
        languages=tuple(str(one["language"]) for one in row.documents),
        as_known_at=row.as_known_at,
        made_by=_name(row.made_by),
        made_at=row.made_at,
        kept_by=_name(row.kept_by),
        kept_at=row.kept_at,
        approved_by=_name(row.approved_by),
        approved_at=row.approved_at,
    )


def _name(user: AbstractBaseUser | None) -> str:
    return (getattr(user, "get_full_name", str)() or user.get_username()) if user else ""
