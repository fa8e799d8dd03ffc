"""The city's own file, city.toml in the register's folder: what its office is called, where the public site stands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from twinbook.project.console import Trouble
from twinbook.publishing.edition import Office, Text

FILE = "city.toml"
KNOWN = {"address", "office"}
TRANSLATED = {"name", "postal_address"}


@dataclass(frozen=True)
class City:
    """The address of the public site, and the office's own words by language."""

    address: str
    offices: Mapping[str, Office]


def offices(folder: Path) -> City:
    """The city's file read; empty values where there is none. Trouble names the key or line that is wrong."""
    path = folder / FILE
    if not path.exists():
        return City("", {})
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Trouble(f"{path} cannot be read: {error}") from error
    if unknown := set(data) - KNOWN:
        raise Trouble(f"{path}: unknown keys {sorted(unknown)}; known: {sorted(KNOWN)}")
    known = {field.name for field in fields(Office)}
    found = {}
    for language, words in data.get("office", {}).items():
        if unknown := set(words) - known:
            raise Trouble(f"{path}: unknown keys {sorted(unknown)} for {language!r}; known: {sorted(known)}")
        found[language] = Office(
            **{key: Text(value, language) if key in TRANSLATED else value for key, value in words.items()}
        )
    return City(data.get("address", ""), found)
