"""An officer without a mouse: sign in, paste a page, decide it by keys, find the facts with their evidence."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Office, sign_in, speak

pytestmark = pytest.mark.browser
RELEASE = "\n".join(
    [
        "Мэр Иркутска встретился с делегацией Эрфурта",
        "14 июня 2018 года мэр Иркутска Семён Ладейщиков встретился с делегацией немецкого города Эрфурта. "
        "Гостей возглавил обер-бургомистр Эрфурта Маттиас Хольцер.",
        "Иркутск и Эрфурт стали городами-побратимами в 2007 году. "
        "С 2001 года между городами проходят обмены учениками ювелирных школ.",
        "– Мы давно знаем друг друга, и это главное, – сказал Семён Ладейщиков.",
        "В октябре 2018 года в Эрфурте пройдёт выставка иркутских художников.",
    ]
)


def waiting(page: Page) -> int:
    return page.locator("[data-card][data-state=waiting]").count()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; fail where keys cannot reach it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"Tab never reached {selector}")


def decide(page: Page, key: str) -> None:
    """Press a key and wait until one card fewer (or more, for undo) waits."""
    before = waiting(page)
    page.keyboard.press(key)
    ends_at = time.monotonic() + 10
    while waiting(page) == before and time.monotonic() < ends_at:
        page.wait_for_timeout(20)
    assert waiting(page) != before, f"{key} decided nothing"


def test_from_paste_to_dossier_by_keys_alone(page: Page, context: BrowserContext, office: Office) -> None:
    speak(context, office, "ru")
    sign_in(page, office)
    page.goto(f"{office.address}/inbox/")
    tab_to(page, "#id_paste-text")
    page.keyboard.insert_text(RELEASE)
    tab_to(page, "form:has(#id_paste-text) button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/**")
    total, started = waiting(page), time.monotonic()

    while waiting(page):
        here = page.locator("[data-card].is-lit[data-state=waiting]")
        expect(here).to_have_count(1)
        if here.locator("input[name=record]").count():
            page.keyboard.press("1")
        decide(page, "a")
    seconds = time.monotonic() - started

    assert total >= 5
    assert seconds < 60
    expect(page.locator("[data-act=finish]")).to_be_focused()
    page.goto(f"{office.address}/partners/")
    page.get_by_role("link", name="Эрфурт").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/partners/**")
    expect(page.get_by_text("ювелирных школ").first).to_be_visible()
    page.locator("#exchanges a.value").first.focus()
    page.keyboard.press("Enter")
    said = page.locator("#exchanges .evidence mark", has_text="обмены учениками ювелирных школ")
    expect(said.first).to_be_visible()


def test_keys_correct_reject_undo_and_move(page: Page, context: BrowserContext, office: Office) -> None:
    speak(context, office, "en")
    sign_in(page, office)
    page.goto(f"{office.address}/review/{office.sources[0]}/")
    total = waiting(page)
    lit = page.locator("[data-card].is-lit")

    expect(lit).to_have_attribute("data-card", "1")
    page.keyboard.press("j")
    expect(lit).to_have_attribute("data-card", "2")
    page.keyboard.press("k")
    expect(lit).to_have_attribute("data-card", "1")
    assert page.locator("mark.is-lit").count() >= 1
    page.keyboard.press("c")
    field = page.locator("#card-1 form.correct input:visible").first
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    decide(page, "r")
    page.keyboard.press("k")
    decide(page, "u")
    assert waiting(page) == total


def test_hover_lights_the_sentence_of_a_card_and_the_card_of_a_sentence(page: Page, office: Office) -> None:
    sign_in(page, office)
    page.goto(f"{office.address}/review/{office.sources[0]}/")

    page.locator("[data-card='2'] .card-top").hover()
    assert set(page.locator("mark.is-lit").evaluate_all("all => all.map(one => one.dataset.cards.includes('2'))")) == {
        True
    }
    page.locator("mark[data-cards='4']").first.hover()
    expect(page.locator("#card-4")).to_have_class("card is-lit")


def test_keys_work_in_a_russian_layout_and_can_be_switched_off(page: Page, office: Office) -> None:
    sign_in(page, office)
    page.goto(f"{office.address}/review/{office.sources[0]}/")
    lit = page.locator("[data-card].is-lit")
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'о', code: 'KeyJ', bubbles: true}))"

    page.evaluate(press)
    expect(lit).to_have_attribute("data-card", "2")
    page.goto(f"{office.address}/help/")
    page.get_by_label("Single-letter keys are on").uncheck()
    page.goto(f"{office.address}/review/{office.sources[0]}/")
    page.keyboard.press("j")
    expect(lit).to_have_attribute("data-card", "1")


def test_a_long_word_typed_in_a_correction_decides_nothing(page: Page, office: Office) -> None:
    sign_in(page, office)
    page.goto(f"{office.address}/review/{office.sources[0]}/")
    total = waiting(page)

    page.keyboard.press("c")
    page.keyboard.type("racka juar")

    assert waiting(page) == total


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page, office: Office) -> None:
    sign_in(page, office)
    page.goto(f"{office.address}/partners/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_without_script_everything_is_a_plain_form(context: BrowserContext, office: Office) -> None:
    plain = context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    page = plain.new_page()
    sign_in(page, office)
    page.goto(f"{office.address}/review/{office.sources[1]}/")
    before = waiting(page)
    card = page.locator("[data-card][data-state=waiting]").first
    if card.locator("input[name=record]").count():
        card.locator("input[name=record]").last.check()

    card.locator("[data-act=accept]").click()

    assert "#card-" in page.url
    assert waiting(page) == before - 1
    plain.close()
