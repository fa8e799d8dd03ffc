"""The watch list at work: one look at a time at a page or feed, what is new kept and read, every look written down."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from twinbook.register.models import Source, Watch, WatchCheck, WatchedEntry
from twinbook.register.queries.changes import story_of
from twinbook.register.reader import OfficeReader, read
from twinbook.register.web import Fetched, Fetcher, Refused
from twinbook.register.workflow.capture import capture_bytes, name_for
from twinbook.register.workflow.courtesy import SPREAD, Chance, Clock, HostBusyError, ask_politely, wait_asked_for
from twinbook.register.workflow.errors import NotPossibleError, RefusedError
from twinbook.register.workflow.feed_entries import Entry, NoFeedError, entries_of, feed_named_by, is_feed
from twinbook.register.workflow.propose import propose

FIRST_ENTRIES = 5  # of a feed that is watched from now on; what is older is known, and taken in by hand where wanted
FIRST_RETRY, LONGEST_RETRY = timedelta(hours=1), timedelta(days=7)
ATTEMPTS = 4  # at one entry of a feed
KEPT_CHECKS = 200  # of one watch, those that brought something aside
CANDIDATES = 50
FOR_GOOD = ("gone", "robots", "closed-address", "address", "scheme", "userinfo", "port", "no-feed")


@dataclass(frozen=True)
class Step:
    """One request that the worker made: to which address, and what came of it (the outcome of a check, or of an
    entry: taken, known, refused, waiting)."""

    address: str
    outcome: str


def next_step(
    *, clock: Clock, fetcher: Fetcher | None = None, chance: Chance = random.random
) -> Step | HostBusyError | None:
    """Make the next request that is due; None where nothing is, HostBusyError where all that is due must wait."""
    busy: list[HostBusyError] = []
    for due in _due(clock()):
        try:
            step = _look(due, clock=clock, fetcher=fetcher or settings.DESK_FETCHER, chance=chance)
        except HostBusyError as error:
            busy.append(error)
        else:
            if step:
                return step
    return min(busy, key=lambda error: error.until, default=None)


def check(
    watch: Watch,
    *,
    by: User | None,
    clock: Clock,
    fetcher: Fetcher,
    chance: Chance = random.random,
) -> WatchCheck:
    """Look at one watched address now and write down what came of it. HostBusyError where its host must wait."""
    headers = {"If-None-Match": watch.etag, "If-Modified-Since": watch.modified}
    kept = {name: value for name, value in headers.items() if value}
    try:
        answer = ask_politely(watch.address, headers=kept, clock=clock, fetcher=fetcher, chance=chance)
        found = _found(watch, answer, at=clock())
    except (Refused, RefusedError) as error:
        if isinstance(error, HostBusyError):
            raise
        return _trouble(watch, error, by=by, at=clock(), chance=chance)
    return _noted(watch, found, answer, by=by, at=clock(), chance=chance)


def _due(at: datetime) -> Iterable[Watch | WatchedEntry]:
    watches = Watch.objects.filter(paused_at=None, next_at__lte=at).order_by("next_at", "pk")
    yield from watches[:CANDIDATES]
    entries = WatchedEntry.objects.filter(state="waiting", next_at__lte=at, watch__paused_at=None)
    yield from entries.select_related("watch").order_by("next_at", "pk")[:CANDIDATES]


def _look(due: Watch | WatchedEntry, *, clock: Clock, fetcher: Fetcher, chance: Chance) -> Step | None:
    """Do what is due, unless another worker took it first. It is put off before, so that an error of ours, which is
    then raised, does not make us ask the same server again at once."""
    rows = type(due)._default_manager.filter(pk=due.pk)
    if not rows.filter(next_at=due.next_at).update(next_at=clock() + FIRST_RETRY):
        return None
    try:
        if isinstance(due, Watch):
            return Step(due.address, check(due, by=None, clock=clock, fetcher=fetcher, chance=chance).outcome)
        return Step(due.address, _take_entry(due, clock=clock, fetcher=fetcher, chance=chance))
    except HostBusyError:
        rows.update(next_at=due.next_at)
        raise


# -- what an answer holds


def _found(watch: Watch, answer: Fetched, *, at: datetime) -> dict[str, Any]:
    """The outcome of an answer as columns of a check; a watch of no kind yet becomes a page or a feed by it."""
    if answer.headers.get(":status") == "304":
        return {"outcome": "same"}
    watch.kind = watch.kind or ("feed" if is_feed(answer.raw) else "page")
    return _found_in_feed(watch, answer, at) if watch.kind == "feed" else _found_on_page(watch, answer, at)


def _found_in_feed(watch: Watch, answer: Fetched, at: datetime) -> dict[str, Any]:
    try:
        entries = entries_of(answer.raw, address=answer.address)
    except NoFeedError as error:
        raise NotPossibleError(f"{watch.address} is no feed: {error}", code="no-feed") from error
    is_first = not watch.entries.exists()
    seen = set(watch.entries.values_list("digest", flat=True))
    fresh = [entry for entry in entries if _digest(entry.address) not in seen]
    sources = _sources_at([entry.address for entry in fresh])
    rows = [_entry(watch, entry, sources, at, is_old=is_first and n >= FIRST_ENTRIES) for n, entry in enumerate(fresh)]
    WatchedEntry.objects.bulk_create(rows, ignore_conflicts=True)
    number = sum(row.state == "waiting" for row in rows)
    return {"outcome": "new" if number else "same", "found": number}


def _entry(watch: Watch, entry: Entry, sources: Mapping[str, int], at: datetime, *, is_old: bool) -> WatchedEntry:
    source = sources.get(entry.address)
    is_known = is_old or source is not None
    return WatchedEntry(
        watch=watch,
        address=entry.address,
        digest=_digest(entry.address),
        title=entry.title,
        state="known" if is_known else "waiting",
        seen_at=at,
        next_at=None if is_known else at,
        source_id=source,
    )


def _sources_at(addresses: list[str]) -> dict[str, int]:
    return dict(Source.objects.filter(address__in=addresses).order_by("pk").values_list("address", "pk"))


def _found_on_page(watch: Watch, answer: Fetched, at: datetime) -> dict[str, Any]:
    """Keep the page where its story is another than at the last look; adverts and menus may change as they like."""
    before = _last_copy(watch)
    if before and before.digest == hashlib.sha256(answer.raw).hexdigest():
        return {"outcome": "same", "source": before}
    if before and _tells_the_same(before, answer):
        return {"outcome": "frame", "source": before}
    source = _taken_in(answer, watch, at, before=before)
    feed = "" if before else feed_named_by(answer.raw, address=answer.address)
    return {"outcome": "changed" if before else "new", "source": source, "words": {"feed": feed} if feed else {}}


def _last_copy(watch: Watch) -> Source | None:
    last = watch.checks.exclude(source=None).select_related("source").order_by("-at", "-pk").first()
    return last.source if last else None


def _tells_the_same(before: Source, answer: Fetched) -> bool:
    """Whether the rules find the same story in both, so that a language model is not asked for nothing."""
    outcome = read(
        answer.raw, by=OfficeReader(), name=name_for(answer), declared=answer.charset, address=answer.address
    )
    if outcome.reading is None or before.state != "read":
        return False
    return story_of(outcome.reading["text"], outcome.reading) == story_of(before.text, before.reading)


def _taken_in(answer: Fetched, watch: Watch, at: datetime, *, before: Source | None = None) -> Source:
    """Keep and read an answer; a copy that follows another is joined to it also where that came from elsewhere."""
    captured = capture_bytes(
        answer.raw,
        by=None,
        at=at,
        name=name_for(answer),
        address=answer.address,
        publisher=watch.publisher or urlsplit(answer.address).hostname or "",
        declared=answer.charset or "",
    )
    if captured.is_new and before:
        Source.objects.filter(public_id=captured.source, previous=None).update(previous=before)
    propose(captured.source, at=at)
    return Source.objects.defer("raw", "text").get(public_id=captured.source)


# -- writing it down


def _noted(
    watch: Watch, found: dict[str, Any], answer: Fetched, *, by: User | None, at: datetime, chance: Chance
) -> WatchCheck:
    if answer.headers.get(":status") != "304":  # which need not repeat what the server said of its last whole answer
        watch.etag = answer.headers.get("etag", "")[:500]
        watch.modified = answer.headers.get("last-modified", "")[:100]
    watch.trouble, watch.trouble_since, watch.failures = "", None, 0
    if found["outcome"] in ("new", "changed"):
        watch.new_at = at
    hours = watch.every_hours * (1 - SPREAD / 10 + chance() * SPREAD / 5)
    return _kept(watch, found, by=by, at=at, again=timedelta(hours=hours))


def _trouble(
    watch: Watch, error: Refused | RefusedError, *, by: User | None, at: datetime, chance: Chance
) -> WatchCheck:
    """Write a failure down and come back later and later: in an hour, two, four … a week, never sooner than asked."""
    code, words = trouble_of(error)
    watch.trouble, watch.failures = code, watch.failures + 1
    watch.trouble_since = watch.trouble_since or at
    delay = min(LONGEST_RETRY, FIRST_RETRY * 2 ** min(watch.failures - 1, 10))
    if code in FOR_GOOD:
        delay = max(delay, timedelta(days=1))
    asked = wait_asked_for(error, at=at) if isinstance(error, Refused) else timedelta()
    found = {"outcome": "trouble", "code": code, "words": words}
    return _kept(watch, found, by=by, at=at, again=max(delay * (1 + SPREAD / 5 * chance()), asked))


def trouble_of(error: Refused | RefusedError) -> tuple[str, dict[str, str]]:
    """What went wrong, as a code and the words of its sentence."""
    if not isinstance(error, Refused):
        return error.code, dict(error.words)
    words = {"status": str(error.status)} if error.status else {}
    if error.status in (404, 410):
        return "gone", words
    return ("asked-to-wait" if error.status in (429, 503) else error.code), words


def _kept(watch: Watch, found: dict[str, Any], *, by: User | None, at: datetime, again: timedelta) -> WatchCheck:
    watch.checked_at, watch.next_at = at, at + again
    with transaction.atomic():
        watch.save(
            update_fields=["kind", "etag", "modified", "trouble", "trouble_since", "failures", "new_at", "checked_at",
                           "next_at"]
        )  # fmt: skip
        made = WatchCheck.objects.create(watch=watch, at=at, by=by, **found)
        _forget_old(watch)
    return made


def _forget_old(watch: Watch) -> None:
    """Of the looks that brought nothing only the last ones are kept."""
    quiet = watch.checks.exclude(outcome__in=("new", "changed")).order_by("-at", "-pk")
    last = quiet.values_list("pk", flat=True)[KEPT_CHECKS:]
    if old := list(last):
        WatchCheck.objects.filter(pk__in=old).delete()


# -- entries of a feed


def _take_entry(entry: WatchedEntry, *, clock: Clock, fetcher: Fetcher, chance: Chance) -> str:
    try:
        answer = ask_politely(entry.address, headers={}, clock=clock, fetcher=fetcher, chance=chance)
        source = _taken_in(answer, entry.watch, clock())
    except HostBusyError:
        raise
    except (Refused, RefusedError) as error:
        return _put_off(entry, error, at=clock(), chance=chance)
    _settle(entry, state="taken", code="", source=source, next_at=None)
    return "taken"


def _put_off(entry: WatchedEntry, error: Refused | RefusedError, *, at: datetime, chance: Chance) -> str:
    code, _words = trouble_of(error)
    if code in FOR_GOOD or entry.attempts + 1 >= ATTEMPTS:
        _settle(entry, state="refused", code=code, next_at=None)
        return "refused"
    delay = FIRST_RETRY * 2**entry.attempts * (1 + SPREAD * chance())
    asked = wait_asked_for(error, at=at) if isinstance(error, Refused) else timedelta()
    _settle(entry, state="waiting", code=code, next_at=at + max(delay, asked))
    return "waiting"


def _settle(entry: WatchedEntry, **columns: Any) -> None:
    WatchedEntry.objects.filter(pk=entry.pk).update(attempts=F("attempts") + 1, **columns)


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
