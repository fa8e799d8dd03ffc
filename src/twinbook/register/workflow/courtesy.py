"""Asking other people's servers politely: by their robots.txt, one request a host at a time, with pauses between."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from twinbook.register.models import WatchedHost
from twinbook.register.web import Fetched, Fetcher, Refused, take_apart
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.site_rules import LONGEST, SiteRules, site_rules

Clock = Callable[[], datetime]
Chance = Callable[[], float]  # from 0 up to 1

LEASE = timedelta(seconds=90)  # longer than robots.txt and a page may take together
PAUSE_SECONDS = 3.0  # between two requests to one host, where its robots.txt names no longer one
SPREAD = 0.5  # of a pause or an interval, so that not all come at the full hour
ROBOTS_KEPT = timedelta(days=1)
LONGEST_WAIT = timedelta(days=7)
ASKED_TO_WAIT = (429, 503)


class HostBusyError(NotPossibleError):
    """The host was asked just now, or asked us to wait; `until` is when it may be asked again."""

    code = "host-busy"

    def __init__(self, host: str, until: datetime) -> None:
        super().__init__(f"{host} was asked just now; it is asked again later", host=host)
        self.until = until


def ask_politely(
    address: str, *, headers: Mapping[str, str], clock: Clock, fetcher: Fetcher, chance: Chance
) -> Fetched:
    """What stands at an address. HostBusyError where its host may not be asked yet, Refused where it is not read."""
    host = take_apart(address)[1]
    lease(host, at=clock())
    pause, asked_to_wait = PAUSE_SECONDS, timedelta()

    def before(hop: str) -> None:
        nonlocal pause
        rules = _rules_for(hop, clock=clock, fetcher=fetcher)
        pause = max(pause, rules.delay_seconds)
        if not rules.allows(_path_of(hop)):
            raise Refused("robots", f"{take_apart(hop)[1]} asks not to be read by programs there.")

    try:
        return fetcher.fetch(address, headers=dict(headers), before=before)
    except Refused as refusal:
        asked_to_wait = wait_asked_for(refusal, at=clock())
        raise
    finally:
        spread = timedelta(seconds=pause * (1 + SPREAD * chance()))
        WatchedHost.objects.filter(host=host).update(free_at=clock() + max(spread, asked_to_wait))


def lease(host: str, *, at: datetime) -> None:
    """Take the host for one request; of two who ask at once, one gets it and the other HostBusyError."""
    WatchedHost.objects.get_or_create(host=host, defaults={"free_at": at})
    if not WatchedHost.objects.filter(host=host, free_at__lte=at).update(free_at=at + LEASE):
        raise HostBusyError(host, WatchedHost.objects.values_list("free_at", flat=True).get(host=host))


def wait_asked_for(refusal: Refused, *, at: datetime) -> timedelta:
    """How long an overloaded server asks us to stay away: seconds or a day by its Retry-After, a week at most."""
    if refusal.status not in ASKED_TO_WAIT:
        return timedelta()
    told = refusal.retry_after.strip()
    if re.fullmatch(r"\d{1,9}", told):
        return min(LONGEST_WAIT, timedelta(seconds=int(told)))
    try:
        return min(LONGEST_WAIT, max(timedelta(), parsedate_to_datetime(told) - at))
    except (ValueError, TypeError):
        return timedelta(hours=1)


def _rules_for(address: str, *, clock: Clock, fetcher: Fetcher) -> SiteRules:
    """The robots.txt of an address's host, kept for a day. Where there is none (any 4xx), all may be read; where the
    server does not answer, nothing: Refused with its reason."""
    scheme, host, _, _ = take_apart(address)
    kept, _ = WatchedHost.objects.get_or_create(host=host, defaults={"free_at": clock()})
    if kept.robots_at is None or kept.robots_at + ROBOTS_KEPT < clock():
        kept.robots = _robots_of(f"{scheme}://{host}/robots.txt", fetcher)
        kept.robots_at = clock()
        kept.save(update_fields=["robots", "robots_at"])
    return site_rules(kept.robots)


def _robots_of(address: str, fetcher: Fetcher) -> str:
    try:
        raw = fetcher.fetch(address).raw
    except Refused as refusal:
        if 400 <= refusal.status < 500 and refusal.status not in ASKED_TO_WAIT:
            return ""
        raise
    return raw[:LONGEST].decode("utf-8", "replace").replace("\0", "")


def _path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
