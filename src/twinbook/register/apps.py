"""The register as a Django application."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "twinbook.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"
