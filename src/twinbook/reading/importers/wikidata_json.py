"""Wikidata in JSON: P190 of the items of Special:EntityData, or the answer to a SPARQL query about partners.

Source: Wikibase JSON data model (ranks, snaks, time values with precision and calendar), SPARQL 1.1 Query Results JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from twinbook.reading.importer import Imported, Importer, PlaceNamed, RowTrouble, StepNamed, TieRow
from twinbook.reading.tables import Row, Table, TableError
from twinbook.vocabulary.partial_date import PartialDate

COLUMNS = ("item", "item_labels", "item_country", "partner", "partner_labels", "partner_country",
           "start", "end", "rank", "sources", "trouble")  # fmt: skip
TWINNED, START, END, COUNTRY, ISO_CODE = "P190", "P580", "P582", "P17", "P297"
ITEM = re.compile(r"(?:\S*/entity/)?(Q[1-9]\d*)\Z")
TIME = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)T")
JULIAN = "Q1985786"
DAY, MONTH, YEAR, DECADE, CENTURY = 11, 10, 9, 8, 7
LANGUAGES = ("en", "ru", "ja")
# What queries call their variables; labels are called so with Label behind.
ITEM_NAMES = ("item", "city", "place", "source", "a")
PARTNER_NAMES = ("partner", "sister", "twin", "sistercity", "target", "b")
START_NAMES, END_NAMES = ("start", "since", "starttime"), ("end", "until", "endtime")
RANK = {"preferredrank": "preferred", "normalrank": "normal", "deprecatedrank": "deprecated"}
Pairs = list[tuple[str, str]]


def fits(raw: bytes, name: str) -> bool:
    head = raw[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and (b'"entities"' in head or (b'"head"' in head and b'"vars"' in head))


def open_answer(raw: bytes) -> Table:
    """A statement a row, in the order of the file; the row's words tell its ends, qualifiers, rank and sources."""
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise TableError("The JSON is broken. Take the file from Wikidata again.") from error
    if isinstance(data, dict) and isinstance(data.get("entities"), dict):
        return Table(COLUMNS, _numbered(_Dump(data["entities"]).statements()))
    if isinstance(data, dict) and isinstance(data.get("results"), dict):
        return Table(COLUMNS, _numbered(_bindings(data)))
    raise TableError("This is no answer of Wikidata: it has neither entities nor results.")


def _numbered(found: Iterator[dict[str, str]]) -> Iterator[Row]:
    for number, cells in enumerate(found, 1):
        yield Row(number, _words(cells), cells)


def _words(cells: dict[str, str]) -> str:
    """The statement as a line: both ends with their labels, then what qualifies it."""
    ends = [_end(cells, end) for end in ("item", "partner")]
    rest = [f"{name} {cells[name]}" for name in ("start", "end", "rank", "sources") if cells[name]]
    return "; ".join([f"{ends[0]} {TWINNED} {ends[1]}", *rest])


def _end(cells: dict[str, str], end: str) -> str:
    label = next((name for _, name in _pairs(cells[f"{end}_labels"])), "")
    return f"{cells[end] or '?'} ({label})" if label else cells[end] or "?"


def _joined(pairs: Pairs) -> str:
    return "\x1f".join(f"{language}\x1e{name}" for language, name in pairs)


def _pairs(labels: str) -> Pairs:
    return [(one.partition("\x1e")[0], one.partition("\x1e")[2]) for one in labels.split("\x1f") if one]


class _Dump:
    """Items as Special:EntityData gives them."""

    def __init__(self, entities: dict[str, Any]) -> None:
        self.entities = {key: one for key, one in entities.items() if isinstance(one, dict)}

    def statements(self) -> Iterator[dict[str, str]]:
        for item, entity in self.entities.items():
            for statement in _list(_dict(entity.get("claims")).get(TWINNED)):
                yield self._cells(item, _dict(statement))

    def _cells(self, item: str, statement: dict[str, Any]) -> dict[str, str]:
        snak = _dict(statement.get("mainsnak"))
        partner = str(_dict(_value(snak)).get("id", ""))
        qualifiers = _dict(statement.get("qualifiers"))
        return {
            "item": item,
            "item_labels": _joined(self._labels(item)),
            "item_country": self._country(item),
            "partner": partner,
            "partner_labels": _joined(self._labels(partner)),
            "partner_country": self._country(partner),
            "start": _qualifier(qualifiers, START),
            "end": _qualifier(qualifiers, END),
            "rank": str(statement.get("rank", "normal")),
            "sources": " ".join(_sources(statement)),
            "trouble": "" if partner else str(snak.get("snaktype", "")),
        }

    def _labels(self, item: str) -> Pairs:
        labels = _dict(_dict(self.entities.get(item)).get("labels"))
        told = {language: str(_dict(one).get("value", "")) for language, one in labels.items()}
        chosen = [(language, told[language]) for language in LANGUAGES if told.get(language)]
        return chosen or [(language, name) for language, name in sorted(told.items()) if name][:1]

    def _country(self, item: str) -> str:
        """The two letters of the item's country, where the dump holds that country's item too."""
        for statement in _list(_dict(_dict(self.entities.get(item)).get("claims")).get(COUNTRY)):
            country = _dict(_value(_dict(_dict(statement).get("mainsnak")))).get("id", "")
            codes = _list(_dict(_dict(self.entities.get(str(country))).get("claims")).get(ISO_CODE))
            if len(codes) == 1 and isinstance(code := _value(_dict(_dict(codes[0]).get("mainsnak"))), str):
                return code
        return ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _value(snak: dict[str, Any]) -> Any:
    return _dict(snak.get("datavalue")).get("value") if snak.get("snaktype", "value") == "value" else None


def _qualifier(qualifiers: dict[str, Any], name: str) -> str:
    """EDTF of a qualifier; "unknown" where Wikidata says that it has one that nobody knows."""
    snaks = _list(qualifiers.get(name))
    if not snaks:
        return ""
    snak = _dict(snaks[0])
    if snak.get("snaktype") == "somevalue":
        return "unknown"
    value = _dict(_value(snak))
    precision, calendar = value.get("precision"), str(value.get("calendarmodel", ""))
    return edtf(str(value.get("time", "")), precision, is_julian=calendar.endswith(JULIAN))


def edtf(time: str, precision: Any, *, is_julian: bool = False) -> str:
    """EDTF of a time value, no finer than its precision; of a Julian day the year alone, since the day is another."""
    found = TIME.match(time)
    if not found or not isinstance(precision, int):
        return ""
    year, month, day = found.groups()
    if is_julian:
        precision = min(precision, YEAR)
    by_precision = {DECADE: f"{year[:3]}X", CENTURY: f"{int(year[:2]) - (year[2:] == '00'):02d}XX",
                    YEAR: year, MONTH: f"{year}-{month}", DAY: f"{year}-{month}-{day}"}  # fmt: skip
    try:
        return PartialDate.parse(by_precision.get(precision, "")).edtf
    except ValueError:
        return ""


def _sources(statement: dict[str, Any]) -> Iterator[str]:
    """Addresses that the statement's references give (P854)."""
    for reference in _list(statement.get("references")):
        for snak in _list(_dict(_dict(reference).get("snaks")).get("P854")):
            if isinstance(address := _value(_dict(snak)), str):
                yield address


def _bindings(data: dict[str, Any]) -> Iterator[dict[str, str]]:
    names = {name.casefold(): name for name in _list(_dict(data.get("head")).get("vars")) if isinstance(name, str)}
    item, partner = _variable(names, ITEM_NAMES), _variable(names, PARTNER_NAMES)
    if not item or not partner:
        raise TableError(
            "The query must name both ends: ?item and ?partner (and ?itemLabel, ?partnerLabel, ?start, ?end)."
        )
    start, end = _variable(names, START_NAMES), _variable(names, END_NAMES)
    for binding in _list(_dict(data.get("results")).get("bindings")):
        one = {name: _dict(value) for name, value in _dict(binding).items()}
        first, second = _item(one, item), _item(one, partner)
        yield {
            "item": first,
            "item_labels": _joined(_label(one, item, first)),
            "item_country": "",
            "partner": second,
            "partner_labels": _joined(_label(one, partner, second)),
            "partner_country": "",
            "start": _date(one, start),
            "end": _date(one, end),
            "rank": RANK.get(str(one.get("rank", {}).get("value", "")).rpartition("#")[2].casefold(), ""),
            "sources": "",
            "trouble": "" if second else "unknown",
        }


def _variable(names: dict[str, str], wanted: tuple[str, ...]) -> str:
    return next((names[name] for name in wanted if name in names), "")


def _item(one: dict[str, dict[str, Any]], name: str) -> str:
    found = ITEM.match(str(one.get(name, {}).get("value", "")))
    return found[1] if found else ""


def _label(one: dict[str, dict[str, Any]], name: str, item: str) -> Pairs:
    """The label by its language; the query service gives the item itself where there is none."""
    told = one.get(f"{name}Label", {})
    text = str(told.get("value", ""))
    return [(str(told.get("xml:lang", "")), text)] if text and text != item else []


def _date(one: dict[str, dict[str, Any]], name: str) -> str:
    """No finer than the precision that the query asked for; without one, the first of a month or year is not a day."""
    if not name or name not in one:
        return ""
    told = str(one[name].get("value", ""))
    if one[name].get("type") == "bnode" or "/.well-known/genid/" in told:
        return "unknown"
    asked = str(one.get(f"{name}Precision", {}).get("value", ""))
    if asked.isdigit():
        return edtf(told, int(asked))
    found = TIME.match(told)
    return edtf(told, _finest(found[2], found[3])) if found else ""


def _finest(month: str, day: str) -> int:
    return DAY if day != "01" else MONTH if month != "01" else YEAR


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """A directed tie a statement, with an agreement at its start and an end at its end; a deprecated one is none."""
    del mapping
    for row in table.rows:
        cells = row.cells
        if not cells["partner"] or not cells["item"]:
            sentence = "Wikidata names no item at one end (unknown value)."
            yield RowTrouble(row.number, row.words, "item-missing", cells["trouble"], sentence)
        elif cells["rank"] == "deprecated":
            sentence = "Wikidata keeps this statement as wrong (deprecated); it is not taken in."
            yield RowTrouble(row.number, row.words, "deprecated", cells["partner"], sentence)
        elif cells["item"] == cells["partner"]:
            yield RowTrouble(row.number, row.words, "tied-to-itself", cells["item"], "An item is tied to itself here.")
        else:
            first = _place(cells, "item")
            note = f"Wikidata: {cells['sources']}" if cells["sources"] else ""
            yield TieRow(
                row.number, row.words, first, _place(cells, "partner"), steps=tuple(_steps(cells)), is_directed=True,
                note=note,
            )  # fmt: skip


def _place(cells: dict[str, str], end: str) -> PlaceNamed:
    names = tuple(_pairs(cells[f"{end}_labels"])) or (("", cells[end]),)
    country = cells[f"{end}_country"]
    return PlaceNamed(names, country, country, identifiers=(("wikidata", cells[end]),))


def _steps(cells: dict[str, str]) -> Iterator[StepNamed]:
    if cells["start"] and cells["start"] != "unknown":
        yield StepNamed("agreement", cells["start"])
    if cells["end"]:
        yield StepNamed("end", "" if cells["end"] == "unknown" else cells["end"])


IMPORTER = Importer(
    "wikidata_json", "Wikidata (JSON)", frozenset(), read, licence="CC0, Wikidata", fits=fits, open=open_answer
)
