"""twinbook backup: the whole register in one file, taken while officers work."""

from __future__ import annotations

import argparse
from pathlib import Path

from twinbook.project import archive, office
from twinbook.project.console import say

HELP = "write the whole register to one file, while officers go on working"
EXAMPLES = """examples:
  twinbook backup register-2026-11-25.zip
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Write the backup and read it back once before saying that it is there."""
    office.open_register()
    archive.write(options.file, office.home())
    checked = archive.check(options.file)
    say(
        f"{options.file}: {checked.statements} statements from {checked.sources} sources, read back whole.",
        quiet=options.quiet,
    )
    return 0
