"""Who decided what and when; what was stated about a record, and what was known of it on a past day."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from twinbook.register.models import Decision, Record, Source, Statement
from twinbook.register.queries.accounts import Accounts
from twinbook.register.queries.lists import home_places
from twinbook.register.queries.records import record as record_shown
from twinbook.register.queries.seen import with_sources
from twinbook.register.queries.shown import Showing, source_line, thing_of
from twinbook.register.queries.values import DecisionShown, Shown, Stated


def statements_about(
    record: str, *, property: str | None = None, on: date | None = None, with_withdrawn: bool = False
) -> tuple[Stated, ...]:
    """What stands about a record (and those merged into it), or stood on a day; the told ones of a property first.

    `with_withdrawn` adds what once stood, at the end, the latest withdrawn first.
    """
    found = Record.objects.filter(public_id=record).first()
    if found is None:
        return ()
    pk = found.canonical_id or found.pk
    accounts = Accounts.of({pk}, on=on)
    showing = Showing(accounts, home=home_places())
    account = accounts.get(pk)
    told = [s for statements in account.sorted.values() for s in statements] if account else []
    shown = [showing.stated(s, account) for s in told if property in {None, s.property}]
    if with_withdrawn:
        withdrawn = Statement.objects.exclude(withdrawn_by=None).order_by("-withdrawn_by_id", "pk")
        group = withdrawn.filter(Q(record_id=pk) | Q(record__canonical_id=pk))
        shown += [showing.stated(s, None) for s in with_sources(group) if property in {None, s.property}]
    return tuple(shown)


def known_on(record: str, day: date) -> Shown | None:
    """A record as the register knew it at the end of a day; None where it knew nothing of it."""
    return record_shown(record, on=day)


def statement(statement: int) -> Stated | None:
    """One statement by its number, standing or withdrawn."""
    row = next(iter(with_sources(Statement.objects.filter(pk=statement))), None)
    if row is None:
        return None
    pk = row.record.canonical_id or row.record_id
    accounts = Accounts.of({pk})
    return Showing(accounts, home=home_places()).stated(row, accounts.get(pk))


def source_text(source: str) -> str:
    """The text that a source's evidence refers to; empty where it was not read."""
    return Source.objects.filter(public_id=source).values_list("text", flat=True).first() or ""


def decisions_of(source: str) -> tuple[DecisionShown, ...]:
    """The decisions on one page, the latest first."""
    return _shown(Decision.objects.filter(source__public_id=source))


def decisions_about(record: str) -> tuple[DecisionShown, ...]:
    """The decisions about a record and those merged into it, the latest first."""
    about = Q(record__public_id=record) | Q(record__canonical__public_id=record)
    return _shown(Decision.objects.filter(about))


def latest_decisions(*, by: User | None = None, limit: int = 30) -> tuple[DecisionShown, ...]:
    """The latest decisions of everybody, or of one officer: the list to undo from."""
    made = Decision.objects.filter(by=by) if by else Decision.objects.all()
    return _shown(made, limit)


def act(act: str) -> tuple[DecisionShown, ...]:
    """The decisions of one act."""
    return _shown(Decision.objects.filter(act=act))


def _shown(decisions: QuerySet[Decision], limit: int | None = None) -> tuple[DecisionShown, ...]:
    related = decisions.select_related("by", "source", "proposal", "record", "undoes", "undone_by")
    light = related.defer("source__raw", "source__text", "source__reading", "proposal__as_read", "proposal__as_decided")
    return tuple(map(_decision, light.order_by("-at", "-pk")[:limit]))


def _decision(row: Decision) -> DecisionShown:
    is_undone = hasattr(row, "undone_by")
    return DecisionShown(
        id=row.public_id,
        act=row.act,
        kind=row.kind,
        by=row.by.get_username(),
        at=row.at,
        reason=row.reason,
        source=source_line(row.source) if row.source else None,
        proposal=row.proposal.public_id if row.proposal else "",
        record=thing_of(row.record) if row.record else None,
        undoes=row.undoes.public_id if row.undoes else "",
        is_undone=is_undone,
        can_undo=not is_undone and row.kind not in ("undo", "send"),
    )
