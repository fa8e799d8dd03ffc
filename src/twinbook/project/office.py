"""Opening a register from a command: where it is, Django set up on it, its tables made or checked."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from twinbook.project import data_keys
from twinbook.project.console import Trouble
from twinbook.register.workflow import exchange_file

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

DATABASE = "register.sqlite3"
KEY = "secret.key"
EXCHANGE_KEY = "exchange.key"


def home() -> Path:
    """The register's folder: TWINBOOK_HOME, else twinbook-register here."""
    return Path(os.environ.get("TWINBOOK_HOME", "twinbook-register")).resolve()


def exists() -> bool:
    return (home() / KEY).exists() or bool(os.environ.get("TWINBOOK_DATABASE"))


def make() -> None:
    """Make the folder with its keys, readable by their owner alone; nothing is done where they stand already."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    _write_once(folder / KEY, secrets.token_urlsafe(48))
    if not os.environ.get("TWINBOOK_DATA_KEY"):
        _write_once(folder / data_keys.FILE, data_keys.new_key() + "\n")


def _write_once(file: Path, content: str) -> None:
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(content)


def exchange_key() -> bytes:
    """The office's secret key for exchange files, made where there is none: 32 bytes, readable by the owner alone."""
    file = home() / EXCHANGE_KEY
    _write_once(file, base64.b64encode(exchange_file.new_key()).decode("ascii"))
    return base64.b64decode(file.read_text("ascii"))


def open_register() -> None:
    """Set Django up on an existing register; Trouble where there is none."""
    if not exists():
        raise Trouble(f"there is no register at {home()}; make one with: twinbook init")
    set_up()


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twinbook.project.settings")
    import django  # here, so that `twinbook read` does not wait for it

    django.setup()


def migrate() -> None:
    """Make or update the tables; says nothing."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def officer(name: str) -> AbstractBaseUser:
    """The user of that name, acting by command; Trouble says which there are."""
    from django.contrib.auth import get_user_model

    from twinbook.register.queries.rights import by_command

    users = get_user_model().objects
    found: AbstractBaseUser | None = users.filter(username=name).first() if name else users.order_by("pk").first()
    if found is None:
        known = ", ".join(users.order_by("username").values_list("username", flat=True)) or "none yet"
        raise Trouble(f"no officer {name!r}; known: {known}. Make one with: twinbook init --officer NAME")
    by_command(found)
    return found


def whose_list(name: str, country: str) -> dict[str, str]:
    """Whose own list a list of ties is, as importers take it: the city named, else the register's own."""
    from twinbook.register.queries.records import home as home_place

    own = home_place()
    if name or own is None:
        return {"home": name, "home_country": country}
    names = {one.language: one.text for one in own.names}
    return {"home": names.get("en") or next(iter(names.values()), ""), "home_country": country or own.country}
