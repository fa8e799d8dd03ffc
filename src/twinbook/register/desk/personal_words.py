"""What the pages on one person's data say; the pages themselves stand in twinbook.project."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUND_NAMES: Mapping[str, Promise] = {
    "request": _("the person asked for it"),
    "consent-withdrawn": _("consent was withdrawn"),
    "purpose-ended": _("the purpose has ended"),
    "unlawful": _("it was kept without a ground"),
}
SAYS: Mapping[str, Promise] = {
    "act": _("Act of destruction"),
    "destroyed": _("Destroyed, by table"),
    "log": _("Extract of the access log"),
    "given-out-on": _("Given out on"),
    "ground": _("Ground"),
    "names": _("Names"),
    "personal-data": _("Personal data"),
    "not-meant": _("Say that you have checked it."),
    "sources": _("Sources"),
    "stated": _("What is stated"),
    "when": _("When"),
    "looks": _("Who looked at it"),
    "who": _("Who"),
}
