"""What the roles are called, and what each is there for."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROLES: Mapping[str, Promise] = {
    "reader": _("Reader"),
    "clerk": _("Clerk"),
    "officer": _("Officer"),
    "head": _("Head of the office"),
    "administrator": _("Administrator"),
    "protection": _("Data-protection officer"),
}
TASKS: Mapping[str, Promise] = {
    "reader": _("reads everything that is not sensitive"),
    "clerk": _("brings pages and notes in; an officer decides on them"),
    "officer": _("decides what enters the register"),
    "head": _("decides, approves and publishes"),
    "administrator": _("looks after accounts and settings; sees no facts"),
    "protection": _("reads the access log, gives out and erases personal data"),
}
