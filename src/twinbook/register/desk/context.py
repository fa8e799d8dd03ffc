"""What the frame of every page shows: the languages, and for officers the city and the rooms with what waits there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from twinbook.register.desk import words
from twinbook.register.desk.doors import right_for
from twinbook.register.queries import queue, records, revision
from twinbook.register.queries.rights import RIGHTS, may

PARTS = {  # pages that belong to a room without being its first page
    "review": "inbox",
    "source": "inbox",
    "changes": "inbox",
    "watch-list": "inbox",
    "watch": "inbox",
    "lists": "inbox",
    "list": "inbox",
    "compare": "inbox",
    "dossier": "partners",
    "new-partner": "partners",
    "enter": "partners",
    "add": "partners",
    "handover": "partners",
    "figures": "partners",
    "activities": "calendar",
    "account": "accounts",
    "visits": "visits:visits",
    "visit": "visits:visits",
    "visit-new": "visits:visits",
    "visit-journal": "visits:visits",
    "visit-rules": "visits:visits",
    "visit-people": "visits:visits",
    "visit-terms": "personal:people",
    "visit-find": "personal:people",
    "papers": "kept:papers",
    "paper": "kept:papers",
    "edit-paper": "kept:papers",
    "templates": "kept:papers",
    "new": "kept:papers",
    "plan": "kept:papers",
    "add-plan-line": "kept:papers",
    "plan-line": "kept:papers",
    "plan-outcomes": "kept:papers",
    "people": "personal:people",
    "person": "personal:people",
    "act": "personal:people",
}


@dataclass(frozen=True)
class Room:
    """One entry of the navigation; `here` is the value of aria-current where the page belongs to it, else empty."""

    label: str
    address: str
    here: str = ""
    count: int = 0
    count_says: str = ""
    is_counted: bool = False

    @property
    def is_here(self) -> bool:
        return bool(self.here)


def frame(request: HttpRequest) -> dict[str, object]:
    """`desk`: languages by their own names; city and rooms for those who are signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"desk": {"languages": settings.LANGUAGES}}
    rights = frozenset(right for right in RIGHTS if may(user, right))
    city = _city() if "read" in rights else ""
    return {"desk": {"languages": settings.LANGUAGES, "city": city, "rooms": _rooms(request), "rights": rights}}


def _city() -> str:
    return _city_of(revision.revision()).get(translation.get_language() or "en", "")


@lru_cache(maxsize=2)
def _city_of(number: int) -> dict[str, str]:
    """The names of our city by language, as of a revision of the register."""
    home = records.home()
    return {tag: home.thing.name(tag) for tag, _name in settings.LANGUAGES} if home else {}


def _rooms(request: HttpRequest) -> list[Room]:
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    waiting = queue.waiting_count() if may(request.user, "read") else 0
    rooms = [
        (_("Today"), "today"),
        (_("Inbox"), "inbox"),
        (_("Partners"), "partners"),
        (_("Promises"), "promises"),
        (_("Visits"), "visits:visits"),
        (_("Calendar"), "calendar"),
        (_("Papers"), "kept:papers"),
        (_("Decisions"), "decisions"),
        (_("Accounts"), "accounts"),
        (_("Access log"), "access-log"),
        (_("Personal data"), "personal:people"),
    ]
    return [
        Room(
            label,
            _address(view),
            "page" if name == view else "true" if PARTS.get(name) == view else "",
            waiting if view == "inbox" else 0,
            words.waiting(waiting) if view == "inbox" else "",
            view == "inbox",
        )
        for label, view in rooms
        if _is_open(request, view)
    ]


def _is_open(request: HttpRequest, view: str) -> bool:
    """Whether the user may look into a room."""
    right = "read" if view == "today" else right_for(resolve(_address(view)).func, "GET")
    return right is not None and may(request.user, right)


def _address(view: str) -> str:
    return reverse(view if ":" in view else f"desk:{view}")
