"""manage.py scrub_register: let no remains of erased data stand in the database's free pages."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from twinbook.register.workflow.erase import scrub


class Command(BaseCommand):
    """One call; it waits for nobody."""

    help = "write the database file anew without the remains of what was erased"

    def handle(self, *args: Any, **options: Any) -> None:
        if not scrub():
            raise CommandError("somebody is writing just now; try again in a minute")
        self.stdout.write("The database holds no remains.")
