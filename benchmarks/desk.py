"""Twenty officers at the desk of a large register at once: python -m benchmarks.desk REGISTER_FOLDER [--seconds 60].

A closed loop: each session asks a page, reads it for some seconds (--reads), asks the next; one act in thirty writes a
promise into the register, which ends every answer that was kept. The server is the one that `twinbook serve`
starts. The folder is worked in (accounts, promises): give a copy. Beside it, where --datasette names one, Datasette
answers its row pages of the same file under the same load.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import secrets
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parent.parent
PORT, PEER_PORT = 18950, 18951
GOAL_MS = 100.0
WRITES = 1 / 30
TOKEN = "a" * 32  # the cookie and the form say the same, as a browser's would
WORDS = ("Kanazawa", "Kanazwa", "orchestra exchange", "合唱団", "футбольный турнир", "школы", "choir Buffalo")
FIXED = (
    "/", "/inbox/", "/partners/", "/promises/", "/decisions/", "/activities/", "/activities/?kind=visit",
    "/calendar/", "/figures/", "/handover/", "/visits/", "/plan/2027/", "/watch/", "/lists/", "/exchange/",
    "/office-papers/", "/briefings/new/", "/help/", "/help/glossary/",
)  # fmt: skip


@dataclass
class Times:
    """Milliseconds of the answers to each kind of page, and what was answered with an error."""

    by_kind: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, milliseconds: float, error: str = "") -> None:
        with self.lock:
            self.by_kind[kind].append(milliseconds)
            if error:
                self.errors.append(error)


def officers(folder: Path, count: int) -> tuple[list[str], dict[str, list[str]]]:
    """Session keys of new officers, and ids to ask for: of ties, activities and places, drawn by seed."""
    os.environ["TWINBOOK_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twinbook.project.settings")
    os.environ.setdefault("TWINBOOK_SECRET_KEY", secrets.token_hex(32))  # one for this process and for the server
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    from twinbook.register.models import Record
    from twinbook.register.workflow.accounts import make_account

    keys = []
    for number in range(count):
        name = f"desk-person-{number}"
        user = get_user_model().objects.filter(username=name).first() or make_account(
            name, roles=("officer",), password="seven-quiet-rivers"
        )
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append(session.session_key or "")
    chance = random.Random(7)
    ids: dict[str, list[str]] = {}
    for kind in ("tie", "activity", "place"):
        rows = Record.objects.filter(kind=kind, is_standing=True)
        last = rows.order_by("-pk").values_list("pk", flat=True)[0]
        first = rows.order_by("pk").values_list("pk", flat=True)[0]
        found = (
            rows.filter(pk__gte=chance.randint(first, last)).order_by("pk").values_list("public_id", flat=True).first()
            for _ in range(200)
        )
        ids[kind] = [public_id for public_id in found if public_id]
    return keys, ids


@dataclass(frozen=True)
class Act:
    """What an officer does: its name in the table, the address, and what is sent where it writes."""

    kind: str
    address: str
    form: dict[str, str] = field(default_factory=dict)


def act_of(chance: random.Random, ids: dict[str, list[str]]) -> Act:
    """A page as often as officers open it, or a promise written down."""
    if chance.random() < WRITES:
        tie = chance.choice(ids["tie"])
        sent = {"what": f"send the notes, no. {chance.randrange(10**9)}", "due": "2027-05-20"}
        told = {"knows": "From the folder of the office.", "text_language": "en", "said_by": ""}
        return Act("(a promise written)", f"/enter/commitment/?tie={tie}", sent | told)
    return Act(*_page(chance, ids))


def _page(chance: random.Random, ids: dict[str, list[str]]) -> tuple[str, str]:
    draw = chance.random()
    if draw < 0.3:
        return "dossier", f"/partners/{chance.choice(ids['tie'])}/"
    if draw < 0.45:
        return "record", f"/records/{chance.choice(ids['activity'])}/"
    if draw < 0.6:
        return "search", "/search/?q=" + quote(chance.choice(WORDS))
    address = chance.choice(FIXED)
    return address.split("?")[0], address


@dataclass
class Load:
    """What sessions do: where they ask, for how many seconds, how long they read (least, most), and what comes next."""

    port: int
    seconds: float
    reads: tuple[float, float]
    draw: Callable[[random.Random], Act]
    times: Times = field(default_factory=Times)

    def run(self, cookies: Sequence[str]) -> Times:
        """All sessions at once, until the seconds are over."""
        ends_at = time.monotonic() + self.seconds
        numbered = enumerate(cookies)
        threads = [threading.Thread(target=self._session, args=(cookie, seed, ends_at)) for seed, cookie in numbered]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.times

    def _session(self, cookie: str, seed: int, ends_at: float) -> None:
        """One officer until the end: ask, read, ask."""
        chance = random.Random(seed)
        time.sleep(chance.uniform(0.0, self.reads[1]))
        while time.monotonic() < ends_at:
            act = self.draw(chance)
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)  # the peer hangs up on who reads long
            started = time.perf_counter()
            if act.form:
                body = urlencode(act.form | {"csrfmiddlewaretoken": TOKEN})
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                link.request("POST", act.address, body, {"Cookie": f"{cookie}; csrftoken={TOKEN}"} | kind)
            else:
                link.request("GET", act.address, headers={"Cookie": cookie} if cookie else {})
            answer = link.getresponse()
            answer.read()
            spent = (time.perf_counter() - started) * 1000
            is_right = answer.status == (HTTPStatus.FOUND if act.form else HTTPStatus.OK)
            self.times.add(act.kind, spent, "" if is_right else f"{act.address}: {answer.status}")
            link.close()
            time.sleep(chance.uniform(*self.reads))


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def told(times: Times, title: str) -> float:
    """Print a table; the median of all answers."""
    print(f"\n{title}\n{'page':20} {'asked':>6} {'p50':>8} {'p99':>8} ms")
    for kind, spent in sorted(times.by_kind.items()):
        late = "  over 100 ms" if quantile(spent, 0.99) > GOAL_MS else ""
        print(f"{kind:20} {len(spent):6} {quantile(spent, 0.5):8.1f} {quantile(spent, 0.99):8.1f}{late}")
    everything = [value for spent in times.by_kind.values() for value in spent]
    print(f"{'all':20} {len(everything):6} {quantile(everything, 0.5):8.1f} {quantile(everything, 0.99):8.1f}")
    for error in times.errors[:5]:
        print(f"error: {error}")
    return quantile(everything, 0.5)


def beside(python: Path, folder: Path, sessions: int, load: Callable[..., Load]) -> float:
    """Datasette's rows and table pages of the same file under the same load; its median."""
    import sqlite3

    file = folder / "register.sqlite3"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as link:
        last = link.execute("SELECT max(record_id) FROM register_activity").fetchone()[0]
    words = ["-m", "datasette", "serve", "--port", str(PEER_PORT), "--setting", "sql_time_limit_ms", "10000", str(file)]
    server = subprocess.Popen([str(python), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(PEER_PORT)

        def draw(chance: random.Random) -> Act:
            if chance.random() < 0.5:
                return Act("a row", f"/register/register_activity/{chance.randint(1, last)}")
            return Act("a table", f"/register/register_tie?_next={chance.randint(1, 50_000)}&_nocount=1&_nofacet=1")

        times = load(PEER_PORT, draw=draw).run([""] * sessions)
        times.errors.clear()  # rows that are no activity's
        return told(times, "Datasette, the same file and load")
    finally:
        server.terminate()
        server.wait(10)


def wait_for(port: int) -> None:
    ends_at = time.monotonic() + 60
    while time.monotonic() < ends_at:
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=2).connect()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"nobody answers at port {port}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a copy of a register's folder (benchmarks.register_data makes one)")
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--reads", type=float, nargs=2, default=(2.0, 6.0), metavar=("LEAST", "MOST"))
    parser.add_argument("--datasette", type=Path, help="the Python of an environment that has Datasette")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "src"))
    keys, ids = officers(options.folder, options.sessions)
    from twinbook.project import serving

    load = partial(Load, seconds=options.seconds, reads=tuple(options.reads))
    acts = partial(act_of, ids=ids)

    os.environ["PYTHONPATH"] = str(ROOT / "src")
    server = serving.start_desk(address="127.0.0.1", port=PORT)
    try:
        cookies = [f"sessionid={key}" for key in keys]
        Load(PORT, 15.0, (0.1, 0.5), acts).run(cookies[:2])  # caches as on any morning
        title = (
            f"Twinbook, {options.sessions} officers at once, each reads for {options.reads[0]:g}–{options.reads[1]:g} s"
        )
        ours = told(load(PORT, draw=acts).run(cookies), title)
    finally:
        serving.stop(server)
    if options.datasette:
        peer = beside(options.datasette, options.folder, options.sessions, load)
        print(f"\nDatasette's median : ours = {peer / ours:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
