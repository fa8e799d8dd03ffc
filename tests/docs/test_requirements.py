"""The lock files agree with each other and with what the code imports."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
# What a package is called where its module has another name.
PACKAGES = {"ahocorasick_rs": "ahocorasick-rs", "chardetng_py": "chardetng-py"}
IN_MODELS = {"navec", "slovnet"}


def pins(lock: str) -> dict[str, str]:
    lines = (REQUIREMENTS / f"{lock}.txt").read_text("utf-8").splitlines()
    return dict(re.match(r"([A-Za-z0-9_.-]+)==(\S+)", line).groups() for line in lines if line[:1].isalnum())  # type: ignore[union-attr]  # a line that is no pin should fail


@pytest.mark.parametrize(("part", "whole"), [("reading", "run"), ("models", "check"), ("run", "check")])
def test_a_part_has_the_versions_of_the_whole(part: str, whole: str) -> None:
    listed = pins(whole)

    assert {name: listed.get(name) for name in pins(part)} == pins(part)


def test_every_pin_has_its_hash() -> None:
    for lock in REQUIREMENTS.glob("*.txt"):
        text = lock.read_text("utf-8")
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[A-Za-z])", text) if "==" in block), lock.name


def test_the_default_install_has_no_names_model() -> None:
    assert {"slovnet", "navec", "natasha", "numpy"} & set(pins("run")) == set()


def test_reading_alone_lists_whatever_reading_imports() -> None:
    wanted = set()
    for room in ("vocabulary", "reading", "child"):
        for path in (ROOT / "src" / "twinbook" / room).rglob("*.py"):
            wanted |= {module for module in imported(path) if module not in sys.stdlib_module_names}
    listed = set(pins("reading"))

    found = {PACKAGES.get(module, module) for module in wanted - {"twinbook"} - IN_MODELS}
    assert found - listed == set()
    assert len(found) > 5


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found
