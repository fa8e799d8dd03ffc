"""What the pages and papers of visit files say: states, deadlines, units of norms, money, and the papers' labels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from babel.numbers import format_currency, format_decimal
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from twinbook.register.queries.visits import Clock
from twinbook.vocabulary.date_words import edtf_words

DIRECTIONS: Mapping[str, Promise] = {
    "incoming": _("Guests come to us"),
    "outgoing": _("We go to them"),
}
STATES: Mapping[str, Promise] = {
    "open": pgettext_lazy("state of a visit file", "open"),
    "closed": pgettext_lazy("state of a visit file", "closed"),
    "cancelled": pgettext_lazy("state of a visit file", "cancelled"),
}
SIDES: Mapping[str, Promise] = {
    "guest": pgettext_lazy("side of a delegation", "Guests"),
    "own": _("Our city"),
}
REASONS: Mapping[str, Promise] = {  # why a participant's data was deleted
    "term": _("its day has passed"),
    "request": _("asked for"),
    "consent-withdrawn": _("consent withdrawn"),
}
UNITS: Mapping[str, Promise] = {
    "person_day": _("a person a day"),
    "person_night": _("a person a night"),
    "person": _("a person"),
    "visit": _("a visit"),
    "hour": _("an hour"),
}
COUNTED: Mapping[str, Promise] = {
    "arrival": _("the first day"),
    "departure": _("the last day"),
    "request": _("the day of the request"),
}


def clock(one: Clock, language: str) -> str:
    """What a deadline says of itself: done, so many working days left, or late."""
    if one.done_on is not None:
        return gettext("done %(day)s") % {"day": edtf_words(one.done_on.isoformat(), language)}
    if one.left is None:
        return gettext("its day is not known yet")
    if one.left < 0:
        return ngettext("%(n)s working day late", "%(n)s working days late", -one.left) % {"n": -one.left}
    if one.left == 0:
        return gettext("no working day left")
    return ngettext("%(n)s working day left", "%(n)s working days left", one.left) % {"n": one.left}


def counted_from(days: int, unit: str, side: str, of: str) -> str:
    """How a deadline of the rules is counted: 3 working days after the last day."""
    if unit == "working":
        span = ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}
    else:
        span = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    pattern = gettext("%(span)s before %(day)s") if side == "before" else gettext("%(span)s after %(day)s")
    return pattern % {"span": span, "day": COUNTED[of]}


def money(value: Decimal, currency: str, language: str) -> str:
    """An amount as the language writes it; a currency that is no ISO code stands after the number."""
    if len(currency) == 3 and currency.isascii() and currency.isupper():
        return str(format_currency(value, currency, locale=language))
    return f"{format_decimal(value, locale=language)} {currency}"


def hours(begins: time | None, ends: time | None) -> str:
    """10:00–11:30, 10:00, or nothing."""
    return "–".join(f"{one:%H:%M}" for one in (begins, ends) if one)


def days(first: date, last: date, language: str) -> str:
    """The days of a visit in words."""
    whole = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return edtf_words(whole, language)


def people(number: int) -> str:
    """A head count."""
    return ngettext("%(n)s person", "%(n)s people", number) % {"n": number}
