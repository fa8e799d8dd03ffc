"""The documentation and the code say the same."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def reference() -> ModuleType:
    specification = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["commands.md", "vocabulary.md"])
def test_a_made_page_is_up_to_date(page: str) -> None:
    written = (ROOT / "docs" / "reference" / page).read_text("utf-8")

    assert written == reference().PAGES[page](), "run: .venv/bin/python scripts/reference.py"


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    code = [
        ROOT / "run.py",
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "scripts").rglob("*.py"),
    ]
    used = {name for path in code for name in re.findall(r"\bTWINBOOK_[A-Z_]+[A-Z]\b", path.read_text("utf-8"))}
    documented = set(re.findall(r"`(TWINBOOK_[A-Z_]+)`", (ROOT / "docs/reference/settings.md").read_text("utf-8")))

    assert documented == used


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_the_readme_shows_the_two_commands() -> None:
    words = (ROOT / "README.md").read_text("utf-8")

    assert "python3 run.py demo" in words
    assert "python3 run.py test" in words
