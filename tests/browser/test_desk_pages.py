"""Every page of the desk in three languages, light and dark: accessible, within a phone's width, quiet."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page

from accessibility import complaints

from .conftest import NOT_THERE, Office, sign_in, speak

pytestmark = pytest.mark.browser
WIDTHS = (320, 640)  # CSS pixels: a small phone and 1280 at 400 % (WCAG 1.4.10); 1280 at 200 % (1.4.4)
TARGETS = "a.button, button, .nav a, .tabs a, summary, select, input:not([type=hidden], [type=radio], [type=checkbox])"
SMALL = """(all) => all.map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 24).map(([html]) => html)"""  # WCAG 2.5.8


def pages(page: Page, office: Office) -> list[str]:
    """The address of every kind of page."""
    fixed = [
        "/",
        "/inbox/",
        "/inbox/?show=all",
        "/partners/",
        "/partners/?state=active",
        "/partners/new/",
        "/promises/",
        "/handover/",
    ]
    fixed += [
        "/decisions/",
        "/search/?q=Kanazawa",
        "/search/",
        "/calendar/?year=2024",
        "/calendar/?month=2027-03",
        "/activities/?kind=exchange",
        "/figures/",
        "/help/",
        "/help/glossary/",
        "/help/tutorial/",
        "/help/how-to/",
    ]
    fixed += ["/set-up/", "/password/", f"/records/{NOT_THERE}/"]
    fixed += [f"/{kind}/{office.sources[0]}/" for kind in ("review", "sources")]
    fixed += ["/watch/", *_watched(page, office)]
    page.goto(f"{office.address}/partners/")
    dossier = page.get_by_role("link", name=re.compile("Kanazawa|Канадзава|金沢")).first.get_attribute("href")
    assert dossier
    page.goto(office.address + dossier)
    html = page.content()
    records = list(dict.fromkeys(re.findall(r'"(/records/[0-9a-z]{12}/)"', html)))
    evidence = re.findall(r'"(/records/[0-9a-z]{12}/evidence/\w+/)"', html)[:1]
    entries = [
        f"/enter/{kind}/?tie={dossier.split('/')[2]}"
        for kind in ("activity", "agreement", "step", "commitment", "person", "organisation", "gift", "route")
    ]
    page.goto(f"{office.address}/visits/")
    visit = page.locator("tbody th a").first.get_attribute("href")
    assert visit
    visits = ["/visits/", "/visits/new/", "/visits/rules/", "/visits/journal/", visit, f"{visit}people/"]
    tie = dossier.split("/")[2]
    papers = ["/office-papers/", "/plan/2027/", "/plan/2027/add/", "/plan/2027/outcomes/", "/paper-templates/"]
    papers += [f"/briefings/new/?partner={tie}"]
    return [*fixed, *visits, *papers, dossier, *_one_of_each_kind(page, office, records), *evidence, *entries]


def _watched(page: Page, office: Office) -> list[str]:
    """Two watches with their history, and what a page changed."""
    page.goto(f"{office.address}/watch/")
    found = list(dict.fromkeys(re.findall(r'"(/watch/[0-9a-z]{12}/)"', page.content())))
    histories = [page.request.get(office.address + address).text() for address in found]
    changes = [
        one
        for text in histories
        for one in re.findall(r'"(/sources/[0-9a-z]{12}/changes/\?before=[0-9a-z]{12})"', text)
    ]
    assert len(found) == 3 and len(changes) == 1
    return [*found, *changes]


def _one_of_each_kind(page: Page, office: Office, addresses: list[str]) -> list[str]:
    """An activity, a person, a landmark, a promise … by what their pages call themselves."""
    found: dict[str, str] = {}
    added: dict[str, None] = {}
    for address in addresses:
        answer = page.request.get(office.address + address)
        kind = re.search(r'<p class="trail">(?:.*› )?([^<]+)</p>', answer.text())
        if kind and kind[1] not in found:
            found[kind[1]] = address
            added.update(dict.fromkeys(re.findall(r'"(/records/[0-9a-z]{12}/add/\w+/)"', answer.text())))
    merges = [f"{address}merge/?q=Irkutsk" for address in list(found.values())[:1]]
    return [*found.values(), *merges, *added]


def cramped(page: Page, address: str) -> list[str]:
    """A line where a page scrolls sideways on a phone or enlarged, and for each target too small to be hit."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{address} is {wide} wide where {width} are seen"] if wide > width else []
    page.set_viewport_size({"width": 1366, "height": 850})
    small = page.locator(TARGETS).locator("visible=true").evaluate_all(SMALL)
    return found + [f"{address} has a small target: {html}" for html in small]


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
def test_every_page_is_accessible_and_fits_a_phone(
    page: Page, context: BrowserContext, office: Office, language: str
) -> None:
    speak(context, office, language)
    page.goto(f"{office.address}/sign-in/")
    found = complaints(page)
    sign_in(page, office)
    office_pages = pages(page, office)

    for address in office_pages:
        page.goto(office.address + address)
        found += complaints(page)
        found += cramped(page, address)

    assert found == []
    assert len(office_pages) >= 25
    office.troubles[:] = [
        line for line in office.troubles if "404" not in line
    ]  # one page is asked for that is not there
