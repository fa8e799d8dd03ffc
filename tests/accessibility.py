"""What axe finds on a page in a real browser: every rule in daylight, colours alone in the dark."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that a colour scheme can break
ASK = """([rules, kind]) => axe
  .run({runOnly: {type: kind, values: rules}, resultTypes: ["violations"]})
  .then(found => found.violations.map(one => ({id: one.id, html: one.nodes.map(node => node.html.slice(0, 160))})))"""


def complaints(page: Page) -> list[str]:
    """A line for each node that breaks a rule, light and dark; the page is left in the dark."""
    page.emulate_media(color_scheme="light")
    page.evaluate(Axe().axe_script)
    found = _told(page, "light", page.evaluate(ASK, [TAGS, "tag"]))
    page.emulate_media(color_scheme="dark")
    return found + _told(page, "dark", page.evaluate(ASK, [COLOURS, "rule"]))


def _told(page: Page, scheme: str, violations: list[dict[str, Any]]) -> list[str]:
    return [f"{scheme} {page.url}: {one['id']}: {html}" for one in violations for html in one["html"]]
