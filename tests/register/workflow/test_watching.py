"""The watch list against a real server: what comes in, how politely, what is written down, what is an alarm."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from register.site import Page, Site, serving
from twinbook.register.models import Source, Watch, WatchedEntry, WatchedHost
from twinbook.register.queries import changes, queue, watching
from twinbook.register.web import Address
from twinbook.register.workflow import watch_list
from twinbook.register.workflow.courtesy import HostBusyError, lease
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.watching import FIRST_ENTRIES, Step, next_step

HOST = "http://city.example"
FRAME = "<html lang=ru><head><title>Новости</title></head><body><article><h1>{title}</h1><p>{story}</p></article>{rest}"
STORY = (
    "2 марта 2026 года мэр Иркутска Семён Ладейщиков встретился с делегацией города Канадзава. "
    "Гостей возглавил мэр Канадзавы Такаси Мураяма. Стороны обсудили обмены школьниками. "
    "Визит иркутских школьников в Канадзаву пройдёт в мае 2026 года."
)


def page(story: str = STORY, rest: str = "", **options: str) -> Page:
    text = FRAME.format(title="Мэр встретился с делегацией Канадзавы", story=story, rest=rest)
    return Page(text.encode(), **options)  # type: ignore[arg-type]  # only the etag is given


def feed(*numbers: int) -> Page:
    items = "".join(f"<item><title>Новость {n}</title><link>/news/{n}</link></item>" for n in numbers)
    return Page(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), kind="application/rss+xml")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(
        {"/page": page(etag='"one"'), "/feed": feed(), "/robots.txt": Page(b"User-agent: *\nDisallow: /x")}
    ) as up:
        yield up


def work(site: Site, clock: Clock, *, hours: float = 0) -> list[str]:
    """What the worker does from `hours` later on until nothing is due: the outcomes in their order."""
    clock.now += timedelta(hours=hours)
    outcomes: list[str] = []
    for _ in range(60):
        step = next_step(clock=clock, fetcher=site.fetcher, chance=lambda: 0.5)
        if step is None:
            return outcomes
        if isinstance(step, Step):
            outcomes.append(step.outcome)
    raise AssertionError(f"the worker does not come to an end: {outcomes}")


def watch(address: str, olga: User, clock: Clock, **options: int) -> str:
    return watch_list.add_watch(HOST + address, by=olga, at=clock(), **options)


def shown(watch: str, clock: Clock) -> watching.WatchShown:
    found = watching.watch(watch, at=clock.now)
    assert found is not None
    return found


def test_a_page_comes_in_once_and_again_when_its_story_changes(site: Site, olga: User, clock: Clock) -> None:
    made = watch("/page", olga, clock)

    first = work(site, clock)
    second = work(site, clock, hours=26)
    site.pages["/page"] = page(rest="<aside>Реклама дня</aside>", etag='"two"')
    third = work(site, clock, hours=26)
    site.pages["/page"] = page(STORY.replace("в мае", "в июне") + " Подписан план.", etag='"three"')
    fourth = work(site, clock, hours=26)

    assert (first, second, third, fourth) == (["new"], ["same"], ["frame"], ["changed"])
    assert [look.outcome for look in shown(made, clock).checks] == ["changed", "frame", "same", "new"]
    now, before = queue.inbox()
    assert now.waiting and before.waiting
    told = changes.changes(now.source.id)
    assert told is not None and told.before.id == before.source.id
    assert [line.kind for line in told.lines if line.kind != "same"] == ["reworded", "added"]
    assert Source.objects.filter(captured_by=None).count() == 2


def test_a_feed_brings_its_new_entries_one_by_one(site: Site, olga: User, clock: Clock) -> None:
    site.pages["/feed"] = feed(*range(9, 0, -1))
    site.pages |= {f"/news/{n}": page(f"{STORY} Это новость номер {n}.") for n in range(1, 12)}
    made = watch("/feed", olga, clock)

    first = work(site, clock)
    site.pages["/feed"] = feed(11, 10, *range(9, 0, -1))
    second = work(site, clock, hours=26)

    assert first == ["new", *["taken"] * FIRST_ENTRIES]
    assert second == ["new", "taken", "taken"]
    assert [path for path in site.asked if "/news/" in path][-2:] == ["city.example/news/11", "city.example/news/10"]
    entries = shown(made, clock).entries
    assert sorted(entry.state for entry in entries) == ["known"] * 4 + ["taken"] * 7
    assert len(queue.inbox()) == 7
    assert {line.source.publisher for line in queue.inbox()} == {"city.example"}


def test_what_was_taken_in_by_hand_is_not_fetched_again(site: Site, olga: User, clock: Clock) -> None:
    from twinbook.register.workflow.propose import take_in

    take_in(page().body, by=olga, at=clock(), name="a.html", address=f"{HOST}/news/1")
    site.pages["/feed"] = feed(1)
    made = watch("/feed", olga, clock)

    assert work(site, clock) == ["same"]
    assert [entry.state for entry in shown(made, clock).entries] == ["known"]


def test_robots_are_asked_first_and_obeyed_also_behind_a_redirect(site: Site, olga: User, clock: Clock) -> None:
    site.pages["/x"] = page()
    site.pages["/moved"] = Page(status=301, headers={"Location": "http://other.example/x/1"})
    made, moved = watch("/x", olga, clock), watch("/moved", olga, clock)

    assert work(site, clock) == ["trouble", "trouble"]
    assert [path for path in site.asked if not path.endswith("robots.txt")] == ["city.example/moved"]
    assert [shown(one, clock).line.alarm for one in (made, moved)] == ["robots", "robots"]
    assert site.asked.count("city.example/robots.txt") == 1


def test_a_server_is_asked_one_thing_at_a_time_with_pauses(site: Site, olga: User, clock: Clock) -> None:
    watch("/page", olga, clock)
    site.pages["/other"] = page(STORY + " Ещё.")
    watch("/other", olga, clock)
    still = clock()
    stopped = lambda: still  # noqa: E731  a clock that stands

    first = next_step(clock=stopped, fetcher=site.fetcher, chance=lambda: 0.0)
    second = next_step(clock=stopped, fetcher=site.fetcher, chance=lambda: 0.0)

    assert isinstance(first, Step)
    assert isinstance(second, HostBusyError) and second.until == still + timedelta(seconds=3)
    assert work(site, clock) == ["new"]


def test_of_two_workers_one_gets_the_server(db: None, clock: Clock) -> None:
    at = clock()
    lease("city.example", at=at)

    with pytest.raises(HostBusyError):
        lease("city.example", at=at + timedelta(seconds=1))
    lease("city.example", at=at + timedelta(minutes=2))


def test_a_server_that_asks_us_to_wait_is_left_alone_for_so_long(site: Site, olga: User, clock: Clock) -> None:
    site.pages["/page"] = Page(status=503, headers={"Retry-After": "86400"})
    made = watch("/page", olga, clock)

    work(site, clock)

    line = shown(made, clock).line
    (look,) = shown(made, clock).checks
    assert (look.outcome, look.code, look.words) == ("trouble", "asked-to-wait", {"status": "503"})
    assert line.next_at >= clock.now + timedelta(hours=23)
    assert WatchedHost.objects.get(host="city.example").free_at >= clock.now + timedelta(hours=23)


def test_trouble_is_tried_later_and_later_and_heals(site: Site, olga: User, clock: Clock) -> None:
    kept = site.pages.pop("/page")
    site.pages["/page"] = Page(status=500)
    made = watch("/page", olga, clock, every_hours=24)
    delays: list[timedelta] = []
    for _ in range(10):
        row = Watch.objects.get(public_id=made)
        clock.now = max(clock.now, row.next_at)
        work(site, clock)
        delays.append(Watch.objects.get(public_id=made).next_at - clock.now)
    alarmed = shown(made, clock).line
    site.pages["/page"] = kept
    outcomes = work(site, clock, hours=24 * 8)

    assert delays == sorted(delays) and delays[0] >= timedelta(minutes=55) and delays[-1] > timedelta(days=6)
    assert delays[-1] < timedelta(days=8)
    assert (alarmed.alarm, alarmed.failures) == ("status", 10)
    assert outcomes == ["new"]
    assert shown(made, clock).line.alarm == ""


def test_a_page_that_is_gone_is_an_alarm_at_once(site: Site, olga: User, clock: Clock) -> None:
    made = watch("/gone", olga, clock)

    work(site, clock)

    assert [line.id for line in watching.alarms(at=clock.now)] == [made]
    assert watching.alarms(at=clock.now)[0].alarm == "gone"


def test_a_feed_gone_silent_is_an_alarm_and_a_paused_one_is_none(site: Site, olga: User, clock: Clock) -> None:
    site.pages["/feed"] = feed(1)
    site.pages["/news/1"] = page()
    made = watch("/feed", olga, clock, silent_days=30)
    work(site, clock)

    soon = watching.alarms(at=clock.now + timedelta(days=29))
    late = watching.alarms(at=clock.now + timedelta(days=31))
    watch_list.pause(made, by=olga, at=clock())

    assert (soon, [line.alarm for line in late]) == ((), ["silent"])
    assert watching.alarms(at=clock.now + timedelta(days=31)) == ()
    assert work(site, clock, hours=24 * 31) == []


def test_an_entry_that_cannot_be_fetched_is_given_up_after_some_attempts(site: Site, olga: User, clock: Clock) -> None:
    site.pages["/feed"] = feed(1, 2)
    site.pages["/news/2"] = Page(status=502)
    watch("/feed", olga, clock, every_hours=168)
    outcomes = work(site, clock)
    for _ in range(5):
        outcomes += work(site, clock, hours=20)

    assert outcomes == ["new", "refused", "waiting", "waiting", "waiting", "refused"]
    assert sorted(WatchedEntry.objects.values_list("code", flat=True)) == ["gone", "status"]


def test_looking_now_says_what_came_of_it_and_who_looked(site: Site, olga: User, clock: Clock) -> None:
    made = watch("/page", olga, clock)
    watch_list.pause(made, by=olga, at=clock())

    outcome = watch_list.check_now(made, by=olga, clock=clock, fetcher=site.fetcher)

    assert outcome == "new"
    assert [look.by for look in shown(made, clock).checks] == ["olga"]


def test_a_page_that_names_a_feed_offers_it(site: Site, olga: User, clock: Clock) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.pages["/page"] = Page(page().body.replace(b"<title>", link.encode() + b"<title>"))
    made = watch("/page", olga, clock)
    work(site, clock)
    offered = shown(made, clock).feed
    watch("/feed", olga, clock)

    assert offered == f"{HOST}/feed"
    assert shown(made, clock).feed == ""


@pytest.mark.parametrize(
    ("address", "code"),
    [("ftp://city.example/", "scheme"), ("http://city.example:8080/", "port"), (f"{HOST}/page#top", "watched-already")],
)
def test_an_address_that_cannot_be_watched_is_refused(olga: User, clock: Clock, address: str, code: str) -> None:
    watch("/page", olga, clock)

    with pytest.raises(NotPossibleError) as caught:
        watch_list.add_watch(address, by=olga, at=clock())

    assert caught.value.code == code


def test_an_error_of_ours_does_not_make_us_ask_again_at_once(site: Site, olga: User, clock: Clock) -> None:
    def broken(address: Address, port: int, timeout_seconds: float) -> socket.socket:
        raise RuntimeError("a connection that breaks in a way nobody foresaw")

    watch("/page", olga, clock)

    with pytest.raises(RuntimeError):
        next_step(clock=clock, fetcher=replace(site.fetcher, connector=broken))
    clock.now += timedelta(minutes=50)

    assert next_step(clock=clock, fetcher=site.fetcher) is None
    assert work(site, clock, hours=1) == ["new"]


def test_taking_it_off_the_list_leaves_the_copies(site: Site, olga: User, clock: Clock) -> None:
    made = watch("/page", olga, clock)
    work(site, clock)

    watch_list.take_off(made, by=olga)

    assert watching.watches(at=clock.now) == ()
    assert len(queue.inbox()) == 1


def test_a_page_that_goes_back_to_what_it_said_is_compared_with_the_look_before(
    site: Site, olga: User, clock: Clock
) -> None:
    made = watch("/page", olga, clock)
    work(site, clock)
    first = site.pages["/page"]
    site.pages["/page"] = page(STORY + " Подписан план.")
    work(site, clock, hours=26)
    site.pages["/page"] = first

    work(site, clock, hours=26)

    last, middle, _first = shown(made, clock).checks
    assert last.source and middle.source
    told = changes.changes(last.source.id, before=last.before)
    assert last.before == middle.source.id
    assert told is not None and [line.kind for line in told.lines if line.kind != "same"] == ["removed"]
