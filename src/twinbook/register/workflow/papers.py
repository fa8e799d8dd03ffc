"""The office's papers: drafted, kept (from then on frozen), approved by the head."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from twinbook.register.models import KeptPaper
from twinbook.register.queries.papers import digest_of
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import find_record, writing

EDITED_KINDS = ("briefing",)  # the words of a plan or report follow from its lines and facts
APPROVED_KINDS = ("yearly_plan", "yearly_report")
LARGEST_PAPER = 2_000_000  # characters of JSON


def draft_paper(
    publication: str,
    *,
    title: str,
    documents: Sequence[dict[str, Any]],
    as_known_at: datetime,
    by: User,
    at: datetime,
    year: int | None = None,
    partner: str | None = None,
) -> str:
    """A new draft of the documents, one a language; returns its id. `partner` is the id of a place."""
    need(by, "plan")
    _check(documents)
    about = find_record(partner, kind="place") if partner else None
    made = KeptPaper.objects.create(
        publication=publication,
        title=title[:300],
        documents=list(documents),
        as_known_at=as_known_at,
        year=year,
        partner=about,
        made_by=by,
        made_at=at,
    )
    return made.public_id


def change_paper(paper: str, documents: Sequence[dict[str, Any]], *, by: User, at: datetime) -> None:
    """Other words in a draft of a kind that is edited: one document a language, the same languages."""
    need(by, "plan")
    _check(documents)
    with writing():
        found = _draft(paper)
        if found.publication not in EDITED_KINDS:
            raise NotPossibleError("this kind of paper follows from the register", code="paper-not-edited")
        if [one["language"] for one in documents] != [one["language"] for one in found.documents]:
            raise NotPossibleError("other languages than the draft has", code="not-possible")
        found.documents, found.title = list(documents), str(documents[0]["title"])[:300]
        found.save(update_fields=["documents", "title"])


def keep_paper(paper: str, *, by: User, at: datetime) -> None:
    """Freeze a draft: from now on no word of it changes, and its digest tells so."""
    need(by, "plan")
    with writing():
        found = _draft(paper)
        found.digest = digest_of(found.documents)
        found.kept_by, found.kept_at = by, at
        found.save(update_fields=["digest", "kept_by", "kept_at"])


def approve_paper(paper: str, *, by: User, at: datetime) -> None:
    """The head's approval of a kept plan or report; again: nothing changes."""
    need(by, "approve")
    with writing():
        found = _paper(paper)
        if found.kept_at is None or found.publication not in APPROVED_KINDS:
            raise NotPossibleError("only a kept plan or report is approved", code="paper-not-kept")
        if found.approved_at is None:
            found.approved_by, found.approved_at = by, at
            found.save(update_fields=["approved_by", "approved_at"])


def discard_paper(paper: str, *, by: User, at: datetime) -> None:
    """Throw a draft away; a kept paper stays."""
    need(by, "plan")
    with writing():
        _draft(paper).delete()


def _check(documents: Sequence[dict[str, Any]]) -> None:
    if not documents or len(json.dumps(documents, ensure_ascii=False)) > LARGEST_PAPER:
        raise NotPossibleError("a paper needs words, and not too many", code="paper-too-large")


def _draft(paper: str) -> KeptPaper:
    found = _paper(paper)
    if found.kept_at is not None:
        raise NotPossibleError("this paper was kept and does not change any more", code="paper-kept")
    return found


def _paper(paper: str) -> KeptPaper:
    found = KeptPaper.objects.select_for_update(of=("self",)).filter(public_id=paper).first()
    if found is None:
        raise NotFoundError(f"no paper {paper}", id=paper)
    return found
