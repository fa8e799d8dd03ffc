"""How fast pages are read and how well their names are found, beside what one would put together today, in one run.

    python -m benchmarks.reading [--ru PYTHON] [--ja PYTHON] [--en PYTHON] [--models] [--repeat N]
                                 [--longest MEGABYTES] [--soak PAGES] [--plot FILE] [--check]

Each PYTHON is the interpreter of an environment that holds the peer (docs/how-to/measure-against-peers.md); a language
without one is measured alone, and the table says so. All run on one pinned core; times are CPU time.

- Stories: the article of each development page as its gold has it, so that nobody gains by finding it.
- Pages: the same pages from their bytes (HTML, text); the peers get their text from trafilatura.

Twinbook does its whole reading of either, the peers find names only. "first" is the first time that a reader meets
the pages, before any cache knows their words. Growth, memory and the worst page are Twinbook's alone. `--check` ends
with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks import growth, plot  # noqa: E402  found by the path set above
from benchmarks.names import KINDS, pages, scores, stories  # noqa: E402  found by the path set above

PEERS = {"ru": "natasha_reader", "ja": "ginza_reader", "en": "spacy_reader"}
RATIOS = {"ru": 5.0, "ja": 50.0, "en": 5.0}
MODELS_RATIO = 1.2
PAGES_A_SECOND, LOAD_SECONDS, P99_MILLISECONDS, STEEPEST, WORST_SECONDS = 100, 1.0, 50, 1.15, 2.1
HEADS = f"{'pages/s':>9}{'first/s':>9}{'MB/s':>8}{'p50 ms':>8}{'max ms':>8}{'load s':>8}{'MB':>6}"


class Goals:
    """The goals asked for, and whether they were reached; each is printed beside its figure."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def ask(self, what: str, figure: str, reached: bool, goal: str) -> None:
        print(f"{what:<36}{figure:>12}   goal {goal}: {'reached' if reached else 'MISSED'}")
        if not reached:
            self.missed.append(what)


def measure(python: str, reader: str, items: list[list[Any]], repeat: int) -> dict[str, Any]:
    """One reader in its own environment, on one core where the system can pin."""
    words = [python, str(ROOT / "benchmarks" / "peers" / "worker.py"), reader, str(repeat)]
    if taskset := shutil.which("taskset"):
        words = [taskset, "-c", "0", *words]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src") if reader.startswith("twinbook") else ""}
    done = subprocess.run(words, input=json.dumps(items), capture_output=True, text=True, check=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rate(figures: dict[str, Any]) -> float:
    return float(figures["pages"] / figures["seconds"])


def row(name: str, figures: dict[str, Any], language: str) -> str:
    marks = scores(figures["found"], language)
    first = len(figures["found"]) / figures["first_seconds"]
    return (
        f"{name:<30}{rate(figures):>9.1f}{first:>9.1f}{figures['bytes'] / figures['seconds'] / 1e6:>8.2f}"
        f"{1000 * figures['p50']:>8.1f}{1000 * figures['slowest']:>8.1f}{figures['load_seconds']:>8.2f}"
        f"{figures['peak_mb']:>6.0f}   " + " ".join(f"{marks[kind]:.3f}" for kind in KINDS)
    )


def beside(given: argparse.Namespace, goals: Goals) -> None:
    """The tables of stories and of pages, each reader's line by line, and the ratios."""
    for what in ("stories", "pages"):
        print(f"\n{f'{what}: CPU time, one core':<30}{HEADS}   F1 people places organisations")
        for language, peer in PEERS.items():
            items: list[list[Any]] = [list(item) for item in stories(language)]
            if what == "pages":
                items = [[source, None, str(path)] for source, path in pages(language)]
            ours = measure(sys.executable, "twinbook_reader", items, given.repeat)
            print(row(f"{language} twinbook", ours, language))
            models = None
            if language == "ru" and given.models:
                models = measure(sys.executable, "twinbook_models_reader", items, given.repeat)
                print(row("ru twinbook, names model", models, language))
            if python := getattr(given, language):
                theirs = measure(python, peer, items, given.repeat)
                print(row(f"{language} {peer.removesuffix('_reader')}", theirs, language))
                compare(language, what, ours, models, theirs, goals)
            else:
                print(f"{language} {peer.removesuffix('_reader')}: left out, no --{language} PYTHON was given")
            if what == "pages":
                asked = f"{language}: pages a second"
                goals.ask(asked, f"{rate(ours):.0f}", rate(ours) >= PAGES_A_SECOND, f"≥ {PAGES_A_SECOND}")
                slowest = 1000 * ours["slowest"]
                goals.ask(
                    f"{language}: p99", f"{slowest:.1f} ms", slowest <= P99_MILLISECONDS, f"≤ {P99_MILLISECONDS} ms"
                )
                load = ours["load_seconds"]
                goals.ask(f"{language}: load of all packs", f"{load:.2f} s", load < LOAD_SECONDS, f"< {LOAD_SECONDS} s")


def compare(
    language: str, what: str, ours: dict[str, Any], models: dict[str, Any] | None, theirs: dict[str, Any], goals: Goals
) -> None:
    """How many times as many pages as the peer; of stories that is a goal, and so is the higher score in each kind."""
    for name, figures, goal in (("twinbook", ours, RATIOS[language]), ("names model", models, MODELS_RATIO)):
        if figures is None:
            continue
        times = rate(figures) / rate(theirs)
        if what == "pages":
            print(f"{f'{language}: {name} : peer, from bytes':<36}{times:>10.1f} ×")
            continue
        goals.ask(f"{language}: {name} : peer", f"{times:.1f} ×", times >= goal, f"≥ {goal:g} ×")
        mine, other = scores(figures["found"], language), scores(theirs["found"], language)
        best = all(mine[kind] > other[kind] for kind in KINDS)
        goals.ask(f"{language}: {name}, scores above peer", "", best, "each kind")


def grow(given: argparse.Namespace, goals: Goals) -> None:
    """Time by length, memory by number of pages, the worst page in its limited child."""
    longest = given.longest * growth.KILOBYTE
    sizes = [round(longest / 2**step) for step in range(6, -1, -1)]
    lines = {}
    print(f"\nseconds by kilobytes {sizes}")
    for language in PEERS:
        paths = [path for _, path in pages(language)]
        growth.seconds_by_kilobytes(paths, sizes[:1])  # loads
        points = growth.seconds_by_kilobytes(paths, sizes)
        lines[language] = [(size / growth.KILOBYTE, seconds) for size, seconds in points]
        print(language, " ".join(f"{seconds:.2f}" for _, seconds in points))
        steep = growth.slope(points)
        goals.ask(f"{language}: growth with length", f"^{steep:.2f}", steep <= STEEPEST, f"≤ {STEEPEST} (1 is a line)")
    if given.plot:
        title = "Reading time by page length"
        given.plot.write_text(plot.svg(title, "megabytes", "CPU seconds", lines), "utf-8")
    everything = [path for language in PEERS for _, path in pages(language)]
    if given.soak:
        held = growth.memory_by_pages(everything, given.soak)
        print("megabytes held by pages read:", " ".join(f"{number}: {held_now:.0f}" for number, held_now in held))
        middle, end = held[len(held) // 2][1], held[-1][1]
        goals.ask("memory over the second half", f"{end - middle:+.0f} MB", end - middle <= 0.1 * middle, "≤ +10 %")
    name, seconds, limit = growth.worst_in_child(everything)
    goals.ask(f"worst page in its child ({name})", f"{seconds:.2f} s", seconds <= WORST_SECONDS, f"≤ {WORST_SECONDS} s")
    print(f"(its limit is {limit:g} s of CPU time; this is by the clock)")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for language, peer in PEERS.items():
        arguments.add_argument(f"--{language}", metavar="PYTHON", help=f"interpreter with {peer}'s packages")
    arguments.add_argument("--models", action="store_true", help="measure the reader `models` for Russian as well")
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--longest", type=float, default=1.0, help="megabytes of the longest page of the growth")
    arguments.add_argument("--soak", type=int, default=0, help="pages over which memory is watched")
    arguments.add_argument("--plot", type=Path, help="where the picture of the growth goes (SVG)")
    arguments.add_argument("--check", action="store_true", help="end with 1 where a goal is missed")
    given = arguments.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    goals = Goals()
    beside(given, goals)
    grow(given, goals)
    print("\nall goals reached" if not goals.missed else f"\nmissed: {', '.join(goals.missed)}")
    return int(given.check and bool(goals.missed))


if __name__ == "__main__":
    sys.exit(main())
