"""What happened to a paper, in words of the desk's languages; the pages of project/ say them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DONE: Mapping[str, Promise] = {
    "kept": _("The paper is kept: no word of it changes any more."),
    "approved": _("The paper is approved."),
    "changed": _("Your words stand in the draft."),
}
