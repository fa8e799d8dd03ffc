"""manage.py audit_register: proves that every row equals its statements; exit code 1 where something does not."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from twinbook.register.workflow.audit import amount, audit

MOST_SHOWN = 100


class Command(BaseCommand):
    help = (
        "Prove that each row of the register equals its statements, each quote its source, each statement its decision."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="print only what is damaged")

    def handle(self, *args: Any, **options: Any) -> None:
        bar = _Bar(0 if options["quiet"] else amount(), self.stderr)
        found = 0
        for damage in audit(progress=bar.add):
            found += 1
            if found <= MOST_SHOWN:
                self.stdout.write(f"{damage.code}: {damage.about}: {damage.sentence}")
        bar.end()
        if found:
            raise CommandError(f"{found} damaged; `rebuild` writes rows anew, a backup brings the rest back")
        if not options["quiet"]:
            self.stdout.write(f"{amount()} records and statements proved, nothing damaged")


class _Bar:
    """A line of progress on standard error, where that is a terminal."""

    def __init__(self, total: int, stream: Any) -> None:
        self.total, self.done, self.stream = total, 0, stream
        self.is_shown = total > 0 and sys.stderr.isatty()

    def add(self, number: int) -> None:
        self.done += number
        if self.is_shown:
            self.stream.write(f"\r{min(100, 100 * self.done // self.total):3d} %", ending="")

    def end(self) -> None:
        if self.is_shown:
            self.stream.write("\r", ending="")
