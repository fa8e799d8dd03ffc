"""The register as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegisterConfig(AppConfig):
    name = "twinbook.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_look_at_all, sender=self)


def _look_at_all(**said: Any) -> None:
    """A migration may have made tables anew: SQLite then knows no longer how they are filled."""
    from twinbook.register.workflow.bulk import look_at_all  # here, since models are loaded after this module

    look_at_all()
