"""twinbook demo: the sample register, made once, its public site, and both served."""

from __future__ import annotations

import argparse

from twinbook.project import office
from twinbook.project.commands.publish import LANGUAGES, publish
from twinbook.project.commands.serve import serve
from twinbook.project.console import progress, say

HELP = "make the sample register of Irkutsk (once), publish its site, serve both on 127.0.0.1"
EXAMPLES = """examples:
  python3 run.py demo
  python3 run.py demo --no-serve
"""
NAME = "officer"
PASSWORD = "twelve-bridges"  # of a sample register that listens on this machine alone
ACCOUNTS = {  # one for each role, and `officer` who may everything but see the log
    NAME: ("officer", "head", "administrator"),
    "reader": ("reader",),
    "clerk": ("clerk",),
    "head": ("head",),
    "administrator": ("administrator",),
    "protection": ("protection",),
}
DONE = "demo.done"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=8400, help="the desk's port; the site takes the next (default: 8400)"
    )
    parser.add_argument("--no-serve", action="store_true", help="make everything and stop")


def run(options: argparse.Namespace) -> int:
    """A second run finds everything made, and loses nothing that was decided in between."""
    site = office.home() / "site"
    done = office.home() / DONE
    office.make()
    office.set_up()
    office.migrate()
    if not done.exists():
        fill()
        say(publish(site, "", LANGUAGES))
        done.write_text("")
    else:
        say(f"The sample register stands at {office.home()} (delete the folder to begin anew).")
    say(f"\nSign in as {NAME} with the password {PASSWORD}")
    say(f"Other roles, same password: {', '.join(name for name in ACCOUNTS if name != NAME)}")
    if options.no_serve:
        return 0
    return serve("127.0.0.1", options.port, site)


def fill() -> None:
    """Sample data and sample pages into an empty register, with a word on each."""
    from django.contrib.auth import get_user_model
    from django.db import transaction
    from django.utils import timezone

    from twinbook.project.sample.load import Loader, page_count, read_pages
    from twinbook.project.sample.plan import load_plan
    from twinbook.project.sample.visit import load_visit
    from twinbook.register.queries.rights import by_command
    from twinbook.register.workflow.accounts import make_account

    users = get_user_model().objects
    with transaction.atomic():  # an interrupted first run leaves nothing half made
        for name, roles in ACCOUNTS.items():
            if not users.filter(username=name).exists():
                make_account(name, roles=roles, password=PASSWORD)
        by = by_command(users.get(username=NAME))
        at = timezone.now()
        say("Filling the sample register …")
        made = Loader(by, at).load()
        load_visit(by, at)
        load_plan(by, at)
    say("  " + ", ".join(f"{number} {what}" for what, number in made.items()))
    for name, taken in progress(read_pages(by=by, at=at), total=page_count(), label="Reading"):
        say(f"  read {name}: {taken.trouble or f'{taken.new} findings for the officer to decide'}")
