"""A PostgreSQL server for the tests: started out of the distribution's binaries, ended with them."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql")
MISSING = "no PostgreSQL server: apt-get install postgresql, and run again"


def binaries() -> Path | None:
    """The folder of the newest server's binaries, None where none is installed."""
    found = sorted(BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """A new server in a temporary folder; gives the address of its database `postgres`.

    PostgreSQL refuses to run as root: then it runs as the account `postgres`.
    """
    folder = binaries()
    if folder is None:
        raise LookupError(MISSING)
    home = Path(tempfile.mkdtemp(prefix="twinbook-postgres-"))
    as_user = _account(home)
    port = _free_port()
    try:
        options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
        _run([folder / "initdb", "-D", home / "data", *options], as_user)
        settings = ["-p", port, "-k", home, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        process = subprocess.Popen(
            [*map(str, [folder / "postgres", "-D", home / "data", *settings, "-c", "max_connections=60"])],
            stdout=subprocess.DEVNULL,
            stderr=(home / "log").open("wb"),
            cwd="/",
            **as_user,
        )
        try:
            _wait(folder, port, as_user)
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            process.terminate()
            process.wait(30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _account(home: Path) -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    os.chown(home, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[object], as_user: dict[str, object]) -> None:
    subprocess.run([*map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/", **as_user)


def _wait(folder: Path, port: int, as_user: dict[str, object]) -> None:
    ready = [str(folder / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q"]
    for _ in range(100):
        if subprocess.run(ready, cwd="/", check=False, **as_user).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("the PostgreSQL server did not start in ten seconds")
