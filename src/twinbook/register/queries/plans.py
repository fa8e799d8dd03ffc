"""The lines of a year's plan, and what the register proposes for a year: jubilees, promises, terms, last year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from twinbook.register.models import Activity, ActivityPlace, Agreement, Commitment, KeptPaper, PlanLine, Record, Tie
from twinbook.register.queries.dates import when
from twinbook.register.queries.lists import PartnerLine, home_places, partners
from twinbook.register.queries.shown import thing_of
from twinbook.register.queries.today import jubilees
from twinbook.register.queries.values import Thing, When, Words

ORIGINS = ("jubilee", "promise", "term", "planned", "last_year", "own")
OUTCOMES = ("held", "not_held", "moved")
MOST_OF_AN_ORIGIN, MOST_PROOFS = 60, 200
NEVER_AGAIN = ("agreement", "transport", "publication")  # kinds of activity that do not come back each year


@dataclass(frozen=True)
class PlanLineShown:
    """One line of a plan as it stands; codes as in models.paper.PlanLine.

    `title` is words by language. `is_late`: written down after the year's plan was approved; `is_withdrawn`: taken out
    after it.
    """

    id: str
    year: int
    partner: Thing | None
    title: Words
    area: str
    when: When | None
    owner: str
    people_out: int | None
    people_in: int | None
    cost: float | None
    currency: str
    origin: str
    origin_record: Thing | None
    state: str
    outcome: str
    activity: Thing | None
    spent: float | None
    note: str
    is_late: bool = False
    is_withdrawn: bool = False

    @property
    def thing(self) -> Thing:
        """The line by name."""
        return Thing(self.id, "plan_line", self.title)


@dataclass(frozen=True)
class PlanProposal:
    """What the register proposes for a year's plan, and from which record; `words` is empty for a jubilee.

    `years` is the number of a jubilee's years. Headcounts and money are those of the activity it comes from.
    """

    origin: str
    record: Thing
    partner: Thing | None
    words: Words
    when: When | None
    area: str = ""
    owner: str = ""
    people_out: int | None = None
    people_in: int | None = None
    cost: float | None = None
    currency: str = ""
    years: int = 0

    @property
    def key(self) -> str:
        return f"{self.origin}-{self.record.id}"


@dataclass(frozen=True)
class Proof:
    """An activity held in a year, as what may prove a line; `partners` are the ids of its places."""

    thing: Thing
    when: When | None
    partners: tuple[str, ...]


def plan_lines(year: int | None = None, *, state: str = "kept") -> tuple[PlanLineShown, ...]:
    """The lines of a year's plan in a state (of all years where none is named), by date; without one at the end."""
    rows = PlanLine.objects.filter(state=state).select_related("partner", "activity", "origin_record")
    if year is not None:
        rows = rows.filter(year=year)
    approved = approvals()
    found = sorted(rows, key=lambda row: (row.year, row.when or "~", row.pk))
    return tuple(_shown(row, approved.get(row.year)) for row in found)


def withdrawn_lines() -> tuple[PlanLineShown, ...]:
    """The lines of all years that were taken out after their plan had been approved."""
    return tuple(line for line in plan_lines(state="dropped") if line.is_withdrawn)


def plan_line(public_id: str) -> PlanLineShown | None:
    """One line by its id, whatever its state."""
    rows = PlanLine.objects.select_related("partner", "activity", "origin_record")
    row = rows.filter(public_id=public_id).first()
    return _shown(row, approvals().get(row.year)) if row else None


def approvals() -> dict[int, datetime]:
    """By year: the moment when its plan was first approved."""
    rows = KeptPaper.objects.filter(publication="yearly_plan").exclude(approved_at=None).exclude(year=None)
    return dict(rows.order_by("-approved_at").values_list("year", "approved_at"))


def years_planned() -> tuple[int, ...]:
    """The years that have a plan's lines, the latest first."""
    return tuple(PlanLine.objects.filter(state="kept").order_by("-year").values_list("year", flat=True).distinct())


def proposals(year: int) -> tuple[PlanProposal, ...]:
    """What the register proposes for a year and nobody has taken or refused yet, by origin and date."""
    done = _decided(year)
    found: dict[str, PlanProposal] = {}
    for one in (
        *_jubilees(year, {line.partner.id: line for line in partners()}),
        *_promises(year),
        *_terms(year),
        *_activities("planned", _told_for(year), keep_date=True),
        *_activities("last_year", _of_last_year(year), keep_date=False),
    ):
        if one.key not in done:
            found.setdefault(one.key, one)
    return tuple(found.values())


def proposal(year: int, key: str) -> PlanProposal | None:
    """The open proposal of a key (origin-record)."""
    return next((one for one in proposals(year) if one.key == key), None)


def proofs(year: int) -> tuple[Proof, ...]:
    """The activities that took place in a year, as choices for what proves a line, by date."""
    rows = Activity.objects.filter(status="done", when_first__year=year).select_related("record")
    listed = list(rows.order_by("when_first", "pk")[:MOST_PROOFS])
    places = _places_of([row.pk for row in listed])
    return tuple(
        Proof(thing_of(row.record), when(row.when), tuple(one.public_id for one in places.get(row.pk, ())))
        for row in listed
    )


def proof_of(line: PlanLineShown, held: Sequence[Proof]) -> str:
    """The id of the activity that probably proves a line: the one it was planned from, a kept promise's proof,
    else the only one with its partner; empty where nothing or too much fits."""
    known = {one.thing.id for one in held}
    if line.origin == "planned" and line.origin_record and line.origin_record.id in known:
        return line.origin_record.id
    if line.origin == "promise" and line.origin_record:
        row = Commitment.objects.filter(record__public_id=line.origin_record.id).select_related("proof").first()
        if row and row.proof and row.proof.public_id in known:
            return row.proof.public_id
    same = [one.thing.id for one in held if line.partner and line.partner.id in one.partners]
    return same[0] if len(same) == 1 else ""


def _decided(year: int) -> set[str]:
    """The keys of the proposals that were taken or refused, also where their record was merged into another since."""
    rows = PlanLine.objects.filter(year=year).exclude(origin_record=None).select_related("origin_record__canonical")
    return {f"{row.origin}-{(row.origin_record.canonical or row.origin_record).public_id}" for row in rows}


def _jubilees(year: int, lines: Mapping[str, PartnerLine]) -> Iterator[PlanProposal]:
    for one in jubilees(date(year, 1, 1), tuple(lines.values())):
        if one.on.first and one.on.first.year == year:
            yield PlanProposal("jubilee", one.tie, one.partner, {}, one.on, years=one.years)


def _promises(year: int) -> Iterator[PlanProposal]:
    """Open promises due in the year or before, and those without a date."""
    due = Q(due_last=None) | Q(due_last__lte=date(year, 12, 31))
    rows = Commitment.objects.filter(due, state="open").select_related("record").order_by("due_last", "pk")
    listed = list(rows[:MOST_OF_AN_ORIGIN])
    sides = _partners_of(listed)
    for row in listed:
        falls = when(row.due) if row.due_last and row.due_last.year == year else None
        yield PlanProposal(
            "promise", thing_of(row.record), sides.get(row.tie_id or 0), row.what, falls, owner=row.owner
        )


def _terms(year: int) -> Iterator[PlanProposal]:
    """Agreements whose term ends in the year."""
    rows = Agreement.objects.filter(valid_until_last__year=year).select_related("record")
    listed = list(rows.order_by("valid_until_last", "pk")[:MOST_OF_AN_ORIGIN])
    sides = _partners_of(listed)
    for row in listed:
        yield PlanProposal("term", thing_of(row.record), sides.get(row.tie_id or 0), row.title, when(row.valid_until))


def _told_for(year: int) -> Q:
    """Activities that sources tell for the year."""
    return Q(status__in=("planned", "proposed"), when_first__year=year, when_last__year=year)


def _of_last_year(year: int) -> Q:
    """What took place the year before, and standing programmes that had begun: both may come again."""
    return Q(status="done", when_first__year=year - 1) | Q(status="ongoing", when_first__lt=date(year, 1, 1))


def _activities(origin: str, chosen: Q, *, keep_date: bool) -> Iterator[PlanProposal]:
    rows = Activity.objects.filter(chosen).exclude(kind__in=NEVER_AGAIN).select_related("record")
    listed = list(rows.order_by("when_first", "pk")[:MOST_OF_AN_ORIGIN])
    places = _places_of([row.pk for row in listed])
    for row in listed:
        partner = next((thing_of(one) for one in places.get(row.pk, ())), None)
        yield PlanProposal(
            origin,
            thing_of(row.record),
            partner,
            row.title,
            when(row.when) if keep_date else None,
            row.areas[0] if row.areas else "",
            people_out=row.people_out,
            people_in=row.people_in,
            cost=None if row.cost is None else float(row.cost),
            currency=row.currency,
        )


def _places_of(activities: Sequence[int]) -> dict[int, list[Record]]:
    """The places of each activity without our own."""
    own = home_places()
    found: dict[int, list[Record]] = {}
    links = ActivityPlace.objects.filter(activity_id__in=activities).select_related("place").order_by("pk")
    for link in links:
        if link.place_id not in own:
            found.setdefault(link.activity_id, []).append(link.place)
    return found


def _partners_of(rows: Iterable[Commitment | Agreement]) -> dict[int, Thing]:
    """The partner's side of the tie of each row."""
    own = home_places()
    found: dict[int, Thing] = {}
    ties = Tie.objects.filter(pk__in={row.tie_id for row in rows if row.tie_id})
    for tie in ties.select_related("place_a", "place_b"):
        other = tie.place_a if tie.place_b_id in own else tie.place_b
        if other is not None:
            found[tie.pk] = thing_of(other)
    return found


def _shown(row: PlanLine, approved: datetime | None) -> PlanLineShown:
    return PlanLineShown(
        id=row.public_id,
        year=row.year,
        partner=_thing(row.partner),
        title=row.title,
        area=row.area,
        when=when(row.when),
        owner=row.owner,
        people_out=row.people_out,
        people_in=row.people_in,
        cost=None if row.cost is None else float(row.cost),
        currency=row.currency,
        origin=row.origin,
        origin_record=_thing(row.origin_record),
        state=row.state,
        outcome=row.outcome,
        activity=_thing(row.activity),
        spent=None if row.spent is None else float(row.spent),
        note=row.note,
        is_late=approved is not None and row.made_at > approved,
        is_withdrawn=approved is not None and row.state == "dropped" and row.made_at <= approved < row.changed_at,
    )


def _thing(record: Record | None) -> Thing | None:
    return thing_of(record) if record else None
