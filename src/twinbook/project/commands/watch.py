"""twinbook watch: the watch list looked at from a command, for an office that does not run `twinbook serve`."""

from __future__ import annotations

import argparse
import time

from twinbook.project import office
from twinbook.project.console import say

HELP = "look at the watched pages and feeds that are due; `twinbook serve` does so by itself"
EXAMPLES = """examples:
  twinbook watch --once
  twinbook watch --once --quiet      (for a timer: once an hour)
  twinbook watch
"""
IDLE_SECONDS = 30.0
TOLD = {
    "new": "something new",
    "changed": "changed",
    "frame": "the same story in another frame",
    "same": "nothing new",
    "trouble": "could not be read; the desk says why",
    "taken": "taken in",
    "refused": "could not be taken in; the desk says why",
    "waiting": "could not be taken in yet",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop (default: until Ctrl-C)")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Look at all that is due; 1 where some of it could not be read."""
    office.open_register()
    from django.utils import timezone

    from twinbook.project.mail import send_due
    from twinbook.project.worker import steps_due

    while True:
        letters = send_due(at=timezone.now())
        if letters:
            say(f"Reminders sent: {letters}", quiet=options.quiet)
        steps = steps_due(clock=timezone.now, wait=time.sleep)
        for step in steps:
            say(f"{step.address}: {TOLD[step.outcome]}", quiet=options.quiet)
        if options.once:
            if not steps:
                say("Nothing is due.", quiet=options.quiet)
            return 1 if any(step.outcome in ("trouble", "refused") for step in steps) else 0
        time.sleep(IDLE_SECONDS)
