"""twinbook read, run as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
CASES = Path(__file__).resolve().parents[1] / "reading" / "cases"


def twinbook(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "twinbook.project.cli", *words],
        input=given,
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin"},
    )


def test_a_folder_gives_a_reading_a_line_with_its_source() -> None:
    result = twinbook("read", str(CASES / "ja"), "--format", "jsonl", "--quiet")

    readings = [json.loads(line) for line in result.stdout.decode().splitlines()]
    pages = sorted(path for path in (CASES / "ja").iterdir() if path.suffix in {".txt", ".html"})
    assert [reading["source"] for reading in readings] == [str(page) for page in pages]
    assert {reading["language"] for reading in readings} == {"ja"}
    assert result.returncode == 0


def test_every_span_lies_in_its_text() -> None:
    result = twinbook("read", str(CASES / "ru" / "01.html"), "--format", "json")

    (reading,) = json.loads(result.stdout)
    length = len(reading["text"])
    spans = reading["article"] + [span for item in reading["activities"] for span in item["evidence"]]
    assert spans
    assert all(0 <= start < end <= length for start, end in spans)


def test_standard_input_is_a_page() -> None:
    result = twinbook("read", "-", given="Мэр Иркутска встретился с делегацией Канадзавы.".encode())

    assert "Мэр Иркутска встретился с делегацией Канадзавы." in result.stdout.decode()
    assert result.returncode == 0


def test_a_missing_file_is_a_sentence_and_exit_code_2() -> None:
    result = twinbook("read", "nowhere.html")

    assert result.stderr.decode() == "twinbook read: nowhere.html: there is no such file or folder\n"
    assert result.returncode == 2


def test_a_closed_address_is_a_sentence() -> None:
    result = twinbook("read", "http://127.0.0.1/")

    assert "only public addresses are fetched" in result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()
    assert result.returncode == 1


def test_help_shows_examples() -> None:
    for command in ("read", "init", "serve", "capture", "publish", "list", "backup", "restore", "demo"):
        assert b"examples:" in twinbook(command, "--help").stdout


def test_list_names_the_packs_and_kinds() -> None:
    words = twinbook("list").stdout.decode()

    assert "ja" in words.splitlines()[0]
    assert "activity_kinds: meeting" in words


def test_an_error_that_nobody_foresaw_is_a_sentence_and_keeps_its_story(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("k" * 60)
    (tmp_path / "register.sqlite3").write_bytes(b"this is no database at all, and longer than a page of one" * 90)
    environment = {"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin", "TWINBOOK_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "twinbook.project.cli", "publish", "--to", str(tmp_path / "site")]

    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    assert done.returncode == 70
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" in Path(done.stderr.split()[-1]).read_text("utf-8")
