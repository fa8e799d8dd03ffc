"""What is on the watch list: added, changed, paused, taken off, or looked at now by an officer."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User

from twinbook.register.models import Watch
from twinbook.register.web import Fetcher, Refused, take_apart
from twinbook.register.workflow.courtesy import Clock
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import storable
from twinbook.register.workflow.watching import check

EVERY_HOURS = (1, 6, 24, 168)
SILENT_DAYS = (0, 30, 60, 180)


def add_watch(
    address: str,
    *,
    by: User,
    at: datetime,
    name: str = "",
    publisher: str = "",
    every_hours: int = 24,
    silent_days: int = 60,
) -> str:
    """Watch an address from now on; returns the watch's id. The first look tells whether it is a page or a feed.

    NotPossibleError with the door's code where the address cannot be fetched, "watched-already" where it is watched.
    """
    need(by, "capture")
    _check_times(every_hours, silent_days)
    address = storable(address).strip().partition("#")[0]
    try:
        take_apart(address)
    except Refused as error:
        raise NotPossibleError(str(error), code=error.code, address=address[:200]) from error
    if Watch.objects.filter(address=address).exists():
        raise NotPossibleError("this address is watched already", code="watched-already")
    made = Watch.objects.create(
        address=address,
        name=storable(name).strip()[:300],
        publisher=storable(publisher).strip()[:300],
        every_hours=every_hours,
        silent_days=silent_days,
        added_by=by,
        added_at=at,
        next_at=at,
    )
    return made.public_id


def change_watch(watch: str, *, name: str, publisher: str, every_hours: int, silent_days: int, by: User) -> None:
    """Call it otherwise, or look at it more or less often."""
    need(by, "capture")
    _check_times(every_hours, silent_days)
    found = _watch(watch)
    found.name, found.publisher = storable(name).strip()[:300], storable(publisher).strip()[:300]
    found.every_hours, found.silent_days = every_hours, silent_days
    found.save(update_fields=["name", "publisher", "every_hours", "silent_days"])


def pause(watch: str, *, by: User, at: datetime) -> None:
    """Look at it no more until somebody says so; what waits in its feed waits too."""
    need(by, "capture")
    Watch.objects.filter(pk=_watch(watch).pk, paused_at=None).update(paused_at=at)


def resume(watch: str, *, by: User, at: datetime) -> None:
    """Look at it again, soon."""
    need(by, "capture")
    Watch.objects.filter(pk=_watch(watch).pk).update(paused_at=None, next_at=at)


def take_off(watch: str, *, by: User) -> None:
    """Forget the watch with the history of its looks; the copies that were kept stay."""
    need(by, "capture")
    _watch(watch).delete()


def check_now(watch: str, *, by: User, clock: Clock, fetcher: Fetcher | None = None) -> str:
    """Look at it at once, also where it is paused; returns the outcome. HostBusyError where its host must wait."""
    need(by, "capture")
    return check(_watch(watch), by=by, clock=clock, fetcher=fetcher or settings.DESK_FETCHER).outcome


def _check_times(every_hours: int, silent_days: int) -> None:
    if every_hours not in EVERY_HOURS or silent_days not in SILENT_DAYS:
        raise ValueError(f"{every_hours} hours or {silent_days} days are none of {EVERY_HOURS} and {SILENT_DAYS}")


def _watch(watch: str) -> Watch:
    found = Watch.objects.filter(public_id=watch).first()
    if found is None:
        raise NotFoundError(f"nothing is watched as {watch!r}", id=watch)
    return found
