"""Publishing as a Django application: it has templates and no tables."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "twinbook.publishing"
    label = "publishing"
