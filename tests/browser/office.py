"""A register with the sample ties and two sample pages, made in a process of its own: python office.py FOLDER."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NAME, PASSWORD = "vera", "seven-quiet-rivers"
PAGES = ("01-irkutsk-consul.html", "02-kanazawa-consul.html")


def fill(home: Path) -> None:
    """Make the register; the pages wait for decisions."""
    os.environ["TWINBOOK_HOME"] = str(home)
    from twinbook.project import office

    office.make()
    office.set_up()
    office.migrate()
    from twinbook.project.sample.load import PAGES as FOLDER
    from twinbook.project.sample.load import Loader
    from twinbook.project.sample.visit import load_visit
    from twinbook.register.workflow.accounts import make_account
    from twinbook.register.workflow.propose import take_in

    by = make_account(NAME, roles=("officer", "head"), password=PASSWORD, first_name="Вера", last_name="Образцова")
    make_account("petra", roles=("protection",), password=PASSWORD)
    make_account("anna", roles=("administrator",), password=PASSWORD)
    at = timezone.now()
    Loader(by, at).load()
    load_visit(by, at)
    for page in PAGES:
        print(take_in((FOLDER / page).read_bytes(), by=by, at=at, name=page).source)
    watch(by)


def watch(by: User) -> None:
    """A watched page that changed between two looks, a feed, and a page that is gone."""
    from twinbook.register.workflow import watch_list
    from twinbook.register.workflow.watching import next_step

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from register.site import Page, serving

    now = [timezone.now() - timedelta(days=3)]

    def clock() -> datetime:
        now[0] += timedelta(seconds=7)
        return now[0]

    story = (
        "<title>Гости</title><article><h1>Гости из Улан-Батора</h1><p>Мэр Иркутска принял гостей из Улан-Батора.{}</p>"
    )
    feed = b"<rss><channel><item><title>News</title><link>/guests</link></item></channel></rss>"
    pages = {"/guests": Page(story.format("").encode()), "/feed": Page(feed), "/robots.txt": Page()}
    with serving(pages) as site:
        for path, name in (("/guests", "Новости мэрии"), ("/feed", "Лента"), ("/gone", "")):
            watch_list.add_watch(f"http://city.example{path}", by=by, at=clock(), name=name)
        for _ in range(2):
            while next_step(clock=clock, fetcher=site.fetcher) is not None:
                pass  # the clock goes on by itself, so that a server that was asked just now is free soon
            pages["/guests"] = Page(story.format(" Стороны обсудили обмены школьниками.").encode())
            now[0] += timedelta(hours=27)


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
