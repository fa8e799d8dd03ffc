"""An officer enters a signed paper with its scan, and finds it again by a misspelt name and the arrow keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Office, sign_in, speak

pytestmark = pytest.mark.browser
SCAN = {"name": "IMG_2031.jpeg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.4 a paper"}


def test_a_paper_is_entered_with_its_scan_and_found_again(page: Page, context: BrowserContext, office: Office) -> None:
    speak(context, office, "ru")
    sign_in(page, office)
    page.goto(f"{office.address}/partners/")
    page.get_by_role("link", name="Канадзава", exact=True).first.click()
    page.get_by_role("link", name="Внести сведения").first.click()
    page.get_by_role("link", name="Соглашение", exact=True).click()
    page.get_by_label("Название", exact=True).fill("Протокол о встрече хоров")
    page.get_by_label("Вид", exact=True).select_option("protocol")
    page.get_by_label("Подписано", exact=True).fill("31.02.2024")
    page.get_by_label("Откуда это известно?").fill("Бумага лежит в папке 7.")
    page.get_by_role("button", name="Внести").click()
    expect(page.get_by_text("не дата").first).to_be_visible()
    expect(page.get_by_label("Название", exact=True)).to_have_value("Протокол о встрече хоров")

    page.get_by_label("Подписано", exact=True).fill("03.05.2024")
    page.get_by_label("Скан или изображение").set_input_files(SCAN)  # type: ignore[arg-type]
    page.get_by_label("Наше название файла").fill("Протокол 2024")
    page.get_by_role("button", name="Внести").click()
    page.wait_for_url("**/partners/**")
    page.get_by_role("link", name="Протокол о встрече хоров").first.click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Сохранить").click()
    assert saved.value.suggested_filename == "Протокол 2024.pdf"

    page.keyboard.press("/")
    page.keyboard.type("протакол хоров")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    expect(page.get_by_role("link", name=re.compile("протокол", re.IGNORECASE)).first).to_be_visible()
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-hit]").first).to_be_focused()
    page.get_by_role("link", name="Протокол о встрече хоров").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/**")
    expect(page.get_by_text("Протокол 2024.pdf")).to_be_visible()
    office.troubles[:] = [line for line in office.troubles if "422" not in line]  # the date that is none was refused
