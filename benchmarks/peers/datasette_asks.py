"""Datasette answers SQL over its JSON interface, in its own process; run by the Python that Datasette is installed in.

    python datasette_asks.py register.sqlite3

Reads lines of JSON: a list of asks, each a list of [sql, {parameter: value}]. Answers each line with the milliseconds
of each ask and how many rows its answers had. No network: the requests go through Datasette's own client.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

from datasette.app import Datasette  # type: ignore[import-not-found]  # lives in a place of its own

SETTINGS = {"sql_time_limit_ms": 60_000, "max_returned_rows": 10_000, "num_sql_threads": 1}


async def ask(client: Any, queries: list[list[Any]]) -> int:
    rows = 0
    for sql, parameters in queries:
        answer = await client.get("/register.json", params={"sql": sql, "_shape": "array", **parameters})
        answer.raise_for_status()
        rows += len(answer.json())
    return rows


async def main(path: str) -> None:
    site = Datasette(files=[path], settings=SETTINGS)
    await site.invoke_startup()
    for line in sys.stdin:
        milliseconds, rows = [], []
        for queries in json.loads(line):
            began = time.perf_counter()
            rows.append(await ask(site.client, queries))
            milliseconds.append((time.perf_counter() - began) * 1000)
        print(json.dumps([milliseconds, rows]), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
