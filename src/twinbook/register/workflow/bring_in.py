"""An outside list → records: every row has a fate, a second run adds nothing, what is unsure is shown, not guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from twinbook.reading.importer import (
    ActivityRow,
    Imported,
    Importer,
    PlaceNamed,
    RowTrouble,
    StepNamed,
    TieRow,
    importers,
    recognise,
)
from twinbook.reading.tables import Row, Table, TableError, read_table
from twinbook.register.models import Activity, Decision, Record, Source, Statement, Tie
from twinbook.register.models.fields import new_public_id
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
) -> BroughtIn:
    """Bring a list's rows into the register as the statements of its importer.

    `importer` "" means: the one whose columns the table has. `is_trial` decides everything and writes nothing.
    Batches are transactions: after a kill the same call goes on where it stood, since no statement is doubled.
    NotPossibleError where the file is no table or nobody reads its columns.
    """
    need(by, "enter")
    try:
        table = read_table(raw, name=name)
        chosen = _chosen(table, importer)
        rows = list(table.rows)
    except TableError as error:
        raise NotPossibleError(str(error), code="no-table", name=name) from error
    text, spans = _text(rows)
    done = BroughtIn(chosen.code, rows=len(rows))
    read = chosen.read(Table(table.columns, iter(rows)), dict(mapping or {}))
    tell = on_fate or (lambda fate: None)
    if is_trial:
        _try_out(read, done, tell)
        return done
    captured = store_ready(
        text, kind="row", by=by, at=at, title=name or chosen.title, publisher=chosen.licence or chosen.title
    )
    done.source, done.act = captured.source, new_public_id()
    work = _Work(Source.objects.get(public_id=captured.source), spans, f"importer:{chosen.code}", at)
    for batch in _batches(read):
        with writing():
            decision = Decision.objects.create(
                act=done.act, kind="enter", by=by, at=at, reason=f"import of {name or chosen.title}", source=work.source
            )
            work.take(batch, decision, done, tell)
    return done


def _chosen(table: Table, code: str) -> Importer:
    found = importers().get(code) if code else recognise(table)
    if found is None:
        known = "; ".join(f"{one.code}: {', '.join(sorted(one.columns))}" for one in importers().values())
        raise NotPossibleError(
            f"nobody reads these columns ({', '.join(table.columns)}); known: {known}", code="no-importer"
        )
    return found


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
            named = [row.first, row.second] if isinstance(row, TieRow) else [row.partner]
            found = [known.find(place) for place in named]
            for place, match in zip(named, found, strict=True):
                done.places[match.verdict] += 1
                if match.record is None:
                    known.add(f"{row.row}", place)
            pair = frozenset(match.record for match in found if match.record)
            outcome = "known" if isinstance(row, TieRow) and pair in ties else "new"
            fate = Fate(
                row.row, outcome, remark="; ".join(match.remark for match in found if match.remark), words=row.words
            )
        done.outcomes[fate.outcome] += 1
        tell(fate)


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
        return self._plan_activity(row, done)

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
        partner = self._place(row.partner, row.row, done)
        known = self._known_activity(row)
        activity = self._record(known) if known else self._make("activity")

        def finish() -> Fate:
            self._state_place(partner, row.row)
            self._draft(activity, "kind", row.kind, row.row)
            self._draft(activity, "title", row.title, row.row, language=row.language)
            self._draft(activity, "status", row.status, row.row)
            self._draft(activity, "places", None, row.row, target=partner.record)
            if self.places.home:
                self._draft(activity, "places", None, row.row, target=self._record(self.places.home))
            for area in row.areas:
                self._draft(activity, "areas", area, row.row)
            for name, value in (
                ("when", row.when or None),
                ("people_in", row.people_in),
                ("people_out", row.people_out),
            ):
                if value is not None:
                    self._draft(activity, name, value, row.row)
            return Fate(row.row, "known" if known else "new", activity.public_id, partner.remark, row.words)

        return finish

    def _known_activity(self, row: ActivityRow) -> int | None:
        """The activity that this very row made on an earlier run."""
        start, _ = self.spans[row.row]
        found = Statement.objects.filter(source=self.source, start=start, property="title", withdrawn_by=None)
        pk = found.filter(record__kind="activity").values_list("record_id", flat=True).first()
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
        for scheme, number in place.named.identifiers:
            self._draft(place.record, "identifier", f"{scheme}:{number}", row)
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
