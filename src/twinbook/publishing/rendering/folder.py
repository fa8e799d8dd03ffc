"""A folder of files that changes at one stroke: whoever looks sees the old one whole or the new one whole."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2


@dataclass(frozen=True)
class Written:
    """What a change did: files written anew, kept as they were, gone; and the bytes of the whole folder."""

    written: int
    kept: int
    removed: int
    size: int


def replace_folder(to: Path, files: Mapping[str, bytes]) -> Written:
    """Make `to` hold exactly these files (path with slashes: bytes).

    The new folder is built beside the old one, unchanged files as links to the same data (so that their times stay),
    and takes its place in one step. A process killed at any moment leaves the old folder or the new one.
    ValueError for a path that would leave the folder.
    """
    to = to.absolute()
    to.parent.mkdir(parents=True, exist_ok=True)
    with _alone(to):
        _recover(to)
        fresh = _beside(to, "next")
        shutil.rmtree(fresh, ignore_errors=True)
        written = [path for path, body in sorted(files.items()) if _put(fresh, to, path, body)]
        for path in written:  # after all are written: the first sync takes most of the others with it
            _sync(fresh / path)
        gone = [path for path in _paths(to) if path not in files]
        _sync(fresh)
        _swap(fresh, to)
        shutil.rmtree(_beside(to, "next"), ignore_errors=True)
        shutil.rmtree(_beside(to, "old"), ignore_errors=True)
    return Written(len(written), len(files) - len(written), len(gone), sum(map(len, files.values())))


def _beside(to: Path, what: str) -> Path:
    return to.with_name(f".{to.name}.{what}")


def _put(fresh: Path, old: Path, path: str, body: bytes) -> bool:
    """Put one file into the fresh folder; whether it had to be written."""
    if path.startswith("/") or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise ValueError(f"{path!r} does not stay inside the folder")
    target, before = fresh / path, old / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if before.is_file() and before.stat().st_size == len(body) and before.read_bytes() == body:
        try:
            os.link(before, target)
        except OSError:  # a file system without links
            shutil.copy2(before, target)
        return False
    target.write_bytes(body)
    return True


def _paths(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


def _swap(fresh: Path, to: Path) -> None:
    """Put the fresh folder in the old one's place: in one step where the system can, else in two (see _recover)."""
    fresh.mkdir(exist_ok=True)
    if not to.exists():
        fresh.rename(to)
    elif not _exchange(fresh, to):
        to.rename(_beside(to, "old"))
        fresh.rename(to)
    _sync(to.parent)


def _exchange(fresh: Path, to: Path) -> bool:
    """Exchange two folders by Linux's renameat2; False where there is no such call."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    return bool(call(AT_FDCWD, os.fsencode(fresh), AT_FDCWD, os.fsencode(to), RENAME_EXCHANGE) == 0)


def _recover(to: Path) -> None:
    """A process that died between the two renames left no folder but the old one aside: bring it back."""
    old = _beside(to, "old")
    if old.exists() and not to.exists():
        old.rename(to)
    shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, reach the disk; not where the system lets no folder be synced."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _alone(to: Path) -> Iterator[None]:
    """Let one process at a time change the folder; the lock ends with its holder, however that ends."""
    try:
        import fcntl  # here: not on Windows, where two publishers at once are the office's own care
    except ImportError:
        yield
        return
    with _beside(to, "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
