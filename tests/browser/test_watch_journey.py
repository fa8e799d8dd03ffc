"""An officer's morning: an alarm leads to its watch, what changed is read and reviewed, several decided by keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Office, sign_in, speak
from .test_keyboard import decide, waiting

pytestmark = pytest.mark.browser


def test_from_an_alarm_to_what_changed_and_its_review(page: Page, context: BrowserContext, office: Office) -> None:
    speak(context, office, "ru")
    sign_in(page, office)

    page.get_by_role("region", name="Список наблюдения: требует внимания").get_by_role("link").last.click()
    expect(page.get_by_text("Страницы больше нет").first).to_be_visible()
    page.get_by_role("link", name="Список наблюдения").click()
    page.get_by_role("link", name="Новости мэрии").click()
    page.get_by_role("link", name="Что изменилось").click()
    expect(page.locator("ins")).to_have_text("Стороны обсудили обмены школьниками.")
    page.get_by_role("link", name="Проверка").click()
    page.wait_for_url("**/review/**")


def test_what_cannot_be_fetched_says_why_at_once(page: Page, context: BrowserContext, office: Office) -> None:
    speak(context, office, "ja")
    sign_in(page, office)
    page.goto(f"{office.address}/watch/")
    page.locator("#id_address").fill("http://127.0.0.1/news")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/watch/[0-9a-z]{12}/"))

    page.locator("button[value=look]").click()

    expect(page.get_by_text("閉じたネットワーク").first).to_be_visible()
    page.locator("button[value=pause]").click()
    page.locator("button[value=remove]").click()
    page.wait_for_url("**/watch/")


def test_several_are_chosen_and_decided_by_keys_and_undone_at_once(page: Page, office: Office) -> None:
    sign_in(page, office)
    page.goto(f"{office.address}/review/{office.sources[1]}/")
    total = waiting(page)
    expect(page.locator("[data-act=accept-chosen]")).to_be_hidden()

    for key in ("x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-chosen-count]")).to_have_text("2")
    expect(page.locator("[data-act=join-chosen]")).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("[data-card][data-state=rejected]")).to_have_count(2)
    decide(page, "u")

    expect(page.locator("[data-card][data-state=waiting]")).to_have_count(total)
