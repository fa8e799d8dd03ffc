"""What officers are reminded of by mail, and who wants to be: promises due and papers that end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User

from twinbook.register.models import Commitment, Record, Reminder
from twinbook.register.queries.dates import when
from twinbook.register.queries.rights import HEAD, OFFICER, roles_of
from twinbook.register.queries.shown import thing_of
from twinbook.register.queries.today import ending
from twinbook.register.queries.values import Thing, When

BEFORE_PROMISE, AFTER_PROMISE = timedelta(days=14), timedelta(days=365)
BEFORE_END = timedelta(days=60)
WHO = (OFFICER, HEAD)
MOST = 200


@dataclass(frozen=True)
class Due:
    """One thing to be reminded of. `about`: promise-soon · promise-late · paper-ends; `day` is its last day."""

    about: str
    thing: Thing
    tie: Thing | None
    on: When
    day: date


@dataclass(frozen=True)
class Recipient:
    """An officer who gave an address for reminders."""

    user: int
    address: str
    name: str


def due(today: date) -> tuple[Due, ...]:
    """All that officers are reminded of on a day: once before its last day, a promise once more after it."""
    return (*_promises(today), *_papers(today))


def recipients() -> tuple[Recipient, ...]:
    """Officers and heads who are switched on and gave an address."""
    users = User.objects.exclude(email="").filter(is_active=True).select_related("account").order_by("pk")
    found = [user for user in users if set(roles_of(user)) & set(WHO)]
    return tuple(Recipient(user.pk, user.email, user.get_full_name() or user.get_username()) for user in found)


def not_sent(lines: Sequence[Due], *, to: Recipient) -> tuple[Due, ...]:
    """Of these, what this officer was not reminded of yet."""
    sent = Reminder.objects.filter(user_id=to.user, day__in={line.day for line in lines})
    known = set(sent.values_list("record__public_id", "about", "day"))
    return tuple(line for line in lines if (line.thing.id, line.about, line.day) not in known)


def records_of(lines: Sequence[Due]) -> dict[str, int]:
    """The keys of the records that are told of."""
    return dict(Record.objects.filter(public_id__in=[one.thing.id for one in lines]).values_list("public_id", "pk"))


def _promises(today: date) -> Iterator[Due]:
    rows = Commitment.objects.filter(
        state="open", due_last__gte=today - AFTER_PROMISE, due_last__lte=today + BEFORE_PROMISE
    )
    for row in rows.select_related("record", "tie").order_by("due_last", "pk")[:MOST]:
        if (told := when(row.due)) and row.due_last:
            about = "promise-late" if row.due_last < today else "promise-soon"
            yield Due(about, thing_of(row.record), thing_of(row.tie) if row.tie else None, told, row.due_last)


def _papers(today: date) -> Iterator[Due]:
    for paper in ending(today):
        if paper.on.last and today <= paper.on.last <= today + BEFORE_END:
            yield Due("paper-ends", paper.thing, paper.tie, paper.on, paper.on.last)
