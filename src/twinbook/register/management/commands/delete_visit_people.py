"""manage.py delete_visit_people [--trial]: forget the participants of visits whose day to keep them has passed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from twinbook.register.workflow.erase import scrub
from twinbook.register.workflow.visit_people import delete_due


class Command(BaseCommand):
    """Run it once a day; a second run finds nothing left."""

    help = "delete what is kept of participants of visits past their day; head counts stay"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--trial", action="store_true", help="tell what would be deleted, and delete nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        found = delete_due(timezone.localdate(), by=None, at=timezone.now(), is_trial=options["trial"])
        verb = "would be deleted" if options["trial"] else "deleted"
        for one in found:
            self.stdout.write(f"{one.visit}: {one.people} people, kept until {one.keep_until}: {verb}")
        self.stdout.write(f"{len(found)} visits, {sum(one.people for one in found)} people {verb}.")
        if found and not options["trial"] and not scrub():
            self.stdout.write("Run scrub_register when nobody is writing.")
