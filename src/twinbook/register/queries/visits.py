"""Visit files: the list, one whole file with its clock and estimate, the journal of receptions, what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache

from django.db.models import Count

from twinbook.register.models import Place, Statement, Visit, VisitCost, VisitHour, VisitTask
from twinbook.register.queries.lists import activities
from twinbook.register.queries.records import home
from twinbook.register.queries.values import Thing, Words
from twinbook.register.queries.visit_rules import Norm, Rules, read_rules

MOST_LINES = 200
CLOCK_AHEAD = timedelta(days=60)
SPOKEN_OF = 40  # statements of the press in one report at most


@dataclass(frozen=True)
class Clock:
    """One deadline of one visit. `left`: working days from the day asked to the last day; below zero it is late."""

    code: str
    what: Words
    due: date | None
    done_on: date | None
    left: int | None

    @property
    def is_late(self) -> bool:
        """Whether the last day has passed and nothing was done."""
        return self.done_on is None and self.left is not None and self.left < 0

    @property
    def was_late(self) -> bool:
        """Whether it was done after its last day."""
        return self.done_on is not None and self.due is not None and self.done_on > self.due


@dataclass(frozen=True)
class Hour:
    """One entry of the programme."""

    id: str
    day: date
    begins: time | None
    ends: time | None
    is_for_guests: bool
    what: Words
    place: Words
    work: str


@dataclass(frozen=True)
class Task:
    """One task of a department."""

    id: str
    department: str
    what: str
    due: date | None
    done_on: date | None


@dataclass(frozen=True)
class Cost:
    """One line of the estimate; `allowed` is the norm's rate, None where the line follows none."""

    id: str
    norm: str
    what: str
    rate: Decimal
    people: int
    times: int
    allowed: Decimal | None

    @property
    def total(self) -> Decimal:
        return self.rate * self.people * self.times

    @property
    def over(self) -> Decimal:
        """What the line costs beyond its norm; 0 within it or without one."""
        if self.allowed is None or self.rate <= self.allowed:
            return Decimal(0)
        return (self.rate - self.allowed) * self.people * self.times


@dataclass(frozen=True)
class VisitLine:
    """A visit for a list; `next_clock` is the deadline that runs out first."""

    id: str
    direction: str
    state: str
    title: Words
    partner: Thing | None
    first_day: date
    last_day: date
    guests: int
    ours: int
    next_clock: Clock | None


@dataclass(frozen=True)
class JournalLine:
    """The journal of receptions (federal form 20): its eight columns, the number counted by year."""

    id: str
    number: int
    first_day: date
    last_day: date
    place: str
    guest: str
    country: str
    purpose: Words
    said: str
    own_staff: str
    permitted_by: str
    has_report: bool
    sent_to: str


@dataclass(frozen=True)
class Heard:
    """An accepted statement of the register about the days of the visit: its words and where they stand."""

    activity: Thing
    quote: str
    language: str
    source: str
    source_title: str


@dataclass(frozen=True)
class VisitFile:
    """Everything of one visit but its participants, who are asked for apart (queries.visit_people)."""

    line: VisitLine
    languages: tuple[str, ...]
    purpose: Words
    topics: Words
    body: str
    request: str
    requested_on: date | None
    place: str
    responsible: str
    own_staff: str
    permitted_by: str
    said: str
    report: str
    sent_to: str
    keep_until: date
    made_by: str
    currency: str
    rules_name: str
    clocks: tuple[Clock, ...]
    hours: tuple[Hour, ...]
    tasks: tuple[Task, ...]
    costs: tuple[Cost, ...]
    norms: tuple[Norm, ...]
    heard: tuple[Heard, ...]

    @property
    def id(self) -> str:
        return self.line.id

    @property
    def total(self) -> Decimal:
        return sum((cost.total for cost in self.costs), Decimal(0))

    @property
    def over(self) -> Decimal:
        return sum((cost.over for cost in self.costs), Decimal(0))

    @property
    def guest_hours(self) -> tuple[Hour, ...]:
        """The guests' programme; the working one has them all."""
        return tuple(hour for hour in self.hours if hour.is_for_guests)


@lru_cache(maxsize=32)
def _rules(text: str) -> Rules:
    return read_rules(text)


def days_of(row: Visit) -> Mapping[str, date | None]:
    """The days that deadlines count from."""
    return {"arrival": row.first_day, "departure": row.last_day, "request": row.requested_on}


def clocks_of(row: Visit, day: date) -> tuple[Clock, ...]:
    """The deadlines of a visit by its own rules, seen from a day, those first that run out first."""
    rules = _rules(row.rules.text)
    found = []
    for deadline in rules.deadlines:
        if row.direction not in deadline.directions:
            continue
        due = rules.due(deadline, days_of(row))
        done = row.done.get(deadline.code)
        done_on = date.fromisoformat(done) if done else None
        left = None if due is None or done_on else working_days_left(rules, day, due)
        found.append(Clock(deadline.code, deadline.what, due, done_on, left))
    return tuple(sorted(found, key=lambda clock: (clock.due or date.max, clock.code)))


def working_days_left(rules: Rules, day: date, due: date) -> int:
    """Working days after a day until another, which counts; below zero those that have passed since.

    A last day that is not over is never late: on it, and on free days before it, 0 are left.
    """
    if due >= day:
        return sum(rules.is_working(day + timedelta(days=n)) for n in range(1, (due - day).days + 1))
    passed = sum(rules.is_working(due + timedelta(days=n)) for n in range(1, (day - due).days + 1))
    return -max(passed, 1)


def visits(day: date, *, state: str = "", direction: str = "", limit: int = MOST_LINES) -> tuple[VisitLine, ...]:
    """Visits, the latest first."""
    rows = Visit.objects.select_related("partner", "rules").order_by("-first_day", "-pk")
    if state:
        rows = rows.filter(state=state)
    if direction:
        rows = rows.filter(direction=direction)
    return tuple(_line(row, day) for row in rows[:limit])


def visits_ahead(day: date) -> tuple[VisitLine, ...]:
    """Open files: visits to come or running, and those whose report is not out; what runs out first comes first."""
    rows = Visit.objects.filter(state="open").select_related("partner", "rules").order_by("first_day", "pk")
    lines = [_line(row, day) for row in rows[:MOST_LINES]]
    return tuple(sorted(lines, key=lambda line: (_due(line), line.first_day, line.id)))


def _due(line: VisitLine) -> date:
    return (line.next_clock.due if line.next_clock else None) or line.first_day


def _line(row: Visit, day: date) -> VisitLine:
    running = [clock for clock in clocks_of(row, day) if clock.done_on is None and clock.due is not None]
    return VisitLine(
        id=row.public_id,
        direction=row.direction,
        state=row.state,
        title=row.title,
        partner=Thing(row.partner.public_id, row.partner.kind, row.partner.label) if row.partner else None,
        first_day=row.first_day,
        last_day=row.last_day,
        guests=row.guests,
        ours=row.ours,
        next_clock=running[0] if running and row.state == "open" else None,
    )


def visit_file(visit: str, day: date) -> VisitFile | None:
    """One file as it stands, its deadlines seen from a day; None where there is none of that id."""
    row = Visit.objects.select_related("partner", "rules", "made_by").filter(public_id=visit).first()
    if row is None:
        return None
    rules = _rules(row.rules.text)
    norms = {norm.code: norm for norm in rules.norms}
    return VisitFile(
        line=_line(row, day),
        languages=tuple(row.languages),
        purpose=row.purpose,
        topics=row.topics,
        body=row.body,
        request=row.request,
        requested_on=row.requested_on,
        place=row.place,
        responsible=row.responsible,
        own_staff=row.own_staff,
        permitted_by=row.permitted_by,
        said=row.said,
        report=row.report,
        sent_to=row.sent_to,
        keep_until=row.keep_until,
        made_by=row.made_by.get_full_name() or row.made_by.get_username(),
        currency=rules.currency,
        rules_name=rules.name,
        clocks=clocks_of(row, day),
        hours=tuple(map(_hour, row.hours.order_by("day", "begins", "pk"))),
        tasks=tuple(map(_task, row.tasks.order_by("due", "pk"))),
        costs=tuple(_cost(cost, norms) for cost in row.costs.order_by("pk")),
        norms=rules.norms,
        heard=_heard(row),
    )


def _hour(row: VisitHour) -> Hour:
    return Hour(row.public_id, row.day, row.begins, row.ends, row.is_for_guests, row.what, row.place, row.work)


def _task(row: VisitTask) -> Task:
    return Task(row.public_id, row.department, row.what, row.due, row.done_on)


def _cost(row: VisitCost, norms: Mapping[str, Norm]) -> Cost:
    norm = norms.get(row.norm)
    return Cost(row.public_id, row.norm, row.what, row.rate, row.people, row.times, norm.rate if norm else None)


def _heard(row: Visit) -> tuple[Heard, ...]:
    """What accepted sources say of activities with the partner on those days, one line a sentence."""
    if row.partner is None:
        return ()
    lines = activities(place=row.partner.public_id, since=row.first_day, until=row.last_day)
    things = {line.thing.id: line.thing for line in lines}
    told = (
        Statement.objects.filter(record__public_id__in=things, withdrawn_by=None, property__in=("title", "status"))
        .select_related("record", "source")
        .order_by("source__day", "source_id", "start")
    )
    found: dict[tuple[int, str], Heard] = {}
    for one in told[: SPOKEN_OF * 4]:
        quote = one.quote.strip()
        key = (one.source_id, quote)
        if quote and key not in found and len(found) < SPOKEN_OF:
            found[key] = Heard(
                things[one.record.public_id], quote, one.source.language, one.source.public_id, one.source.title
            )
    return tuple(found.values())


def journal(year: int) -> tuple[JournalLine, ...]:
    """The journal of receptions of one year: incoming visits that were not cancelled, in order of day."""
    rows = (
        Visit.objects.filter(direction="incoming", first_day__year=year)
        .exclude(state="cancelled")
        .select_related("partner")
        .order_by("first_day", "pk")
    )
    return tuple(_journal_line(number, row) for number, row in enumerate(rows, 1))


def journal_line(visit: str) -> JournalLine | None:
    """The line of one incoming visit; None for one that has none."""
    row = Visit.objects.filter(public_id=visit, direction="incoming").first()
    lines = journal(row.first_day.year) if row else ()
    return next((line for line in lines if line.id == visit), None)


def _journal_line(number: int, row: Visit) -> JournalLine:
    return JournalLine(
        id=row.public_id,
        number=number,
        first_day=row.first_day,
        last_day=row.last_day,
        place=row.place,
        guest=row.body,
        country=country_of(row),
        purpose=row.purpose,
        said=row.said,
        own_staff=row.own_staff,
        permitted_by=row.permitted_by,
        has_report=bool(row.report.strip()),
        sent_to=row.sent_to,
    )


def country_of(row: Visit) -> str:
    """The ISO code of the partner's country, empty where none is known."""
    found = Place.objects.filter(record=row.partner).values_list("country", flat=True).first() if row.partner else None
    return found or ""


def home_name() -> Words:
    """Our city's name by language."""
    found = home()
    return found.thing.label if found else {}


def years() -> Sequence[int]:
    """The years that have incoming visits, the newest first."""
    rows = Visit.objects.filter(direction="incoming").values_list("first_day__year").annotate(Count("pk"))
    return sorted((year for year, _ in rows), reverse=True)
