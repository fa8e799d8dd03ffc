"""Bring the site's catalogues up to date and compile them: python3 scripts/publishing_words.py [--check].

Finds every message of publishing (templates, code, codes, counting rules, titles of publications), adds what is new to
each locale/<language>/LC_MESSAGES/publishing.po, takes out what is gone, and writes the .mo. With --check nothing is
written: it lists what is missing and exits with 1.
"""

from __future__ import annotations

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PUBLISHING = ROOT / "src/twinbook/publishing"
Message = str | tuple[str, str]
STRING = r'"((?:[^"\\]|\\.)*)"'
SAY, MANY = re.compile(r"{%\s*say\s+" + STRING), re.compile(rf"{{%\s*many\s+{STRING}\s+{STRING}")


def messages() -> set[Message]:
    """Every message that publishing may say; a pair is one and many."""
    found: set[Message] = set()
    for path in PUBLISHING.rglob("templates/*"):
        text = path.read_text("utf-8")
        found.update(SAY.findall(text))
        found.update(MANY.findall(text))
    for path in PUBLISHING.rglob("*.py"):
        found.update(in_code(ast.parse(path.read_text("utf-8"))))
    return found | set(in_data())


def in_code(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name in ("say", "message") and words:
            yield words[0]
        elif name == "many" and len(words) == 2:
            yield words[0], words[1]


def in_data() -> Iterator[Message]:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twinbook.project.settings")
    import django  # here, after the path is set

    django.setup()
    from twinbook.publishing.edition import RULES
    from twinbook.publishing.publication import publications
    from twinbook.publishing.rendering.words import CODES

    for codes in CODES.values():
        yield from codes.values()
    for rule in RULES.values():
        yield from rule
    yield from (publication.title for publication in publications().values())


def read(path: Path) -> Catalog:
    language = path.parent.parent.name
    with path.open("rb") as file:
        return read_po(file, locale=language)  # without the locale Babel writes wrong plurals


def updated(path: Path, wanted: set[Message]) -> Catalog:
    """The catalogue with exactly the wanted messages, old translations kept, sorted."""
    language, old = path.parent.parent.name, read(path)
    fresh = Catalog(locale=language, project="Twinbook", header_comment="# Words of the public site and papers.",
                    creation_date=old.creation_date, revision_date=old.revision_date)  # fmt: skip
    for message in sorted(wanted, key=str):
        key = message[0] if isinstance(message, tuple) else message
        known = old.get(key)
        fresh.add(message, known.string if known else None)
    return fresh


def missing(catalogue: Catalog) -> list[str]:
    empty = [one for one in catalogue if one.id and (one.fuzzy or not all(
        one.string if isinstance(one.string, tuple | list) else (one.string,)))]  # fmt: skip
    return [str(one.id) for one in empty]


def main(check: bool) -> int:
    wanted, trouble = messages(), 0
    for path in sorted(PUBLISHING.glob("locale/*/LC_MESSAGES/publishing.po")):
        catalogue = updated(path, wanted)
        for text in missing(catalogue):
            print(f"{path.parent.parent.name}: not translated: {text}")
            trouble = 1
        po, mo = io.BytesIO(), io.BytesIO()
        write_po(po, catalogue, width=0, sort_output=True)
        write_mo(mo, catalogue)
        for target, body in ((path, po.getvalue()), (path.with_suffix(".mo"), mo.getvalue())):
            if target.exists() and target.read_bytes() == body:
                continue
            trouble |= check
            if check:
                print(f"{target.relative_to(ROOT)} is out of date: run python3 scripts/publishing_words.py")
            else:
                target.write_bytes(body)
    return trouble


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
