"""How fast pages are read: pages a second of processor time, load time, the slowest pages, memory, growth with length.

    python -m benchmarks.reading [--rounds N] [--longest MEGABYTES] [--json]

Pages are the development pages in tests/reading/cases, read from bytes to Reading in this process on one core (the
first that it may use). Times are CPU time. "load" is a fresh interpreter that imports the reading and the language's
pack and reads one page, less the bare interpreter. Goals: 100 pages a second, load under 1 s, p99 at most 50 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from twinbook.reading.formats import read_bytes  # noqa: E402  found by the path set above
from twinbook.reading.pipeline import read_page  # noqa: E402  found by the path set above

CASES = ROOT / "tests" / "reading" / "cases"
LANGUAGES = ("en", "ja", "ru")
KILOBYTE = 1024
LENGTHS = (50, 100, 200, 400)  # kilobytes, in which growth is measured without --longest
LOADING = """
import sys, time
sys.path.insert(0, {source!r})
begun = time.process_time()
from twinbook.reading.formats import read_bytes
from twinbook.reading.pipeline import read_page
read_page(read_bytes(open({page!r}, "rb").read(), name={page!r}))
print(time.process_time() - begun)
"""


def measure(code: str, rounds: int) -> dict[str, float]:
    """Figures of one language: pages and megabytes a second, milliseconds of the middle and the slowest pages."""
    pages = [(path.read_bytes(), path.name) for path in _pages(code)]
    for raw, name in pages:
        read_page(read_bytes(raw, name=name))
    times = []
    for _ in range(rounds):
        for raw, name in pages:
            begun = time.process_time()
            read_page(read_bytes(raw, name=name))
            times.append(time.process_time() - begun)
    times.sort()
    read = sum(len(raw) for raw, _ in pages) * rounds
    return {
        "pages a second": round(len(times) / sum(times), 1),
        "MB a second": round(read / sum(times) / 1e6, 3),
        "p50 ms": round(times[len(times) // 2] * 1000, 1),
        "p99 ms": round(times[int(len(times) * 0.99)] * 1000, 1),
        "load s": load_seconds(code),
    }


def load_seconds(code: str) -> float:
    """CPU seconds from a fresh interpreter to the first Reading."""
    program = LOADING.format(source=str(ROOT / "src"), page=str(_pages(code)[0]))
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return round(float(found.stdout), 2)


def growth(code: str, kilobytes: tuple[int, ...]) -> dict[int, float]:
    """CPU seconds by length of a page made of one development page over and over, its lines numbered apart."""
    story = "\n".join(path.read_text("utf-8") for path in _pages(code) if path.suffix == ".txt")
    found = {}
    for size in kilobytes:
        wanted = size * KILOBYTE
        copies = [f"{number}. {line}" for number in range(wanted // len(story) + 1) for line in story.splitlines()]
        raw = "\n".join(copies)[:wanted].encode()
        begun = time.process_time()
        read_page(read_bytes(raw, name="long.txt"))
        found[size] = round(time.process_time() - begun, 2)
    return found


def _pages(code: str) -> list[Path]:
    return sorted(path for path in (CASES / code).iterdir() if path.suffix in (".txt", ".html"))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--longest", type=float, default=0.0, help="megabytes of the longest page of the growth")
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    longest = int(options.longest * KILOBYTE)
    lengths = tuple(longest // part for part in (16, 8, 4, 2, 1)) if longest else LENGTHS
    figures: dict[str, Any] = {code: measure(code, options.rounds) for code in LANGUAGES}
    for code in LANGUAGES:
        figures[code]["seconds by kilobytes"] = growth(code, lengths)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE
    if options.json:
        print(json.dumps(figures | {"peak MB": round(peak)}, ensure_ascii=False, indent=1))
        return
    for code, values in figures.items():
        print(code, "  ".join(f"{name} {value}" for name, value in values.items()))
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
