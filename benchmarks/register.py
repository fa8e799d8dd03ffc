"""How fast a large register answers, beside Datasette on the same SQLite file, in one run on one core.

    TWINBOOK_HOME=FOLDER python -m benchmarks.register --datasette PYTHON [--asks 100] [--json FILE]

FOLDER holds a register made by benchmarks.register_data; PYTHON is an interpreter that has Datasette. Each question is
asked of our queries and, as SQL for what the same page shows, of Datasette's JSON interface; both in their own process
without a network, each warmed by a first round, with the same things asked for. Prints the median and the 99th
percentile in milliseconds, and how many times as long Datasette takes. Without --datasette ours alone are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEED = 20261125
PEER = Path(__file__).with_name("peers") / "datasette_asks.py"
# All that our dossier tells of a statement: whose it is and whom it names, its source's line, its decision.
EVIDENCE = """SELECT s.*, r.public_id AS record, n.public_id AS named, n.kind AS named_kind, n.label AS named_label,
 o.public_id AS source, o.kind AS source_kind, o.title, o.publisher, o.address, o.language AS source_language,
 o.published, o.captured_at, o.day, d.public_id AS decision, d.at, u.username FROM register_statement s
 JOIN register_record r ON r.id = s.record_id LEFT JOIN register_record n ON n.id = s.target_id
 JOIN register_source o ON o.id = s.source_id JOIN register_decision d ON d.id = s.decision_id
 JOIN auth_user u ON u.id = d.by_id WHERE s.withdrawn_by_id IS NULL AND s.record_id IN """
FAMILY = """(SELECT :tie UNION SELECT place_a_id FROM register_tie WHERE record_id = :tie
 UNION SELECT place_b_id FROM register_tie WHERE record_id = :tie
 UNION SELECT record_id FROM register_tiestep WHERE tie_id = :tie
 UNION SELECT record_id FROM register_agreement WHERE tie_id = :tie
 UNION SELECT record_id FROM register_commitment WHERE tie_id = :tie
 UNION SELECT activity_id FROM register_activityplace WHERE place_id = :partner)"""
ROWS = [
    "SELECT r.label, t.* FROM register_tie t JOIN register_record r ON r.id = t.record_id WHERE t.record_id = :tie",
    "SELECT r.label, a.* FROM register_activity a JOIN register_record r ON r.id = a.record_id"
    " JOIN register_activityplace p ON p.activity_id = a.record_id WHERE p.place_id = :partner"
    " ORDER BY a.when_first DESC",
    "SELECT * FROM register_tiestep WHERE tie_id = :tie",
    "SELECT * FROM register_name WHERE record_id IN (:tie, :partner)",
]
PARTNERS = """SELECT r.public_id, p.label, c.country, t.level, t.state, t.since, t.has_open_question,
 (SELECT count(*) FROM register_activityplace a WHERE a.place_id = p.id) AS activities,
 (SELECT count(*) FROM register_commitment m WHERE m.tie_id = t.record_id AND m.state = 'open') AS promises,
 (SELECT count(*) FROM register_dispute d WHERE d.record_id IN (t.record_id, p.id) AND d.is_open) AS disputes,
 (SELECT max(a.when_last) FROM register_activityplace l JOIN register_activity a ON a.record_id = l.activity_id
  WHERE l.place_id = p.id AND a.status IN ('ongoing', 'done')) AS last_proof
 FROM register_tie t JOIN register_record r ON r.id = t.record_id
 JOIN register_place h ON h.is_home AND h.record_id IN (t.place_a_id, t.place_b_id)
 JOIN register_record p ON p.id = CASE h.record_id WHEN t.place_a_id THEN t.place_b_id ELSE t.place_a_id END
 JOIN register_place c ON c.record_id = p.id ORDER BY c.country, p.label"""
LATEST = """SELECT r.public_id, r.label, r.visibility, a.kind, a.title, a.status, a."when", a.areas
 FROM register_activity a JOIN register_record r ON r.id = a.record_id
 WHERE a.kind = :kind AND a.when_first IS NOT NULL ORDER BY a.when_first DESC, a.record_id DESC LIMIT 50"""
TIMELINE = """SELECT r.public_id, r.label, r.visibility, a.kind, a.title, a.status, a."when", a.areas
 FROM register_activityplace p JOIN register_activity a ON a.record_id = p.activity_id
 JOIN register_record r ON r.id = a.record_id
 WHERE p.place_id = :partner ORDER BY a.when_first DESC, a.record_id DESC LIMIT 100"""

Asked = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """One question: how ours is asked for a thing, and the SQL that answers it."""

    name: str
    ours: Callable[[Asked], Any]
    sql: Callable[[Asked], list[list[Any]]]


def questions() -> list[Question]:
    from twinbook.register.queries import lists, records, search

    return [
        Question("dossier of a tie", lambda a: records.dossier(a["tie_id"]), _dossier_sql),
        Question("search for words", lambda a: search.find(a["words"]), _search_sql),
        Question(
            "latest activities of a kind",
            lambda a: lists.activities(kind=a["kind"], limit=50),
            lambda a: [[LATEST, {"kind": a["kind"]}]],
        ),
        Question(
            "timeline of a partner",
            lambda a: lists.activities(place=a["partner_id"], limit=100),
            lambda a: [[TIMELINE, {"partner": a["partner"]}]],
        ),
        Question("partners of the home city", lambda a: lists.partners(), lambda a: [[PARTNERS, {}]]),
    ]


def _dossier_sql(asked: Asked) -> list[list[Any]]:
    keys = {"tie": asked["tie"], "partner": asked["partner"]}
    return [[sql, {name: key for name, key in keys.items() if f":{name}" in sql}] for sql in (EVIDENCE + FAMILY, *ROWS)]


def _search_sql(asked: Asked) -> list[list[Any]]:
    """Records that hold all the stems, the heaviest first: what a maker of pages over the file would write."""
    from twinbook.register.queries.analyser import tokens

    wanted = dict(enumerate(dict.fromkeys(tokens(asked["words"]))))
    joins = "".join(
        f" JOIN register_searchtoken t{n} ON t{n}.record_id = t0.record_id AND t{n}.token = :t{n}" for n in wanted if n
    )
    weight = " + ".join(f"t{n}.weight" for n in wanted)
    sql = (
        f"SELECT r.public_id, r.kind, r.label, {weight} AS weight FROM register_searchtoken t0{joins}"
        " JOIN register_record r ON r.id = t0.record_id WHERE t0.token = :t0 ORDER BY weight DESC, r.id LIMIT 30"
    )
    return [[sql, {f"t{n}": token for n, token in wanted.items()}]]


def things_to_ask(count: int) -> list[Asked]:
    """Ties of the home city and of others, with their partners, by chance that is always the same."""
    from twinbook.register.models import Activity, Place, Tie

    chance = random.Random(SEED)
    home = Place.objects.get(is_home=True).pk
    rows = Tie.objects.order_by("pk").values_list("pk", "record__public_id", "place_a_id", "place_b_id",
                                                  "place_a__public_id", "place_b__public_id")  # fmt: skip
    first, last = rows.first(), rows.last()
    assert first is not None and last is not None
    found = []
    while len(found) < count:
        row = rows.filter(pk__gte=chance.randrange(first[0], last[0] + 1)).first()
        if row is None:
            continue
        tie, tie_id, a, b, a_id, b_id = row
        partner, partner_id = (b, b_id) if a == home else (min(a, b), a_id if a < b else b_id)
        title = Activity.objects.filter(place_rows__place_id=partner).values_list("title", flat=True).first() or {}
        words = str(next(iter(title.values()), "Irkutsk")).rsplit(",", 1)[0]
        found.append({"tie": tie, "tie_id": tie_id, "partner": partner, "partner_id": partner_id, "words": words,
                      "kind": chance.choice(["visit", "exchange", "training", "meeting"])})  # fmt: skip
    return found


def ours(question: Question, asked: Sequence[Asked]) -> tuple[list[float], list[float]]:
    """Milliseconds by the clock and of the processor: the second is not lengthened by who else is at work."""
    times, busy = [], []
    for one in asked:
        began, cpu = time.perf_counter(), time.process_time()
        question.ours(one)
        times.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - cpu) * 1000)
    return times, busy


class Peer:
    """Datasette in a process of its own, on the same core as ours."""

    def __init__(self, python: str, database: Path) -> None:
        words = [python, str(PEER), str(database)]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def times(self, question: Question, asked: Sequence[Asked]) -> tuple[list[float], list[int]]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps([question.sql(one) for one in asked]) + "\n")
        self._process.stdin.flush()
        milliseconds, rows = json.loads(self._process.stdout.readline())
        return milliseconds, rows

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def percentile(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(question: Question, asked: Sequence[Asked], peer: Peer | None) -> dict[str, Any]:
    """Both are asked for everything once unmeasured, so that neither has the file's pages to fetch."""
    ours(question, asked)
    mine, busy = ours(question, asked)
    found: dict[str, Any] = {"question": question.name, "asks": len(asked)}
    found |= {"p50": percentile(mine, 0.5), "p99": percentile(mine, 0.99)}
    found |= {"processor p50": percentile(busy, 0.5), "processor p99": percentile(busy, 0.99)}
    if peer:
        peer.times(question, asked)
        theirs, rows = peer.times(question, asked)
        found |= {"datasette p50": percentile(theirs, 0.5), "datasette p99": percentile(theirs, 0.99)}
        found |= {"ratio": percentile(theirs, 0.5) / percentile(mine, 0.5), "rows": sum(rows) // len(rows)}
    return {name: round(value, 2) if isinstance(value, float) else value for name, value in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--datasette", default="", metavar="PYTHON")
    parser.add_argument("--asks", type=int, default=100)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # one core for us; the peer inherits it
    _set_up()
    from django.conf import settings

    peer = Peer(options.datasette, Path(settings.DATABASES["default"]["NAME"])) if options.datasette else None
    asked = things_to_ask(options.asks)
    found = []
    for question in questions():
        found.append(measure(question, asked, peer))
        print(json.dumps(found[-1], ensure_ascii=False), flush=True)
    if peer:
        peer.close()
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _set_up() -> None:
    import django

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twinbook.project.settings")
    django.setup()


if __name__ == "__main__":
    main()
