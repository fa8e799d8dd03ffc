"""twinbook import-register: an exported register into an empty one."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from twinbook.project import office
from twinbook.project.console import Trouble, say

HELP = "build the register of an export (twinbook export) in an empty one, without loss"
EXAMPLES = """examples:
  TWINBOOK_HOME=./new twinbook init
  TWINBOOK_HOME=./new twinbook import-register register.jsonl
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that `twinbook export` wrote as jsonl or csv")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Bring the export back; the register stays empty where the file is damaged."""
    office.open_register()
    from twinbook.register.queries.formats.table_package import package_lines
    from twinbook.register.workflow.bring_back import bring_back
    from twinbook.register.workflow.errors import RefusedError

    try:
        with options.file.open("rb") as file:
            is_package = file.read(2) == b"PK"
            file.seek(0)
            counts = bring_back(package_lines(file) if is_package else io.TextIOWrapper(file, "utf-8", newline="\n"))
    except (RefusedError, UnicodeDecodeError, ValueError) as error:
        raise Trouble(f"{options.file}: {error}") from error
    except OSError as error:
        raise Trouble(f"{options.file}: {error.strerror}", 2) from error
    say(", ".join(f"{number} {table.lower()}s" for table, number in counts.items()), quiet=options.quiet)
    return 0
