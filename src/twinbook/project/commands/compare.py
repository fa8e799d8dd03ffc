"""twinbook compare: our ties against an outside list, and the correction ready to send."""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from twinbook.project import office
from twinbook.project.console import Trouble, say
from twinbook.reading.importer import Imported, importers, read_list
from twinbook.reading.tables import TableError, as_cell

HELP = "compare our ties with an outside list: missing here, missing there, other date or level, ended"
EXAMPLES = """examples:
  twinbook compare wikipedia-pairs.csv
  twinbook compare --format csv wikidata.tsv > differences.csv
  twinbook compare --format quickstatements wikidata.tsv > send-to-wikidata.txt
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the list; its heading tells which importer reads it")
    parser.add_argument("--importer", choices=sorted(importers()), help="read it with this importer")
    parser.add_argument(
        "--home", default="", metavar="NAME", help="the city whose own list it is (default: the register's)"
    )
    parser.add_argument("--home-country", default="", metavar="XX", help="that city's country, two letters")
    parser.add_argument("--format", choices=["table", "csv", "quickstatements"], default="table", help="how to print")
    parser.add_argument("--quiet", action="store_true", help="print results only")


def run(options: argparse.Namespace) -> int:
    """Print the differences; what agrees is only counted."""
    office.open_register()
    from twinbook.register.queries.compare import compare, quick_statements

    lines = compare(_rows(options))
    differing = [line for line in lines if line.code != "same"]
    if options.format == "quickstatements":
        print(quick_statements(lines), end="")
    elif options.format == "csv":
        table = csv.writer(sys.stdout)
        table.writerow(["code", "partner", "ours", "theirs", "row", "words"])
        table.writerows(
            [line.code, *map(as_cell, (line.partner, line.ours, line.theirs)), line.row or "", as_cell(line.words)]
            for line in differing
        )
    else:
        for line in differing:
            where = f"row {line.row}" if line.row else "not in the list"
            values = f"ours: {line.ours or '–'}   theirs: {line.theirs or '–'}"
            print(f"{line.code.replace('-', ' '):<14} {line.partner:<28} {values}   ({where})")
    say(f"{len(lines) - len(differing)} ties agree, {len(differing)} lines differ.", quiet=options.quiet)
    return 0


def _rows(options: argparse.Namespace) -> list[Imported]:
    try:
        chosen, table = read_list(options.file.read_bytes(), name=options.file.name, code=options.importer or "")
        return list(chosen.read(table, office.whose_list(options.home, options.home_country)))
    except TableError as error:
        raise Trouble(f"{options.file}: {error}") from error
    except OSError as error:
        raise Trouble(f"{options.file}: {error.strerror}", 2) from error
