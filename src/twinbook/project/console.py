"""What commands say on a terminal: sentences, tables and a progress bar; plain values where nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

Item = TypeVar("Item")

BAR_WIDTH = 30
QUIET_SECONDS = 1.0  # what is over sooner needs no bar
BAR_SECONDS, LINE_SECONDS = 0.5, 30.0  # between two tellings, to a terminal and to a log


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


class Meter:
    """How far a long job is, on standard error: a bar where somebody watches, else a plain line now and then.

    `total` 0: not known beforehand; then the number and the pace are told alone.
    """

    def __init__(self, label: str, total: int = 0, *, quiet: bool = False, out: TextIO | None = None) -> None:
        self.label, self.total, self.quiet, self.out = label, total, quiet, out or sys.stderr
        self.done = 0
        self._started = self._told = time.monotonic()
        self._is_watched = self.out.isatty()

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        if self.done % 100 or self.quiet:
            return
        now = time.monotonic()
        if now - self._told >= (BAR_SECONDS if self._is_watched else LINE_SECONDS):
            self._told = now
            self._tell(now)

    def _tell(self, now: float) -> None:
        pace = f"{self.done / (now - self._started):.0f} a second"
        if not self._is_watched:
            of = f" of about {self.total}" if self.total else ""
            print(f"{self.label}: {self.done}{of}, {pace}", file=self.out, flush=True)
            return
        filled = min(BAR_WIDTH, BAR_WIDTH * self.done // self.total) if self.total else 0
        bar = f" [{'#' * filled}{'.' * (BAR_WIDTH - filled)}]" if self.total else ""
        self.out.write(f"\r{self.label}{bar} {self.done}, {pace} ")
        self.out.flush()

    def end(self) -> None:
        """The line is free for what comes next."""
        if self._is_watched and self._told > self._started:
            self.out.write("\n")


def say(sentence: str, *, quiet: bool = False) -> None:
    """A sentence for the user on standard error, so that standard output holds results alone."""
    if not quiet:
        print(sentence, file=sys.stderr, flush=True)
