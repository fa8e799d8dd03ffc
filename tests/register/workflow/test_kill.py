"""kill -9 at any moment of capturing and deciding: nothing that was acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import sys
import time

import pytest
from django.contrib.auth.models import User
from django.db import connections

from people import make_user
from register.conftest import Clock
from register.readings import RUSSIAN, russian_reading
from twinbook.register.models import Proposal, Source, Statement
from twinbook.register.workflow import capture, decide, propose, undo
from twinbook.register.workflow.audit import audit

KILLS = int(os.environ.get("TWINBOOK_KILLS", "24"))
PAGES_A_VICTIM = 1


def work_on(number: int, olga: User, tell: int) -> None:
    """Capture, propose and accept a page (and undo each third), and say on a pipe what the register said is done."""
    clock = Clock()
    text = RUSSIAN + f"Страница {number}.\n"
    source = capture.capture_text(text, by=olga, at=clock(), language="ru").source
    os.write(tell, f"captured {number}\n".encode())
    propose.queue_reading(source, russian_reading() | {"text": text}, at=clock())
    os.write(tell, f"proposed {number}\n".encode())
    decided = decide.accept_page(source, by=olga, at=clock())
    os.write(tell, f"accepted {number}\n".encode())
    if number % 3 == 0:
        undo.undo(decided[0].act, by=olga, at=clock())
        os.write(tell, f"undone {number}\n".encode())


def start_victim(first: int) -> tuple[int, int]:
    """A process of its own that works on some pages; its number and the end of the pipe it tells on."""
    hear, tell = os.pipe()
    victim = os.fork()
    if victim:
        os.close(tell)
        return victim, hear
    try:
        olga = User.objects.get(username="olga")
        for number in range(first, first + PAGES_A_VICTIM):
            work_on(number, olga, tell)
    finally:
        os._exit(0)


def heard(hear: int) -> list[tuple[str, int]]:
    """What a victim said before its end; a line cut short counts as unsaid."""
    with os.fdopen(hear, "rb") as pipe:
        lines = pipe.read().decode().splitlines(keepends=True)
    return [(word, int(page)) for word, page in (line.split() for line in lines if line.endswith("\n"))]


@pytest.mark.skipif(sys.platform == "win32", reason="fork and kill -9 are not of Windows")
@pytest.mark.usefixtures("transactional_db")
def test_nothing_acknowledged_is_lost_and_nothing_doubled() -> None:
    make_user("olga")
    connections.close_all()
    chance = random.Random(20261125)
    started = time.monotonic()
    victim, hear = start_victim(0)
    os.waitpid(victim, 0)
    said, whole = heard(hear), time.monotonic() - started

    for kill in range(1, KILLS + 1):
        victim, hear = start_victim(kill * PAGES_A_VICTIM)
        time.sleep(chance.uniform(0.0, whole))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        said += heard(hear)

    assert len(said) >= KILLS
    check_all_said_is_there(said)
    assert [(damage.code, damage.sentence) for damage in audit()] == []


def check_all_said_is_there(said: list[tuple[str, int]]) -> None:
    sources = list(Source.objects.filter(kind="page"))
    numbers = [int(bytes(source.raw).decode().rstrip(".\n").rsplit(" ", 1)[1]) for source in sources]
    assert len(numbers) == len(set(numbers))
    by_number = dict(zip(numbers, sources, strict=True))
    undone = {number for word, number in said if word == "undone"}
    for word, number in said:
        states = list(Proposal.objects.filter(source=by_number[number]).values_list("state", flat=True))
        assert len(states) == (0 if word == "captured" and not states else 8)
        if word == "accepted" and number % 3:
            assert set(states) == {"accepted"}
        if number in undone:
            assert set(states) == {"waiting"}
    keys = list(Statement.objects.filter(withdrawn_by=None).values_list("key", flat=True))
    assert len(keys) == len(set(keys)) > 0
