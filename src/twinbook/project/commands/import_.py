"""twinbook import: an outside list into the register, every row with a fate; what is broken off is gone on with."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

from twinbook.project import office
from twinbook.project.console import Meter, Trouble, say
from twinbook.reading.importer import importers
from twinbook.reading.importers.activity_table import guess
from twinbook.reading.tables import TableError, as_cell, read_table

MOST_REMARKS = 20  # told on the terminal; all stand in the report
MAPPED = "activity_table"  # the importer that is told what its columns mean
HELP = "bring an outside list (a table, Wikidata JSON, GeoNames, IATI, vCard, iCalendar, an export) into the register"
EXAMPLES = """examples:
  twinbook import --trial twin-towns.csv
  twinbook import --home Irkutsk --home-country RU our-ties.xlsx
  twinbook import --report fates.csv wikidata.tsv
  twinbook import --importer activity_table --trial our-activities.xlsx
  twinbook import --importer activity_table --map partner=Город --map title=Название --set default_kind=visit list.ods
  twinbook import --set partner=Kanazawa --set partner_country=JP --set kind=visit plans.ics
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the list; its heading tells which importer reads it")
    parser.add_argument("--importer", choices=sorted(importers()), help="read it with this importer")
    parser.add_argument(
        "--home", default="", metavar="NAME", help="the city whose own list it is (default: the register's)"
    )
    parser.add_argument("--home-country", default="", metavar="XX", help="that city's country, two letters")
    parser.add_argument(
        "--map", action="append", default=[], metavar="MEANING=COLUMN", help="which column of our own list means what"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="what no column says: default_kind, partner …"
    )
    parser.add_argument("--trial", action="store_true", help="say what would become of every row, and write nothing")
    parser.add_argument("--report", type=Path, metavar="CSV", help="write every row's fate to this file")
    parser.add_argument("--officer", default="", metavar="NAME", help="in whose name (default: the first officer)")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Import; 1 where a row was a trouble (the others are in all the same)."""
    office.open_register()
    from django.utils import timezone

    from twinbook.register.workflow.bring_in import Fate, bring_in
    from twinbook.register.workflow.errors import RefusedError

    try:
        raw = options.file.read_bytes()
    except OSError as error:
        raise Trouble(f"{options.file}: {error.strerror}", 2) from error
    remarks: list[Fate] = []
    meter = Meter("rows", 0 if raw.startswith(b"PK") else raw.count(b"\n"), quiet=options.quiet)

    def on_fate(fate: Fate) -> None:
        report.add(fate)
        meter.step()
        if fate.remark and len(remarks) < MOST_REMARKS:
            remarks.append(fate)

    report = Report(options.report)
    try:
        done = bring_in(
            raw,
            by=office.officer(options.officer),
            at=timezone.now(),
            name=options.file.name,
            importer=options.importer or "",
            mapping=office.whose_list(options.home, options.home_country) | mapping_for(options, raw),
            is_trial=options.trial,
            on_fate=on_fate,
        )
    except RefusedError as error:
        raise Trouble(f"{options.file}: {error}") from error
    except KeyboardInterrupt:
        say("\nStopped. What came before is in; the same command goes on from there.", quiet=options.quiet)
        return 130
    finally:
        report.close()
        meter.end()
    rows = ", ".join(f"{number} {outcome}" for outcome, number in sorted(done.outcomes.items()))
    places = ", ".join(f"{number} {verdict}" for verdict, number in sorted(done.places.items()))
    say(f"{'Trial: ' if options.trial else ''}{done.rows} rows ({rows}); places named: {places}.", quiet=options.quiet)
    for fate in remarks:
        say(f"  row {fate.row}: {fate.remark}", quiet=options.quiet)
    return 1 if done.outcomes["trouble"] else 0


def mapping_for(options: argparse.Namespace, raw: bytes) -> dict[str, str]:
    """What the columns of our own list mean: as the words say, else as for such columns before, else by headings."""
    given = dict(_pair(words) for words in options.set)
    if options.importer != MAPPED:
        return given
    from twinbook.register.queries.outside_lists import remembered

    try:
        columns = read_table(raw, name=options.file.name).columns
    except TableError as error:
        raise Trouble(f"{options.file}: {error}") from error
    named = dict(_pair(words) for words in options.map)
    if unknown := [column for column in named.values() if column not in columns]:
        raise Trouble(f"{options.file}: no column {', '.join(unknown)}; there are: {', '.join(columns)}", 2)
    found = {**(remembered(columns) or guess(columns)), **named, **given}
    told = ", ".join(f"{meaning} = {column}" for meaning, column in found.items())
    say(f"Columns: {told or 'none is known; use --map'}.", quiet=options.quiet)
    return found


def _pair(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals:
        raise Trouble(f"{words!r} is no NAME=VALUE", 2)
    return name.strip(), value.strip()


class Report:
    """Every row's fate as CSV, written as it comes; words of the list are kept from being taken for formulas."""

    def __init__(self, path: Path | None) -> None:
        try:
            self._file = path.open("w", encoding="utf-8-sig", newline="") if path else None
        except OSError as error:
            raise Trouble(f"{path}: {error.strerror}", 2) from error
        if self._file:
            self._table = csv.writer(self._file)
            self._table.writerow(["row", "outcome", "record", "remark", "words"])

    def add(self, fate: Any) -> None:
        if self._file:
            self._table.writerow([fate.row, fate.outcome, fate.record, as_cell(fate.remark), as_cell(fate.words)])

    def close(self) -> None:
        if self._file:
            self._file.close()
