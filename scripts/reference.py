"""Writes the reference pages that are made from the code: docs/reference/commands.md and vocabulary.md.

    .venv/bin/python scripts/reference.py

tests/docs/test_reference.py fails where the pages and the code differ.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from twinbook.project.cli import COMMANDS, parser
from twinbook.vocabulary.concept import concepts, schemes

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
LANGUAGES = ("en", "ru", "ja")


def commands() -> str:
    """Every command with its words, as Markdown."""
    parts = ["# Commands\n\nMade by `scripts/reference.py` from the commands themselves.\n"]
    for name, module in COMMANDS.items():
        own = argparse.ArgumentParser(prog=f"twinbook {name}", add_help=False)
        module.arguments(own)
        rows = [
            f"| `{', '.join(action.option_strings) or action.metavar or action.dest}` | {action.help or ''} |"
            for action in own._actions
        ]
        table = "\n".join(["| word | meaning |", "| --- | --- |", *rows]) + "\n" if rows else "It takes no words.\n"
        examples = module.EXAMPLES.replace("examples:\n", "").rstrip()
        parts.append(
            f"## twinbook {name}\n\n{module.HELP[0].upper()}{module.HELP[1:]}.\n\n{table}\n```\n{examples}\n```\n"
        )
    parser()  # the whole parser must stand, too
    return "\n".join(parts)


def vocabulary() -> str:
    """Every concept with its labels, as Markdown."""
    parts = ["# Vocabulary\n\nMade by `scripts/reference.py` from `src/twinbook/vocabulary/`.\n"]
    for scheme in schemes():
        head = f"## {scheme}\n\n| code | {' | '.join(LANGUAGES)} |\n| --- |{' --- |' * len(LANGUAGES)}"
        rows = [
            f"| `{code}` | {' | '.join(concept.label(language) for language in LANGUAGES)} |"
            for code, concept in concepts(scheme).items()
        ]
        parts.append("\n".join([head, *rows]) + "\n")
    return "\n".join(parts)


PAGES = {"commands.md": commands, "vocabulary.md": vocabulary}

if __name__ == "__main__":
    for page_name, make in PAGES.items():
        (REFERENCE / page_name).write_text(make(), "utf-8")
        print(f"wrote docs/reference/{page_name}")
