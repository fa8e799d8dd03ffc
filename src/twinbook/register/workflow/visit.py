"""The visit file: opened on a request, planned, and closed with its report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from twinbook.register.models import Visit, VisitCost, VisitHour, VisitRules, VisitTask
from twinbook.register.queries.visit_rules import read_rules
from twinbook.register.queries.visits import clocks_of, days_of
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import find_record, storable

DIRECTIONS = ("incoming", "outgoing")
STATES = ("open", "closed", "cancelled")
REPORT = "report"  # the code of the deadline that a report meets
LONGEST_VISIT = timedelta(days=366)
WORDS = ("title", "purpose", "topics")
TEXTS = ("body", "request", "place", "responsible", "own_staff", "permitted_by", "said", "report", "sent_to")
NUMBERS = ("guests", "ours")
DAYS = ("requested_on", "first_day", "last_day")


def open_visit(
    title: Mapping[str, str],
    *,
    direction: str,
    partner: str | None,
    first_day: date,
    last_day: date,
    languages: tuple[str, str],
    by: User,
    at: datetime,
    **rest: Any,
) -> str:
    """Open a file under the rules that hold now, with their standing tasks; returns its id.

    `title` by language, `partner` the id of a place. Who opens it may see its participants.
    """
    need(by, "plan")
    if direction not in DIRECTIONS:
        raise ValueError(f"no direction {direction!r}")
    rules = VisitRules.objects.order_by("-pk").first()
    if rules is None:
        raise NotPossibleError("choose the rules for visits first", code="visit-no-rules")
    with transaction.atomic():
        row = Visit(
            direction=direction,
            partner=find_record(partner, kind="place") if partner else None,
            languages=list(languages),
            rules=rules,
            made_by=by,
            made_at=at,
        )
        _fill(row, {"title": title, "first_day": first_day, "last_day": last_day, **rest})
        row.save()
        row.need_to_know.add(by)
        _standing_tasks(row)
    return row.public_id


def change_visit(visit: str, *, by: User, at: datetime, **changes: Any) -> None:
    """Change what is named of WORDS, TEXTS, NUMBERS, DAYS, `languages` and `partner` (a place's id, or "").

    A report that is written meets its deadline.
    """
    need(by, "plan")
    with transaction.atomic():
        row = _open(visit)
        if "languages" in changes:
            row.languages = list(changes.pop("languages"))
        if "partner" in changes:
            partner = changes.pop("partner")
            row.partner = find_record(partner, kind="place") if partner else None
        _fill(row, changes)
        if row.report.strip() and REPORT not in row.done and _has_deadline(row, REPORT, at.date()):
            row.done = {**row.done, REPORT: at.date().isoformat()}
        row.save()


def _fill(row: Visit, changes: Mapping[str, Any]) -> None:
    known = {*WORDS, *TEXTS, *NUMBERS, *DAYS}
    if unknown := set(changes) - known:
        raise ValueError(f"a visit has no {sorted(unknown)}")
    for name, value in changes.items():
        if name in WORDS:
            setattr(row, name, _words(value))
        elif name in TEXTS:
            length = row._meta.get_field(name).max_length or 100_000  # type: ignore[union-attr]  # a column, no relation
            setattr(row, name, storable(value).strip()[:length])
        else:
            setattr(row, name, value)
    if not row.title:
        raise NotPossibleError("give the visit a name", code="visit-title-missing")
    if row.last_day < row.first_day or row.last_day - row.first_day > LONGEST_VISIT:
        raise NotPossibleError("the visit ends before it begins", code="visit-days")
    row.keep_until = row.last_day + timedelta(days=read_rules(row.rules.text).keep_days)


def _words(given: Mapping[str, str]) -> dict[str, str]:
    cleaned = {language: storable(text).strip()[:2000] for language, text in given.items()}
    return {language: text for language, text in cleaned.items() if text}


def _standing_tasks(row: Visit) -> None:
    rules = read_rules(row.rules.text)
    VisitTask.objects.bulk_create(
        VisitTask(visit=row, department=task.department[:200], what=task.what, due=rules.due(task, days_of(row)))
        for task in rules.tasks
    )


def _has_deadline(row: Visit, code: str, day: date) -> bool:
    return any(clock.code == code for clock in clocks_of(row, day))


def meet(visit: str, code: str, *, on: date | None, by: User, at: datetime) -> None:
    """A deadline was met on a day; None takes that back."""
    need(by, "plan")
    with transaction.atomic():
        row = _open(visit)
        if not _has_deadline(row, code, at.date()):
            raise NotFoundError(f"no deadline {code}", id=code)
        kept = {name: day for name, day in row.done.items() if name != code}
        row.done = {**kept, code: on.isoformat()} if on else kept
        row.save(update_fields=["done"])


def add_hour(
    visit: str,
    *,
    day: date,
    begins: time | None,
    ends: time | None,
    what: Mapping[str, str],
    place: Mapping[str, str],
    work: str,
    is_for_guests: bool,
    by: User,
    at: datetime,
) -> str:
    """Put an entry into the programme, on a day of the visit or beside it (a day before, for preparing)."""
    need(by, "plan")
    with transaction.atomic():
        row = _open(visit)
        given = _hour(row, day, begins, ends, what, place, work, is_for_guests)
        made = VisitHour.objects.create(visit=row, **given)
    return made.public_id


def change_hour(
    visit: str,
    hour: str,
    *,
    day: date,
    begins: time | None,
    ends: time | None,
    what: Mapping[str, str],
    place: Mapping[str, str],
    work: str,
    is_for_guests: bool,
    by: User,
    at: datetime,
) -> None:
    """Put other values into an entry of the programme."""
    need(by, "plan")
    with transaction.atomic():
        row = _open(visit)
        given = _hour(row, day, begins, ends, what, place, work, is_for_guests)
        if not VisitHour.objects.filter(visit=row, public_id=hour).update(**given):
            raise NotFoundError(f"no hour {hour}", id=hour)


def _hour(
    row: Visit, day: date, begins: time | None, ends: time | None, what: Mapping[str, str], place: Mapping[str, str],
    work: str, is_for_guests: bool,
) -> dict[str, Any]:  # fmt: skip
    """The columns of an entry, checked."""
    if not (said := _words(what)):
        raise NotPossibleError("say what happens", code="visit-words-missing")
    if (begins and ends and ends < begins) or not _is_near(row, day):
        raise NotPossibleError("this hour is outside the visit", code="visit-hour")
    return {
        "day": day,
        "begins": begins,
        "ends": ends,
        "what": said,
        "place": _words(place),
        "work": storable(work).strip()[:2000],
        "is_for_guests": is_for_guests,
    }


def _is_near(row: Visit, day: date) -> bool:
    week = timedelta(days=7)
    return row.first_day - week <= day <= row.last_day + week


def add_task(visit: str, *, department: str, what: str, due: date | None, by: User, at: datetime) -> str:
    """Give a department a task."""
    need(by, "plan")
    with transaction.atomic():
        row = _open(visit)
        if not storable(department).strip() or not storable(what).strip():
            raise NotPossibleError("say who does what", code="visit-words-missing")
        task = VisitTask.objects.create(
            visit=row, department=storable(department).strip()[:200], what=storable(what).strip()[:500], due=due
        )
    return task.public_id


def finish_task(visit: str, task: str, *, on: date | None, by: User, at: datetime) -> None:
    """A task was done on a day; None takes that back."""
    need(by, "plan")
    with transaction.atomic():
        if not VisitTask.objects.filter(visit=_open(visit), public_id=task).update(done_on=on):
            raise NotFoundError(f"no task {task}", id=task)


def add_cost(
    visit: str, *, norm: str, what: str, rate: Decimal | None, people: int, times: int, by: User, at: datetime
) -> str:
    """Put a line into the estimate; what the norm says stands where no words or rate are given."""
    need(by, "plan")
    with transaction.atomic():
        row = _open(visit)
        norms = {one.code: one for one in read_rules(row.rules.text).norms}
        known = norms.get(norm)
        if norm and known is None:
            raise NotFoundError(f"no norm {norm}", id=norm)
        ours = row.languages[0] if row.languages else "en"
        said = storable(what).strip() or (known.what.get(ours) or next(iter(known.what.values())) if known else "")
        paid = rate if rate is not None else known.rate if known else None
        if not said or paid is None:
            raise NotPossibleError("say what it is and what it costs", code="visit-words-missing")
        made = VisitCost.objects.create(visit=row, norm=norm, what=said[:300], rate=paid, people=people, times=times)
    return made.public_id


def fill_estimate(visit: str, *, by: User, at: datetime) -> int:
    """A line for each norm that has none yet, for the guests and days of the visit; returns how many were made."""
    need(by, "plan")
    with transaction.atomic():
        row = _open(visit)
        has = set(row.costs.values_list("norm", flat=True))
        missing = [norm for norm in read_rules(row.rules.text).norms if norm.code not in has]
        ours = row.languages[0] if row.languages else "en"
        VisitCost.objects.bulk_create(
            VisitCost(
                visit=row,
                norm=norm.code,
                what=(norm.what.get(ours) or next(iter(norm.what.values())))[:300],
                rate=norm.rate,
                people=max(row.guests, 1) if norm.per.startswith("person") else 1,
                times=_times(row, norm.per),
            )
            for norm in missing
        )
    return len(missing)


def _times(row: Visit, per: str) -> int:
    """How often a norm is paid: days, nights, hours of the guests' programme, or once."""
    nights = (row.last_day - row.first_day).days
    if per == "hour":
        spans = row.hours.filter(is_for_guests=True, begins__isnull=False, ends__isnull=False)
        minutes = sum(_minutes(ends) - _minutes(begins) for begins, ends in spans.values_list("begins", "ends"))
        return max(1, -(-minutes // 60))
    return {"person_day": nights + 1, "person_night": max(nights, 1)}.get(per, 1)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


PARTS = {"hour": VisitHour, "task": VisitTask, "cost": VisitCost}


def take_out(visit: str, part: str, item: str, *, by: User, at: datetime) -> None:
    """Take an entry of the programme ("hour"), a "task" or a "cost" out of the file."""
    need(by, "plan")
    with transaction.atomic():
        table: Any = PARTS[part]
        if not table.objects.filter(visit=_open(visit), public_id=item).delete()[0]:
            raise NotFoundError(f"no {part} {item}", id=item)


def close_visit(visit: str, *, by: User, at: datetime) -> None:
    """The visit is over and reported; the file takes no more changes."""
    need(by, "decide")
    with transaction.atomic():
        row = _open(visit)
        if not row.report.strip():
            raise NotPossibleError("write the report first", code="visit-report-missing")
        row.state = "closed"
        row.save(update_fields=["state"])


def cancel_visit(visit: str, *, by: User, at: datetime) -> None:
    """The visit does not take place; its deadlines stop."""
    need(by, "decide")
    with transaction.atomic():
        row = _open(visit)
        row.state = "cancelled"
        row.save(update_fields=["state"])


def open_again(visit: str, *, by: User, at: datetime) -> None:
    """A closed or cancelled file takes changes again."""
    need(by, "decide")
    if not Visit.objects.filter(public_id=visit).exclude(state="open").update(state="open"):
        raise NotFoundError(f"no closed visit file {visit}", id=visit)


def _open(visit: str) -> Visit:
    """The row, locked for this change; NotPossibleError where the file is closed."""
    row = Visit.objects.select_for_update(of=("self",)).select_related("rules").filter(public_id=visit).first()
    if row is None:
        raise NotFoundError(f"no visit file {visit}", id=visit)
    if row.state != "open":
        raise NotPossibleError("this file is closed", code="visit-closed")
    return row
