"""The desk as a Django application: its templates, static files and template filters."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "twinbook.register.desk"
    label = "desk"
