"""What the register knows: the partners, one partner's dossier, any record, and the whole for an edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q
from django.db.models import When as When_

from twinbook.register.models import Commitment, Person, Place, PostHolding, Proposal, Record, Source, Statement
from twinbook.register.queries.accounts import Accounts, canonical_ids, standing
from twinbook.register.queries.dates import when
from twinbook.register.queries.lists import home_places
from twinbook.register.queries.proofs import with_possible_proofs
from twinbook.register.queries.shown import Showing, first_day, source_line
from twinbook.register.queries.ties import Step, tie_now
from twinbook.register.queries.values import (
    ActivityShown,
    AgreementShown,
    CommitmentShown,
    DisputeShown,
    GiftShown,
    LandmarkShown,
    OrganisationShown,
    PersonShown,
    PlaceShown,
    PostShown,
    Shown,
    SourceLine,
    Stated,
    Thing,
    TieShown,
    When,
)

HAPPENS = ("ongoing", "done")


@dataclass(frozen=True)
class LastProof:
    """The last sign that a tie lives: the day, the source that tells it, and the activity or step."""

    on: date
    source: SourceLine
    thing: Thing


@dataclass(frozen=True)
class TimelineLine:
    """One line of a tie's life. `sort` is step, activity, agreement or landmark; `code` its kind in that sort."""

    when: When | None
    sort: str
    code: str
    thing: Thing
    shown: Shown


@dataclass(frozen=True)
class Dossier:
    """All about one tie. `canonical` is the tie's own id, also where a merged one was asked for."""

    canonical: str
    home: PlaceShown | None
    partner: PlaceShown
    tie: TieShown
    agreements: tuple[AgreementShown, ...]
    activities: tuple[ActivityShown, ...]
    people: tuple[PersonShown, ...]
    organisations: tuple[OrganisationShown, ...]
    landmarks: tuple[LandmarkShown, ...]
    commitments: tuple[CommitmentShown, ...]
    gifts: tuple[GiftShown, ...]
    disputes: tuple[DisputeShown, ...]
    timeline: tuple[TimelineLine, ...]
    last_proof: LastProof | None

    def of_kind(self, *kinds: str) -> tuple[ActivityShown, ...]:
        """Activities of some kinds."""
        return tuple(activity for activity in self.activities if activity.activity_kind in kinds)

    @property
    def exchanges(self) -> tuple[ActivityShown, ...]:
        return self.of_kind("exchange")

    @property
    def routes(self) -> tuple[ActivityShown, ...]:
        return self.of_kind("transport")

    @property
    def publications(self) -> tuple[ActivityShown, ...]:
        return self.of_kind("publication")

    @property
    def meetings(self) -> tuple[ActivityShown, ...]:
        return self.of_kind("meeting", "visit")

    @property
    def open_promises(self) -> tuple[CommitmentShown, ...]:
        return tuple(promise for promise in self.commitments if promise.state == "open")


@dataclass(frozen=True)
class Register:
    """Everything as plain values, non-public things included: who shows it to the public looks at `visibility`."""

    home: PlaceShown | None
    places: tuple[PlaceShown, ...]
    ties: tuple[TieShown, ...]
    agreements: tuple[AgreementShown, ...]
    activities: tuple[ActivityShown, ...]
    people: tuple[PersonShown, ...]
    organisations: tuple[OrganisationShown, ...]
    landmarks: tuple[LandmarkShown, ...]
    commitments: tuple[CommitmentShown, ...]
    gifts: tuple[GiftShown, ...]
    disputes: tuple[DisputeShown, ...]
    sources: tuple[SourceLine, ...]


def register(*, on: date | None = None) -> Register:
    """The whole register, now or as it was known at the end of a past day."""
    showing = Showing(Accounts.of(on=on), home=home_places())
    places = showing.all("place")
    sources = Source.objects.filter(statements__in=standing(on)).defer("raw", "text", "reading").distinct()
    return Register(
        home=next((place for place in places if place.is_home), None),
        places=tuple(places),
        ties=tuple(showing.all("tie")),
        agreements=tuple(showing.all("agreement")),
        activities=tuple(showing.all("activity")),
        people=tuple(showing.all("person")),
        organisations=tuple(showing.all("organisation")),
        landmarks=tuple(showing.all("landmark")),
        commitments=tuple(showing.all("commitment")),
        gifts=tuple(showing.all("gift")),
        disputes=showing.disputes(sorted(showing.accounts.by_id)),
        sources=tuple(map(source_line, sources.order_by("pk"))),
    )


def record(public_id: str, *, on: date | None = None) -> Shown | None:
    """Any record as its kind's value; an id that was merged away answers with the record that stands for it."""
    pk = _canonical(public_id, on)
    if pk is None:
        return None
    members = _members(pk, canonical_ids(on))
    links = Q(property="person", record__kind="holding") | Q(property="tie", record__kind="step")
    related = set(standing(on).filter(links, target_id__in=members).values_list("record_id", flat=True))
    return Showing(Accounts.of({pk, *related}, on=on), home=home_places()).shown(pk)


@dataclass(frozen=True)
class TieOn:
    """What a tie was on a day, by its steps up to then: level, state and beginning."""

    level: str
    state: str
    since: When | None
    has_open_question: bool


def tie_on(tie: str, day: date) -> TieOn | None:
    """Level and state of a tie on a day of its life, as the register knows them now."""
    pk = _canonical(tie, None)
    rows = Accounts.of({pk, *_steps_of(pk)}) if pk else Accounts()
    account = rows.get(pk or 0)
    if account is None or account.kind != "tie":
        return None
    steps = [Step.of(a.columns) for a in rows.by_id.values() if a.kind == "step" and a.columns["kind"]]
    claimed = account.columns["kind"] if not steps else ""
    told = tie_now(claimed, account.columns["stated_since"], steps, on=day)
    return TieOn(told["level"], told["state"], when(told["since"]), told["has_open_question"])


def _steps_of(tie: int) -> set[int]:
    group = Q(target_id=tie) | Q(target__canonical_id=tie)
    return set(standing().filter(group, property="tie", record__kind="step").values_list("record_id", flat=True))


def disputes(*, only_open: bool = True) -> tuple[DisputeShown, ...]:
    """Contradictions of the whole register."""
    found = Record.objects.filter(disputes__isnull=False)
    if only_open:
        found = found.filter(disputes__is_open=True)
    pks = set(found.values_list("pk", flat=True))
    return Showing(Accounts.of(pks), home=home_places()).disputes(sorted(pks), only_open=only_open)


def people_on(place: str, day: date) -> tuple[PostShown, ...]:
    """Who held which post of a place on a day, as far as the register knows: terms that include the day, and for posts
    without a term those seen in the same year."""
    pk = _canonical(place, None)
    year = (date(day.year, 1, 1), date(day.year, 12, 31))
    within = Q(since_first__lte=day) & (Q(until="") | Q(until_last__gte=day))
    ended = Q(since="") & ~Q(until="") & Q(until_last__gte=day)
    seen = Q(since="", until="", seen_on_last__gte=year[0], seen_on_first__lte=year[1])
    rows = PostHolding.objects.filter(of_id=pk).filter(within | ended | seen).values_list("pk", flat=True)
    return tuple(Showing(Accounts.of(set(rows))).all("holding"))


def dossier(public_id: str, *, on: date | None = None) -> Dossier | None:
    """The dossier of a tie, by the tie's id or its partner's; as it was known on a past day where `on` is given."""
    pk = _canonical(public_id, on)
    if pk is None:
        return None
    home = home_places()
    ends = canonical_ids(on)
    found = _tie_and_partner(pk, home, ends, on)
    if found is None:
        return None
    tie, partner, other = found
    ids = _family(tie, partner, ends, on)
    showing = Showing(Accounts.of(ids | {tie, partner, *other}, on=on, canonical=ends, is_whole=True), home=home)
    tie_shown, partner_shown = showing.shown(tie), showing.shown(partner)
    if not isinstance(tie_shown, TieShown) or not isinstance(partner_shown, PlaceShown):
        return None
    home_shown = next((place for pk in other if isinstance(place := showing.shown(pk), PlaceShown)), None)
    activities = tuple(sorted(showing.all("activity"), key=lambda activity: first_day(activity.when), reverse=True))
    agreements, landmarks = tuple(showing.all("agreement")), tuple(showing.all("landmark"))
    return Dossier(
        canonical=tie_shown.id,
        home=home_shown,
        partner=partner_shown,
        tie=tie_shown,
        agreements=agreements,
        activities=activities,
        people=tuple(showing.all("person")),
        organisations=tuple(showing.all("organisation")),
        landmarks=landmarks,
        commitments=with_possible_proofs(showing.all("commitment"), activities),
        gifts=tuple(showing.all("gift")),
        disputes=showing.disputes(sorted(showing.accounts.by_id)),
        timeline=_timeline(tie_shown, agreements, activities, landmarks),
        last_proof=_last_proof(tie_shown, activities),
    )


def commitments(*, state: str = "", limit: int = 100, offset: int = 0) -> tuple[CommitmentShown, ...]:
    """Promises in a state (all where none is named), those due first at the top, those without a date at the end."""
    rows = Commitment.objects.filter(state=state) if state else Commitment.objects.all()
    dated = rows.order_by(Case(When_(due_last=None, then=1), default=0), "due_last", "pk")
    pks = list(dated.values_list("pk", flat=True)[offset : offset + limit])
    showing = Showing(Accounts.of(set(pks)), home=home_places())
    return tuple(told for pk in pks if isinstance(told := showing.shown(pk), CommitmentShown))


@dataclass(frozen=True)
class NotToName:
    """Somebody whose name must not stand in public: the name's forms, and the class (empty: not classed)."""

    names: tuple[str, ...]
    person_class: str


def people_not_to_name() -> tuple[NotToName, ...]:
    """People who are not public, standing in the register or not, and those of proposals that nobody accepted."""
    known = Statement.objects.filter(record__kind="person", property="name").exclude(
        record__is_standing=True, record__visibility="public"
    )
    forms: dict[int, list[str]] = {}
    for pk, canonical, name in known.values_list("record_id", "record__canonical_id", "value"):
        forms.setdefault(canonical or pk, []).append(str(name))
    public = set(
        Record.objects.filter(pk__in=forms, is_standing=True, visibility="public").values_list("pk", flat=True)
    )
    classes = dict(Person.objects.filter(pk__in=forms).values_list("pk", "person_class"))
    undecided = Proposal.objects.filter(sort="person").exclude(state__in=("accepted", "corrected", "known"))
    read = {
        str(claim["value"])
        for told in undecided.values_list("as_read", flat=True)
        for claim in told["claims"]
        if claim["property"] == "name"
    }
    hidden = [
        NotToName(tuple(dict.fromkeys(names)), classes.get(pk, "")) for pk, names in forms.items() if pk not in public
    ]
    return (*hidden, *(NotToName((name,), "") for name in sorted(read)))


def names_of_minors() -> frozenset[str]:
    """Every form of the names of people classed as minors: a page that has one is sent to no language model."""
    minors = Person.objects.filter(person_class="minor").values("pk")
    of_them = Q(record__in=minors) | Q(record__canonical__in=minors)
    return frozenset(map(str, Statement.objects.filter(of_them, property="name").values_list("value", flat=True)))


def _canonical(public_id: str, on: date | None) -> int | None:
    found = Record.objects.filter(public_id=public_id).values_list("pk", "canonical_id").first()
    if found is None:
        return None
    pk, canonical = found
    return canonical_ids(on).get(pk, pk) if on else canonical or pk


def _tie_and_partner(
    pk: int, home: Collection[int], ends: dict[int, int], on: date | None
) -> tuple[int, int, list[int]] | None:
    """The tie, its partner, and the place on the other side; asked by the tie or by the partner."""
    links = standing(on).filter(property="places", record__kind="tie")
    asked = links.filter(Q(record_id__in=_members(pk, ends)) | Q(target_id__in=_members(pk, ends)))
    pairs = {ends.get(record, record) for record in asked.values_list("record_id", flat=True)}
    if not pairs:
        return None
    sides: dict[int, set[int]] = {}
    members = {member for tie in pairs for member in _members(tie, ends)}
    for record, target in links.filter(record_id__in=members).values_list("record_id", "target_id"):
        sides.setdefault(ends.get(record, record), set()).add(ends.get(target or 0, target or 0))
    tie = pk if pk in sides else min(sides, key=lambda tie: (not sides[tie] & set(home), tie))
    places = sorted(sides[tie], key=lambda place: (place in home, place))
    if not places:
        return None
    partner = pk if pk in places and pk not in home else places[0]
    return tie, partner, [place for place in places if place != partner]


def _members(pk: int, ends: dict[int, int]) -> set[int]:
    return {pk} | {merged for merged, end in ends.items() if end == pk}


def _family(tie: int, partner: int, ends: dict[int, int], on: date | None) -> set[int]:
    """The records of a dossier: what names the tie or the partner, and whom those name."""
    of_tie, of_partner = _members(tie, ends), _members(partner, ends)
    named = standing(on).filter(
        Q(target_id__in=of_tie, property="tie", record__kind__in=("step", "agreement", "commitment"))
        | Q(target_id__in=of_partner, record__kind__in=("activity", "landmark", "holding", "organisation", "gift"))
    )
    kinds = dict(named.values_list("record_id", "record__kind"))
    bodies = {pk for pk, kind in kinds.items() if kind == "organisation"}
    kinds |= dict(
        standing(on)
        .filter(target_id__in=bodies, property="of", record__kind="holding")
        .values_list("record_id", "record__kind")
    )
    holdings = {pk for pk, kind in kinds.items() if kind == "holding"}
    activities = {pk for pk, kind in kinds.items() if kind == "activity"}
    papers = {pk for pk, kind in kinds.items() if kind == "agreement"}
    people = _targets(holdings, "person", on) | _targets(activities, "participants", on)
    people |= _targets(papers, "signatories", on)
    gifts = standing(on).filter(target_id__in=people | bodies, record__kind="gift")
    posts = standing(on).filter(target_id__in=people, property="person", record__kind="holding")
    found = {*kinds, *people, *posts.values_list("record_id", flat=True), *gifts.values_list("record_id", flat=True)}
    return {ends.get(pk, pk) for pk in found}


def _targets(records: Iterable[int], name: str, on: date | None) -> set[int]:
    links = standing(on).filter(record_id__in=set(records), property=name, target__isnull=False)
    return {target for target in links.values_list("target_id", flat=True) if target}


def _timeline(
    tie: TieShown,
    agreements: Iterable[AgreementShown],
    activities: Iterable[ActivityShown],
    landmarks: Iterable[LandmarkShown],
) -> tuple[TimelineLine, ...]:
    """Steps, papers, activities and landmarks, the latest first; what has no date stands at the end."""
    lines = [TimelineLine(s.date, "step", s.step_kind, s.thing, s) for s in tie.steps]
    lines += [TimelineLine(a.signed_on, "agreement", a.agreement_kind, a.thing, a) for a in agreements]
    lines += [TimelineLine(a.when, "activity", a.activity_kind, a.thing, a) for a in activities]
    lines += [TimelineLine(m.since, "landmark", m.landmark_kind, m.thing, m) for m in landmarks if m.since]
    return tuple(sorted(lines, key=lambda line: first_day(line.when), reverse=True))


def _last_proof(tie: TieShown, activities: Iterable[ActivityShown]) -> LastProof | None:
    """The newest day on which something happened, or was said to run; never later than the source that tells it."""
    proofs = [
        LastProof(_day_of(activity.when, told), told.source, activity.thing)
        for activity in activities
        if activity.status in HAPPENS
        for told in activity.stated.get("status", ())
    ]
    proofs += [
        LastProof(_day_of(step.date, told), told.source, step.thing)
        for step in tie.steps
        if step.is_firm and step.step_kind not in {"end", "pause"} and step.date
        for told in step.stated.get("kind", ())
    ]
    return max(proofs, key=lambda proof: proof.on, default=None)


def _day_of(told_when: When | None, told: Stated) -> date:
    source_day = told.source.day
    last = told_when.last if told_when else None
    return min(last, source_day) if last else source_day


def home() -> PlaceShown | None:
    """The office's own city."""
    pk = Place.objects.filter(is_home=True).order_by("pk").values_list("pk", flat=True).first()
    shown = Showing(Accounts.of({pk})).shown(pk) if pk else None
    return shown if isinstance(shown, PlaceShown) else None
