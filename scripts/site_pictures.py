"""Take pictures of a published site: python3 scripts/site_pictures.py SITE OUT (needs playwright and a Chromium).

Home and the partner with the most activities in each language, on a screen; home on a phone in the dark.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SCREEN, PHONE = (1280, 900), (390, 844)


def main(site: str, out: str) -> None:
    root, target = Path(site).resolve(), Path(out)
    target.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("TWINBOOK_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path, name, size, scheme in pictures(root):
            page = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme).new_page()
            page.goto((root / path).as_uri())
            page.screenshot(path=target / f"{name}.png", full_page=size == SCREEN)
            page.context.close()
        browser.close()


def pictures(root: Path) -> list[tuple[str, str, tuple[int, int], str]]:
    languages = sorted(path.parent.name for path in root.glob("??/index.html"))
    fullest = max((root / languages[0] / "partners").glob("*.html"), key=lambda path: path.stat().st_size).name
    screens = [
        (f"{language}/{path}", f"site-{name}-{language}", SCREEN, "light")
        for language in languages
        for path, name in (("index.html", "home"), (f"partners/{fullest}", "partner"))
    ]
    return [*screens, (f"{languages[-1]}/index.html", "site-phone-dark", PHONE, "dark")]


if __name__ == "__main__":
    main(*sys.argv[1:])
