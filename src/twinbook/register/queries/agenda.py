"""What stands in the calendar between two days: activities, visits, promises, ends of papers, jubilees, deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from twinbook.register.models import Agreement, Commitment, Place, Visit, VisitTask
from twinbook.register.queries import lists
from twinbook.register.queries.dates import when
from twinbook.register.queries.lists import PartnerLine
from twinbook.register.queries.shown import thing_of
from twinbook.register.queries.today import jubilees
from twinbook.register.queries.values import When, Words
from twinbook.register.queries.visits import clocks_of

MOST = 2000
LONGEST = 45  # days: what is wider is no date of a calendar
YEAR = timedelta(days=366)  # what began longer before the first day is no event of the calendar: a programme of years


@dataclass(frozen=True)
class Event:
    """One thing of the calendar. `kind`: activity · visit · deadline · task · due · ends · jubilee.

    `code`: an activity's kind or a visit's direction. A thing whose days are not known to about a month is `is_vague`.
    """

    kind: str
    when: When
    label: Words
    record: str = ""  # the id of a record's page
    visit: str = ""  # the id of a visit's file
    code: str = ""
    status: str = ""
    years: int = 0

    @property
    def first(self) -> date:
        return self.when.first or self.when.last or date.min

    @property
    def last(self) -> date:
        return self.when.last or self.first

    @property
    def is_vague(self) -> bool:
        """Whether the day is not known: a month, a season, a year, or a standing thing."""
        narrow = self.when.edtf.count("-") >= 2 and not {"~", "X", "?", "%"} & set(self.when.edtf)
        return not narrow or (self.last - self.first).days > LONGEST


def agenda(
    first: date, last: date, *, partner: PartnerLine | None = None, lines: tuple[PartnerLine, ...] | None = None
) -> tuple[Event, ...]:
    """All that falls between two days, both counted, of all partners or of one; in the order of time.

    `lines`: the partners, where the caller has asked for them already.
    """
    found = [
        *_activities(first, last, partner),
        *_visits(first, last, partner),
        *_promises(first, last, partner),
        *_papers(first, last, partner),
        *_jubilees(first, last, (partner,) if partner else lines),
    ]
    return tuple(sorted(found, key=lambda event: (event.first, event.kind, event.record, event.visit)))


def _activities(first: date, last: date, partner: PartnerLine | None) -> Iterator[Event]:
    place = partner.partner.id if partner else None
    for line in lists.activities(place=place, since=first, until=last, begun=first - YEAR, limit=MOST):
        if line.when:
            yield Event("activity", line.when, line.thing.label, record=line.thing.id, code=line.activity_kind,
                        status=line.status)  # fmt: skip


def _visits(first: date, last: date, partner: PartnerLine | None) -> Iterator[Event]:
    rows = Visit.objects.exclude(state="cancelled").select_related("rules")
    tasks = VisitTask.objects.filter(due__gte=first, due__lte=last, done_on=None).select_related("visit")
    if partner:
        rows = rows.filter(partner__public_id=partner.partner.id)
        tasks = tasks.filter(visit__partner__public_id=partner.partner.id)
    for row in rows.filter(first_day__lte=last, last_day__gte=first)[:MOST]:
        yield Event("visit", _span(row.first_day, row.last_day), row.title, visit=row.public_id, code=row.direction)
    for row in rows.filter(state="open")[:MOST]:
        for clock in clocks_of(row, first):
            if clock.due and clock.done_on is None and first <= clock.due <= last:
                yield Event("deadline", _span(clock.due, clock.due), clock.what, visit=row.public_id)
    for task in tasks.exclude(visit__state="cancelled")[:MOST]:
        if task.due:
            told = {"": f"{task.department}: {task.what}"}
            yield Event("task", _span(task.due, task.due), told, visit=task.visit.public_id)


def _promises(first: date, last: date, partner: PartnerLine | None) -> Iterator[Event]:
    rows = Commitment.objects.filter(state="open", due_last__gte=first, due_first__lte=last).select_related("record")
    if partner:
        rows = rows.filter(tie__public_id=partner.tie.id)
    for row in rows[:MOST]:
        if told := when(row.due):
            yield Event("due", told, row.record.label, record=row.record.public_id)


def _papers(first: date, last: date, partner: PartnerLine | None) -> Iterator[Event]:
    rows = Agreement.objects.filter(valid_until_last__gte=first, valid_until_first__lte=last)
    if partner:
        rows = rows.filter(tie__public_id=partner.tie.id)
    for row in rows.select_related("record")[:MOST]:
        if told := when(row.valid_until):
            thing = thing_of(row.record)
            yield Event("ends", told, thing.label, record=thing.id)


def _jubilees(first: date, last: date, lines: tuple[PartnerLine, ...] | None) -> Iterator[Event]:
    for one in jubilees(first, lines):
        if one.on.first and one.on.first <= last and (one.on.last or one.on.first) >= first:
            yield Event("jubilee", one.on, one.partner.label, record=one.tie.id, years=one.years)


def _span(first: date, last: date) -> When:
    return When(first.isoformat() if first == last else f"{first}/{last}", first, last)


def home_country() -> str:
    """The country of the office's own city; empty where none is set."""
    return Place.objects.filter(is_home=True).order_by("pk").values_list("country", flat=True).first() or ""


def partner_of(record: str, lines: tuple[PartnerLine, ...]) -> PartnerLine | None:
    """The line of a tie or of its partner, by either's id."""
    return next((line for line in lines if record in (line.tie.id, line.partner.id)), None)
