"""What the watch list says: outcomes of looks, alarms and intervals, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinbook.register.desk.refusals import REFUSALS
from twinbook.register.desk.words import Blank

KINDS: Mapping[str, Promise] = {
    "": pgettext_lazy("kind of a watched address", "not known yet"),
    "page": pgettext_lazy("kind of a watched address", "page"),
    "feed": pgettext_lazy("kind of a watched address", "feed"),
}
OUTCOMES: Mapping[str, Promise] = {
    "new": pgettext_lazy("what a look at a page found", "something new"),
    "changed": pgettext_lazy("what a look at a page found", "changed"),
    "frame": pgettext_lazy("what a look at a page found", "same story, other adverts or menus"),
    "same": pgettext_lazy("what a look at a page found", "nothing new"),
    "trouble": pgettext_lazy("what a look at a page found", "could not be read"),
}
ENTRY_STATES: Mapping[str, Promise] = {
    "waiting": pgettext_lazy("state of a feed's entry", "will be fetched"),
    "taken": pgettext_lazy("state of a feed's entry", "taken in"),
    "known": pgettext_lazy("state of a feed's entry", "stood there before"),
    "refused": pgettext_lazy("state of a feed's entry", "could not be fetched"),
}
# Troubles that have another sentence here than where an officer fetches one page by hand.
TROUBLES: Mapping[str, Promise] = {
    "gone": _("The page is gone (the server answers {status}). Look for its new address, or take it off the list."),
    "asked-to-wait": _("The server is busy and asks us to come back later ({status})."),
    "status": _("The server answers that the page is not for us ({status})."),
    "robots": _("The site asks not to be read by programs. Take it off the list, or ask its owner."),
    "no-feed": _("This is no feed any more. Look for its new address."),
    "connection": _("The server could not be reached. It is tried again, later and later."),
    "time": _("The server did not answer in time. It is tried again, later and later."),
    "silent": _("Nothing new for a long time. Look whether the news stand elsewhere now."),
}
CHANGES: Mapping[str, Promise] = {
    "added": pgettext_lazy("a sentence of a page", "Added"),
    "removed": pgettext_lazy("a sentence of a page", "Removed"),
    "reworded": pgettext_lazy("a sentence of a page", "Reworded"),
    "same": pgettext_lazy("a sentence of a page", "Unchanged"),
}
INTERVALS: Mapping[int, Promise] = {
    1: _("every hour"),
    6: _("every six hours"),
    24: _("every day"),
    168: _("every week"),
}
SILENCES: Mapping[int, Promise] = {
    0: _("no alarm"),
    30: _("30 days without news"),
    60: _("60 days without news"),
    180: _("half a year without news"),
}


def trouble(code: str, words: Mapping[str, str] | None = None) -> str:
    """Why a watched address could not be read, or is an alarm, in a sentence; the code where none is known."""
    pattern = TROUBLES.get(code) or REFUSALS.get(code)
    return str(pattern).format_map(Blank(words or {})) if pattern else code
