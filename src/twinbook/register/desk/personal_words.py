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
    "is-meant": _("I have checked the request. What is erased cannot be brought back."),
    "names": _("Names"),
    "personal-data": _("Personal data"),
    "publish": _("Publish the site anew, and destroy exports that were taken out before."),
    "remains": _("Remains stand in the database file until scrub_register has run."),
    "not-meant": _("Say that you have checked it."),
    "sources": _("Sources"),
    "erased": _("The data is erased; the act of destruction says what was destroyed."),
    "published": _("The site was published anew. Destroy exports and backups taken out before."),
    "stated": _("What is stated"),
    "when": _("When"),
    "who": _("Who"),
    "looks": _("Who looked at it"),
    "visit-files": _("Visit files"),
}
