"""The office's rules for visits: chosen from the samples or written by the office; each saving is kept."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from twinbook.register.models import VisitRules
from twinbook.register.queries.visit_rules import RulesError, read_rules
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import storable

LONGEST = 60_000  # characters


def save_rules(text: str, *, by: User, at: datetime) -> str:
    """Keep a profile; it holds for visit files that are opened from now on. Returns its id.

    NotPossibleError "visit-rules" says what is wrong in the text.
    """
    need(by, "decide")
    text = storable(text)[:LONGEST].replace("\r\n", "\n")
    try:
        rules = read_rules(text)
    except RulesError as error:
        raise NotPossibleError(str(error), code="visit-rules", why=str(error)) from error
    return VisitRules.objects.create(name=rules.name[:120], text=text, made_by=by, made_at=at).public_id
