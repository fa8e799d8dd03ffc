"""One import under way: what each row of a list makes and states, entered batch by batch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max, Q

from twinbook.reading.importer import (
    ActivityRow,
    Imported,
    PersonRow,
    PlaceNamed,
    PlaceRow,
    RowTrouble,
    StepNamed,
    TieRow,
)
from twinbook.register.models import Decision, Identifier, Name, Record, Revision, Source, Statement, Tie
from twinbook.register.models.fields import id_out_of
from twinbook.register.queries.analyser import normal
from twinbook.register.queries.known_places import Key, KnownPlaces
from twinbook.register.workflow.bulk import Cell, Ref, Span, enter_batch, without_collecting
from twinbook.register.workflow.fates import Fate, places_in
from twinbook.register.workflow.record import writing

OF_A_ROW = ("tie", "activity", "person")  # kinds of record that a row speaks of, beside the places it names


def standing_ties() -> dict[frozenset[Key], Key]:
    """The tie of each pair of places that stands."""
    return {frozenset((a, b)): pk for pk, a, b in Tie.objects.values_list("record_id", "place_a_id", "place_b_id")}


class ListWork:
    """One import under way: the places and ties it knows, kept between batches."""

    def __init__(
        self,
        by: AbstractBaseUser,
        at: datetime,
        read_by: str,
        reason: str,
        places_counted: Counter[str],
        asked: str = "",
    ) -> None:
        self.by, self.at, self.read_by, self.reason, self.asked = by, at, read_by, reason, asked
        self.counted = places_counted
        self.act = ""
        self.statements = 0
        self.revision = -1
        self.bodies: dict[str, Ref] = {}  # organisations that this list brought, by the normal form of their name

    def open_source(self, source: Source, spans: Mapping[int, tuple[int, int]], *, is_new: bool) -> None:
        """The rows that come stand in this source. One that is not new may have been entered in part: what is entered
        now belongs to the act that was broken off, and begins behind the last row of it."""
        self.source, self.spans = source, spans
        self.entered: dict[tuple[str, int, str], list[Ref]] = {} if is_new else self._entered()
        self.act = self.act or self._own_act()
        ours = Statement.objects.filter(source=source, decision__act=self.act)
        last = None if is_new else ours.aggregate(last=Max("start"))["last"]
        self.done_to = -1 if last is None else int(last)  # batches stand or fall whole and in order

    def take(self, batch: Sequence[Imported]) -> list[Fate]:
        """One batch in one transaction: records first, then what is stated about them, then their rows."""
        done = [row for row in batch if self._is_done(row)]
        if len(done) == len(batch):
            return [self._fate_of_done(row) for row in done]
        with without_collecting(), writing():
            decision = Decision.objects.create(
                act=self.act, kind="enter", by=self.by, at=self.at, reason=self.reason, source=self.source
            )
            self._look_around()
            self.made: list[Ref] = []
            self.cells: list[Cell] = []
            self.ties_named: set[Key] = set()
            planned = [self._plan(row) for row in batch]
            self.steps = self._steps_of_ties(batch)
            fates = [finish() for finish in planned]
            self.statements += enter_batch(decision, self.source, self.read_by, self.at, self.made, self.cells)
        return fates

    def _is_done(self, row: Imported) -> bool:
        """Whether an earlier run of this very act has brought in this row."""
        return self.spans[row.row][0] <= self.done_to

    def _fate_of_done(self, row: Imported) -> Fate:
        if isinstance(row, RowTrouble):
            return Fate.of_trouble(row)
        start = self.spans[row.row][0]
        refs = next((refs for kind in OF_A_ROW if (refs := self.entered.get((kind, start, "")))), [])
        return Fate(row.row, "known", refs[0].public_id if refs else "", words=row.words)

    def _look_around(self) -> None:
        """Read the register's places and ties; again where somebody else has changed it since our last batch."""
        number = Revision.objects.values_list("number", flat=True).get(pk=1)
        if number != self.revision + 1:
            self.places = KnownPlaces.of_register()
            self.ties = standing_ties()
            known = Record.objects.filter(kind__in=("place", "tie"), canonical=None)
            self.refs: dict[Key, Ref] = {
                pk: Ref(kind, public_id, pk) for pk, kind, public_id in known.values_list("pk", "kind", "public_id")
            }
        self.revision = number

    def _own_act(self) -> str:
        """The act of this list as this officer asks for it: always the same one, until it is undone."""
        for attempt in count():
            parts = [self.source.public_id, str(self.by.pk), self.read_by, self.asked, str(attempt)]
            act = id_out_of("\0".join(parts))
            decisions = Decision.objects.filter(act=act)
            if not decisions.exists() or decisions.filter(undone_by=None).exists():
                return act
        raise AssertionError("attempts have no end")

    def _entered(self) -> dict[tuple[str, int, str], list[Ref]]:
        """The records that rows of this very source made on an earlier run, by kind, by where the row begins and, of
        places, by name; those of one row in the order in which it named them."""
        telling = Q(property__in=("title", "name")) | Q(property="places", record__kind="tie")
        found = Statement.objects.filter(telling, source=self.source, withdrawn_by=None, record__is_standing=True)
        rows = found.filter(record__kind__in=(*OF_A_ROW, "place")).order_by("record_id")
        entered: dict[tuple[str, int, str], list[Ref]] = defaultdict(list)
        told = rows.values_list("record__kind", "start", "value", "record__public_id", "record_id")
        for kind, start, value, public_id, pk in told.iterator():
            refs = entered[kind, start, normal(value) if kind == "place" else ""]
            if not refs or refs[-1].pk != pk:
                refs.append(Ref(kind, public_id, pk))
        return entered

    def _entered_by_row(self, kind: str, name: str = "") -> Ref | None:
        """What this row made on an earlier run; of two places of one name first the one, then the other."""
        refs = self.entered.get((kind, self.span.start, name))
        return refs.pop(0) if refs else None

    def _plan(self, row: Imported) -> Callable[[], Fate]:
        """Find or make the records of a row now; the drafts follow when the records have their ids."""
        if isinstance(row, RowTrouble):
            fate = Fate.of_trouble(row)
            return lambda: fate
        if self._is_done(row):
            known = self._fate_of_done(row)
            return lambda: known
        self.span = Span(self.source.text, *self.spans[row.row])
        if isinstance(row, TieRow):
            return self._plan_tie(row)
        if isinstance(row, PersonRow):
            return self._plan_person(row)
        if isinstance(row, PlaceRow):
            return self._plan_place(row)
        return self._plan_activity(row)

    def _plan_place(self, row: PlaceRow) -> Callable[[], Fate]:
        span = self.span
        place = self._place(row.place)

        def finish() -> Fate:
            self._state_place(place, span)
            outcome = "new" if place.is_new else "known"
            return Fate(row.row, outcome, place.record.public_id, place.remark, row.words)

        return finish

    def _plan_person(self, row: PersonRow) -> Callable[[], Fate]:
        """A contact: never taken for somebody of the same name, who is named for a person to look at."""
        span = self.span
        known = self._known_by(row.identifiers) or self._entered_by_row("person")
        person = known or self._make("person")
        others = [] if known else self._called("person", row.names[0][1])
        remark = (
            f"Somebody called {row.names[0][1]} is known already; join them by hand if it is one." if others else ""
        )
        bodies = self._called("organisation", row.organisation) if row.organisation else []
        body = self._ref(bodies[0]) if bodies else self._make_body(row.organisation)
        place = self._place(row.place) if row.place else None
        of = body or (place.record if place else None)
        holding = self._make("holding") if not known and (row.title or of) else None

        def finish() -> Fate:
            for language, name in row.names:
                self._state(person, "name", name, span, language=language)
            self._state(person, "person_class", "contact", span)
            if row.note:
                self._state(person, "note", row.note, span, language=row.language)
            self._state_identifiers(person, row.identifiers, span)
            if body and not bodies:
                self._state(body, "name", row.organisation, span, language=row.language)
            if place:
                self._state_place(place, span)
            if holding:
                self._state(holding, "person", None, span, target=person)
                if row.title:
                    self._state(holding, "title", row.title, span, language=row.language)
                if of:
                    self._state(holding, "of", None, span, target=of)
            return Fate(row.row, "known" if known else "new", person.public_id, remark, row.words)

        return finish

    def _make_body(self, name: str) -> Ref | None:
        if not name:
            return None
        key = normal(name)
        if key not in self.bodies:
            self.bodies[key] = self._make("organisation")
        return self.bodies[key]

    @staticmethod
    def _called(kind: str, name: str) -> list[int]:
        rows = Name.objects.filter(record__kind=kind, normal=normal(name)).order_by("record_id")
        return list(rows.values_list("record_id", flat=True).distinct())

    def _known_by(self, identifiers: Sequence[tuple[str, str]]) -> Ref | None:
        """The record that has one of the identifiers."""
        for scheme, number in identifiers:
            found = Identifier.objects.filter(scheme=scheme, identifier=number).values_list("record_id", flat=True)
            if pk := found.first():
                return self._ref(pk)
        return None

    def _state_identifiers(self, record: Ref, identifiers: Sequence[tuple[str, str]], span: Span) -> None:
        for scheme, number in identifiers:
            self._state(record, "identifier", f"{scheme}:{number}", span)

    def _plan_tie(self, row: TieRow) -> Callable[[], Fate]:
        span = self.span
        first, second = self._place(row.first), self._place(row.second)
        pair = frozenset((first.key, second.key))
        known = self.ties.get(pair)
        tie = self.refs[known] if known else self._make("tie")
        self.refs.setdefault(tie.public_id, tie)
        self.ties_named.add(self.ties.setdefault(pair, tie.public_id))
        remark = "; ".join(filter(None, [first.remark, second.remark]))

        def finish() -> Fate:
            for place in (first, second):
                self._state_place(place, span)
                self._state(tie, "places", None, span, target=place.record)
            view = first.record if row.is_directed else None
            if row.kind:
                self._state(tie, "kind", row.kind, span, view=view)
            if row.note:
                self._state(tie, "note", row.note, span, language="en")
            for step in row.steps:
                if not self._stands(tie, step):
                    self._state_step(tie, step, second.record, span)
            return Fate(row.row, "known" if known else "new", tie.public_id, remark, row.words if remark else "")

        return finish

    def _state_step(self, tie: Ref, step: StepNamed, partner: Ref, span: Span) -> None:
        record = self._make("step")
        self._state(record, "tie", None, span, target=tie)
        self._state(record, "kind", step.kind, span)
        for name, value in (("date", step.when), ("basis", step.basis)):
            if value:
                self._state(record, name, value, span)
        if step.decider:
            self._state(record, "decider", step.decider, span, language="en")
        if step.by_partner:
            self._state(record, "side", None, span, target=partner)

    def _steps_of_ties(self, batch: Sequence[Imported]) -> dict[str, set[tuple[str, str]]]:
        """The steps that stand of the ties this batch names: their kinds, alone and with each date, by the tie's id."""
        steps: dict[str, set[tuple[str, str]]] = defaultdict(set)
        if not any(isinstance(row, TieRow) and row.steps for row in batch):
            return steps
        ties = [self.refs[key].pk for key in self.ties_named]
        told = Statement.objects.filter(property="tie", target_id__in=ties, record__kind="step", withdrawn_by=None)
        tie_of = dict(told.values_list("record_id", "target__public_id"))
        about = Statement.objects.filter(record_id__in=tie_of, property__in=("kind", "date"), withdrawn_by=None)
        values: dict[int, dict[str, set[str]]] = defaultdict(lambda: {"kind": set(), "date": set()})
        for record, name, value in about.values_list("record_id", "property", "value"):
            values[record][name].add(value)
        for record, of_step in values.items():
            for kind in of_step["kind"]:
                steps[tie_of[record]] |= {(kind, ""), *((kind, day) for day in of_step["date"])}
        return steps

    def _stands(self, tie: Ref, step: StepNamed) -> bool:
        """Whether the tie has a step of that kind and date already: an import adds no second one."""
        here = self.steps[tie.public_id]
        found = (step.kind, step.when) in here
        here |= {(step.kind, ""), (step.kind, step.when)}
        return found

    def _plan_activity(self, row: ActivityRow) -> Callable[[], Fate]:
        span = self.span
        partners = [self._place(named) for named in places_in(row)]
        known = self._known_by(row.identifiers) or self._entered_by_row("activity")
        activity = known or self._make("activity")
        remark = "; ".join(partner.remark for partner in partners if partner.remark)

        def finish() -> Fate:
            for partner in partners:
                self._state_place(partner, span)
                self._state(activity, "places", None, span, target=partner.record)
            if self.places.home:
                self._state(activity, "places", None, span, target=self.refs[self.places.home])
            for language, title in ((row.language, row.title), *row.more_titles):
                self._state(activity, "title", title, span, language=language)
            for area in row.areas:
                self._state(activity, "areas", area, span)
            for name, value in self._of_activity(row):
                self._state(activity, name, value, span)
            if row.note:
                self._state(activity, "note", row.note, span, language=row.language)
            self._state_identifiers(activity, row.identifiers, span)
            return Fate(row.row, "known" if known else "new", activity.public_id, remark, row.words)

        return finish

    @staticmethod
    def _of_activity(row: ActivityRow) -> Iterator[tuple[str, Any]]:
        """The properties of an activity that have one value, where the row has it."""
        told = {"kind": row.kind, "status": row.status, "when": row.when, "is_recurring": row.is_recurring}
        yield from ((name, value) for name, value in told.items() if value)
        counts = {"people_in": row.people_in, "people_out": row.people_out}
        yield from ((name, value) for name, value in counts.items() if value is not None)

    def _place(self, named: PlaceNamed) -> _Placed:
        match = self.places.find(named)
        self.counted[match.verdict] += 1
        if match.record is not None:
            self.places.learn(match.record, named.identifiers)
            return _Placed(named, match.record, self.refs[match.record], False, match.remark)
        again = self._entered_by_row("place", normal(named.name)) if match.verdict == "unsure" else None
        if again is not None:
            return _Placed(named, again.pk, self.refs.setdefault(again.pk, again), False, match.remark)
        record = self._make("place")
        self.refs[record.public_id] = record
        self.places.add(record.public_id, named)
        return _Placed(named, record.public_id, record, True, match.remark)

    def _ref(self, pk: int) -> Ref:
        """A record of any kind that stands."""
        if pk not in self.refs:
            row = Record.objects.only("kind", "public_id").get(pk=pk)
            self.refs[pk] = Ref(row.kind, row.public_id, pk)
        return self.refs[pk]

    def _make(self, kind: str) -> Ref:
        record = Ref(kind)
        self.made.append(record)
        return record

    def _state_place(self, place: _Placed, span: Span) -> None:
        """What the list says of a place: names, country, degrees, identifiers; of a known one only its identifiers."""
        self._state_identifiers(place.record, place.named.identifiers, span)
        if not place.is_new:
            return
        for language, name in place.named.names:
            self._state(place.record, "name", name, span, language=language)
        self._state(place.record, "kind", place.named.kind, span)
        if place.named.country:
            self._state(place.record, "country", place.named.country, span, as_written=place.named.country_as_written)
        for name, degrees in (("latitude", place.named.latitude), ("longitude", place.named.longitude)):
            if degrees is not None:
                self._state(place.record, name, degrees, span)

    def _state(self, record: Ref, name: str, value: Any, span: Span, **more: Any) -> None:
        self.cells.append(Cell(record, name, value, span, **more))


@dataclass(frozen=True)
class _Placed:
    """A place of a row: as named, its key among the known ones, its record, and what a person should look at."""

    named: PlaceNamed
    key: Key
    record: Ref
    is_new: bool
    remark: str
