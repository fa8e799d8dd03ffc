"""Another register's export (JSON Lines) as a list: its ties with their steps, and its activities.

A whole register into an empty one is `twinbook import-register`; this takes the facts of one into another.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from twinbook.reading.importer import ActivityRow, Imported, Importer, PlaceNamed, RowTrouble, StepNamed, TieRow
from twinbook.reading.tables import Row, Table, TableError

FORMAT, VERSION = "twinbook-register", 1
COLUMNS = ("record",)
Stated = dict[str, list[dict[str, Any]]]


def fits(raw: bytes, name: str) -> bool:
    return b'"format"' in raw[:200] and f'"{FORMAT}"'.encode() in raw[:200]


def open_export(raw: bytes) -> Table:
    """A tie or an activity a row, numbered by the line of its record; all that a row needs stands in its cell."""
    lines = raw.decode("utf-8", "replace").split("\n")
    head = _json(lines[0])
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise TableError("This is no export of a Twinbook register.")
    if head.get("version") != VERSION:
        raise TableError(f"The export is of version {head.get('version')}; this Twinbook reads {VERSION}.")
    return Table(COLUMNS, _Export(lines).rows())


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise TableError("The export is damaged. Take another copy of it.") from error


class _Export:
    """The records of an export with what stands about them."""

    def __init__(self, lines: list[str]) -> None:
        self.kinds: dict[int, tuple[int, str]] = {}  # record → line, kind
        self.into: dict[int, int] = {}  # merged record → the one that stands for it
        self.stated: dict[int, Stated] = defaultdict(lambda: defaultdict(list))
        try:
            for number, line in enumerate(lines[1:], 2):
                if line.strip():
                    told = _json(line)
                    self._take(number, told["table"], told["row"])
        except (KeyError, TypeError) as error:
            raise TableError("The export is damaged. Take another copy of it.") from error

    def _take(self, number: int, table: str, row: dict[str, Any]) -> None:
        if table == "Record" and "kind" in row:
            self.kinds[row["pk"]] = (number, row["kind"])
        elif table == "Record" and row.get("canonical_id"):
            self.into[row["pk"]] = row["canonical_id"]
        elif table == "Statement" and "property" in row and row.get("withdrawn_by_id") is None:
            self.stated[row["record_id"]][row["property"]].append(row)

    def rows(self) -> Iterator[Row]:
        self._join()
        steps: dict[int, list[int]] = defaultdict(list)
        for pk, (_, kind) in self.kinds.items():
            if kind == "step" and (tie := self._target(pk, "tie")):
                steps[tie].append(pk)
        for pk, (number, kind) in self.kinds.items():
            if pk in self.into or not self.stated.get(pk) or kind not in ("tie", "activity"):
                continue
            told = self._told(pk) | {"kind_of_record": kind, "steps": [self._told(step) for step in steps[pk]]}
            told["places"] = [self._place(place) for place in self._targets(pk, "places")]
            yield Row(number, self._words(kind, told), {"record": json.dumps(told, ensure_ascii=False)})

    def _join(self) -> None:
        """What is stated about a merged record is told of the one that stands for it."""
        for merged in list(self.into):
            for name, found in self.stated.pop(merged, {}).items():
                self.stated[self._end(merged)][name] += found

    def _end(self, pk: int) -> int:
        for _ in range(len(self.into)):
            if pk not in self.into:
                break
            pk = self.into[pk]
        return pk

    def _targets(self, pk: int, name: str) -> list[int]:
        return list(dict.fromkeys(self._end(row["target_id"]) for row in self.stated[pk][name] if row["target_id"]))

    def _target(self, pk: int, name: str) -> int | None:
        return next(iter(self._targets(pk, name)), None)

    def _told(self, pk: int) -> dict[str, Any]:
        """The value of each property that counts first: a person's, an importer's, a reader's; titles by language."""
        told: dict[str, Any] = {}
        for name, rows in self.stated[pk].items():
            ordered = sorted((row for row in rows if row["value"] is not None), key=lambda row: -row["rank"])
            if name in ("title", "name", "decider"):
                told[name] = list({row["language"]: row["value"] for row in reversed(ordered)}.items())
            elif name in ("areas", "identifier"):
                told[name] = list(dict.fromkeys(row["value"] for row in ordered))
            elif ordered:
                told[name] = ordered[0]["value"]
        return told

    def _place(self, pk: int) -> dict[str, Any]:
        return self._told(pk)

    @staticmethod
    def _words(kind: str, told: dict[str, Any]) -> str:
        names = [str(place.get("name", [["", "?"]])[0][1]) for place in told["places"]]
        steps = [" ".join(filter(None, [step.get("kind", ""), step.get("date", "")])) for step in told["steps"]]
        titles = [title for _, title in told.get("title", ())]
        rest = [told.get("kind", ""), told.get("since", ""), told.get("when", ""), told.get("status", "")]
        return "; ".join(filter(None, [kind, " – ".join(names), *titles, *map(str, rest), *steps]))


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """A tie or an activity a row. mapping["home"] is our own city, which is no partner of an activity."""
    for row in table.rows:
        told = json.loads(row.cells["record"])
        places = [place for one in told["places"] if (place := _place(one))]
        if told.get("visibility", "public") != "public":
            sentence = "The other office keeps this to itself; it is not taken in as if it were public."
            yield RowTrouble(row.number, row.words, "not-public", told["visibility"], sentence)
        elif told["kind_of_record"] == "tie" and len(places) == 2:
            steps = tuple(_step(step) for step in told["steps"])
            yield TieRow(row.number, row.words, places[0], places[1], told.get("kind", ""), steps)
        elif told["kind_of_record"] == "activity" and told.get("kind") and told.get("title"):
            yield from _activity(row, told, places, mapping.get("home", ""))
        else:
            sentence = "The record names no two places, or has no kind and title."
            yield RowTrouble(row.number, row.words, "incomplete", told["kind_of_record"], sentence)


def _activity(row: Row, told: dict[str, Any], places: list[PlaceNamed], home: str) -> Iterator[Imported]:
    partners = [place for place in places if home not in {name for _, name in place.names}]
    if not partners:
        yield RowTrouble(row.number, row.words, "partner-missing", "", "The activity names no partner.")
        return
    titles = [(language, title) for language, title in told["title"]]
    yield ActivityRow(
        row.number, row.words, partners[0], told["kind"], titles[0][1], titles[0][0], told.get("status", ""),
        told.get("when", ""), tuple(told.get("areas", ())),
        _count(told.get("people_in")), _count(told.get("people_out")),
        is_recurring=bool(told.get("is_recurring")), more_titles=tuple(titles[1:]), more_partners=tuple(partners[1:]),
    )  # fmt: skip


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _place(told: dict[str, Any]) -> PlaceNamed | None:
    names = tuple((language, name) for language, name in told.get("name", ()))
    pairs = [str(one).partition(":") for one in told.get("identifier", ())]
    identifiers = tuple((scheme, number) for scheme, _, number in pairs if scheme in ("wikidata", "geonames"))
    country = str(told.get("country", ""))
    return (
        PlaceNamed(names, country, country, str(told.get("kind", "city")), identifiers=identifiers) if names else None
    )


def _step(told: dict[str, Any]) -> StepNamed:
    decider = next((words for _, words in told.get("decider", ())), "")
    return StepNamed(str(told.get("kind", "agreement")), str(told.get("date", "")), str(told.get("basis", "")), decider)


IMPORTER = Importer("twinbook_export", "Another Twinbook register", frozenset(), read, fits=fits, open=open_export)
