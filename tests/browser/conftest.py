"""A real office: a register on disk, the desk served by granian, Chromium before it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from twinbook.project import serving

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
NAME, PASSWORD = "vera", "seven-quiet-rivers"  # as office.py makes them
NOT_THERE = "0123456789ab"  # an id that is asked for on purpose
PORTS = range(18700, 18800)


@dataclass
class Office:
    """Where the desk answers, and the sources that wait for decisions."""

    address: str
    sources: list[str]
    troubles: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home = tmp_path_factory.mktemp("office") / "register"
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "TWINBOOK_HOME": str(home)}
    command = [sys.executable, str(HERE / "office.py"), str(home)]
    made = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert made.returncode == 0, made.stderr
    port = next(port for port in PORTS if serving.is_free("127.0.0.1", port))
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "2"]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *words, "--no-access-log", "twinbook.project.wsgi:application"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ends_at = time.monotonic() + 60
    while time.monotonic() < ends_at and serving.is_free("127.0.0.1", port):
        time.sleep(0.1)
    yield Office(f"http://127.0.0.1:{port}", made.stdout.split())
    serving.stop(server)


@pytest.fixture
def context(browser: Browser, office: Office) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1366, "height": 850}, reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, office: Office) -> Iterator[Page]:
    """A page of an officer who is not signed in yet; whatever goes wrong or outside on it fails the test."""
    made = context.new_page()
    watch(made, office)
    yield made
    assert [line for line in office.troubles if NOT_THERE not in line] == []


def watch(page: Page, office: Office) -> None:
    office.troubles.clear()
    page.on("pageerror", lambda error: office.troubles.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda line: office.troubles.append(f"{page.url}: {line.text}") if line.type == "error" else None
    )
    page.on("dialog", lambda dialog: office.troubles.append(f"{page.url}: a dialog opened: {dialog.message}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((office.address, "data:"))
            else office.troubles.append(f"{page.url}: asked {request.url}")
        ),
    )


def speak(context: BrowserContext, office: Office, language: str) -> None:
    context.add_cookies([{"name": "django_language", "value": language, "url": office.address}])


def sign_in(page: Page, office: Office) -> None:
    """By keys alone, as everything on the desk must go."""
    page.goto(f"{office.address}/sign-in/")
    page.locator("#id_username").focus()
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{office.address}/")
