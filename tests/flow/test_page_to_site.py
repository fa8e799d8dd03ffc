"""The main job in a real browser: a press release is pasted, decided by keys, and stands on the public site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from twinbook.project import serving

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "pages" / "ru" / "seed.txt"
PASSWORD = "a word of ten letters"
# Of the shape of a release that every office knows: a call, ties, a programme, plans, landmarks, others' news.
OWN_PAGE = "\n".join(
    [
        "Мэр Иркутска встретился с делегацией Пфорцхайма",
        "14 июня 2018 года мэр Иркутска Семён Ладейщиков встретился с делегацией немецкого города Пфорцхайма. "
        "Гостей возглавил обер-бургомистр Пфорцхайма Маттиас Хольцер.",
        "Иркутск и Пфорцхайм стали городами-побратимами в 2007 году. "
        "С 2001 года между городами проходят обмены учениками ювелирных школ.",
        "– Мы давно знаем друг друга, и это главное, – сказал Семён Ладейщиков.",
        "В октябре 2018 года в Пфорцхайме пройдёт выставка иркутских художников. Также обсуждается стажировка врачей.",
        "– В Иркутске есть сквер имени Пфорцхайма, и нам это дорого, – отметил Маттиас Хольцер.",
        "Последние новости",
        "Канадзава открыла новый парк",
        "Шэньян принимает турнир по хоккею",
    ]
)


def twinbook(home: Path, *words: str, given: str = "") -> None:
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "TWINBOOK_HOME": str(home)}
    command = [sys.executable, "-m", "twinbook.project.cli", *words]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A new register of Irkutsk, and the address of its desk."""
    home = tmp_path / "register"
    init = (
        "init",
        "--officer",
        "anna",
        "--password-from-input",
        "--city",
        "Иркутск",
        "--language",
        "ru",
        "--country",
        "RU",
    )
    twinbook(home, *init, given=f"{PASSWORD}\n")
    port = next(port for port in range(18600, 18700) if serving.is_free("127.0.0.1", port))
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "TWINBOOK_HOME": str(home)}
    desk = subprocess.Popen(
        [sys.executable, "-m", "twinbook.project.cli", "serve", "--port", str(port)],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    ends_at = time.monotonic() + 30
    while time.monotonic() < ends_at and serving.is_free("127.0.0.1", port):
        time.sleep(0.1)
    yield home, f"http://127.0.0.1:{port}/"
    desk.send_signal(2)
    desk.wait(20)


def sign_in(page: Page, desk: str) -> None:
    page.goto(desk)
    page.fill("input[name=username]", "anna")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("nav")


def decide_all_by_keys(page: Page) -> int:
    """Accept every card with the key for it; cards that ask which record is meant are settled by their own form."""
    page.wait_for_selector("[data-card]")
    total = page.locator("[data-card]").count()
    page.keyboard.press("Shift+A")
    page.wait_for_load_state("networkidle")
    return total


@pytest.mark.browser
@pytest.mark.parametrize("text", [OWN_PAGE, SEED], ids=["own page", "seed"])
def test_a_pasted_release_becomes_a_public_page(
    browser: Browser, office: tuple[Path, str], tmp_path: Path, text: str | Path
) -> None:
    if isinstance(text, Path):
        if not text.exists():
            pytest.skip("seed.txt stands beside the checkout, in ../shared/pages/ru; it is not in the repository")
        text = text.read_text("utf-8")
    home, desk = office
    page = browser.new_page(locale="ru-RU")
    foreign: list[str] = []
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(desk) else None)
    sign_in(page, desk)

    page.goto(f"{desk}inbox/")
    page.fill("textarea[name=text], textarea", text)
    page.locator("form:has(textarea) button").click()
    page.wait_for_url("**/review/**")
    started = time.monotonic()
    total = decide_all_by_keys(page)

    assert total >= 8
    assert time.monotonic() - started < 60
    partner = "Пфорцхайм" if "Пфорцхайм" in text.splitlines()[0] else "Канадзава"
    page.goto(f"{desk}partners/")
    page.locator("main").get_by_role("link", name=re.compile(partner)).first.click()
    page.wait_for_load_state()
    told = page.locator("main").inner_text()
    assert ("2007" in told) if partner == "Пфорцхайм" else ("1994" in told)
    assert "Последние новости" not in told and "поликлиника" not in told
    assert foreign == []

    site = tmp_path / "site"
    twinbook(home, "publish", "--to", str(site))
    served = serving.serve_site(site, address="127.0.0.1", port=0)
    try:
        check_public_page(browser, f"http://127.0.0.1:{served.server_address[1]}/", partner, text)
    finally:
        served.shutdown()
        served.server_close()


def check_public_page(browser: Browser, address: str, partner: str, text: str) -> None:
    """Every fact on the partner's page has a footnote, and every footnote's words stand in the release."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}ru/partners.html")
    page.locator("main").get_by_role("link", name=re.compile(partner)).first.click()
    page.wait_for_load_state()

    marks = page.locator("main a[role=doc-noteref]").all()
    assert len(marks) >= 4
    for mark in marks:
        target = mark.get_attribute("href") or ""
        assert page.locator(f"[id='{target.rpartition('#')[2]}']").count() == 1
    flat = re.sub(r"\s", "", text)
    quotes = [re.sub(r"[\s…]", "", words) for words in page.locator("main .notes blockquote").all_inner_texts()]
    assert quotes
    assert [quote for quote in quotes if quote.strip('«»"„“”') not in flat] == []
    context.close()
