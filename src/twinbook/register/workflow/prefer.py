"""Where sources contradict each other a person prefers one; the others stay visible."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from twinbook.register.models import Decision, Preference, Statement
from twinbook.register.models.fields import new_public_id
from twinbook.register.workflow.decide import Decided
from twinbook.register.workflow.errors import NotFoundError, StaleDecisionError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import settle, storable, writing


def prefer(statement: int, *, by: User, at: datetime, reason: str = "") -> Decided:
    """Let the record tell this statement's value. The newest choice counts; undo() brings the one before back."""
    need(by, "decide")
    with writing():
        chosen = Statement.objects.select_related("record__canonical", "source").filter(pk=statement).first()
        if chosen is None:
            raise NotFoundError(f"no statement {statement}", id=str(statement))
        if chosen.withdrawn_by_id:
            raise StaleDecisionError("this statement stands no longer", id=str(statement))
        about = chosen.record.canonical or chosen.record
        decision = Decision.objects.create(
            act=new_public_id(),
            kind="prefer",
            by=by,
            at=at,
            reason=storable(reason),
            source=chosen.source,
            record=about,
        )
        Preference.objects.create(statement=chosen, decision=decision)
        settle({chosen.record_id})
        return Decided(decision.public_id, decision.act, "prefer", "", about.public_id)
