"""What an officer looks at in the morning: what waits, what comes, what is due, which ties have gone silent."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from twinbook.register.models import Activity, Agreement, Commitment, Dispute, Proposal, Tie, TieStep
from twinbook.register.queries.accounts import Accounts
from twinbook.register.queries.dates import when
from twinbook.register.queries.lists import ActivityLine, PartnerLine, activity_line, home_places, partners
from twinbook.register.queries.promises import with_proofs
from twinbook.register.queries.shown import Showing, thing_of
from twinbook.register.queries.values import CommitmentShown, Thing, When

AHEAD = timedelta(days=180)
PAST_TERM = timedelta(days=365)
DUE_WITHIN = timedelta(days=90)
SILENT_AFTER_YEARS = 2.0
JUBILEE_EVERY, JUBILEE_YEARS_AHEAD = 5, 3
LONGEST_LIST = 50
YEAR_DAYS = 365.25


@dataclass(frozen=True)
class Jubilee:
    """A round year of a tie: how many years, and when (as precise as the beginning is known)."""

    tie: Thing
    partner: Thing
    years: int
    on: When


@dataclass(frozen=True)
class Silent:
    """A tie of which nothing was heard for long; `years` is None where nothing ever was."""

    tie: Thing
    partner: Thing
    last_proof: date | None
    years: float | None


@dataclass(frozen=True)
class Ending:
    """A paper whose term ends soon, or ended within a year and was not renewed since."""

    thing: Thing
    tie: Thing | None
    on: When


@dataclass(frozen=True)
class Today:
    """The morning's page."""

    pages_waiting: int
    proposals_waiting: int
    attention: int
    disputes_open: int
    upcoming: tuple[ActivityLine, ...]
    due: tuple[CommitmentShown, ...]
    jubilees: tuple[Jubilee, ...]
    silent: tuple[Silent, ...]
    ending: tuple[Ending, ...] = ()


def today(day: date) -> Today:
    """What waits and what comes, seen from a day."""
    waiting = Proposal.objects.filter(state="waiting")
    lines = partners()
    return Today(
        pages_waiting=waiting.values("source_id").distinct().count(),
        proposals_waiting=waiting.count(),
        attention=waiting.exclude(attention=[]).count(),
        disputes_open=Dispute.objects.filter(is_open=True).count(),
        upcoming=_upcoming(day),
        due=_due(day),
        jubilees=jubilees(day, lines),
        silent=silent(day, lines),
        ending=ending(day),
    )


def _upcoming(day: date) -> tuple[ActivityLine, ...]:
    """Planned activities that have not passed, and those of the next half year that somebody offered."""
    rows = Activity.objects.filter(status__in=("planned", "proposed"), when_last__gte=day, when_first__lte=day + AHEAD)
    return tuple(map(activity_line, rows.select_related("record").order_by("when_first", "pk")[:LONGEST_LIST]))


def _due(day: date) -> tuple[CommitmentShown, ...]:
    """Open promises that are overdue or due within three months, and those without a date at the end."""
    soon = Q(due_last__lte=day + DUE_WITHIN) | Q(due_last=None)
    rows = Commitment.objects.filter(soon, state="open").order_by("due_last", "pk")
    pks = sorted(rows.values_list("pk", "due_last")[:LONGEST_LIST], key=lambda row: (row[1] or date.max, row[0]))
    showing = Showing(Accounts.of({pk for pk, _ in pks}), home=home_places())
    shown = [showing.shown(pk) for pk, _ in pks]
    return with_proofs(promise for promise in shown if isinstance(promise, CommitmentShown))


def jubilees(day: date, lines: tuple[PartnerLine, ...] | None = None) -> tuple[Jubilee, ...]:
    """Every fifth year of the ties that are not ended, from this day to the end of the third year after it."""
    found = []
    for line in partners() if lines is None else lines:
        if line.state == "ended" or not line.since or not line.since.first or line.since.edtf.startswith("../"):
            continue
        first, last = line.since.first, line.since.last or line.since.first
        if last.year != first.year:
            continue  # a beginning that is not known to the year has no jubilee
        for year in range(day.year, day.year + JUBILEE_YEARS_AHEAD + 1):
            years = year - first.year
            told = _in_year(line.since, year)
            if years > 0 and years % JUBILEE_EVERY == 0 and (told.last or day) >= day:
                found.append(Jubilee(line.tie, line.partner, years, told))
    return tuple(sorted(found, key=lambda jubilee: (jubilee.on.first or date.max, jubilee.tie.id)))


def _in_year(since: When, year: int) -> When:
    """The same day, month or year in another year; 29 February becomes the 28th."""
    assert since.first is not None
    first, last = since.first, since.last or since.first
    parts = [f"{year}{part[4:].rstrip('~?%')}" for part in since.edtf.split("/") if part != ".."]
    moved = [f"{year}-02-28" if part == f"{year}-02-29" and not isleap(year) else part for part in parts]
    return When("/".join(dict.fromkeys(moved)), _moved(first, year), _moved(last, year))


def _moved(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def silent(day: date, lines: tuple[PartnerLine, ...] | None = None) -> tuple[Silent, ...]:
    """Ties in force of which nothing was heard for two years, the longest silent first."""
    found = []
    for line in partners() if lines is None else lines:
        if line.state != "active":
            continue
        years = (day - line.last_proof).days / YEAR_DAYS if line.last_proof else None
        if years is None or years >= SILENT_AFTER_YEARS:
            found.append(Silent(line.tie, line.partner, line.last_proof, None if years is None else round(years, 1)))
    return tuple(sorted(found, key=lambda line: (line.last_proof or date.min, line.tie.id)))


def ending(day: date) -> tuple[Ending, ...]:
    """Papers of ties that are not ended whose term runs out within half a year, or ran out in the last one, unless the
    tie has a younger paper or a later step of renewal."""
    rows = Agreement.objects.filter(valid_until_last__gte=day - PAST_TERM, valid_until_first__lte=day + AHEAD)
    found = list(rows.select_related("record", "tie").order_by("valid_until_last", "pk")[:LONGEST_LIST])
    if not found:
        return ()
    ties = {row.tie_id for row in found if row.tie_id}
    over = set(Tie.objects.filter(pk__in=ties, state="ended").values_list("pk", flat=True))
    renewed = set(
        TieStep.objects.filter(tie_id__in=ties, kind="renewal", date_last__gte=day - PAST_TERM).values_list(
            "tie", flat=True
        )
    )
    shown = [row for row in found if row.tie_id not in over | renewed]
    return tuple(
        Ending(thing_of(row.record), thing_of(row.tie) if row.tie else None, told)
        for row in shown
        if (told := when(row.valid_until))
    )


def ties_in_force() -> int:
    """How many ties are in force."""
    return Tie.objects.filter(state="active").count()
