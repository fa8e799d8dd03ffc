"""The child process: a page that kills it costs one page, and the next is read."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from twinbook.child.reading import LARGEST_DOCUMENT, Child
from twinbook.reading.formats import read_bytes
from twinbook.reading.pipeline import read_page

PAGE = "Мэр Иркутска встретился с делегацией Канадзавы.\nОбмены проходят с 1994 года.\n".encode()


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child(cpu_seconds=1.5, memory_bytes=256 * 1024 * 1024, wall_seconds=20)
    yield child
    child.close()


def test_a_child_reads_what_its_parent_would_read(child: Child) -> None:
    assert child.read(PAGE, name="a.txt").reading == read_page(read_bytes(PAGE, name="a.txt")).as_dict()


def test_a_release_attached_to_a_greeting_is_the_story(child: Child) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "press@city.example", "office@city.example"
    mail["Subject"], mail["Date"] = "Релиз", "Thu, 18 Jun 2026 10:00:00 +0800"
    mail.set_content("Добрый день! Релиз во вложении.")
    mail.add_attachment(PAGE, maintype="text", subtype="plain", filename="релиз.txt")

    reading = child.read(mail.as_bytes(), name="letter.eml").reading

    assert reading is not None
    assert reading["text"].startswith("Мэр Иркутска встретился")
    assert reading["published"] == "2026-06-18"


def test_documents_of_a_mail_that_are_left_aside_are_told(child: Child) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "press@city.example", "Релизы"
    mail.set_content("Во вложении.")
    for name in ("one.txt", "two.txt"):
        mail.add_attachment(PAGE, maintype="text", subtype="plain", filename=name)

    reading = child.read(mail.as_bytes(), name="letter.eml").reading

    assert reading is not None
    assert any(note["code"] == "documents-aside" and note["message"].startswith("1 more") for note in reading["notes"])


def test_a_document_over_the_limit_is_refused_unread(child: Child) -> None:
    outcome = child.read(b"a" * (LARGEST_DOCUMENT + 1))

    assert (outcome.reading, outcome.refusal) == (None, "size")
    assert "20 MB" in outcome.sentence


def test_a_killed_child_costs_one_page(child: Child) -> None:
    child.read(PAGE)
    process = child._process
    assert process is not None
    process.kill()
    process.wait()

    assert child.read(PAGE).reading is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no CPU limit; there only the deadline holds")
def test_a_child_out_of_time_is_ended_and_replaced() -> None:
    child = Child(cpu_seconds=0.05)
    started = time.monotonic()
    huge = b"<div>" * 1_000_000

    outcome = child.read(huge, name="a.html")
    after = child.read(b"2019", name="a.txt")
    child.close()

    assert outcome.refusal == "time"
    assert after.reading is not None
    assert time.monotonic() - started < 20


@pytest.mark.skipif(sys.platform != "linux", reason="the memory limit is set on Linux")
def test_a_child_out_of_memory_is_a_refusal() -> None:
    child = Child(memory_bytes=20 * 1024 * 1024, cpu_seconds=10)

    outcome = child.read("слово ".encode() * 1_500_000, name="a.txt")
    child.close()

    assert (outcome.reading, outcome.refusal) == (None, "memory")


def test_the_worker_opens_nothing(tmp_path: os.PathLike[str]) -> None:
    import subprocess

    secret = os.path.join(tmp_path, "secret.txt")
    with open(secret, "w", encoding="utf-8") as file:
        file.write("passport")
    code = (
        "import sys, socket\n"
        "from twinbook.child.worker import shut_doors\n"
        "shut_doors(256 * 1024 * 1024)\n"
        "for act in (lambda: open(sys.argv[1]), lambda: open(sys.argv[1] + 'x', 'w'),"
        " lambda: socket.create_connection(('127.0.0.1', 9))):\n"
        "    try:\n        act()\n        print('done')\n"
        "    except PermissionError:\n        print('refused')\n"
    )

    source = os.path.join(os.path.dirname(__file__), "..", "..", "src")
    found = subprocess.run(
        [sys.executable, "-c", code, secret], capture_output=True, text=True, env={"PYTHONPATH": source}, check=True
    )

    assert found.stdout.split() == ["refused"] * 3


def test_a_child_that_cannot_start_is_a_refusal_and_the_next_try_may_succeed(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/bin/false")
        refused = child.read(PAGE, name="a.txt")

    assert (refused.reading, refused.refusal) == (None, "start")
    assert child.read(PAGE, name="a.txt").reading is not None
