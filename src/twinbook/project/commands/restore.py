"""twinbook restore: a register out of a backup file."""

from __future__ import annotations

import argparse
from pathlib import Path

from twinbook.project import archive, office
from twinbook.project.console import say

HELP = "bring a register back from a backup file"
EXAMPLES = """examples:
  TWINBOOK_HOME=./register twinbook restore register-2026-11-25.zip
  twinbook restore --replace register-2026-11-25.zip
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that `twinbook backup` wrote")
    parser.add_argument(
        "--replace", action="store_true", help="set the register that stands there aside (it is not deleted)"
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Restore after the file was found whole; a register that stands there is kept aside under another name."""
    checked = archive.check(options.file)
    aside = archive.restore(options.file, office.home(), replace=options.replace)
    if aside:
        say(f"The register that stood there is now {aside}", quiet=options.quiet)
    office.set_up()
    office.migrate()
    say(
        f"Restored {checked.statements} statements from {checked.sources} sources to {office.home()}",
        quiet=options.quiet,
    )
    return 0
