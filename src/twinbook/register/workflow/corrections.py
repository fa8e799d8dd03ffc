"""A person's corrections outlive an undo: what is accepted again is corrected again."""

from __future__ import annotations

from typing import Any

from twinbook.register.models import Proposal, Statement
from twinbook.register.workflow.record import statement_key, withdraw_statements


def correct_again(proposal: Proposal) -> set[int]:
    """Let the corrections of what this proposal said before stand again, where it says the same now.

    They fell with the acceptance that was undone; the decisions that made them were not undone. Returns the ids of
    the records they are about.
    """
    fallen = Statement.objects.filter(
        amends__decision__proposal=proposal,
        amends__decision__undone_by__isnull=False,
        decision__kind="correct",
        decision__undone_by=None,
        withdrawn_by__kind="undo",
    )
    latest = {_words(old.amends): old for old in fallen.select_related("amends", "source", "target").order_by("pk")}
    if not latest:
        return set()
    touched: set[int] = set()
    stated = Statement.objects.filter(decision__proposal=proposal, decision__undone_by=None, withdrawn_by=None)
    for again in stated.select_related("record"):
        old = latest.get(_words(again))
        if old and old.decision_id < again.decision_id:
            touched |= _state_correction(old, again)
    return touched


def _words(statement: Statement | None) -> tuple[Any, ...]:
    """What a statement says and where; not of which record, since another acceptance may make another."""
    assert statement is not None
    target = statement.target_id is not None
    value = str(statement.value)
    return (statement.property, value, target, statement.language, statement.start, statement.end)


def _state_correction(old: Statement, again: Statement) -> set[int]:
    values = {f.attname: getattr(old, f.attname) for f in Statement._meta.concrete_fields if not f.primary_key}
    values |= {"record_id": again.record_id, "withdrawn_by_id": None, "restates_id": None, "amends_id": again.pk}
    new = Statement(**values)
    new.key = statement_key(new)
    if Statement.objects.filter(key=new.key, withdrawn_by=None).exists():
        return set()
    touched = withdraw_statements([again], old.decision)
    new.save()
    return touched
