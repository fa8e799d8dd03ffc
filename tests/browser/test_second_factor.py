"""Second factors in a real browser: an app by its picture's secret, a passkey of a virtual key; pages of the roles."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from accessibility import complaints
from register.workflow.test_second_factor import code_at

from .conftest import NAME, PASSWORD, Office, speak, watch

pytestmark = pytest.mark.browser
NARROW = 320  # CSS pixels: WCAG 1.4.10


def enter(page: Page, office: Office, name: str) -> None:
    page.goto(f"{office.address}/sign-in/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def leave(page: Page) -> None:
    page.locator("form[action='/sign-out/'] button").click()
    page.wait_for_url("**/sign-in/**")


def test_an_app_is_added_by_keys_and_its_next_code_opens_the_desk(page: Page, office: Office) -> None:
    enter(page, office, "petra")
    page.goto(f"{office.address}/security/")
    page.get_by_role("button", name="Add an app").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("svg.qr")
    secret = page.locator(".code-line").inner_text().replace(" ", "")
    page.fill("#id_code", code_at(secret, timezone.now()))
    page.keyboard.press("Enter")
    page.wait_for_selector(".codes")
    codes = page.locator(".codes code").all_inner_texts()
    leave(page)

    enter(page, office, "petra")
    asked = page.url
    page.fill("#id_code", codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{office.address}/")

    assert "/second-factor/" in asked
    assert len(codes) == 10
    assert page.locator("nav.nav a[href='/access-log/']").count() == 1


def test_a_passkey_is_added_and_opens_the_desk(context: BrowserContext, office: Office) -> None:
    """At localhost: browsers give no passkey to a bare number as the host."""
    here = Office(office.address.replace("127.0.0.1", "localhost"), office.sources)
    page = context.new_page()
    watch(page, here)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    enter(page, here, NAME)
    page.goto(f"{here.address}/security/")
    page.fill("#passkey-name", "blue key")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_selector(".codes")
    leave(page)

    enter(page, here, NAME)
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url(f"{here.address}/")
    page.goto(f"{here.address}/security/")
    shown = page.locator("main").inner_text()
    page.get_by_role("button", name=re.compile("^Remove")).click()
    page.wait_for_selector(".messages")

    assert "blue key" in shown
    assert page.get_by_role("button", name=re.compile("^Remove")).count() == 0
    assert here.troubles == []


def test_without_a_device_the_page_says_so(page: Page, office: Office) -> None:
    enter(page, office, NAME)
    page.goto(f"{office.address}/security/")

    page.get_by_role("button", name="Add a passkey").click()  # at 127.0.0.1, where no browser gives one
    page.wait_for_selector("[data-passkey-trouble]:not([hidden])", timeout=20_000)

    assert "localhost" in page.locator("[data-passkey-trouble]").inner_text()


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
def test_the_pages_of_the_roles_are_accessible_and_fit_a_phone(
    page: Page, context: BrowserContext, office: Office, language: str
) -> None:
    speak(context, office, language)
    page.goto(f"{office.address}/welcome/x/y/")
    troubles = complaints(page)
    enter(page, office, "anna")
    page.goto(f"{office.address}/accounts/")
    account = page.locator("tbody th a").last.get_attribute("href")
    for address in ("/accounts/", account, "/security/", "/help/", "/partners/"):
        page.goto(f"{office.address}{address}")
        if address == "/partners/":
            office.troubles.clear()  # the browser notes a 403
        troubles += complaints(page)
        page.set_viewport_size({"width": NARROW, "height": 700})
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        page.set_viewport_size({"width": 1366, "height": 850})
        troubles += [f"{address} is {wide} wide"] if wide > NARROW else []
    page.goto(f"{office.address}/security/")
    page.locator("form[action='/security/app/'] button").click()
    page.wait_for_selector("svg.qr")
    troubles += complaints(page)

    assert troubles == []
