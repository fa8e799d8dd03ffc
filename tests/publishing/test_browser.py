"""The site in a real browser: nothing that axe finds, on a phone and in the dark too; no request leaves."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from accessibility import complaints
from publishing.editions import editions
from twinbook.publishing.publication import publish

PAGES = (
    "index.html",
    "404.html",
    "{}/index.html",
    "{}/partners.html",
    "{}/partners/kanazawa.html",
    "{}/news.html",
    "{}/landmarks.html",
    "{}/figures.html",
    "{}/about.html",
    "{}/years/undated.html",
)

pytestmark = pytest.mark.browser


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("public")
    publish(editions(), folder / "site")  # the address of the sample ends in /site/
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()


@pytest.mark.parametrize(("language", "width"), [("ru", 1280), ("ja", 390), ("en", 320)])
def test_axe_finds_nothing_and_nothing_leaves(browser: Browser, address: str, language: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(address) else None)
    found: list[str] = []
    for path in PAGES:
        page.goto(address + path.format(language))
        found += complaints(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{page.url}: wider than the window of {width}")
    context.close()

    assert found == []
    assert outside == []


def test_a_reader_comes_from_a_dot_on_the_map_to_a_sentence_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.click("text=Русский")
    page.click("svg a[aria-label=Канадзава] text")
    page.click("#activity-pupils a.cite >> nth=0")
    assert page.url.startswith(address + "ru/partners/kanazawa.html#note-")
    assert "Pupils have travelled since 1989." in page.inner_text("li:target blockquote")
    page.keyboard.press("Home")
    page.click("header >> text=日本語")
    assert page.url == address + "ja/partners/kanazawa.html"
    context.close()
