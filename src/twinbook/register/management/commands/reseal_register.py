"""manage.py reseal_register: every sealed value under the first data key, after a new one was put on top."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from twinbook.register.models.sealed import reseal, sealed_models


class Command(BaseCommand):
    """One call a table."""

    help = "seal personal data anew under the first line of data.key"

    def handle(self, *args: Any, **options: Any) -> None:
        for model in sealed_models():
            self.stdout.write(f"{model.__name__}: {reseal(model)} rows")
