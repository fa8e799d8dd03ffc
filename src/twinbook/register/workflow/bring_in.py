"""An outside list → records: every row has a fate, a second run adds nothing, what is unsure is shown, not guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from twinbook.reading.importer import (
    ActivityRow,
    Imported,
    NobodyReadsError,
    PersonRow,
    PlaceNamed,
    PlaceRow,
    RowTrouble,
    StepNamed,
    TieRow,
    read_list,
)
from twinbook.reading.tables import Row, Table, TableError
from twinbook.register.models import Activity, Decision, Identifier, Name, Record, Source, Statement, Tie
from twinbook.register.models.fields import new_public_id
from twinbook.register.queries.analyser import normal
from twinbook.register.queries.known_places import Key, KnownPlaces
from twinbook.register.workflow.capture import store_ready
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import Draft, settle, state, writing

BATCH = 500  # rows that stand or fall together


@dataclass(frozen=True)
class Fate:
    """What became of one row: `outcome` new · known · trouble; `remark` says what a person should look at."""

    row: int
    outcome: str
    record: str = ""
    remark: str = ""
    words: str = ""


@dataclass
class BroughtIn:
    """What an import did. `outcomes` counts rows, `places` counts places as new, same or unsure (namesakes)."""

    importer: str
    source: str = ""
    act: str = ""
    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    statements: int = 0


def bring_in(
    raw: bytes,
    *,
    by: AbstractBaseUser,
    at: datetime,
    name: str = "",
    importer: str = "",
    mapping: Mapping[str, str] | None = None,
    is_trial: bool = False,
    on_fate: Callable[[Fate], None] | None = None,
    only: Collection[int] | None = None,
) -> BroughtIn:
    """Bring a list's rows into the register as the statements of its importer.

    `importer` "" means: the one that the file fits. `is_trial` decides everything and writes nothing. `only`: the rows
    of these numbers, and no other.
    Batches are transactions: after a kill the same call goes on where it stood, since no statement is doubled.
    NotPossibleError where the file is no table or nobody reads its columns.
    """
    need(by, "enter")
    try:
        chosen, table = read_list(raw, name=name, code=importer)
        rows = list(table.rows)
    except NobodyReadsError as error:
        raise NotPossibleError(str(error), code="no-importer", name=name) from error
    except TableError as error:
        raise NotPossibleError(str(error), code="no-table", name=name) from error
    text, spans = _text(rows)
    taken = rows if only is None else [row for row in rows if row.number in set(only)]
    done = BroughtIn(chosen.code, rows=len(taken))
    read = chosen.read(Table(table.columns, iter(taken)), dict(mapping or {}))
    tell = on_fate or (lambda fate: None)
    if is_trial:
        _try_out(read, done, tell)
        return done
    captured = store_ready(
        text, kind="row", by=by, at=at, title=name or chosen.title, publisher=chosen.licence or chosen.title
    )
    done.source, done.act = captured.source, new_public_id()
    source = Source.objects.get(public_id=captured.source)
    work = _Work(source, spans, f"importer:{chosen.code}", at)
    for batch in _batches(read):
        with writing():
            decision = Decision.objects.create(
                act=done.act, kind="enter", by=by, at=at, reason=f"import of {name or chosen.title}", source=work.source
            )
            work.take(batch, decision, done, tell)
    return done


def _text(rows: Sequence[Row]) -> tuple[str, dict[int, tuple[int, int]]]:
    """The rows' words as one text, and where each row stands in it."""
    spans, parts, start = {}, [], 0
    for row in rows:
        spans[row.number] = (start, start + len(row.words))
        parts.append(row.words)
        start += len(row.words) + 1
    return "\n".join(parts), spans


def _batches(read: Iterable[Imported]) -> Iterator[list[Imported]]:
    rows = iter(read)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _try_out(read: Iterable[Imported], done: BroughtIn, tell: Callable[[Fate], None]) -> None:
    """Every row's fate as it would be, with nothing written."""
    known = KnownPlaces.of_register()
    ties = _ties()
    for row in read:
        if isinstance(row, RowTrouble):
            fate = Fate(row.row, "trouble", remark=row.sentence, words=row.words)
        else:
            named = _places_in(row)
            found = [known.find(place) for place in named]
            for place, match in zip(named, found, strict=True):
                done.places[match.verdict] += 1
                if match.record is None:
                    known.add(f"{row.row}", place)
            pair = frozenset(match.record for match in found if match.record)
            is_known = pair in ties if isinstance(row, TieRow) else isinstance(row, PlaceRow) and bool(pair)
            outcome = "known" if is_known else "new"
            fate = Fate(
                row.row, outcome, remark="; ".join(match.remark for match in found if match.remark), words=row.words
            )
        done.outcomes[fate.outcome] += 1
        tell(fate)


def _places_in(row: TieRow | ActivityRow | PersonRow | PlaceRow) -> list[PlaceNamed]:
    """The places that a row names."""
    if isinstance(row, TieRow):
        return [row.first, row.second]
    if isinstance(row, ActivityRow):
        return [row.partner, *row.more_partners]
    return [row.place] if row.place else []


def _ties() -> dict[frozenset[Key], Key]:
    """The tie of each pair of places that stands."""
    return {frozenset((a, b)): pk for pk, a, b in Tie.objects.values_list("record_id", "place_a_id", "place_b_id")}


class _Work:
    """One import under way: the places and ties it knows, kept between batches."""

    def __init__(self, source: Source, spans: dict[int, tuple[int, int]], read_by: str, at: datetime) -> None:
        self.source = source
        self.spans = spans
        self.read_by = read_by
        self.at = at
        self.places = KnownPlaces.of_register()
        self.ties = _ties()
        self.records: dict[Key, Record] = {}
        self.made: list[Record] = []
        self.drafts: list[Draft] = []
        self.bodies: dict[str, Record] = {}  # organisations that this list brought, by the normal form of their name

    def take(
        self, batch: Sequence[Imported], decision: Decision, done: BroughtIn, tell: Callable[[Fate], None]
    ) -> None:
        """One batch in one transaction: records first, then what is stated about them, then their rows."""
        self.made, self.drafts = [], []
        planned = [self._plan(row, done) for row in batch]
        Record.objects.bulk_create(self.made)
        fates = [finish() for finish in planned]
        touched = state(decision, self.drafts)
        done.statements += len(self.drafts)
        settle(touched)
        for fate in fates:
            done.outcomes[fate.outcome] += 1
            tell(fate)

    def _plan(self, row: Imported, done: BroughtIn) -> Callable[[], Fate]:
        """Find or make the records of a row now; the drafts follow when the records have their ids."""
        if isinstance(row, RowTrouble):
            fate = Fate(row.row, "trouble", remark=row.sentence, words=row.words)
            return lambda: fate
        if isinstance(row, TieRow):
            return self._plan_tie(row, done)
        if isinstance(row, PersonRow):
            return self._plan_person(row, done)
        if isinstance(row, PlaceRow):
            return self._plan_place(row, done)
        return self._plan_activity(row, done)

    def _plan_place(self, row: PlaceRow, done: BroughtIn) -> Callable[[], Fate]:
        place = self._place(row.place, row.row, done)

        def finish() -> Fate:
            self._state_place(place, row.row)
            outcome = "new" if place.is_new else "known"
            return Fate(row.row, outcome, place.record.public_id, place.remark, row.words)

        return finish

    def _plan_person(self, row: PersonRow, done: BroughtIn) -> Callable[[], Fate]:
        """A contact: never taken for somebody of the same name, who is named for a person to look at."""
        known = self._known_by(row.identifiers) or self._known_by_row("person", "name", row.row)
        person = self._record(known) if known else self._make("person")
        others = [] if known else self._called("person", row.names[0][1])
        remark = (
            f"Somebody called {row.names[0][1]} is known already; join them by hand if it is one." if others else ""
        )
        bodies = self._called("organisation", row.organisation) if row.organisation else []
        body = self._record(bodies[0]) if bodies else self._make_body(row.organisation)
        place = self._place(row.place, row.row, done) if row.place else None
        of = body or (place.record if place else None)
        holding = self._make("holding") if not known and (row.title or of) else None

        def finish() -> Fate:
            for language, name in row.names:
                self._draft(person, "name", name, row.row, language=language)
            self._draft(person, "person_class", "contact", row.row)
            if row.note:
                self._draft(person, "note", row.note, row.row, language=row.language)
            self._state_identifiers(person, row.identifiers, row.row)
            if body and not bodies:
                self._draft(body, "name", row.organisation, row.row, language=row.language)
            if place:
                self._state_place(place, row.row)
            if holding:
                self._draft(holding, "person", None, row.row, target=person)
                if row.title:
                    self._draft(holding, "title", row.title, row.row, language=row.language)
                if of:
                    self._draft(holding, "of", None, row.row, target=of)
            return Fate(row.row, "known" if known else "new", person.public_id, remark, row.words)

        return finish

    def _make_body(self, name: str) -> Record | None:
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

    @staticmethod
    def _known_by(identifiers: Sequence[tuple[str, str]]) -> int | None:
        """The record that has one of the identifiers."""
        for scheme, number in identifiers:
            found = Identifier.objects.filter(scheme=scheme, identifier=number).values_list("record_id", flat=True)
            if pk := found.first():
                return pk
        return None

    def _known_by_row(self, kind: str, name: str, row: int) -> int | None:
        """The record that this very row made on an earlier run."""
        start, _ = self.spans[row]
        found = Statement.objects.filter(source=self.source, start=start, property=name, withdrawn_by=None)
        return found.filter(record__kind=kind).values_list("record_id", flat=True).first()

    def _state_identifiers(self, record: Record, identifiers: Sequence[tuple[str, str]], row: int) -> None:
        for scheme, number in identifiers:
            self._draft(record, "identifier", f"{scheme}:{number}", row)

    def _plan_tie(self, row: TieRow, done: BroughtIn) -> Callable[[], Fate]:
        first, second = self._place(row.first, row.row, done), self._place(row.second, row.row, done)
        pair = frozenset((first.key, second.key))
        known = self.ties.get(pair)
        tie = self._record(known) if known else self._make("tie")
        self.ties.setdefault(pair, tie.public_id)
        remark = "; ".join(filter(None, [first.remark, second.remark]))

        def finish() -> Fate:
            for place in (first, second):
                self._state_place(place, row.row)
                self._draft(tie, "places", None, row.row, target=place.record)
            view = first.record if row.is_directed else None
            if row.kind:
                self._draft(tie, "kind", row.kind, row.row, view=view)
            if row.note:
                self._draft(tie, "note", row.note, row.row, language="en")
            for step in row.steps:
                if not (known and self._stands(tie, step)):
                    self._state_step(tie, step, second.record, row.row)
            return Fate(row.row, "known" if known else "new", tie.public_id, remark, row.words if remark else "")

        return finish

    def _state_step(self, tie: Record, step: StepNamed, partner: Record, row: int) -> None:
        record = Record.objects.create(kind="step", made_at=self.at)
        self._draft(record, "tie", None, row, target=tie)
        self._draft(record, "kind", step.kind, row)
        for name, value in (("date", step.when), ("basis", step.basis)):
            if value:
                self._draft(record, name, value, row)
        if step.decider:
            self._draft(record, "decider", step.decider, row, language="en")
        if step.by_partner:
            self._draft(record, "side", None, row, target=partner)

    @staticmethod
    def _stands(tie: Record, step: StepNamed) -> bool:
        """Whether the tie has a step of that kind and date already: an import adds no second one."""
        steps = Statement.objects.filter(property="tie", target=tie, withdrawn_by=None).values("record_id")
        about = Statement.objects.filter(record_id__in=steps, withdrawn_by=None)
        same_kind = about.filter(property="kind", value=step.kind).values("record_id")
        if not step.when:
            return same_kind.exists()
        return about.filter(record_id__in=same_kind, property="date", value=step.when).exists()

    def _plan_activity(self, row: ActivityRow, done: BroughtIn) -> Callable[[], Fate]:
        partners = [self._place(named, row.row, done) for named in _places_in(row)]
        known = self._known_by(row.identifiers) or self._known_activity(row)
        activity = self._record(known) if known else self._make("activity")
        remark = "; ".join(partner.remark for partner in partners if partner.remark)

        def finish() -> Fate:
            for partner in partners:
                self._state_place(partner, row.row)
                self._draft(activity, "places", None, row.row, target=partner.record)
            if self.places.home:
                self._draft(activity, "places", None, row.row, target=self._record(self.places.home))
            for language, title in ((row.language, row.title), *row.more_titles):
                self._draft(activity, "title", title, row.row, language=language)
            for area in row.areas:
                self._draft(activity, "areas", area, row.row)
            for name, value in self._of_activity(row):
                self._draft(activity, name, value, row.row)
            if row.note:
                self._draft(activity, "note", row.note, row.row, language=row.language)
            self._state_identifiers(activity, row.identifiers, row.row)
            return Fate(row.row, "known" if known else "new", activity.public_id, remark, row.words)

        return finish

    @staticmethod
    def _of_activity(row: ActivityRow) -> Iterator[tuple[str, Any]]:
        """The properties of an activity that have one value, where the row has it."""
        told = {"kind": row.kind, "status": row.status, "when": row.when, "is_recurring": row.is_recurring}
        yield from ((name, value) for name, value in told.items() if value)
        counts = {"people_in": row.people_in, "people_out": row.people_out}
        yield from ((name, value) for name, value in counts.items() if value is not None)

    def _known_activity(self, row: ActivityRow) -> int | None:
        """The activity that this very row made on an earlier run."""
        pk = self._known_by_row("activity", "title", row.row)
        return pk if pk and Activity.objects.filter(record_id=pk).exists() else None

    def _place(self, named: PlaceNamed, row: int, done: BroughtIn) -> _Placed:
        match = self.places.find(named)
        done.places[match.verdict] += 1
        if match.record is not None:
            return _Placed(named, match.record, self._record(match.record), False, match.remark)
        record = self._make("place")
        self.places.add(record.public_id, named)
        return _Placed(named, record.public_id, record, True, match.remark)

    def _record(self, key: Key) -> Record:
        if key not in self.records:
            self.records[key] = Record.objects.get(pk=key)
        return self.records[key]

    def _make(self, kind: str) -> Record:
        record = Record(kind=kind, made_at=self.at)
        self.records[record.public_id] = record
        self.made.append(record)
        return record

    def _state_place(self, place: _Placed, row: int) -> None:
        """What the list says of a place: names, country, degrees, identifiers; of a known one only its identifiers."""
        self._state_identifiers(place.record, place.named.identifiers, row)
        if not place.is_new:
            return
        for language, name in place.named.names:
            self._draft(place.record, "name", name, row, language=language)
        self._draft(place.record, "kind", place.named.kind, row)
        if place.named.country:
            self._draft(place.record, "country", place.named.country, row, as_written=place.named.country_as_written)
        for name, degrees in (("latitude", place.named.latitude), ("longitude", place.named.longitude)):
            if degrees is not None:
                self._draft(place.record, name, degrees, row)

    def _draft(self, record: Record, name: str, value: Any, row: int, **more: Any) -> None:
        start, end = self.spans[row]
        self.drafts.append(Draft(record, name, value, self.source, start, end, self.read_by, **more))


@dataclass(frozen=True)
class _Placed:
    """A place of a row: as named, its key among the known ones, its record, and what a person should look at."""

    named: PlaceNamed
    key: Key
    record: Record
    is_new: bool
    remark: str
