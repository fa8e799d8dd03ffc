"""What every reader under measurement does: load, read the stories again and again, say what it took and found.

Runs in the environment of the reader it measures, so it imports nothing of Twinbook: a reader is a module
beside this one with `load() -> object` and `names(loaded, text)`, which gives lists of people, places, organisations.

    python worker.py READER REPEAT < stories.json      (stories: [[source, text], …])
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from pathlib import Path


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    stories = json.load(sys.stdin)
    began = time.process_time()
    reader = importlib.import_module(sys.argv[1])
    loaded = reader.load()
    load_seconds = time.process_time() - began
    found = {source: reader.names(loaded, text) for source, text in stories}  # also warms caches up
    times = []
    began = time.process_time()
    for _ in range(int(sys.argv[2])):
        for _, text in stories:
            page = time.process_time()
            reader.names(loaded, text)
            times.append(time.process_time() - page)
    seconds = time.process_time() - began
    times.sort()
    print(
        json.dumps(
            {
                "load_seconds": load_seconds,
                "pages": len(times),
                "seconds": seconds,
                "characters": sum(len(text) for _, text in stories) * int(sys.argv[2]),
                "p50": times[len(times) // 2],
                "p99": times[min(len(times) - 1, int(len(times) * 0.99))],
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "found": found,
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
