"""Lists out of the typed rows: partners, activities; a literal number of queries whatever the register's size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from twinbook.register.models import (
    Activity,
    ActivityPlace,
    Commitment,
    Dispute,
    Place,
    Record,
    Source,
    Statement,
    Tie,
    TieStep,
)
from twinbook.register.queries.dates import when
from twinbook.register.queries.revision import kept
from twinbook.register.queries.shown import thing_of
from twinbook.register.queries.ties import joined_label
from twinbook.register.queries.values import Thing, When, Words


@dataclass(frozen=True)
class PartnerLine:
    """One partner in the list. `last_proof` is the newest day on which something happened or was said to run."""

    tie: Thing
    partner: Thing
    country: str
    level: str
    state: str
    since: When | None
    has_open_question: bool
    activities: int
    open_promises: int
    open_disputes: int
    last_proof: date | None
    visibility: str


@dataclass(frozen=True)
class ActivityLine:
    """One activity in a list."""

    thing: Thing
    activity_kind: str
    title: Words
    status: str
    when: When | None
    areas: tuple[str, ...]
    visibility: str


def home_places() -> set[int]:
    """Record keys of the office's own places."""
    return set(Place.objects.filter(is_home=True).values_list("pk", flat=True))


@kept
def partners(*, home: str | None = None) -> tuple[PartnerLine, ...]:
    """The partners of the office's own city (or of another place, by its id), by name of country and label.

    Where no home is set, all ties of the register, told from the second place.
    """
    own = set(Record.objects.filter(public_id=home).values_list("pk", flat=True)) if home else home_places()
    rows = Tie.objects.select_related("record", "place_a", "place_b").exclude(place_b=None)
    if own:
        rows = rows.filter(Q(place_a_id__in=own) | Q(place_b_id__in=own))
    ties = [(row, *_sides(row, own)) for row in sorted(rows, key=lambda row: row.pk)]
    facts = _Facts([row.pk for row, _, _ in ties], {partner.pk for _, _, partner in ties})
    lines = [_line(row, home_record, partner, facts) for row, home_record, partner in ties]
    return tuple(sorted(lines, key=lambda line: (line.country, line.partner.name("en"))))


def _sides(row: Tie, own: Collection[int]) -> tuple[Record, Record]:
    """The home side and the partner's."""
    assert row.place_a is not None and row.place_b is not None
    return (row.place_b, row.place_a) if row.place_b_id in own else (row.place_a, row.place_b)


def _line(row: Tie, home: Record, partner: Record, facts: _Facts) -> PartnerLine:
    return PartnerLine(
        tie=Thing(row.record.public_id, "tie", joined_label(home.label, partner.label)),
        partner=thing_of(partner),
        country=facts.countries.get(partner.pk, ""),
        level=row.level,
        state=row.state,
        since=when(row.since),
        has_open_question=row.has_open_question,
        activities=len(facts.activities[partner.pk]),
        open_promises=facts.promises[row.pk],
        open_disputes=facts.disputes_of(row.pk, partner.pk),
        last_proof=facts.last_proof(row.pk, partner.pk),
        visibility=row.record.visibility,
    )


class _Facts:
    """Counts for many ties at once."""

    def __init__(self, ties: Collection[int], partners: Collection[int]) -> None:
        self.countries = dict(Place.objects.filter(pk__in=partners).values_list("pk", "country"))
        self.activities: dict[int, set[int]] = defaultdict(set)
        for place, activity in ActivityPlace.objects.filter(place_id__in=partners).values_list(
            "place_id", "activity_id"
        ):
            self.activities[place].add(activity)
        self.promises = Counter(
            Commitment.objects.filter(tie_id__in=ties, state="open").values_list("tie_id", flat=True)
        )
        self.steps: dict[int, list[TieStep]] = defaultdict(list)
        for step in TieStep.objects.filter(tie_id__in=ties):
            self.steps[step.tie_id or 0].append(step)
        listed = ActivityPlace.objects.filter(place_id__in=partners).values("activity_id")
        self.happened = _days_of_life(listed)
        steps = {step.pk for found in self.steps.values() for step in found}
        concerned = Q(record_id__in={*ties, *partners, *steps}) | Q(record_id__in=listed)
        self.disputed = Counter(Dispute.objects.filter(concerned, is_open=True).values_list("record_id", flat=True))

    def disputes_of(self, tie: int, partner: int) -> int:
        steps = {step.pk for step in self.steps[tie]}
        return sum(self.disputed[pk] for pk in {tie, partner, *self.activities[partner], *steps})

    def last_proof(self, tie: int, partner: int) -> date | None:
        days = [self.happened[pk] for pk in self.activities[partner] if pk in self.happened]
        days += [
            step.date_last
            for step in self.steps[tie]
            if step.is_firm and step.kind not in {"end", "pause"} and step.date_last
        ]
        return max(days, default=None)


def _days_of_life(listed: QuerySet[Any]) -> dict[int, date]:
    """By activity that runs or was done: its last day, or the newest day of a source that says so, what is earlier.

    `listed` is the question for their ids: thousands of ids would take longer to hand over than to find.
    """
    rows = Activity.objects.filter(pk__in=listed).values_list("pk", "when_last", "status")
    last_days = {pk: last for pk, last, status in rows if status in {"ongoing", "done"}}
    merged = set(Record.objects.filter(canonical_id__in=listed).values_list("pk", flat=True))
    of_these = Q(record_id__in=listed) | Q(record_id__in=merged) if merged else Q(record_id__in=listed)
    told = Statement.objects.filter(of_these, property="status", withdrawn_by=None)
    found = list(told.values_list("record_id", "record__canonical_id", "source_id"))
    sources = {source for *_, source in found}  # asked for once each: SQLite walks through a source's text to its day
    days = dict(Source.objects.filter(pk__in=sources).values_list("pk", "day"))
    newest: dict[int, date] = {}
    for record, canonical, source in found:
        pk = canonical or record
        if pk not in last_days:
            continue
        newest[pk] = max(newest.get(pk, date.min), days[source] or date.min)
    return {pk: min(last_days[pk] or day, day) for pk, day in newest.items()}


def activities(
    *,
    place: str | None = None,
    kind: str | None = None,
    status: str | None = None,
    area: str | None = None,
    since: date | None = None,
    until: date | None = None,
    begun: date | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[ActivityLine, ...]:
    """Activities by place, kind, status, area and days, the latest first; those without a date at the end.

    `begun`: leave out what began before that day, however long it lasts; an index finds the rest.
    """
    rows = Activity.objects.all()
    if place:
        chosen = Record.objects.filter(public_id=place).values_list("canonical_id", "pk").first() or (None, 0)
        rows = rows.filter(place_rows__place_id=chosen[0] or chosen[1])
    if kind:
        rows = rows.filter(kind=kind)
    if status:
        rows = rows.filter(status=status)
    if area:
        rows = rows.filter(areas__icontains=f'"{area}"')
    if since:
        rows = rows.filter(when_last__gte=since)
    if until:
        rows = rows.filter(when_first__lte=until)
    if place and not begun:  # few enough to be put in order as they are
        latest = rows.order_by(F("when_first").desc(nulls_last=True), "-pk")
        return tuple(map(_line_of, latest.values_list(*LINE_COLUMNS)[offset : offset + limit]))
    dated = rows.filter(when_first__gte=begun) if begun else rows.filter(when_first__isnull=False)
    pks = list(dated.order_by("-when_first", "-pk").values_list("pk", flat=True)[offset : offset + limit])
    if len(pks) < limit and not (since or until):
        skipped = offset + len(pks) - (dated.count() if offset else len(pks))
        undated = rows.filter(when_first=None).order_by("-pk").values_list("pk", flat=True)
        pks += undated[skipped : skipped + limit - len(pks)]
    return _lines(pks)


LINE_COLUMNS = (
    *("pk", "record__public_id", "record__kind", "record__label", "kind", "title"),
    *("status", "when", "areas", "record__visibility"),
)


def _lines(pks: Collection[int]) -> tuple[ActivityLine, ...]:
    """Activities for a list, in the order asked. The join comes last: only so SQLite uses the index of the order."""
    rows = Activity.objects.filter(pk__in=pks).values_list(*LINE_COLUMNS)
    found = {row[0]: _line_of(row) for row in rows}
    return tuple(found[pk] for pk in pks)


def _line_of(row: tuple[Any, ...]) -> ActivityLine:
    """A line of LINE_COLUMNS as a value."""
    _, public_id, sort, label, kind, title, status, told, areas, visibility = row
    return ActivityLine(Thing(public_id, sort, label), kind, title, status, when(told), tuple(areas), visibility)


def activity_line(row: Activity) -> ActivityLine:
    """An activity's row for a list."""
    return ActivityLine(
        thing_of(row.record), row.kind, row.title, row.status, when(row.when), tuple(row.areas), row.record.visibility
    )


def things(pks: Iterable[int]) -> tuple[Thing, ...]:
    """Records by name, in the order asked."""
    listed = list(pks)
    records = {record.pk: record for record in Record.objects.filter(pk__in=listed)}
    return tuple(thing_of(records[pk]) for pk in listed if pk in records)
