"""The watch list as it stands, the history of one watch, and what in it is an alarm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from twinbook.register.models import Watch, WatchCheck, WatchedEntry
from twinbook.register.queries.shown import source_line
from twinbook.register.queries.values import SourceLine

AT_ONCE = ("gone", "robots", "no-feed", "closed-address")  # troubles that will not pass by waiting
AFTER_FAILURES = 3
LONGEST_HISTORY = 100


@dataclass(frozen=True)
class WatchLine:
    """One watched address. `alarm`: the code of why a person should look at it ("silent", or a trouble's), or empty."""

    id: str
    name: str
    address: str
    kind: str
    publisher: str
    every_hours: int
    silent_days: int
    paused_at: datetime | None
    next_at: datetime
    checked_at: datetime | None
    new_at: datetime | None
    trouble: str
    trouble_since: datetime | None
    failures: int
    waiting: int
    alarm: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True)
class CheckLine:
    """One look: what came of it, why not where it failed, the copy that was kept, and where that differs the id of the
    copy before it."""

    at: datetime
    outcome: str
    code: str
    words: Mapping[str, str]
    found: int
    source: SourceLine | None
    by: str
    before: str = ""


@dataclass(frozen=True)
class EntryLine:
    """One entry of a watched feed, and the source it became."""

    address: str
    title: str
    state: str
    seen_at: datetime
    code: str
    source: str


@dataclass(frozen=True)
class WatchShown:
    """One watch with its last looks and the entries of its feed, the newest first; `feed` is one its page names."""

    line: WatchLine
    checks: tuple[CheckLine, ...]
    entries: tuple[EntryLine, ...]
    feed: str


def watches(*, at: datetime) -> tuple[WatchLine, ...]:
    """All of the watch list: alarms first, paused ones last, else by name."""
    lines = [_line(watch, at) for watch in _rows(Watch.objects.all())]
    return tuple(sorted(lines, key=lambda one: (not one.alarm, one.paused_at is not None, one.name or one.address)))


def alarms(*, at: datetime) -> tuple[WatchLine, ...]:
    """What somebody should look at: pages that are gone, sites that refuse us, feeds gone silent."""
    return tuple(line for line in watches(at=at) if line.alarm)


def watch(public_id: str, *, at: datetime) -> WatchShown | None:
    """One watch; None where there is none of that id."""
    found = _rows(Watch.objects.filter(public_id=public_id)).first()
    if found is None:
        return None
    looks = found.checks.select_related("source", "by").defer("source__raw", "source__text", "source__reading")
    checks = _with_before([_check(look) for look in looks.order_by("-at", "-pk")[:LONGEST_HISTORY]])
    entries = found.entries.select_related("source").defer("source__raw", "source__text", "source__reading")
    feed = next((check.words["feed"] for check in checks if check.words.get("feed")), "")
    if Watch.objects.filter(address=feed).exists():
        feed = ""
    shown = tuple(map(_entry, entries.order_by("-seen_at", "pk")[:LONGEST_HISTORY]))
    return WatchShown(_line(found, at), checks, shown, feed)


def alarm_of(found: Watch, at: datetime) -> str:
    """Why a person should look at a watch; empty where all is well or it is paused."""
    if found.paused_at is not None:
        return ""
    if found.trouble and (found.trouble in AT_ONCE or found.failures >= AFTER_FAILURES):
        return found.trouble
    heard = found.new_at or found.added_at
    is_silent = found.silent_days and not found.trouble and heard + timedelta(days=found.silent_days) < at
    return "silent" if is_silent else ""


def _rows(found: QuerySet[Watch]) -> QuerySet[Watch]:
    waiting = Count("entries", filter=Q(entries__state="waiting"))
    return found.select_related("added_by").annotate(waiting=waiting)


def _line(found: Watch, at: datetime) -> WatchLine:
    return WatchLine(
        id=found.public_id,
        name=found.name,
        address=found.address,
        kind=found.kind,
        publisher=found.publisher,
        every_hours=found.every_hours,
        silent_days=found.silent_days,
        paused_at=found.paused_at,
        next_at=found.next_at,
        checked_at=found.checked_at,
        new_at=found.new_at,
        trouble=found.trouble,
        trouble_since=found.trouble_since,
        failures=found.failures,
        waiting=found.waiting,  # type: ignore[attr-defined]  # counted by _rows
        alarm=alarm_of(found, at),
        added_by=found.added_by.get_full_name() or found.added_by.get_username(),
        added_at=found.added_at,
    )


def _check(look: WatchCheck) -> CheckLine:
    by = (look.by.get_full_name() or look.by.get_username()) if look.by else ""
    source = source_line(look.source) if look.source else None
    return CheckLine(look.at, look.outcome, look.code, look.words, look.found, source, by)


def _with_before(looks: list[CheckLine]) -> tuple[CheckLine, ...]:
    """The looks, the newest first as given, each that found a change with the copy of the look before it."""
    found: list[CheckLine] = []
    last = ""
    for look in reversed(looks):
        found.append(replace(look, before=last) if look.outcome == "changed" else look)
        last = look.source.id if look.source else last
    return tuple(reversed(found))


def _entry(entry: WatchedEntry) -> EntryLine:
    source = entry.source.public_id if entry.source else ""
    return EntryLine(entry.address, entry.title, entry.state, entry.seen_at, entry.code, source)
