"""Reminders by mail: where an officer wants them, and that each is sent once, whoever sends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from twinbook.register.models import Reminder
from twinbook.register.queries.reminders import Due, Recipient, due, not_sent, recipients, records_of
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import storable

Send = Callable[[Recipient, Sequence[Due]], None]


def set_address(address: str, *, by: User) -> None:
    """Where the user's own reminders go; empty: nowhere. NotPossibleError "no-mail-address" where it is none."""
    need(by, "own")
    given = storable(address).strip()
    if given:
        try:
            validate_email(given)
        except ValidationError as error:
            raise NotPossibleError("this is no address of a mailbox", code="no-mail-address") from error
    User.objects.filter(pk=by.pk).update(email=given[:254])


def send_reminders(*, today: date, at: datetime, send: Send) -> int:
    """One letter to each officer who has something new to be reminded of; returns how many were sent.

    What is told is written down before it is sent, so that two workers do not both send it, and taken back where
    sending fails: then it is tried again.
    """
    lines = due(today)
    sent = 0
    for one in recipients():
        fresh = not_sent(lines, to=one)
        if not fresh or not (kept := _written_down(fresh, one, at)):
            continue
        try:
            send(one, fresh)
        except BaseException:
            Reminder.objects.filter(pk__in=kept).delete()
            raise
        sent += 1
    return sent


def _written_down(lines: Sequence[Due], to: Recipient, at: datetime) -> list[int]:
    """The keys of the rows; none where another worker was faster."""
    records = records_of(lines)
    try:
        with transaction.atomic():
            return [
                Reminder.objects.create(
                    user_id=to.user, record_id=records[line.thing.id], about=line.about, day=line.day, sent_at=at
                ).pk
                for line in lines
            ]
    except IntegrityError:
        return []
