"""manage.py rebuild: writes the rows of all records anew from their statements."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from twinbook.register.workflow.record import rebuild_all


class Command(BaseCommand):
    help = "Write the rows of all records anew from the statements that stand; statements are not touched."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild_all()} records rebuilt")
