"""The desk's translations: collects what must be translated, keeps the .po files, compiles the .mo files.

    python scripts/messages.py            collect and compile; prints what is missing
    python scripts/messages.py --check    change nothing; exit 1 if a catalogue is incomplete or stale

Babel alone, since a fresh machine has no gettext tools. Plural forms need `locale=` when a file is read.
"""

from __future__ import annotations

import ast
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
REGISTER = ROOT / "src" / "twinbook" / "register"
LOCALES = REGISTER / "locale"
LANGUAGES = ("ja", "ru")
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "now": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CREATED = datetime(2026, 11, 25, tzinfo=UTC)  # fixed, so that the same messages give the same files
HEADER = "Translations of Twinbook's desk."


def collected() -> Catalog:
    """Everything that the desk may say: from its Python, its templates, and the register's remarks."""
    catalog = Catalog(header_comment="# " + HEADER, project="Twinbook", fuzzy=False, creation_date=CREATED)
    for path in sorted((REGISTER / "desk").rglob("*")):
        if path.suffix == ".py":
            _add(catalog, path, path.read_text("utf-8"))
        elif path.suffix == ".html":
            _add(catalog, path, _as_python(path))
    for sentence in _remarks():
        if sentence:
            catalog.add(sentence, locations=[("queries/remarks.py", 1)])
    return catalog


def _as_python(path: Path) -> str:
    """A template's messages as calls of gettext, by Django's own translator of templates."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    return templatize(path.read_text("utf-8"), origin=str(path))


def _remarks() -> list[str]:
    """The values of SENTENCES, read as text: the register's queries need a database's settings to be imported."""
    tree = ast.parse((REGISTER / "queries" / "remarks.py").read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "SENTENCES":
            return list(ast.literal_eval(node.value).values())
    raise ValueError("queries/remarks.py has no SENTENCES")


def _add(catalog: Catalog, path: Path, source: str) -> None:
    name = str(path.relative_to(REGISTER))
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        catalog.add(message, context=context, locations=[(name, 1)])


def kept(language: str) -> Catalog:
    """The catalogue of a language as it lies on disk; an empty one where there is none."""
    path = _po(language)
    if not path.exists():
        return Catalog(
            locale=language,
            header_comment="# " + HEADER,
            project="Twinbook",
            fuzzy=False,
            creation_date=CREATED,
            revision_date=CREATED,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renewed(language: str, template: Catalog) -> Catalog:
    """The kept catalogue with new messages added and those that nobody says any more left out."""
    catalog = kept(language)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    return catalog


def missing(catalog: Catalog) -> list[str]:
    """Messages without a translation, with a fuzzy one, or with a plural form left empty."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.fuzzy or len(forms) < (catalog.num_plurals if message.pluralizable else 1) or not all(forms):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def as_mo(catalog: Catalog) -> bytes:
    """The compiled catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def _po(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def main(arguments: list[str]) -> int:
    template, is_check = collected(), "--check" in arguments
    code = 0
    for language in LANGUAGES:
        catalog = renewed(language, template)
        lacking = missing(catalog)
        path = _po(language)
        if is_check:
            stale = set(_keys(kept(language))) != set(_keys(template))
            is_old = not path.with_suffix(".mo").exists() or path.with_suffix(".mo").read_bytes() != as_mo(catalog)
            code |= bool(lacking or stale or is_old)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, catalog, width=110, omit_header=False, no_location=True, sort_output=True)
            path.with_suffix(".mo").write_bytes(as_mo(catalog))
        print(f"{language}: {len(_keys(template))} messages, {len(lacking)} missing or fuzzy")
        for message in lacking:
            print(f"  {message}")
    return code


def _keys(catalog: Catalog) -> list[tuple[str, str]]:
    return [
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
        for message in catalog
        if message.id
    ]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
