"""The year's plan and a briefing in a real browser: from proposals to the approved paper, from a dossier to print."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Office, sign_in, speak

pytestmark = pytest.mark.browser
KANAZAWA = re.compile("Kanazawa|Канадзава|金沢")
MINUTE = 60.0


def test_a_plan_from_proposals_to_the_approved_paper(page: Page, context: BrowserContext, office: Office) -> None:
    speak(context, office, "en")
    sign_in(page, office)
    page.get_by_role("link", name="Papers", exact=True).click()
    page.get_by_role("link", name="Yearly plan").click()
    proposed = page.get_by_role("button", name="Take into the plan")
    before = proposed.count()
    proposed.first.click()
    expect(proposed).to_have_count(before - 1)
    page.get_by_role("button", name="Not this year").first.click()
    expect(proposed).to_have_count(before - 2)

    page.get_by_role("link", name="Add a line").click()
    page.get_by_label("What", exact=True).fill("Days of Japan")
    page.get_by_text("In other languages").click()
    page.get_by_role("textbox", name="日本語").fill("日本文化の日")
    page.get_by_label("Partner", exact=True).select_option(label="Kanazawa")
    page.get_by_label("People to receive").fill("30")
    page.get_by_label("Money", exact=True).fill("700000")
    page.get_by_role("button", name="Take into the plan").click()
    expect(page.get_by_role("table")).to_contain_text("700,000")
    for language in ("Русский", "日本語"):
        page.get_by_role("checkbox", name=language).check()
    page.get_by_role("button", name="Draft the plan").click()
    page.get_by_role("button", name="Keep as it is").click()
    page.get_by_role("button", name="Approve").click()

    expect(page.locator(".tag.good")).to_have_text("approved")
    page.locator(".tabs").get_by_role("link", name="Japanese").click()
    expect(page.get_by_role("article")).to_contain_text("日本文化の日")
    with page.expect_download() as paper:
        page.get_by_role("link", name="PDF (ja)").click()
    assert paper.value.path().read_bytes()[:5] == b"%PDF-"
    assert paper.value.suggested_filename.startswith("yearly_plan-")


def test_a_briefing_is_printed_within_a_minute(page: Page, context: BrowserContext, office: Office) -> None:
    speak(context, office, "en")
    sign_in(page, office)
    begun = time.monotonic()
    page.get_by_role("link", name="Partners", exact=True).click()
    page.get_by_role("link", name=KANAZAWA).first.click()
    page.get_by_role("link", name="Briefing", exact=True).click()
    page.get_by_label("Day of the meeting").fill("2027-03-20")
    page.get_by_label("Others who come").fill("Mr Sample, interpreter")
    page.get_by_label("Topics").fill("A direct flight")
    page.get_by_role("checkbox", name="日本語").check()
    page.get_by_role("button", name="Draft the briefing").click()
    expect(page.get_by_role("article")).to_contain_text("A direct flight")

    page.get_by_role("link", name="Change the words").click()
    page.get_by_label("Heading").last.fill("To remember")
    page.get_by_label("Words").last.fill("No photographs in the museum")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("article")).to_contain_text("No photographs in the museum")
    with page.expect_download() as paper:
        page.get_by_role("button", name="Keep and print").click()

    assert paper.value.path().read_bytes()[:5] == b"%PDF-"
    assert time.monotonic() - begun < MINUTE
    page.reload()
    expect(page.get_by_text("kept", exact=True)).to_be_visible()
