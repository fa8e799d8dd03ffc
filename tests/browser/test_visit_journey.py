"""A visit in a real browser, from the letter in the inbox to the closed file: forms by their labels."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Office, sign_in, speak

pytestmark = pytest.mark.browser
TITLE = "Visit of the choir of Kanazawa"


def test_a_visit_from_the_request_to_the_report(page: Page, context: BrowserContext, office: Office) -> None:
    first = timezone.localdate() + timedelta(days=20)
    speak(context, office, "en")
    sign_in(page, office)

    page.goto(f"{office.address}/sources/{office.sources[0]}/")
    page.get_by_role("link", name="Open a visit file").click()
    assert len(page.get_by_label("Words of the request").input_value()) > 200
    page.get_by_label("Name of the visit, in our language").fill(TITLE)
    page.get_by_label("The same in their language").fill("金沢合唱団の訪問")
    page.get_by_label("Partner", exact=True).select_option(label="Kanazawa")
    page.get_by_label("First day").fill(first.isoformat())
    page.get_by_label("Last day").fill((first + timedelta(days=2)).isoformat())
    page.get_by_label("Guests", exact=True).fill("12")
    page.get_by_role("button", name="Open the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)

    page.get_by_role("button", name=re.compile("Done today: Order")).click()
    expect(page.locator("#deadlines .tag.good")).to_have_count(1)
    page.locator("#hour summary").click()
    hour = page.locator("#hour form").last
    hour.get_by_label("Begins").fill("18:00")
    hour.get_by_label("Ends").fill("20:00")
    hour.get_by_label("What happens (English)").fill("Concert in the museum")
    hour.get_by_role("button", name="Save").click()
    expect(page.locator("#hour .lines")).to_contain_text("Concert in the museum")
    page.get_by_role("button", name="Fill from the norms").click()
    expect(page.locator("#cost tfoot")).not_to_be_empty()

    page.get_by_role("link", name="Participants").click()
    page.get_by_label("Name (English)").fill("Yuki Ito")
    page.get_by_label("Document").fill("TK 1")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("consented")
    page.get_by_label("Consent given by").fill("herself")
    page.get_by_label("Consent to what").fill("the visit")
    page.get_by_label("Day of the consent").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("table")).to_contain_text("Yuki Ito")
    page.get_by_role("link", name=TITLE).click()

    with page.expect_download() as paper:
        page.get_by_role("button", name="Programme of the visit PDF").click()
    assert paper.value.path().read_bytes()[:5] == b"%PDF-"
    page.get_by_role("link", name="Draft from the programme and the press").click()
    assert "18:00–20:00 Concert in the museum" in page.get_by_label("Report", exact=True).input_value()
    page.locator("#report form").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Close the file").click()

    expect(page.locator("main")).to_contain_text("This file is closed")
    page.goto(f"{office.address}/visits/journal/?year={first.year}")
    expect(page.get_by_role("table")).to_contain_text("Report exists")
    assert "Yuki" not in page.content()
    office.troubles[:] = [line for line in office.troubles if "422" not in line]  # the form that was refused on purpose
