"""twinbook export: the whole register in an open format, with all evidence."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from twinbook.project import office
from twinbook.project.console import Trouble, say

HELP = "write the whole register in an open format: sources, decisions, statements with their evidence"
EXAMPLES = """examples:
  twinbook export register.jsonl
  twinbook export --format csv register.zip
  twinbook export --format turtle register.ttl
  TWINBOOK_HOME=./new twinbook init && TWINBOOK_HOME=./new twinbook import-register register.jsonl
"""
CODES = ("jsonl", "csv", "jsonld", "turtle")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")
    parser.add_argument(
        "--format",
        choices=CODES,
        default="jsonl",
        help="jsonl and csv (tables with a data package, zipped) come back without loss",
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Write the export beside its place and move it there when it is whole."""
    office.open_register()
    from twinbook.register.queries.formats import FORMATS

    if options.file.exists():
        raise Trouble(f"{options.file} exists already; name another file")
    part = options.file.with_name(f".{options.file.name}.part")
    with part.open("wb") as file:
        count = FORMATS[options.format].write(file)
    os.replace(part, options.file)
    say(f"{options.file}: {count} lines.", quiet=options.quiet)
    return 0
