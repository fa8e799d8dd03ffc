"""What an import contract cannot see: languages in steps, writes outside the workflow, the clock, forbidden doors."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from twinbook.reading.language import languages

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "twinbook"
WRITING = frozenset(
    ["save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"]
)


def modules(*rooms: str) -> list[Path]:
    found = [path for room in rooms for path in sorted((HOUSE / room).rglob("*.py")) if "migrations" not in path.parts]
    assert found
    return found


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def templates_of_the_house() -> list[Path]:
    found = [path for path in sorted(HOUSE.rglob("*.html")) if "sample" not in path.parts]
    assert found
    return found


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node


@pytest.mark.parametrize("path", modules("reading/steps") + [HOUSE / "reading" / "pipeline.py"], ids=short)
def test_no_step_names_a_language(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    words = {node.value for node in nodes if isinstance(node, ast.Constant)}

    assert words & set(languages()) == set()


@pytest.mark.parametrize("path", modules("reading/languages"), ids=short)
def test_no_pack_knows_a_step_or_another_pack(path: Path) -> None:
    own = path.relative_to(HOUSE / "reading" / "languages").parts[0]
    text = path.read_text("utf-8")

    assert "twinbook.reading.steps" not in text
    assert set(re.findall(r"twinbook\.reading\.languages\.(\w+)", text)) <= {own}


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in modules("register/queries", "register/desk", "publishing", "project")
        if "sample" not in path.parts
    ],
    ids=short,
)
def test_only_the_workflow_writes(path: Path) -> None:
    """Objects' own methods are allowed (a set's update), so only calls on a manager or after a filter count."""
    text = path.read_text("utf-8")
    found = re.findall(r"\.objects(?:\.\w+\([^()]*\))*\.(\w+)\(", text)

    assert WRITING & set(found) == set()


def test_the_clock_is_asked_by_faces_and_commands_only() -> None:
    askers = {"now", "today", "utcnow"}
    found = {
        short(path)
        for path in modules("reading", "vocabulary", "register/workflow", "register/queries", "publishing")
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in askers and not call.args
    }

    assert found == set()


# JSON in a script element has an escaping of its own; test_html.py of publishing tries to break out of it.
ESCAPES_BY_ITSELF = HOUSE / "publishing" / "rendering" / "html.py"


def test_page_text_is_never_marked_safe() -> None:
    found = [
        short(path)
        for path in modules("register", "publishing")
        if path != ESCAPES_BY_ITSELF and re.search(r"\bmark_safe\b|\|safe\b|autoescape off", path.read_text("utf-8"))
    ]
    templates = [
        short(path)
        for path in templates_of_the_house()
        if re.search(r"\|\s*safe\b|autoescape off", path.read_text("utf-8"))
    ]

    assert (found, templates) == ([], [])


def test_no_template_asks_another_host() -> None:
    found = [
        f"{short(path)}: {address}"
        for path in templates_of_the_house()
        for address in re.findall(
            r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=\"(https?:[^\"]+)", path.read_text("utf-8")
        )
        if "{{" not in address
    ]

    assert found == []
