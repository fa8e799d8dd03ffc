"""What every reader under measurement does: load, read everything again and again, say what it took and found.

Runs in the environment of the reader it measures, so it imports nothing of Twinbook: a reader is a module
beside this one with `load() -> object` and `names(loaded, text)`, which gives lists of people, places, organisations;
Twinbook's has `page_names(loaded, raw, name)` too, others get whole pages through `extracted`.

    python worker.py READER REPEAT < items.json

Items are [[source, text], …] or, for whole pages, [[source, null, path], …]. "seconds" adds up the least disturbed of
each item's repeated times, so that what else the machine does counts for nobody.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Names = dict[str, list[str]]


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    items = json.load(sys.stdin)
    began = time.process_time()
    reader = importlib.import_module(sys.argv[1])
    loaded = reader.load()
    load_seconds = time.process_time() - began
    calls = {item[0]: call_for(reader, loaded, item) for item in items}
    began = time.process_time()
    found = {source: call() for source, call in calls.items()}  # also warms caches up
    first_seconds = time.process_time() - began
    times: dict[str, list[float]] = {source: [] for source in calls}
    for _ in range(int(sys.argv[2])):
        for source, call in calls.items():
            began = time.process_time()
            call()
            times[source].append(time.process_time() - began)
    least = sorted(map(min, times.values()))
    figures = {
        "load_seconds": load_seconds,
        "first_seconds": first_seconds,
        "pages": len(least),
        "seconds": sum(least),
        "bytes": sum(map(size_of, items)),
        "p50": least[len(least) // 2],
        "slowest": least[-1],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "found": found,
    }
    print(json.dumps(figures, ensure_ascii=False))


def call_for(reader: Any, loaded: Any, item: list[str]) -> Callable[[], Names]:
    """What reads one item: a story's text, or a page's bytes."""
    if len(item) == 2:
        return lambda: reader.names(loaded, item[1])  # type: ignore[no-any-return]  # a reader is any module
    raw, name = Path(item[2]).read_bytes(), Path(item[2]).name
    if hasattr(reader, "page_names"):
        return lambda: reader.page_names(loaded, raw, name)  # type: ignore[no-any-return]
    from extracted import text_of

    return lambda: reader.names(loaded, text_of(raw, name))  # type: ignore[no-any-return]


def size_of(item: list[str]) -> int:
    return len(item[1].encode()) if len(item) == 2 else Path(item[2]).stat().st_size


if __name__ == "__main__":
    main()
