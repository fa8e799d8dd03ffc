"""Promises: made out of an accepted activity, then kept, dropped or overtaken, each with its reason or proof."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q

from twinbook.register.models import Record, Statement, Tie
from twinbook.register.models.activity import ActivityPlace
from twinbook.register.workflow.capture import capture_text
from twinbook.register.workflow.decide import Decided
from twinbook.register.workflow.enter import Given, enter
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import find_record


def promise(
    activity: str,
    *,
    what: str,
    language: str,
    by: User,
    at: datetime,
    side: str | None = None,
    owner: str = "",
    due: str = "",
) -> Decided:
    """A commitment out of an activity that was proposed or planned; its evidence is the activity's own sentence.

    `side`: id of the place that promised, `owner`: who sees to it, `due`: EDTF, even a vague one (`2027-23`).
    """
    need(by, "decide")
    about = find_record(activity, kind="activity")
    said = _words_about(about)
    given = [
        Given("what", what, language, quote=said.quote),
        Given("activity", about.public_id, quote=said.quote),
        Given("state", "open", quote=said.quote),
    ]
    if tie := _tie_of(about.pk):
        given.append(Given("tie", tie, quote=said.quote))
    if side:
        given.append(Given("side", side, quote=said.quote))
    if owner:
        given.append(Given("owner", owner, quote=said.quote))
    if due:
        given.append(Given("due", due, quote=said.quote))
    return enter("commitment", given, source=said.source.public_id, by=by, at=at)


def _words_about(record: Record) -> Statement:
    """The first standing statement about a record: its sentence is the evidence."""
    group = Q(record=record) | Q(record__canonical=record)
    found = Statement.objects.filter(group, withdrawn_by=None).select_related("source").order_by("pk").first()
    if found is None:
        raise NotPossibleError("nothing stands about this record", code="nothing-stands", id=record.public_id)
    return found


def _tie_of(activity: int) -> str | None:
    """The tie that the activity belongs to, where its places are those of exactly one."""
    places = list(ActivityPlace.objects.filter(activity_id=activity).values_list("place_id", flat=True))
    ties = Tie.objects.filter(place_a_id__in=places, place_b_id__in=places).select_related("record")
    found = [tie.record.public_id for tie in ties]
    return found[0] if len(found) == 1 else None


def keep(commitment: str, *, proof: str, by: User, at: datetime, reason: str = "") -> Decided:
    """The promise was kept; `proof` is the id of the activity, paper or landmark that shows it."""
    need(by, "decide")
    record = find_record(proof, kind=("activity", "agreement", "landmark"))
    said = _words_about(record)
    given = [Given("state", "kept", quote=said.quote), Given("proof", record.public_id, quote=said.quote)]
    return enter("commitment", given, source=said.source.public_id, by=by, at=at, record=commitment, reason=reason)


def drop(commitment: str, *, by: User, at: datetime, reason: str) -> Decided:
    """The promise will not be kept; the reason is the officer's own word."""
    need(by, "decide")
    return _end(commitment, "dropped", by, at, reason)


def overtake(commitment: str, *, by: User, at: datetime, reason: str) -> Decided:
    """Something else took the promise's place; the reason is the officer's own word."""
    need(by, "decide")
    return _end(commitment, "overtaken", by, at, reason)


def _end(commitment: str, state: str, by: User, at: datetime, reason: str) -> Decided:
    if not reason.strip():
        raise NotPossibleError("say why", code="reason-missing")
    note = capture_text(reason, kind="note", by=by, at=at).source
    return enter("commitment", [Given("state", state)], source=note, by=by, at=at, record=commitment, reason=reason)
