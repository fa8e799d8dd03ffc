"""A statement, or all that is stated about a record, stands no longer; kept, dated and undoable."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q

from twinbook.register.models import Decision, Statement
from twinbook.register.models.fields import new_public_id
from twinbook.register.workflow.decide import Decided
from twinbook.register.workflow.errors import NotFoundError, StaleDecisionError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import check_version, find_record, settle, storable, withdraw_statements, writing


def withdraw(statement: int, *, by: User, at: datetime, reason: str) -> Decided:
    """One statement stands no longer, for a reason."""
    need(by, "decide")
    with writing():
        found = Statement.objects.select_related("record__canonical", "source").filter(pk=statement).first()
        if found is None:
            raise NotFoundError(f"no statement {statement}", id=str(statement))
        if found.withdrawn_by_id:
            raise StaleDecisionError("this statement stands no longer", id=str(statement))
        about = found.record.canonical or found.record
        decision = Decision.objects.create(
            act=new_public_id(),
            kind="withdraw",
            by=by,
            at=at,
            reason=storable(reason),
            source=found.source,
            record=about,
        )
        settle(withdraw_statements([found], decision))
        return Decided(decision.public_id, decision.act, "withdraw", "", about.public_id)


def withdraw_record(record: str, *, by: User, at: datetime, reason: str, version: int | None = None) -> Decided:
    """Nothing stands about a record any more; refused where statements about other records name it."""
    need(by, "decide")
    with writing():
        about = find_record(record)
        check_version(about.public_id, about.version, version)
        decision = Decision.objects.create(
            act=new_public_id(), kind="withdraw", by=by, at=at, reason=storable(reason), record=about
        )
        group = Q(record=about) | Q(record__canonical=about)
        settle(withdraw_statements(list(Statement.objects.filter(group, withdrawn_by=None)), decision))
        return Decided(decision.public_id, decision.act, "withdraw", "", about.public_id)
