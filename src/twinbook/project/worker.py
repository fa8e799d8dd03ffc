"""The office's worker: what is done by itself while the desk is served, one thing after another in one thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import date, datetime

from django.db import close_old_connections
from django.utils import timezone

from twinbook.project.mail import send_due
from twinbook.register.workflow.visit_people import delete_due
from twinbook.register.workflow.watching import Step, next_step

IDLE_SECONDS = 10.0  # between two looks at what is due
AFTER_TROUBLE_SECONDS = 60.0
EARLIEST_HOUR = 6  # of the office's day: nobody wants a reminder at night
LONGEST_WAIT_SECONDS = 300.0  # of `watch --once`, for a server that was asked just now

Clock = Callable[[], datetime]


class Worker:
    """Looks at the watch list until it is stopped; an error is told and does not end it."""

    def __init__(self, *, clock: Clock = timezone.now, idle_seconds: float = IDLE_SECONDS) -> None:
        self.clock = clock
        self.idle_seconds = idle_seconds
        self._reminded_on: date | None = None
        self._forgot_on: date | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="twinbook-worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; the request that it is in the middle of may take some seconds more."""
        self._stop.set()
        self._thread.join(2.0)

    def _work(self) -> None:
        wait = 0.0
        while not self._stop.wait(wait):
            wait = self.turn()

    def turn(self) -> float:
        """Do one thing; how many seconds to wait before the next."""
        close_old_connections()
        try:
            self._forget()
            self._remind()
            is_done = isinstance(next_step(clock=self.clock), Step)
        except Exception as error:  # whatever it is, the desk goes on and the next thing is tried
            print(f"twinbook worker: {type(error).__name__}: {error}", file=sys.stderr)
            return AFTER_TROUBLE_SECONDS
        finally:
            close_old_connections()
        return 0.0 if is_done else self.idle_seconds

    def _forget(self) -> None:
        """Once a day: participants of visits past their day; each visit's deletion is in the access log."""
        now = self.clock()
        if (today := timezone.localdate(now)) != self._forgot_on:
            delete_due(today, by=None, at=now)
            self._forgot_on = today

    def _remind(self) -> None:
        """Once a day, from early morning on; what was sent is written down, so that a new start sends nothing twice."""
        now = timezone.localtime(self.clock())
        if now.date() != self._reminded_on and now.hour >= EARLIEST_HOUR:
            send_due(at=now)
            self._reminded_on = now.date()


def steps_due(*, clock: Clock, wait: Callable[[float], object]) -> list[Step]:
    """Do all that is due now, waiting between two requests to one server; what must wait long is left."""
    done: list[Step] = []
    while step := next_step(clock=clock):
        if isinstance(step, Step):
            done.append(step)
            continue
        seconds = (step.until - clock()).total_seconds()
        if seconds > LONGEST_WAIT_SECONDS:
            break
        wait(max(0.1, seconds))
    return done
