"""What the frame of every page shows: the rooms, with the number of things that wait in each."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Room:
    """One entry of the navigation; `here` is the value of aria-current where the page belongs to it, else empty."""

    label: str
    address: str
    here: str = ""
    count: int = 0
    count_says: str = ""

    @property
    def is_here(self) -> bool:
        return bool(self.here)


def frame(request: HttpRequest) -> dict[str, object]:
    """`desk`: city and rooms; nothing for those who are not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"desk": {}}
    return {"desk": {"city": "", "rooms": _rooms(request)}}


def _rooms(request: HttpRequest) -> list[Room]:
    match = request.resolver_match
    name = match.url_name if match else ""
    rooms = [
        (_("Today"), "today"),
        (_("Inbox"), "inbox"),
        (_("Partners"), "partners"),
        (_("Promises"), "promises"),
        (_("Decisions"), "decisions"),
    ]
    return [Room(label, reverse(f"desk:{view}"), "page" if name == view else "") for label, view in rooms]
