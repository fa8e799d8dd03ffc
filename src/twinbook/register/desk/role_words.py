"""What the roles are called, what each is there for, and what the access log calls what was done."""

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
ACTS: Mapping[str, Promise] = {
    "look": _("looked at sensitive data"),
    "change": _("changed sensitive data"),
    "sign-in": _("signed in"),
    "factor-failed": _("second factor was wrong"),
    "factor-added": _("second factor added"),
    "factor-removed": _("second factor taken away"),
    "invite": _("account made"),
    "roles": _("roles changed"),
    "switch-off": _("account switched off"),
    "switch-on": _("account switched on"),
    "give-out": _("personal data given out"),
    "erase": _("personal data erased"),
    "publish": _("site published"),
    "download": _("paper taken out"),
    "log-cut": _("old lines of this log destroyed"),
}
