"""Reading in a child process with limits on time and memory, whose death costs one page."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from twinbook.child.frames import read_frame, write_frame

CPU_SECONDS = 2.0  # a page that needs more is refused; the slowest real page of 1,032 needed far less (QUALITY 4.1)
WALL_SECONDS = 30.0  # for a machine so busy that two seconds of CPU time take long
MEMORY_BYTES = 512 * 1024 * 1024
LARGEST_DOCUMENT = 20 * 1024 * 1024
SENTENCES = {
    "size": "The document is larger than 20 MB. Save the page alone, or paste its text.",
    "time": "Reading the document took too long and was stopped. Paste the text of the story instead.",
    "memory": "Reading the document needed too much memory and was stopped. Paste the text of the story instead.",
    "start": "The reader could not be started. Tell whoever looks after this Twinbook; the page is kept.",
    "death": "The reader stopped on this document. Paste the text of the story instead.",
}


@dataclass(frozen=True)
class Outcome:
    """What became of one document: its Reading as JSON values (READING.md), or why there is none.

    `refusal` is None or one of size, time, memory, death, start; `sentence` says in English what to do.
    """

    reading: dict[str, Any] | None
    refusal: str | None = None

    @property
    def sentence(self) -> str:
        return SENTENCES.get(self.refusal or "", "")


class ReaderNotStartedError(Exception):
    """The child ended before it was ready; its own words are on standard error."""


class Child:
    """One child process at work; started at the first document, started anew after a death."""

    def __init__(
        self, *, cpu_seconds: float = CPU_SECONDS, memory_bytes: int = MEMORY_BYTES, wall_seconds: float = WALL_SECONDS
    ) -> None:
        self.cpu_seconds = cpu_seconds
        self.memory_bytes = memory_bytes
        self.wall_seconds = wall_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(
        self,
        raw: bytes,
        *,
        name: str = "",
        declared: str | None = None,
        address: str | None = None,
        language: str | None = None,
    ) -> Outcome:
        """The Reading of one document; never raises because of what the document holds."""
        if len(raw) > LARGEST_DOCUMENT:
            return Outcome(None, "size")
        request = {"name": name, "declared": declared, "address": address, "language": language}
        with self._lock:
            try:
                return self._ask(json.dumps(request).encode(), raw)
            except ReaderNotStartedError:
                return Outcome(None, "start")

    def close(self) -> None:
        """End the child process, if there is one."""
        with self._lock:
            self._end()

    def _ask(self, request: bytes, raw: bytes) -> Outcome:
        process = self._started()
        overdue = threading.Event()
        deadline = threading.Timer(self.wall_seconds, lambda: (overdue.set(), process.kill()))
        deadline.start()
        try:
            sink, source = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
            write_frame(sink, request)
            write_frame(sink, raw)
            reply = read_frame(source)
        except (BrokenPipeError, ConnectionResetError):
            reply = None
        finally:
            deadline.cancel()
        if reply is None:
            return Outcome(None, self._cause_of_death(overdue.is_set()))
        answer = json.loads(reply)
        if refusal := answer.get("refusal"):
            self._end()
            return Outcome(None, refusal)
        return Outcome(answer["reading"])

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            package = str(Path(__file__).resolve().parents[2])
            environment = {
                key: value for key, value in os.environ.items() if key in {"PATH", "SYSTEMROOT", "LANG", "LC_ALL"}
            }
            self._process = subprocess.Popen(
                [sys.executable, "-m", "twinbook.child.worker", str(self.cpu_seconds), str(self.memory_bytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment | {"PYTHONPATH": package, "PYTHONDONTWRITEBYTECODE": "1"},
            )
            if read_frame(cast(BinaryIO, self._process.stdout)) is None:
                self._end()
                raise ReaderNotStartedError
        return self._process

    def _cause_of_death(self, overdue: bool) -> str:
        process = self._process
        code = process.wait() if process else 0
        self._end()
        prof = 27  # SIGPROF, by number since Windows does not know the name
        if overdue or code == -prof:
            return "time"
        return "memory" if code in {-6, -9, -11} else "death"

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


_child = Child()
atexit.register(_child.close)


def read_in_child(
    raw: bytes,
    *,
    name: str = "",
    declared: str | None = None,
    address: str | None = None,
    language: str | None = None,
) -> Outcome:
    """The Reading of one document by this process's own child: the door for the register and the command.

    `name` is the file's name or address (its ending tells the format where the bytes do not), `declared` the charset
    of an HTTP header, `language` a code that overrules what the page says.
    """
    return _child.read(raw, name=name, declared=declared, address=address, language=language)
