"""Our ties against an outside list: what either lacks, what each tells otherwise, and the correction ready to send."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from twinbook.reading.importer import Imported, PlaceNamed, TieRow
from twinbook.register.models import Identifier, Place, Record, Statement, Tie, TieStep
from twinbook.register.queries.analyser import normal
from twinbook.register.queries.dates import when
from twinbook.register.queries.known_places import KnownPlaces, Match
from twinbook.register.queries.lists import home_places
from twinbook.register.queries.shown import thing_of
from twinbook.register.queries.values import Thing, When, Words

ENDING = frozenset(["end", "pause"])
SHORTEST_PREFIX = 4  # letters; shorter names begin alike by chance
TO_SEND = frozenset(["missing-there", "other-date", "other-level", "ended-here"])  # what the list's keeper can mend
PRECISION = {10: "11", 7: "10", 4: "9"}  # Wikidata's codes by the length of an EDTF date: day, month, year


@dataclass(frozen=True)
class Difference:
    """One line of a comparison.

    `code`: same · missing-here (they list it, we do not) · missing-there · ended-here (they list as running what we
    know as ended or suspended) · ended-there · other-date · other-level · unsure (namesakes: a person must look).
    `row` is the list's row number or None, `words` that row as it stands, `ours` and `theirs` the two values.
    """

    code: str
    partner: str
    tie: Thing | None
    ours: str = ""
    theirs: str = ""
    row: int | None = None
    words: str = ""


@dataclass(frozen=True)
class _Ours:
    tie: Tie
    partner: Record
    since: When | None


def compare(read: Iterable[Imported], *, home: str = "") -> tuple[Difference, ...]:
    """The office's own ties against a list's rows that name the office's city; ours first, then theirs, by name.

    `home` is the id of another place of the register. A list's row counts where one of its ends is that place.
    """
    places = KnownPlaces.of_register()
    own = set(Record.objects.filter(public_id=home).values_list("pk", flat=True)) if home else home_places()
    ours = {one.partner.pk: one for one in _our_ties(own)}
    found: list[Difference] = []
    met: set[int] = set()
    said: set[str] = set()
    for row in read:
        if not isinstance(row, TieRow):
            continue
        for named in _partners_named(row, places, own):
            match = places.find(named)
            one = ours.get(match.record) if isinstance(match.record, int) else None
            key = f"{match.record or normal(named.name)}:{named.country}"
            if key in said:
                continue
            said.add(key)
            found.append(_difference(row, named, match, one))
            met |= {one.partner.pk} if one else set()
    unmet = [one for one in ours.values() if one.partner.pk not in met]
    found = [_perhaps(line, unmet) for line in found]
    found += [_missing_there(one) for one in unmet]
    return tuple(sorted(found, key=lambda line: (line.code == "same", line.code, line.partner)))


def _our_ties(own: set[int]) -> Iterator[_Ours]:
    rows = Tie.objects.select_related("record", "place_a", "place_b").exclude(place_b=None)
    for row in rows:
        assert row.place_a is not None and row.place_b is not None
        if {row.place_a_id, row.place_b_id} & own:
            partner = row.place_a if row.place_b_id in own else row.place_b
            yield _Ours(row, partner, when(row.since))


def _partners_named(row: TieRow, places: KnownPlaces, own: set[int]) -> Iterator[PlaceNamed]:
    """The end of the row that is not the office's city; nothing where neither end is."""
    ends = (row.first, row.second)
    for named, other in (ends, ends[::-1]):
        match = places.find(named)
        is_home = match.record in own or (match.verdict == "unsure" and _called_home(named, places, own))
        if is_home:
            yield other


def _called_home(named: PlaceNamed, places: KnownPlaces, own: set[int]) -> bool:
    """A list without countries may still mean us: the name is ours, and no other place of the register bears it."""
    bearers = {one.record for _, name in named.names for one in places.by_name.get(normal(name), ())}
    return bool(bearers) and bearers <= {*own}


def _difference(row: TieRow, named: PlaceNamed, match: Match, one: _Ours | None) -> Difference:
    label = named.name
    if one is None:
        code = "unsure" if match.verdict == "unsure" else "missing-here"
        return Difference(code, label, None, theirs=match.remark or _their_words(row), row=row.row, words=row.words)
    tie = thing_of(one.tie.record)
    label = one.partner.label.get("en") or label
    their_end = next((step for step in row.steps if step.kind in ENDING), None)
    our_state, their_state = one.tie.state, (their_end.kind if their_end else "listed")
    if our_state in {"ended", "suspended"} and their_end is None:
        return Difference("ended-here", label, tie, our_state, their_state, row.row, row.words)
    if our_state == "active" and their_end is not None:
        return Difference("ended-there", label, tie, our_state, their_state, row.row, row.words)
    if row.kind and one.tie.level and row.kind != one.tie.level:
        return Difference("other-level", label, tie, one.tie.level, row.kind, row.row, row.words)
    start = next((step.when for step in row.steps if step.kind == "agreement" and step.when), "")
    if start and one.since and not _agree(one.since, start):
        return Difference("other-date", label, tie, one.since.edtf, start, row.row, row.words)
    return Difference("same", label, tie, one.tie.state, their_state, row.row, row.words)


def _agree(ours: When, theirs: str) -> bool:
    """Whether two dates may mean the same day: 1967 and 1967-03-20 do."""
    other = when(theirs)
    if other is None:
        return True
    return not (_after(ours.first, other.last) or _after(other.first, ours.last))


def _after(first: date | None, last: date | None) -> bool:
    return bool(first and last and first > last)


def _their_words(row: TieRow) -> str:
    start = next((step.when for step in row.steps if step.when), "")
    return ", ".join(filter(None, [row.kind, start]))


def _perhaps(line: Difference, unmet: Iterable[_Ours]) -> Difference:
    """A town that we lack by this name may be one that we have by a longer or shorter one: a person looks."""
    if line.code != "missing-here":
        return line
    theirs = normal(line.partner)
    for one in unmet:
        for label in one.partner.label.values():
            ours = normal(label)
            is_longer = ours != theirs and (ours.startswith(theirs) or theirs.startswith(ours))
            if is_longer and min(len(ours), len(theirs)) >= SHORTEST_PREFIX:
                return replace(line, code="unsure", theirs=f"{line.partner} – {label}?")
    return line


def _missing_there(one: _Ours) -> Difference:
    """A tie that is ended is rightly in no list of ties that run."""
    label = one.partner.label.get("en") or next(iter(one.partner.label.values()), one.partner.public_id)
    since = one.since.edtf if one.since else ""
    code = "same" if one.tie.state == "ended" else "missing-there"
    return Difference(code, label, thing_of(one.tie.record), ", ".join(filter(None, [one.tie.state, since])))


def quick_statements(lines: Iterable[Difference]) -> str:
    """QuickStatements for what Wikidata lacks or tells otherwise: both sides' P190 with its start (P580), its end
    (P582) where the tie ended, and the address that says so (S854), for ties whose ends have items.

    Source: Wikidata, Help:QuickStatements; one statement a line, parted by tabs; a qualifier joins the statement
    that is there. Empty where no end has an item. Ties that are neither active nor ended are not sent.
    """
    codes = {line.tie.id: line.code for line in lines if line.tie and line.code in TO_SEND}
    ties = Tie.objects.filter(record__public_id__in=codes).filter(state__in=("active", "ended"))
    items = _items()
    out = []
    for tie in ties.select_related("record").order_by("record__public_id"):
        first, second = items.get(tie.place_a_id or 0), items.get(tie.place_b_id or 0)
        if first and second and (tie.state == "active" or codes[tie.record.public_id] == "ended-here"):
            more = _qualifiers(tie)
            out += [f"{one}\tP190\t{other}{more}" for one, other in ((first, second), (second, first))]
    return "".join(f"{line}\n" for line in out)


def _qualifiers(tie: Tie) -> str:
    end = TieStep.objects.filter(tie=tie.record, kind="end").exclude(date="").order_by("-date_first").first()
    times = _time("P580", tie.since) + (_time("P582", end.date) if end and tie.state == "ended" else "")
    address = _said_at(tie)
    return times + (f'\tS854\t"{address}"' if address and times else "")


def _said_at(tie: Tie) -> str:
    """An address at which the beginning of the tie is told; empty where only papers tell it."""
    steps = TieStep.objects.filter(tie=tie.record).values("record")
    told = Statement.objects.filter(withdrawn_by=None, property__in=("date", "since"), value=tie.since)
    about = told.filter(Q(record__in=steps) | Q(record=tie.record)).filter(source__address__startswith="http")
    found = about.order_by("pk").values_list("source__address", flat=True).first() or ""
    return found if not re.search(r'["\t\r\n]', found) else ""


def _items() -> dict[int, str]:
    """Wikidata items of the places that have one."""
    found = Identifier.objects.filter(scheme="wikidata", record__in=Place.objects.values("record"))
    return dict(found.values_list("record_id", "identifier"))


def _time(name: str, edtf: str) -> str:
    precision = PRECISION.get(len(edtf)) if edtf.replace("-", "").isdigit() else None
    if precision is None:
        return ""
    whole = edtf + "-00-00"[: 10 - len(edtf)] if len(edtf) < 10 else edtf
    return f"\t{name}\t+{whole}T00:00:00Z/{precision}"


@dataclass(frozen=True)
class Correction:
    """What we know of a tie that a list lacks or tells otherwise, for a table or a letter to the list's keeper."""

    code: str
    partner: Words
    country: str
    level: str
    state: str
    since: str
    ended: str
    wikidata: str
    geonames: str
    source: str
    row: int | None


def corrections(lines: Iterable[Difference]) -> tuple[Correction, ...]:
    """The lines that their keeper can mend, each with our values and where they are told, by the partner's name."""
    by_tie = {line.tie.id: line for line in lines if line.tie and line.code in TO_SEND}
    ties = Tie.objects.filter(record__public_id__in=by_tie).select_related("record", "place_a", "place_b")
    own, places = home_places(), {row.record_id: row for row in Place.objects.all()}
    identifiers = {(row.record_id, row.scheme): row.identifier for row in Identifier.objects.all()}
    found = []
    for tie in ties:
        partner = tie.place_a if tie.place_b_id in own else tie.place_b
        line = by_tie[tie.record.public_id]
        is_loose = line.code == "missing-there" and tie.state not in ("active", "suspended")
        if partner is None or partner.pk not in places or is_loose:
            continue  # a contact without an agreement is in no list of twin towns
        end = TieStep.objects.filter(tie=tie.record, kind__in=ENDING).order_by("-date_first").first()
        numbers = [identifiers.get((partner.pk, scheme), "") for scheme in ("wikidata", "geonames")]
        ended = end.date if end and tie.state in ("ended", "suspended") else ""
        found.append(
            Correction(line.code, partner.label, places[partner.pk].country, tie.level, tie.state, tie.since, ended,
                       numbers[0], numbers[1], _said_at(tie), line.row)
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: next(iter(one.partner.values()), "")))
