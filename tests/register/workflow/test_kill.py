"""kill -9 at any moment of capture, decision, merge and import: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import sys
import time

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.db.models import Q

from people import make_user
from register.conftest import Clock
from register.readings import RUSSIAN, russian_reading
from twinbook.register.models import Merge, Name, Proposal, Source, Statement, Tie
from twinbook.register.workflow import capture, decide, merge, propose, undo
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.bring_in import bring_in

KILLS = int(os.environ.get("TWINBOOK_KILLS", "12"))
PAGES_A_VICTIM = 1


TOWNS = 40  # rows of an imported list
OWNER = {"home": "Irkutsk", "home_country": "RU"}


def list_of(number: int) -> bytes:
    """A list of ties with towns that no other list names."""
    rows = "".join(f"Town {number} {row},JP,twin,{1950 + row}\n" for row in range(TOWNS))
    return f"partner_en,country,relation,start_edtf\n{rows}".encode()


def import_and_merge(number: int, olga: User, tell: int) -> None:
    """Bring a list in and tell its first town as its second, and say on a pipe what the register said is done."""
    clock = Clock()
    bring_in(list_of(number), by=olga, at=clock(), name="ties.csv", importer="tie_list", mapping=OWNER)
    os.write(tell, f"imported {number}\n".encode())
    one, other = (Name.objects.filter(text=f"Town {number} {row}")[0].record.public_id for row in (0, 1))
    merge.merge(one, into=other, by=olga, at=clock())
    os.write(tell, f"merged {number}\n".encode())


def work_on(number: int, olga: User, tell: int) -> None:
    """Capture, propose and accept a page (and undo each third), and say on a pipe what the register said is done."""
    if number % 2:
        import_and_merge(number, olga, tell)
        return
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
    olga = make_user("olga")
    connections.close_all()
    chance = random.Random(20261125)
    started = time.monotonic()
    said: list[tuple[str, int]] = []
    for first in (0, 1):
        victim, hear = start_victim(first)
        os.waitpid(victim, 0)
        said += heard(hear)
    whole = time.monotonic() - started

    for kill in range(2, KILLS + 2):
        victim, hear = start_victim(kill * PAGES_A_VICTIM)
        time.sleep(chance.uniform(0.0, whole))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        said += heard(hear)

    assert len(said) >= KILLS // 3  # a list is told only when it is whole
    check_all_said_is_there([line for line in said if line[0] not in ("imported", "merged")])
    told = [line for line in said if line[0] in ("imported", "merged")]
    check_lists(told, [number for number in range(KILLS + 2) if number % 2], olga)
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


def check_lists(said: list[tuple[str, int]], begun: list[int], olga: User) -> None:
    """A list told as imported stands whole; one that was cut off is whole after a second try; none is double."""
    done = {number for word, number in said if word == "imported"}
    merged = {number for word, number in said if word == "merged"}
    clock = Clock()
    for number in begun:
        again = bring_in(list_of(number), by=olga, at=clock(), name="ties.csv", importer="tie_list", mapping=OWNER)
        assert again.outcomes["new"] + again.outcomes["known"] == TOWNS
        assert number not in done or again.outcomes["new"] == 0
        ends = Q(place_a__names__text__startswith=f"Town {number} ") | Q(
            place_b__names__text__startswith=f"Town {number} "
        )
        assert Tie.objects.filter(ends).distinct().count() == TOWNS
    for number in merged:
        both = Merge.objects.filter(ended_by=None, into__names__text=f"Town {number} 0").distinct()
        assert both.count() == 1
