"""A register made, filled, backed up, damaged and brought back by the commands, as a user runs them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from twinbook.project import serving

ROOT = Path(__file__).resolve().parents[2]


def twinbook(home: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "TWINBOOK_HOME": str(home)}
    command = [sys.executable, "-m", "twinbook.project.cli", *words]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample register, made by the demo's own command."""
    home = tmp_path_factory.mktemp("office") / "demo"
    result = twinbook(home, "demo", "--no-serve")
    assert result.returncode == 0, result.stderr
    return home


@pytest.fixture(scope="module")
def kept(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the sample register."""
    file = tmp_path_factory.mktemp("kept") / "backup.zip"
    result = twinbook(demo, "backup", str(file))
    assert result.returncode == 0, result.stderr
    return file


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new register, to be copied."""
    home = tmp_path_factory.mktemp("empty") / "home"
    assert twinbook(home, "init").returncode == 0
    return home


def count(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as link:
        return int(link.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_the_demo_holds_what_it_promises(demo: Path) -> None:
    database = demo / "register.sqlite3"

    assert count(database, "register_tie") >= 12
    assert count(database, "register_activity") >= 40
    assert count(database, "register_person") >= 15
    assert count(database, "register_landmark") >= 10
    assert count(database, "register_proposal") >= 30


def test_a_second_demo_is_quick_and_loses_nothing(demo: Path) -> None:
    before = count(demo / "register.sqlite3", "register_statement")
    started = time.monotonic()
    result = twinbook(demo, "demo", "--no-serve")

    assert result.returncode == 0
    assert time.monotonic() - started < 5
    assert count(demo / "register.sqlite3", "register_statement") == before


def test_the_site_is_published_in_three_languages(demo: Path) -> None:
    for language, name in (("ru", "Канадзава"), ("en", "Kanazawa"), ("ja", "金沢")):
        assert name in (demo / "site" / language / "partners" / "kanazawa.html").read_text("utf-8")


@pytest.fixture
def served(demo: Path) -> Iterator[tuple[str, str]]:
    """The desk and the site as `twinbook demo` serves them; ends by the same signal as Ctrl-C sends."""
    port = next(port for port in range(18400, 18500, 2) if serving.is_free("127.0.0.1", port))
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "TWINBOOK_HOME": str(demo)}
    command = [sys.executable, "-m", "twinbook.project.cli", "demo", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    ends_at = time.monotonic() + 30
    while time.monotonic() < ends_at and (serving.is_free("127.0.0.1", port) or serving.is_free("127.0.0.1", port + 1)):
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{port + 1}/"
    process.send_signal(2)
    _, words = process.communicate(timeout=20)
    assert "Traceback" not in words
    assert process.returncode == 0
    assert serving.is_free("127.0.0.1", port)


def test_desk_and_site_answer_and_ctrl_c_stops_both(served: tuple[str, str]) -> None:
    desk, site = served

    with urllib.request.urlopen(desk, timeout=10) as answer:
        assert answer.status == 200
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "password" in answer.read().decode()
    with urllib.request.urlopen(f"{site}en/index.html", timeout=10) as answer:
        assert "Irkutsk" in answer.read().decode()


def test_a_backup_brings_everything_back(demo: Path, kept: Path, tmp_path: Path) -> None:
    home = tmp_path / "again"

    restored = twinbook(home, "restore", str(kept))

    assert restored.returncode == 0, restored.stderr
    for table in ("register_statement", "register_source", "register_proposal", "auth_user"):
        assert count(home / "register.sqlite3", table) == count(demo / "register.sqlite3", table)
    assert (home / "secret.key").stat().st_mode & 0o077 == 0


def test_a_backup_is_not_written_over(demo: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    backup.write_text("mine")

    result = twinbook(demo, "backup", str(backup))

    assert result.returncode == 1
    assert backup.read_text() == "mine"


@pytest.mark.parametrize("damage", ["cut", "changed", "foreign"])
def test_a_damaged_backup_is_refused_and_nothing_is_replaced(
    kept: Path, empty: Path, tmp_path: Path, damage: str
) -> None:
    backup = Path(shutil.copy(kept, tmp_path / "backup.zip"))
    home = Path(shutil.copytree(empty, tmp_path / "home"))
    if damage == "cut":
        backup.write_bytes(backup.read_bytes()[:-2000])
    elif damage == "changed":
        _rewrite(backup, "secret.key", b"another key")
    else:
        backup.write_bytes(b"no zip at all")

    result = twinbook(home, "restore", "--replace", str(backup))

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert (home / "register.sqlite3").exists()


def _rewrite(file: Path, part: str, body: bytes) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, old in parts.items():
            archive.writestr(name, body if name == part else old)


def test_a_register_that_stands_is_set_aside_not_lost(kept: Path, empty: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(empty, tmp_path / "home"))
    (home / "mine.txt").write_text("kept")

    refused = twinbook(home, "restore", str(kept))
    replaced = twinbook(home, "restore", "--replace", str(kept))

    assert refused.returncode == 1 and "--replace" in refused.stderr
    assert replaced.returncode == 0, replaced.stderr
    assert (tmp_path / "home-aside-1" / "mine.txt").read_text() == "kept"


def test_init_makes_a_register_with_an_officer_and_a_city(tmp_path: Path) -> None:
    words = (
        "init",
        "--officer",
        "anna",
        "--password-from-input",
        "--city",
        "Канадзава",
        "--language",
        "ru",
        "--country",
        "JP",
    )
    result = twinbook(tmp_path / "home", *words, given="a long enough word\n")

    assert result.returncode == 0, result.stderr
    assert count(tmp_path / "home" / "register.sqlite3", "auth_user") == 1
    assert count(tmp_path / "home" / "register.sqlite3", "register_place") == 1


def test_a_weak_password_is_refused_with_a_sentence(tmp_path: Path) -> None:
    result = twinbook(tmp_path / "home", "init", "--officer", "anna", "--password-from-input", given="short\n")

    assert result.returncode == 1
    assert "Traceback" not in result.stderr


def test_commands_without_a_register_say_how_to_make_one(tmp_path: Path) -> None:
    for words in (("capture", __file__), ("publish", "--to", str(tmp_path / "x")), ("backup", str(tmp_path / "b.zip"))):
        result = twinbook(tmp_path / "nowhere", *words)

        assert result.returncode == 1
        assert "twinbook init" in result.stderr


def test_capture_puts_a_page_before_the_officers_once(demo: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo, home)
    page = tmp_path / "page.txt"
    page.write_text("Иркутск и Пфорцхайм\n\nДелегация Пфорцхайма посетила Иркутск 5 мая 2018 года.\n", "utf-8")
    before = count(home / "register.sqlite3", "register_source")

    first = twinbook(home, "capture", str(page))
    again = twinbook(home, "capture", str(page))

    assert (first.returncode, again.returncode) == (0, 0), first.stderr
    assert count(home / "register.sqlite3", "register_source") == before + 1
    assert " 0 new findings" in again.stderr


def test_the_citys_file_names_the_office_and_a_wrong_key_is_said(demo: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo, home)
    shutil.copy(ROOT / "city.example.toml", home / "city.toml")

    published = twinbook(home, "publish", "--to", str(tmp_path / "site"))
    (home / "city.toml").write_text('adress = "x"\n')
    refused = twinbook(home, "publish", "--to", str(tmp_path / "site"))

    assert published.returncode == 0, published.stderr
    assert "international@example.org" in (tmp_path / "site" / "en" / "about.html").read_text("utf-8")
    assert refused.returncode == 1 and "'adress'" in refused.stderr


def test_publishing_takes_nothing_away_that_is_no_site(demo: Path, tmp_path: Path) -> None:
    folder, file = tmp_path / "papers", tmp_path / "letter.txt"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "kept.txt").write_text("kept", "utf-8")
    file.write_text("kept", "utf-8")

    results = [twinbook(demo, "publish", "--to", str(to)) for to in (folder, file)]

    assert [result.returncode for result in results] == [2, 2]
    assert "name another folder" in results[0].stderr
    assert (folder / "sub" / "kept.txt").read_text("utf-8") == file.read_text("utf-8") == "kept"
    assert twinbook(demo, "publish", "--to", str(tmp_path / "site")).returncode == 0
    assert twinbook(demo, "publish", "--to", str(tmp_path / "site")).returncode == 0


def test_a_list_without_a_city_is_the_registers_own(demo: Path, tmp_path: Path) -> None:
    table = tmp_path / "ties.csv"
    table.write_text(
        "partner_en,partner_ru,country,level,relation,start_edtf\nKanazawa,Канадзава,JP,city,twin,1967-03-20\n", "utf-8"
    )

    trial = twinbook(demo, "import", "--trial", "--importer", "tie_list", str(table))

    assert "1 known" in trial.stderr
