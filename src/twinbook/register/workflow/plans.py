"""Lines of a year's plan: taken from a proposal or written anew, changed, refused, and told what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from babel.numbers import list_currencies
from django.contrib.auth.models import User

from twinbook.register.models import PlanLine, Record
from twinbook.register.queries.plans import ORIGINS, OUTCOMES
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import find_record, storable, writing
from twinbook.vocabulary.concept import concepts
from twinbook.vocabulary.partial_date import PartialDate

FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST_TITLE, LONGEST_NOTE = 300, 600
MOST_PEOPLE, MOST_MONEY = 1_000_000, Decimal("999999999999.99")


@dataclass(frozen=True)
class LineGiven:
    """What a person writes in a line: `title` by language, `partner` a place's id, `when` EDTF within or without the
    year, `currency` ISO 4217."""

    title: Mapping[str, str]
    partner: str = ""
    area: str = ""
    when: str = ""
    owner: str = ""
    people_out: int | None = None
    people_in: int | None = None
    cost: Decimal | None = None
    currency: str = ""


def add_line(year: int, given: LineGiven, *, by: User, at: datetime, origin: str = "own", record: str = "") -> str:
    """A line of the plan; `origin` and `record` say which proposal it was taken from. Returns its id."""
    need(by, "plan")
    return _make(year, given, "kept", origin, record, by, at)


def refuse_proposal(year: int, given: LineGiven, *, origin: str, record: str, by: User, at: datetime) -> str:
    """The proposal is not for this year: it is not proposed again. Returns the id of the line that says so."""
    need(by, "plan")
    return _make(year, given, "dropped", origin, record, by, at)


def change_line(line: str, given: LineGiven, *, by: User, at: datetime) -> None:
    """Other words, days, owner, headcounts or money in a line."""
    need(by, "plan")
    with writing():
        found = _line(line)
        for name, value in _columns(given).items():
            setattr(found, name, value)
        found.changed_at = at
        found.save()


def drop_line(line: str, *, by: User, at: datetime) -> None:
    """Take a line out of the plan; the proposal it came from does not come back by itself."""
    need(by, "plan")
    _move(line, "kept", "dropped", at)


def restore_line(line: str, *, by: User, at: datetime) -> None:
    """Take a refused proposal, or a line that was taken out, into the plan after all."""
    need(by, "plan")
    _move(line, "dropped", "kept", at)


def settle_line(
    line: str, outcome: str, *, by: User, at: datetime, activity: str = "", spent: Decimal | None = None, note: str = ""
) -> None:
    """What became of a line: held, not held or moved, empty where nobody knows any more; `activity` is the id of the
    fact that proves it, `spent` in the line's currency."""
    need(by, "plan")
    if outcome and outcome not in OUTCOMES:
        raise NotPossibleError(f"no outcome {outcome!r}", code="wrong-value", value=outcome)
    with writing():
        found = _line(line)
        if spent is not None and not found.currency:
            raise NotPossibleError("money without a currency", code="plan-currency-missing")
        found.outcome = outcome
        found.activity = find_record(activity, kind="activity") if activity else None
        found.spent, found.note = _money(spent), storable(note).strip()[:LONGEST_NOTE]
        found.changed_at = at
        found.save()


def _make(year: int, given: LineGiven, state: str, origin: str, record: str, by: User, at: datetime) -> str:
    if origin not in ORIGINS or (origin == "own") == bool(record):
        raise NotPossibleError(f"no origin {origin!r} of {record!r}", code="wrong-value", value=origin)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotPossibleError(f"no year {year}", code="wrong-value", value=str(year))
    with writing():
        source: Record | None = find_record(record) if record else None
        if source and PlanLine.objects.filter(year=year, origin=origin, origin_record=source).exists():
            raise NotPossibleError("this proposal was decided already", code="stale")
        made = PlanLine.objects.create(
            year=year, state=state, origin=origin, origin_record=source,
            made_by=by, made_at=at, changed_at=at, **_columns(given),
        )  # fmt: skip
    return made.public_id


def _columns(given: LineGiven) -> dict[str, object]:
    title = {tag: text for tag, words in given.title.items() if (text := storable(words).strip()[:LONGEST_TITLE])}
    if not title:
        raise NotPossibleError("a line needs words", code="plan-title-missing")
    if given.area and given.area not in concepts("areas"):
        raise NotPossibleError(f"no area {given.area!r}", code="wrong-value", value=given.area)
    if given.currency and given.currency not in list_currencies():
        raise NotPossibleError(f"no currency {given.currency!r}", code="wrong-value", value=given.currency)
    if given.cost is not None and not given.currency:
        raise NotPossibleError("money without a currency", code="plan-currency-missing")
    return {
        "title": title,
        "partner": find_record(given.partner, kind="place") if given.partner else None,
        "area": given.area,
        "when": _date(given.when),
        "owner": storable(given.owner).strip()[:200],
        "people_out": _people(given.people_out),
        "people_in": _people(given.people_in),
        "cost": _money(given.cost),
        "currency": given.currency,
    }


def _people(count: int | None) -> int | None:
    if count is not None and not 0 <= count <= MOST_PEOPLE:
        raise NotPossibleError(f"no count of people: {count}", code="wrong-value", value=str(count))
    return count


def _money(amount: Decimal | None) -> Decimal | None:
    if amount is not None and not 0 <= amount <= MOST_MONEY:
        raise NotPossibleError(f"no amount: {amount}", code="wrong-value", value=str(amount))
    return amount


def _date(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return PartialDate.parse(text.strip()).edtf
    except ValueError as error:
        raise NotPossibleError(f"no date: {text}", code="wrong-value", value=text) from error


def _move(line: str, old: str, new: str, at: datetime) -> None:
    with writing():
        found = _line(line, old)
        found.state, found.changed_at = new, at
        found.save(update_fields=["state", "changed_at"])


def _line(line: str, state: str = "kept") -> PlanLine:
    found = PlanLine.objects.select_for_update(of=("self",)).filter(public_id=line, state=state).first()
    if found is None:
        raise NotFoundError(f"no line {line}", id=line)
    return found
