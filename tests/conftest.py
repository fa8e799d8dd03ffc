"""For all tests: one browser for a whole run, and properties that are judged by what holds, not by a busy machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

MISSING = "no Chromium: install Debian's package chromium, or name one in TWINBOOK_CHROMIUM"

# The browser's loop stays open for a whole run; Django would take each test behind it in that process for a coroutine.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
settings.register_profile("twinbook", deadline=None)
settings.load_profile("twinbook")


def chromium() -> str:
    """The browser's path; skips where there is none, fails where CI must have one."""
    named = os.environ.get("TWINBOOK_CHROMIUM", "")
    for path in (named, "/usr/bin/chromium", "/usr/bin/chromium-browser"):
        if path and Path(path).exists():
            return path
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    pytest.skip(MISSING)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium that all tests of a run share; each opens contexts of its own."""
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-quic"])
        yield started
        started.close()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Each test's register counts its revisions from the start: no answer about the one before may stand."""
    if revision := sys.modules.get("twinbook.register.queries.revision"):
        revision.forget_answers()
