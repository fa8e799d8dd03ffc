"""twinbook export: the whole register in an open format, with all evidence."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from twinbook.project import office
from twinbook.project.console import Trouble, say

HELP = "write the whole register as JSON Lines: sources, decisions, statements with their evidence"
EXAMPLES = """examples:
  twinbook export register.jsonl
  TWINBOOK_HOME=./new twinbook init && TWINBOOK_HOME=./new twinbook import-register register.jsonl
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Write the export beside its place and move it there when it is whole."""
    office.open_register()
    from twinbook.register.queries.whole import whole_register

    if options.file.exists():
        raise Trouble(f"{options.file} exists already; name another file")
    part = options.file.with_name(f".{options.file.name}.part")
    count = 0
    with part.open("w", encoding="utf-8", newline="\n") as file:
        for line in whole_register():
            file.write(f"{line}\n")
            count += 1
    os.replace(part, options.file)
    say(f"{options.file}: {count} lines.", quiet=options.quiet)
    return 0
