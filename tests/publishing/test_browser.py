"""The site in a real browser: nothing that axe finds, on a phone and in the dark too; no request leaves."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from publishing.editions import editions
from twinbook.publishing.publication import publish

CHROMIUM = os.environ.get("TWINBOOK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
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

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium: apt install chromium, or set TWINBOOK_CHROMIUM"),
]


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


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("ru", "light", 1280), ("ja", "dark", 390), ("en", "light", 320)]
)
def test_axe_finds_nothing_and_nothing_leaves(address: str, language: str, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    found: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        outside: list[str] = []
        page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(address) else None)
        for path in PAGES:
            page.goto(address + path.format(language))
            result = Axe().run(page)
            found += [
                f"{path.format(language)}: {one['id']} {[node['html'][:120] for node in one['nodes'][:2]]}"
                for one in result.response["violations"]
            ]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{path.format(language)}: wider than the window of {width}")
        browser.close()
    assert found == []
    assert outside == []
    assert Path(CHROMIUM or "").exists()


def test_a_reader_comes_from_a_dot_on_the_map_to_a_sentence_without_a_script(address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(address)
        page.click("text=Русский")
        page.click("svg a[aria-label=Канадзава] text")
        page.click("#activity-pupils a.cite >> nth=0")
        assert page.url.startswith(address + "ru/partners/kanazawa.html#note-")
        assert "Pupils have travelled since 1989." in page.inner_text("li:target blockquote")
        page.keyboard.press("Home")
        page.click("header >> text=日本語")
        assert page.url == address + "ja/partners/kanazawa.html"
        browser.close()
