"""How deadlines, hours and amounts of visit files are said on pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template
from django.utils import translation

from twinbook.register.desk import visit_words
from twinbook.register.queries.visit_rules import Deadline, StandingTask
from twinbook.register.queries.visits import Clock, Hour, VisitLine

register = template.Library()
SOON = 3  # working days left from which a deadline is coloured


def _language() -> str:
    return (translation.get_language() or "en").split("-")[0]


@register.filter
def clock_words(clock: Clock) -> str:
    """How a deadline stands."""
    return visit_words.clock(clock, _language())


@register.filter
def clock_tag(clock: Clock) -> str:
    """The class of its tag: good when met, bad when late, warn when it comes soon."""
    if clock.done_on is not None:
        return "good"
    return "" if clock.left is None else "bad" if clock.left < 0 else "warn" if clock.left <= SOON else ""


@register.filter
def visit_days(line: VisitLine) -> str:
    """First to last day."""
    return visit_words.days(line.first_day, line.last_day, _language())


@register.filter
def visit_state(state: str) -> str:
    """The state of a file in words."""
    return str(visit_words.STATES[state])


@register.filter
def direction(code: str) -> str:
    """Who goes where."""
    return str(visit_words.DIRECTIONS[code])


@register.filter
def hours(hour: Hour) -> str:
    """From when until when."""
    return visit_words.hours(hour.begins, hour.ends)


@register.filter
def money(value: Decimal, currency: str) -> str:
    """An amount."""
    return visit_words.money(value, currency, _language())


@register.filter
def per(unit: str) -> str:
    """What a norm is paid for."""
    return str(visit_words.UNITS[unit])


@register.filter
def counted(rule: Deadline | StandingTask) -> str:
    """How a day of the rules is counted."""
    unit = rule.unit if isinstance(rule, Deadline) else "calendar"
    return visit_words.counted_from(rule.days, unit, rule.side, rule.of)


@register.filter
def side(code: str) -> str:
    """Whose people."""
    return str(visit_words.SIDES[code])


@register.filter
def deleted_why(code: str) -> str:
    """Why a participant's data went."""
    return str(visit_words.REASONS.get(code, code))


@register.filter
def people_words(number: int) -> str:
    """A head count."""
    return visit_words.people(number)


@register.filter
def iso(day: date | None) -> str:
    """A day for a date field."""
    return day.isoformat() if day else ""
