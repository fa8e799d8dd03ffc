"""A backup: one zip with the database as it stood at one moment, the key, and the digests of both."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from twinbook.project.console import Trouble
from twinbook.project.data_keys import FILE as DATA_KEY
from twinbook.project.office import DATABASE, EXCHANGE_KEY, KEY

MANIFEST = "manifest.json"
FORMAT = 1
# Keys that a register may do without: it never exchanged a file; its data key comes from the environment.
MAY_LACK = {EXCHANGE_KEY, DATA_KEY}
LARGEST = 200 * 1024**3  # bytes a part may unpack to


@dataclass(frozen=True)
class Checked:
    """What a backup holds, found by reading it whole."""

    statements: int
    sources: int


def write(file: Path, home: Path) -> None:
    """Write the backup beside its place and move it there when it is whole."""
    if os.environ.get("TWINBOOK_DATABASE"):
        raise Trouble("this register is kept in PostgreSQL: use pg_dump, and keep the folder's secret.key with it")
    if file.exists():
        raise Trouble(f"{file} exists already; name another file")
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        with closing(sqlite3.connect(home / DATABASE)) as live, closing(sqlite3.connect(copy)) as still:
            live.backup(still)
        parts = {DATABASE: copy, KEY: home / KEY}
        for name in MAY_LACK:
            if (home / name).exists():
                parts[name] = home / name
        manifest = {"format": FORMAT, "parts": {name: _digest(path) for name, path in parts.items()}}
        whole = Path(folder) / "whole.zip"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            for name, path in parts.items():
                archive.write(path, name)
        os.chmod(whole, 0o600)
        os.replace(whole, file)


def check(file: Path) -> Checked:
    """Read a backup whole: every part there, every digest right, the database sound; Trouble says what is wrong."""
    with tempfile.TemporaryDirectory(prefix="twinbook-check-") as folder:
        unpack(file, Path(folder))
        with closing(sqlite3.connect(Path(folder) / DATABASE)) as database:
            if database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise Trouble(f"{file}: the database in it is damaged; take an older backup")
            count = "SELECT count(*) FROM "
            return Checked(
                database.execute(count + "register_statement").fetchone()[0],
                database.execute(count + "register_source").fetchone()[0],
            )


def restore(file: Path, home: Path, *, replace: bool) -> Path | None:
    """Put a backup's parts where the register belongs; returns where the one that stood there was moved to."""
    aside = None
    if home.exists() and any(home.iterdir()):
        if not replace:
            raise Trouble(f"{home} holds a register; use --replace to set it aside")
        number = 1
        while (aside := home.with_name(f"{home.name}-aside-{number}")).exists():
            number += 1
        home.rename(aside)
    home.mkdir(parents=True, exist_ok=True)
    unpack(file, home)
    return aside


def unpack(file: Path, folder: Path) -> None:
    """The parts of a backup into a folder, each checked against its digest."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest.get("format") != FORMAT or set(manifest["parts"]) - MAY_LACK != {DATABASE, KEY}:
                raise Trouble(f"{file} is no backup of this version of Twinbook")
            for name, digest in manifest["parts"].items():
                _extract(archive, name, folder / name)
                if _digest(folder / name) != digest:
                    raise Trouble(f"{file}: {name} was changed after the backup was made; take another backup")
    except FileNotFoundError as error:
        raise Trouble(f"{file}: there is no such file") from error
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError) as error:
        raise Trouble(f"{file} is not a whole backup ({type(error).__name__}); take another one") from error


def _extract(archive: zipfile.ZipFile, name: str, to: Path) -> None:
    if archive.getinfo(name).file_size > LARGEST:
        raise ValueError("too large")
    with archive.open(name) as source, to.open("wb") as target:
        while piece := source.read(1024 * 1024):
            target.write(piece)
    os.chmod(to, 0o600)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
    return digest.hexdigest()
