"""Every page of the desk in three languages, light and dark: accessible, within a phone's width, quiet."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from .conftest import NOT_THERE, Office, sign_in, speak

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 320  # CSS pixels: WCAG 1.4.10, also 1280 at 400 %


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
    ]
    fixed += [
        "/decisions/",
        "/search/?q=Kanazawa",
        "/search/",
        "/calendar/?year=2024",
        "/activities/?kind=exchange",
        "/figures/",
        "/help/",
        "/help/glossary/",
    ]
    fixed += ["/set-up/", "/password/", f"/records/{NOT_THERE}/"]
    fixed += [f"/{kind}/{office.sources[0]}/" for kind in ("review", "sources")]
    page.goto(f"{office.address}/partners/")
    dossier = page.get_by_role("link", name=re.compile("Kanazawa|Канадзава|金沢")).first.get_attribute("href")
    assert dossier
    page.goto(office.address + dossier)
    html = page.content()
    records = list(dict.fromkeys(re.findall(r'"(/records/[0-9a-z]{12}/)"', html)))
    evidence = re.findall(r'"(/records/[0-9a-z]{12}/evidence/\w+/)"', html)[:1]
    entries = [
        f"/enter/{kind}/?tie={dossier.split('/')[2]}"
        for kind in ("activity", "step", "person", "landmark", "commitment")
    ]
    return [*fixed, dossier, *_one_of_each_kind(page, office, records), *evidence, *entries]


def _one_of_each_kind(page: Page, office: Office, addresses: list[str]) -> list[str]:
    """An activity, a person, a landmark, a promise … by what their pages call themselves."""
    found: dict[str, str] = {}
    for address in addresses:
        answer = page.request.get(office.address + address)
        kind = re.search(r'<p class="trail">(?:.*› )?([^<]+)</p>', answer.text())
        if kind:
            found.setdefault(kind[1], address)
    merges = [f"{address}merge/?q=Irkutsk" for address in list(found.values())[:1]]
    return [*found.values(), *merges]


def violations(page: Page) -> list[str]:
    results: Any = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    return [f"{page.url}: {one['id']}: {node['html'][:160]}" for one in results for node in one["nodes"]]


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
def test_no_page_has_an_accessibility_violation(
    page: Page, context: BrowserContext, office: Office, language: str
) -> None:
    speak(context, office, language)
    page.goto(f"{office.address}/sign-in/")
    found = violations(page)
    sign_in(page, office)
    office_pages = pages(page, office)

    for address in office_pages:
        page.goto(office.address + address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += [f"{scheme} {line}" for line in violations(page)]

    assert found == []
    assert len(office_pages) >= 25
    office.troubles[:] = [
        line for line in office.troubles if "404" not in line
    ]  # one page is asked for that is not there


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
def test_every_page_fits_a_phone(page: Page, context: BrowserContext, office: Office, language: str) -> None:
    speak(context, office, language)
    sign_in(page, office)
    wide = []
    page.set_viewport_size({"width": NARROW, "height": 700})

    for address in pages(page, office):
        page.goto(office.address + address)
        width = page.evaluate("document.documentElement.scrollWidth")
        wide += [f"{address}: {width}"] if width > NARROW else []

    assert wide == []
