"""The keys that seal personal data: from the environment, or from the file beside the register's secret key."""

from __future__ import annotations

import base64
import binascii
import secrets
from pathlib import Path

from twinbook.project.environment import SettingError, text

FILE = "data.key"
LENGTH = 32  # bytes: AES-256


def new_key() -> str:
    """A key as it is written: base64url of 32 random bytes."""
    return base64.urlsafe_b64encode(secrets.token_bytes(LENGTH)).decode("ascii")


def data_keys(home: Path) -> list[bytes]:
    """All keys, the one that seals first; empty where a register has none yet.

    From TWINBOOK_DATA_KEY (parted by commas), else the lines of data.key. A process without any register (a test, a
    build) gets a key of its own, as it gets a secret key of its own.
    """
    if given := text("TWINBOOK_DATA_KEY"):
        return [_key(one.strip()) for one in given.split(",")]
    kept = home / FILE
    if kept.exists():
        lines = (line.strip() for line in kept.read_text("ascii").splitlines())
        return [_key(line) for line in lines if line and not line.startswith("#")]
    has_register = (home / "secret.key").exists() or bool(text("TWINBOOK_SECRET_KEY"))
    return [] if has_register else [secrets.token_bytes(LENGTH)]


def _key(written: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(written)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != LENGTH:
        raise SettingError("a data key is base64 of 32 bytes. See docs/reference/settings.md, TWINBOOK_DATA_KEY")
    return key
