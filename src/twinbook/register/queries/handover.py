"""What a successor must know of each partner: what stands, who is who, what is open or in doubt, what comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from twinbook.register.queries.lists import PartnerLine, partners
from twinbook.register.queries.records import Dossier, dossier
from twinbook.register.queries.revision import revision
from twinbook.register.queries.shown import first_day
from twinbook.register.queries.today import SILENT_AFTER_YEARS, YEAR_DAYS, Jubilee, jubilees
from twinbook.register.queries.values import (
    ActivityShown,
    DisputeShown,
    PersonShown,
    PostShown,
    StepShown,
    Thing,
    When,
)
from twinbook.register.queries.visits import VisitLine, visits_ahead

CONTACTS, RUNNING, COMING = 5, 6, 12
MET = ("meeting", "visit", "agreement", "exchange", "commemoration", "training", "cultural_event", "competition")
STATES = ("active", "intent", "contact", "unknown", "suspended", "ended")


@dataclass(frozen=True)
class Coming:
    """Something with a day ahead: jubilee (then `years`) · visit · planned · due · ends; or overdue · past-term."""

    kind: str
    when: When
    thing: Thing
    years: int = 0
    visit: str = ""  # the id of a visit's file


@dataclass(frozen=True)
class Handover:
    """One partner for a successor. `gaps` are codes of what the register does not have."""

    dossier: Dossier
    line: PartnerLine
    people: tuple[PersonShown, ...]  # who holds a post now
    former: int  # how many people held posts and hold none any more
    history: tuple[StepShown, ...]
    contacts: tuple[ActivityShown, ...]
    running: tuple[ActivityShown, ...]
    disputes: tuple[DisputeShown, ...]
    coming: tuple[Coming, ...]
    gaps: tuple[str, ...]


def in_order() -> tuple[PartnerLine, ...]:
    """The partners in the order in which they are handed over: those in force first, the ended last."""
    return tuple(sorted(partners(), key=lambda line: (_rank(line.state), line.partner.name("en"))))


def _rank(state: str) -> int:
    return STATES.index(state) if state in STATES else len(STATES)


def handover(lines: Iterable[PartnerLine], day: date) -> tuple[Handover, ...]:
    """The partners of these lines, seen from a day."""
    listed = list(lines)
    rounds = jubilees(day, tuple(listed))
    visits = visits_ahead(day)
    known = revision()
    found = ((line, _dossier(line.tie.id, known)) for line in listed)
    return tuple(_one(line, dossier_, day, rounds, visits) for line, dossier_ in found if dossier_)


@lru_cache(maxsize=32)
def _dossier(tie: str, revision: int) -> Dossier | None:
    """A dossier as of a revision of the register: it is long to ask, and a successor reads page after page."""
    return dossier(tie)


def _one(
    line: PartnerLine, found: Dossier, day: date, rounds: tuple[Jubilee, ...], visits: tuple[VisitLine, ...]
) -> Handover:
    people = [person for person in found.people if posts_now(person, day)]
    held = [one for one in found.activities if one.status == "done" and one.activity_kind in MET and one.when]
    return Handover(
        found,
        line,
        tuple(people),
        sum(bool(person.posts) for person in found.people) - len(people),
        tuple(step for step in found.tie.steps if step.is_firm),
        tuple(held[:CONTACTS]),
        tuple(one for one in found.activities if one.status == "ongoing")[:RUNNING],
        tuple(dispute for dispute in found.disputes if dispute.is_open),
        tuple(sorted(_coming(found, day, rounds, visits), key=lambda one: first_day(one.when))[:COMING]),
        tuple(_gaps(found, line, day)),
    )


def posts_now(person: PersonShown, day: date) -> tuple[PostShown, ...]:
    """The posts that a person has not left before the day, as far as the register knows."""
    return tuple(post for post in person.posts if post.until is None or (post.until.last or date.max) >= day)


def _coming(found: Dossier, day: date, rounds: tuple[Jubilee, ...], visits: tuple[VisitLine, ...]) -> Iterator[Coming]:
    for one in rounds:
        if one.tie.id == found.tie.id:
            yield Coming("jubilee", one.on, one.tie, one.years)
    for visit in visits:
        if visit.partner and visit.partner.id == found.partner.id:
            span = f"{visit.first_day}/{visit.last_day}" if visit.last_day > visit.first_day else str(visit.first_day)
            yield Coming("visit", When(span, visit.first_day, visit.last_day), Thing(visit.id, "visit", visit.title),
                         visit=visit.id)  # fmt: skip
    for activity in found.activities:
        if activity.status in ("planned", "proposed") and activity.when and _last(activity.when) >= day:
            yield Coming("planned", activity.when, activity.thing)
    for promise in found.open_promises:
        if promise.due:
            yield Coming("due" if _last(promise.due) >= day else "overdue", promise.due, promise.thing)
    for paper in found.agreements:
        if paper.valid_until:
            yield Coming("ends" if _last(paper.valid_until) >= day else "past-term", paper.valid_until, paper.thing)


def _last(when: When) -> date:
    return when.last or date.max


def _gaps(found: Dossier, line: PartnerLine, day: date) -> Iterator[str]:
    """What a successor will look for and not find."""
    if line.state == "ended":
        return
    if not found.agreements:
        yield "no-paper"
    elif not any("files" in paper.stated for paper in found.agreements):
        yield "no-scan"
    if found.tie.since is None:
        yield "no-since"
    if not any(posts_now(person, day) for person in found.people):
        yield "nobody"
    elif not any(person.person_class == "contact" for person in found.people):
        yield "no-contact"
    if line.last_proof is None or (day - line.last_proof).days > SILENT_AFTER_YEARS * YEAR_DAYS:
        yield "silent"
    if any(promise.due is None for promise in found.open_promises):
        yield "no-due"
