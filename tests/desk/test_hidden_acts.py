"""Who may not do an act does not see it: every page is walked in each role, and no form or link on it is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from lxml import html

from people import make_user
from twinbook.project import office
from twinbook.register.desk.doors import OPEN, right_for
from twinbook.register.queries import lists, records
from twinbook.register.queries.queue import PageReview
from twinbook.register.queries.rights import may
from twinbook.register.workflow import capture, enter, promise, watch_list
from twinbook.register.workflow.enter import Given

OF_ONE_KIND = 2  # pages of one view that are walked
MOST_PAGES = 120


@pytest.fixture
def lived_in(decided: PageReview, officer: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An office with a promise, an activity entered by hand, a page that waits and a watched address."""
    monkeypatch.setenv("TWINBOOK_HOME", str(tmp_path / "register"))
    office.make()
    at = timezone.now()
    home, tie = records.home(), lists.partners()[0]
    assert home is not None
    note = capture.capture_text("Выставка пройдёт в 2031 году.", by=officer, at=at, kind="note").source
    given = [Given("title", "Выставка", "ru"), Given("kind", "cultural_event"), Given("when", "2031")]
    given += [Given("status", "planned"), Given("places", home.id), Given("places", tie.partner.id)]
    made = enter.enter("activity", given, source=note, by=officer, at=at)
    promise.promise(made.record, what="прислать каталог", language="ru", by=officer, at=at, due="2030-05")
    watch_list.add_watch("https://city.example/news", by=officer, at=at)


def walk(client: Client) -> Iterator[tuple[str, html.HtmlElement]]:
    """Every page that can be reached by links from the first one, some of each kind."""
    seen: set[str] = {"/"}
    kinds: Counter[str] = Counter()
    waiting = ["/"]
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        if "html" not in answer.headers.get("Content-Type", "") or answer.status_code != 200:
            continue
        page = html.fromstring(answer.content)
        yield address, page
        for link in page.xpath("//a/@href"):
            parts = urlsplit(str(link))
            if parts.scheme or parts.netloc or not parts.path.startswith("/") or (name := name_of(parts.path)) is None:
                continue
            if link not in seen and kinds[name] < OF_ONE_KIND:
                seen.add(link)
                kinds[name] += 1
                waiting.append(str(link))


def name_of(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def refused(user: User, page: html.HtmlElement, address: str) -> Iterator[str]:
    """The forms and links of a page that the user's role may not use."""
    here = urlsplit(address).path
    for form in page.xpath("//form"):
        method = (form.get("method") or "get").upper()
        target = urlsplit(form.get("action") or here).path
        right = right_for(resolve(target).func, method)
        if right != OPEN and not may(user, right or "own"):
            yield f"{here}: form {method} {target} takes {right}"
    for link in page.xpath("//a/@href"):
        path = urlsplit(str(link)).path
        if not path.startswith("/") or urlsplit(str(link)).netloc or name_of(path) is None:
            continue
        right = right_for(resolve(path).func, "GET")
        if right != OPEN and not may(user, right or "own"):
            yield f"{here}: link {path} takes {right}"


@pytest.mark.parametrize("role", ["reader", "clerk", "officer", "protection"])
def test_no_page_shows_an_act_that_its_door_refuses(lived_in: None, role: str) -> None:
    user = make_user(f"walks-{role}", role)
    client = Client()
    client.force_login(user)

    pages = list(walk(client))
    found = {line for address, page in pages for line in refused(user, page, address)}

    assert found == set(), "\n".join(sorted(found))
    assert len(pages) >= 20
