"""Calendars to subscribe to: what is planned, and the jubilees of the next years, for all partners and for each.

The office's own calendar tells its open promises too, on the last day on which each may be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from icalendar import Alarm, Calendar, Event

from twinbook.publishing.edition import Activity, Commitment, Edition, Partner
from twinbook.publishing.publication import Editions, Paper, Publication
from twinbook.publishing.rendering import addresses
from twinbook.publishing.rendering.clean import clean, one_line
from twinbook.publishing.rendering.html import is_web_address, year
from twinbook.publishing.rendering.words import Words, words_of
from twinbook.vocabulary.partial_date import PartialDate

AHEAD_YEARS = 3
ROUND = 5  # years: jubilees are told at every fifth
VAGUEST = timedelta(days=31)  # a plan whose days may lie further apart is no date for a calendar
REMIND_BEFORE = timedelta(days=7)
LONGEST_TERM = timedelta(days=366)  # a promise "in 2027" is due when 2027 ends


def render(editions: Editions, papers: tuple[Paper, ...]) -> Iterator[Paper]:
    for edition in editions.values():
        words = words_of(edition.language)
        title = words.say("{city}: calendar of twin towns", city=edition.home.name.text)
        path = addresses.calendar(edition.language)
        yield Paper(path, _calendar(edition, words, title, edition.partners), title, edition.language, form="iCalendar")
        for partner in edition.partners:
            name = words.say("{partner}: calendar", partner=partner.name.text)
            body = _calendar(edition, words, name, [partner])
            yield Paper(
                addresses.calendar(edition.language, partner.slug), body, name, edition.language, partner.slug,
                "iCalendar",
            )  # fmt: skip


def _calendar(edition: Edition, words: Words, title: str, partners: Iterable[Partner]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Twinbook//twin towns//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(title))
    seen: set[str] = set()
    for partner in partners:
        for activity in partner.activities:
            event = _planned(edition, words, activity) if activity.key not in seen else None
            seen.add(activity.key)
            if event:
                calendar.add_component(event)
        for event in _jubilees(edition, words, partner):
            calendar.add_component(event)
        for promise in partner.commitments if edition.audience == "office" else ():
            if promise.key not in seen and (event := _promised(edition, words, promise)):
                calendar.add_component(event)
            seen.add(promise.key)
    return bytes(calendar.to_ical())


def _planned(edition: Edition, words: Words, activity: Activity) -> Event | None:
    """A plan whose days are known well enough; one known to a month or a third of it says so in its title."""
    if activity.status not in ("planned", "cancelled") or not activity.when:
        return None
    days = PartialDate.parse(activity.when.value)
    if not days.first or not days.last or days.last - days.first > VAGUEST or days.last < edition.at.date():
        return None
    title = activity.title.text
    if not _is_exact(activity.when.value):
        title = words.say("{title} (day not fixed: {date})", title=title, date=words.date(activity.when.value))
    event = _event(f"activity-{activity.key}", title, days.first, days.last, edition)
    event.add("status", "CANCELLED" if activity.status == "cancelled" else "TENTATIVE")
    event.add("location", one_line(", ".join(place.text for place in activity.places)))
    event.add("categories", [one_line(words.label("areas", area)) for area in activity.areas])
    event.add("description", clean("\n".join(note.quote for note in activity.footnotes if note.quote)))
    path = addresses.activity(edition.language, year(activity.when.value), activity.key)
    _link(event, addresses.absolute(edition.address, path))
    return event


def _promised(edition: Edition, words: Words, promise: Commitment) -> Event | None:
    """An open promise on its last day, be it past or to come; one without a year is none."""
    due = PartialDate.parse(promise.due) if promise.state == "open" and promise.due else None
    if due is None or not due.first or not due.last or due.last - due.first > LONGEST_TERM:
        return None
    title = words.say("Promise due: {what}", what=promise.what.text)
    if not _is_exact(promise.due):
        title = words.say("{title} (day not fixed: {date})", title=title, date=words.date(promise.due))
    event = _event(f"promise-{promise.key}", title, due.last, due.last, edition)
    told = [text for text in (promise.side.text, promise.owner, *(note.quote for note in promise.footnotes)) if text]
    event.add("description", clean("\n".join(told)))
    event.add_component(_reminder(title))
    return event


def _reminder(title: str) -> Alarm:
    """A week before, as the subscriber's own programme tells reminders; it may be switched off there."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(title))
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm


def _is_exact(edtf: str) -> bool:
    return all(len(part) == len("2027-10-20") and part.replace("-", "").isdigit() for part in edtf.split("/"))


def _jubilees(edition: Edition, words: Words, partner: Partner) -> Iterator[Event]:
    """Round years of an active tie whose beginning is known to the day."""
    if partner.state != "active" or not _is_exact(partner.since.value) or "/" in partner.since.value:
        return
    begun = date.fromisoformat(partner.since.value)
    today = edition.at.date()
    for this in range(today.year, today.year + AHEAD_YEARS + 1):
        years = this - begun.year
        day = _anniversary(begun, this)
        if years <= 0 or years % ROUND or day < today:
            continue
        title = words.many("{partner}: {count} year of partnership", "{partner}: {count} years of partnership", years,
                           partner=partner.name.text)  # fmt: skip
        event = _event(f"jubilee-{partner.slug}-{this}", title, day, day, edition)
        _link(event, addresses.absolute(edition.address, addresses.partner(edition.language, partner.slug)))
        yield event


def _anniversary(begun: date, this: int) -> date:
    try:
        return begun.replace(year=this)
    except ValueError:  # 29 February
        return date(this, 3, 1)


def _event(key: str, title: str, first: date, last: date, edition: Edition) -> Event:
    event = Event()
    event.add("uid", f"{one_line(key)}@{one_line(edition.home.key)}.twinbook")
    event.add("dtstamp", edition.changed_at)
    event.add("summary", one_line(title))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _link(event: Event, address: str) -> None:
    if is_web_address(address):
        event.add("url", one_line(address))


@dataclass(frozen=True)
class Beside:
    """A day that no edition holds (a visit of the office's files, a holiday): a key of its own, a title, its days."""

    key: str
    title: str
    first: date
    last: date


def with_days(body: bytes, days: Iterable[Beside], edition: Edition) -> bytes:
    """A calendar of this publication with more days in it; the caller answers for who may see them."""
    calendar = Calendar.from_ical(body)
    for day in days:
        calendar.add_component(_event(day.key, day.title, day.first, day.last, edition))
    return bytes(calendar.to_ical())


PUBLICATION = Publication("calendar", "Calendar", ("iCalendar",), render)
