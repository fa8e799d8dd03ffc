"""The register's tests run on SQLite and on PostgreSQL, each with a database of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from people import make_user
from register import postgres

DATABASES = ("sqlite", "postgresql")
ALIAS = "default"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever needs the database is run on both."""
    if "django_db_setup" in metafunc.fixturenames:
        marks = {"postgresql": [pytest.mark.postgres]}
        metafunc.parametrize(
            "django_db_setup",
            [pytest.param(name, marks=marks.get(name, []), id=name) for name in DATABASES],
            indirect=True,
            scope="package",
        )


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """The address of a PostgreSQL server; skips where there is none, fails where CI must have one."""
    if postgres.binaries() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(postgres.MISSING)
        pytest.skip(postgres.MISSING)
    with postgres.server() as address:
        yield address


@pytest.fixture(scope="package")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The test database of one kind in the place of the default one, put back afterwards."""
    name = getattr(request, "param", "sqlite")
    before = connections.databases[ALIAS]
    settings = _sqlite(before, tmp_path_factory) if name == "sqlite" else _postgresql(before, request)
    with django_db_blocker.unblock(), ExitStack() as after:
        old = connections[ALIAS]
        after.callback(_put, before, old)
        _put(settings, None)
        made = setup_databases(verbosity=0, interactive=False)
        after.callback(teardown_databases, made, verbosity=0)
        yield name


def _put(settings: dict[str, Any], connection: Any) -> None:
    current = connections[ALIAS]
    if current is not connection:
        current.close()
    connections.databases[ALIAS] = settings
    if connection is None:
        del connections[ALIAS]
    else:
        connections[ALIAS] = connection


def _sqlite(before: dict[str, Any], folders: pytest.TempPathFactory) -> dict[str, Any]:
    """SQLite with the settings in use (WAL, IMMEDIATE, 30 s) in a file: other threads and processes see it too."""
    if "sqlite" not in before["ENGINE"]:
        pytest.skip("the settings name another database than SQLite: unset TWINBOOK_DATABASE")
    path = str(folders.mktemp("register") / "register.sqlite3")
    return {**before, "NAME": path, "TEST": {**before["TEST"], "NAME": path}}


def _postgresql(before: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, Any]:
    parts = urlsplit(request.getfixturevalue("postgres_address"))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": parts.username,
        "HOST": parts.hostname,
        "PORT": str(parts.port),
        "OPTIONS": {},
    }
    return {**before, **settings, "TEST": {**before["TEST"], "NAME": f"register_{worker}"}}


@pytest.fixture
def database(django_db_setup: str) -> str:
    """The name of the database that the test runs on."""
    return django_db_setup


@pytest.fixture
def olga(db: None) -> User:
    """An officer."""
    return make_user("olga")


class Clock:
    """Moments that follow each other by a minute, so that no test asks the clock."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pages() -> Path:
    """The development pages in the repository."""
    return Path(__file__).resolve().parents[1] / "reading" / "cases"
