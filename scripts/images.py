"""Pictures of the desk and the public site from the sample register: python scripts/images.py [--only review].

Starts the desk on a copy of the register, so that nothing in it changes, and writes docs/images/NAME-LANGUAGE.png.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from twinbook.project import serving  # noqa: E402  found by the line above
from twinbook.project.commands.demo import NAME, PASSWORD  # noqa: E402

LANGUAGES = ("en", "ru", "ja")
PARTNER = {"en": "Kanazawa", "ru": "Канадзава", "ja": "金沢"}
REVIEWED = {"en": "Irkutsk mayor", "ru": "Мэр Иркутска", "ja": "イルクーツク市長"}
SIZE = {"width": 1280, "height": 800}
PHONE = {"width": 412, "height": 860}


@dataclass(frozen=True)
class Picture:
    """One picture in each of its languages: how to get to what it shows, and as whom."""

    name: str
    show: Callable[[Page, str, str], None]
    is_dark: bool = False
    is_phone: bool = False
    languages: tuple[str, ...] = LANGUAGES
    who: str = NAME


def _go(path: str) -> Callable[[Page, str, str], None]:
    return lambda page, desk, language: page.goto(desk + path)


def _review(page: Page, desk: str, language: str) -> None:
    page.goto(f"{desk}/inbox/?show=all")
    page.get_by_role("link", name=REVIEWED[language]).first.click()
    page.wait_for_selector("[data-card]")
    page.keyboard.press("j")


def _dossier(page: Page, desk: str, language: str) -> None:
    page.goto(f"{desk}/partners/")
    page.get_by_role("link", name=PARTNER[language], exact=True).first.click()
    page.wait_for_selector(".dossier-head")


def _evidence(page: Page, desk: str, language: str) -> None:
    _dossier(page, desk, language)
    page.locator("#steps a.value").first.click()
    page.wait_for_selector("#steps .evidence")
    page.mouse.move(5, 5)


def _entry(page: Page, desk: str, language: str) -> None:
    _dossier(page, desk, language)
    tie = page.url.rstrip("/").rpartition("/")[2]
    page.goto(f"{desk}/enter/agreement/?tie={tie}")


def _watch(page: Page, desk: str, language: str) -> None:
    """The watch list with an address just added; it is not looked at, since the pictures are taken offline."""
    page.goto(f"{desk}/watch/")
    page.locator("#id_address").fill("https://www.admirk.ru/news/rss/")
    page.locator("#id_name").fill("Новости мэрии")
    page.locator("form.panel button.main").click()
    page.goto(f"{desk}/watch/")


def _visit(page: Page, desk: str, language: str) -> None:
    page.goto(f"{desk}/visits/")
    page.locator(
        "main a[href^='/visits/']:not([href$='new/']):not([href$='rules/']):not([href$='journal/'])"
    ).first.click()
    page.wait_for_load_state()


def _plan(page: Page, desk: str, language: str) -> None:
    """The plan for the next year of the sample, with some of what is proposed taken."""
    page.goto(f"{desk}/plan/2027/")
    for _ in range(2):
        page.locator("button[value=take]").first.click()
    page.wait_for_selector("#lines-head ~ .scroll table")


def _briefing(page: Page, desk: str, language: str) -> None:
    _dossier(page, desk, language)
    page.locator("a[href*='/briefings/new/']").click()
    page.locator("input[name=guests]").first.check()
    page.locator("form button.main").click()
    page.wait_for_selector("article")


def _report(page: Page, desk: str, language: str) -> None:
    page.goto(f"{desk}/office-papers/")
    page.locator("#report-year").fill("2025")
    page.locator("form:has(#report-year) button.main").click()
    page.wait_for_selector("article")


PICTURES = (
    Picture("sign-in", _go("/sign-in/")),
    Picture("today", _go("/")),
    Picture("inbox", _go("/inbox/")),
    Picture("watch-list", _watch, languages=("ru",)),
    Picture("review", _review),
    Picture("review-dark", _review, is_dark=True, languages=("en",)),
    Picture("review-phone", _review, is_phone=True, languages=("ru",)),
    Picture("dossier", _evidence),
    Picture("dossier-phone", _dossier, is_phone=True, languages=("ja",)),
    Picture("partners", _go("/partners/"), languages=("en",)),
    Picture("promises", _go("/promises/"), languages=("ru",)),
    Picture("handover", _go("/handover/"), languages=("ru",)),
    Picture("entry", _entry, languages=("en",)),
    Picture("calendar", _go("/calendar/?month=2027-03"), languages=("en", "ja")),
    Picture("activities", _go("/activities/"), languages=("ru",)),
    Picture("figures", _go("/figures/"), languages=("en",)),
    Picture("search", _go("/search/?q=Kanazawa"), languages=("en",)),
    Picture("decisions", _go("/decisions/"), languages=("en",)),
    Picture("help", _go("/help/"), languages=("ru",)),
    Picture("tutorial", _go("/help/tutorial/"), languages=("ja",)),
    Picture("visits", _go("/visits/"), languages=("ru",)),
    Picture("visit", _visit),
    Picture("visit-phone", _visit, is_phone=True, languages=("ja",)),
    Picture("visit-rules", _go("/visits/rules/"), languages=("en",)),
    Picture("plan", _plan),
    Picture("report", _report, languages=("ru", "ja")),
    Picture("paper-templates", _go("/paper-templates/"), languages=("en",)),
    Picture("watch", _go("/watch/"), languages=("en", "ru")),
    Picture("lists", _go("/lists/"), languages=("en",)),
    Picture("exchange", _go("/exchange/"), languages=("ja",)),
    Picture("briefing", _briefing),
    Picture("office-papers", _go("/office-papers/"), languages=("en",), who="head"),
    Picture("calendar-addresses", _go("/calendar/addresses/"), languages=("en",)),
    Picture("security", _go("/security/"), languages=("en",)),
    Picture("accounts", _go("/accounts/"), languages=("en",), who="administrator"),
    Picture("access-log", _go("/access-log/"), languages=("ru",), who="protection"),
    Picture("personal", _go("/personal/"), languages=("ja",), who="protection"),
)


def _free_port() -> int:
    return next(
        port
        for port in range(18500, 18600, 2)
        if serving.is_free("127.0.0.1", port) and serving.is_free("127.0.0.1", port + 1)
    )


def _chromium() -> str:
    named = (os.environ.get("TWINBOOK_CHROMIUM", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser")
    found = next((path for path in named if path and Path(path).exists()), "")
    if not found:
        raise SystemExit("no Chromium: install Debian's package chromium, or name one in TWINBOOK_CHROMIUM")
    return found


def _sign_in(page: Page, desk: str, who: str) -> None:
    page.goto(f"{desk}/sign-in/")
    page.fill("#id_username", who)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign-in/"))  # each role begins at a page of its own


def take(browser: Browser, desk: str, folder: Path, language: str, pictures: tuple[Picture, ...]) -> None:
    """All pictures of one language."""
    for picture in (picture for picture in pictures if language in picture.languages):
        context = browser.new_context(
            viewport=PHONE if picture.is_phone else SIZE,
            color_scheme="dark" if picture.is_dark else "light",
            locale=language,
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": desk}])
        page = context.new_page()
        if picture.name != "sign-in":
            _sign_in(page, desk, picture.who)
        picture.show(page, desk, language)
        page.screenshot(path=folder / f"{picture.name}-{language}.png")
        context.close()
        print(f"{picture.name}-{language}.png")


def take_site(browser: Browser, site: str, folder: Path, language: str) -> None:
    """The public site's first page and a partner's page."""
    page = browser.new_page(viewport=SIZE, locale=language)
    page.goto(f"{site}/{language}/index.html")
    page.screenshot(path=folder / f"site-home-{language}.png")
    page.goto(f"{site}/{language}/partners.html")
    page.get_by_role("link", name=PARTNER[language]).first.click()
    page.wait_for_load_state()
    page.screenshot(path=folder / f"site-partner-{language}.png")
    page.close()
    print(f"site-home-{language}.png, site-partner-{language}.png")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=ROOT / "demo", help="the sample register (python3 run.py demo)")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--only", default="", help="pictures whose name holds this")
    options = parser.parse_args()
    if not (options.home / "register.sqlite3").exists():
        raise SystemExit(f"no sample register at {options.home}; make it with: python3 run.py demo --no-serve")
    options.to.mkdir(parents=True, exist_ok=True)
    chosen = tuple(picture for picture in PICTURES if options.only in picture.name)
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "register"
        shutil.copytree(options.home, copy, ignore=shutil.ignore_patterns("site"))
        os.environ["TWINBOOK_HOME"] = str(copy)
        os.environ["PYTHONPATH"] = str(ROOT / "src")
        port = _free_port()
        desk = serving.start_desk(address="127.0.0.1", port=port)
        public = serving.serve_site(options.home / "site", address="127.0.0.1", port=port + 1)
        try:
            with sync_playwright() as playwright:
                words = ["--no-sandbox", "--disable-quic"]
                browser = playwright.chromium.launch(executable_path=_chromium(), args=words)
                for language in LANGUAGES:
                    take(browser, f"http://127.0.0.1:{port}", options.to, language, chosen)
                    if "site".startswith(options.only) and (options.home / "site").is_dir():
                        take_site(browser, f"http://127.0.0.1:{port + 1}", options.to, language)
                browser.close()
        finally:
            serving.stop(desk)
            public.shutdown()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
