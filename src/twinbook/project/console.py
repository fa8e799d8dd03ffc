"""What commands say on a terminal: sentences, tables and a progress bar; plain values where nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

Item = TypeVar("Item")

BAR_WIDTH = 30
QUIET_SECONDS = 1.0  # what is over sooner needs no bar


class Trouble(Exception):
    """Something the user can mend: one sentence that says what to do; becomes exit code `code`."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def progress(
    items: Iterable[Item], *, total: int, label: str, quiet: bool = False, out: TextIO | None = None
) -> Iterator[Item]:
    """The items as they come, with a bar on standard error for what takes over a second and is watched."""
    stream = out or sys.stderr
    watched = not quiet and stream.isatty()
    started = time.monotonic()
    shown = False
    for number, item in enumerate(items, 1):
        yield item
        if watched and (shown or time.monotonic() - started > QUIET_SECONDS):
            shown = True
            filled = BAR_WIDTH * number // max(1, total)
            stream.write(f"\r{label} [{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {number}/{total}")
            stream.flush()
    if shown:
        stream.write("\n")


def say(sentence: str, *, quiet: bool = False) -> None:
    """A sentence for the user on standard error, so that standard output holds results alone."""
    if not quiet:
        print(sentence, file=sys.stderr, flush=True)
