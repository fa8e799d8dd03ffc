"""kill -9 at any moment of an import: the same call goes on, and ends with what an unbroken import makes."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections

from people import make_user
from register.conftest import Clock
from twinbook.register.models import Backing, Decision, Record, SearchToken, Statement
from twinbook.register.workflow import bring_in as importing
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.bring_in import Fate, bring_in
from twinbook.register.workflow.enter import set_home

KILLS = int(os.environ.get("TWINBOOK_KILLS", "20"))
KILLS_A_LIST = 5
HEADING = "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
ACTIVITIES = "partner,country,title,kind,date\n"
MAPPING = {"partner": "partner", "partner_country": "country", "title": "title", "kind": "kind", "when": "date"}


def lists(name: str) -> list[tuple[bytes, dict[str, Any]]]:
    """Ties and activities of towns called after `name`: with namesakes that stay unsure, towns of one name far apart,
    rows that say the same again, and rows that cannot be read."""
    ties = [f"{name} A{number % 7},France,,,{name} B{number % 11},Italy,," for number in range(40)]
    ties[5:5] = [f"{name} N,France,49.226,6.216,{name} N,France,49.074,2.106", f"{name} A1,,,,{name} B1,Italy,,"] * 2
    ties[20:20] = [f"{name} A1,,,,{name} C,Italy,,", f"{name} N,France,,,{name} C,Italy,,", "X,Nowhere,,,X,Nowhere,,"]
    done = [f"{name} A{number % 7},FR,{name} visit {number % 30},visit,2019-0{1 + number % 9}" for number in range(40)]
    done[9:9] = [f"{name} A2,,{name} fair,visit,soon", f"{name} A1,,{name} choir,visit,2018"]
    return [
        ((HEADING + "\n".join(ties)).encode(), {}),
        ((ACTIVITIES + "\n".join(done)).encode(), {"mapping": MAPPING, "importer": "activity_table"}),
    ]


def bring_all(name: str) -> list[Fate]:
    olga, clock, fates = User.objects.get(username="olga"), Clock(), list[Fate]()
    for raw, more in lists(name):
        bring_in(raw, by=olga, at=clock(), name=f"{name}.csv", on_fate=fates.append, **more)
    return fates


def what_stands(name: str) -> tuple[Counter[Any], Counter[Any], int, int]:
    """All that the lists of a name stated and are found by, without ids and without the name."""
    told = Statement.objects.filter(quote__contains=name, withdrawn_by=None)
    columns = ("record__kind", "property", "value", "target__label", "language", "quote", "start", "record__label")
    statements = Counter(repr(row).replace(name, "…") for row in told.values_list(*columns))
    records = Record.objects.filter(pk__in=told.values("record"))
    tokens = SearchToken.objects.filter(record__in=records).values_list("token", "weight", "record__label")
    found = Counter(repr(row).replace(name, "…").replace(name.casefold(), "…") for row in tokens)
    acts = Decision.objects.filter(statements__in=told).values("act").distinct().count()
    return statements, found, records.count(), acts


def start_victim(name: str) -> int:
    connections.close_all()  # no process shares another's
    victim = os.fork()
    if victim:
        return victim
    try:
        bring_all(name)
    finally:
        os._exit(0)


@pytest.mark.skipif(sys.platform == "win32", reason="fork and kill -9 are not of Windows")
@pytest.mark.usefixtures("transactional_db")
def test_an_import_goes_on_after_a_kill_as_if_there_had_been_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 4)
    monkeypatch.setattr(importing, "PART", 17)
    set_home("Irkutsk", language="en", country="RU", by=make_user("olga"), at=Clock()())
    started = time.monotonic()
    victim = start_victim("Zq0000")
    os.waitpid(victim, 0)
    whole, chance = time.monotonic() - started, random.Random(20261125)
    unbroken = what_stands("Zq0000")

    for round_number in range(1, 1 + -(-KILLS // KILLS_A_LIST)):
        name = f"Zq{round_number:04}"
        for _ in range(KILLS_A_LIST):
            victim = start_victim(name)
            time.sleep(chance.uniform(0.0, whole))
            os.kill(victim, signal.SIGKILL)
            os.waitpid(victim, 0)
        bring_all(name)
        assert what_stands(name) == unbroken

    assert unbroken[2] > 50
    assert not Backing.objects.exists()
    assert [(damage.code, damage.sentence) for damage in audit()] == []
