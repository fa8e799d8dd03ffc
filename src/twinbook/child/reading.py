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
# Threads of a names model's arithmetic would each take address space out of the limit, and gain nothing on a page.
OWN_ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
SENTENCES = {
    "size": "The document is larger than 20 MB. Save the page alone, or paste its text.",
    "time": "Reading the document took too long and was stopped. Paste the text of the story instead.",
    "memory": "Reading the document needed too much memory and was stopped. Paste the text of the story instead.",
    "start": "The reader could not be started. Tell whoever looks after this Twinbook; the page is kept.",
    "death": "The reader stopped on this document. Paste the text of the story instead.",
    "reader": "The reader that this office chose cannot work here; the page is kept.",
}


@dataclass(frozen=True)
class Outcome:
    """What became of one document: its Reading as JSON values (READING.md), or why there is none.

    `refusal` is None or one of size, time, memory, death, start, reader; `sentence` says in English what to do.
    `question` is what the reader would ask a language model about it: {"rules", "page"}, None where nothing.
    """

    reading: dict[str, Any] | None
    refusal: str | None = None
    detail: str = ""
    question: dict[str, str] | None = None

    @property
    def sentence(self) -> str:
        return " ".join(filter(None, [SENTENCES.get(self.refusal or "", ""), self.detail]))


@dataclass(frozen=True)
class Choice:
    """The reader that a child works with, and the folder of its model's files ("": as their package brings them)."""

    reader: str = "rules"
    models: str = ""


class ReaderNotStartedError(Exception):
    """The child ended before it was ready: `lacks` says what its reader misses; else its own words say why."""

    def __init__(self, lacks: str = "") -> None:
        super().__init__(lacks)
        self.lacks = lacks


class Child:
    """One child process at work; started at the first document, started anew after a death."""

    def __init__(
        self,
        choice: Choice = Choice(),
        *,
        cpu_seconds: float = CPU_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        wall_seconds: float = WALL_SECONDS,
    ) -> None:
        self.choice = choice
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
        answer: str | None = None,
    ) -> Outcome:
        """The Reading of one document; never raises because of what the document holds.

        `answer` is what a language model said to this document's question.
        """
        request = {"name": name, "declared": declared, "address": address, "language": language, "answer": answer}
        given = self._request(request, raw)
        if isinstance(given, Outcome):
            return given
        return Outcome(given["reading"], question=given.get("question"))

    def letters(self, raw: bytes) -> list[tuple[int, int]]:
        """Where each letter of a mailbox stands in its bytes; empty where they are none or cannot be taken apart."""
        given = self._request({"parts": True}, raw)
        return [] if isinstance(given, Outcome) else [(start, end) for start, end in given["parts"]]

    def _request(self, request: dict[str, Any], raw: bytes) -> dict[str, Any] | Outcome:
        if len(raw) > LARGEST_DOCUMENT:
            return Outcome(None, "size")
        with self._lock:
            try:
                return self._ask(json.dumps(request).encode(), raw)
            except ReaderNotStartedError as error:
                return Outcome(None, "reader", error.lacks) if error.lacks else Outcome(None, "start")

    def close(self) -> None:
        """End the child process, if there is one."""
        with self._lock:
            self._end()

    def _ask(self, request: bytes, raw: bytes) -> dict[str, Any] | Outcome:
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
        answer: dict[str, Any] = json.loads(reply)
        if refusal := answer.get("refusal"):
            self._end()
            return Outcome(None, refusal)
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            package = str(Path(__file__).resolve().parents[2])
            environment = {
                key: value for key, value in os.environ.items() if key in {"PATH", "SYSTEMROOT", "LANG", "LC_ALL"}
            }
            limits = [str(self.cpu_seconds), str(self.memory_bytes)]
            self._process = subprocess.Popen(
                [sys.executable, "-m", "twinbook.child.worker", *limits, self.choice.reader, self.choice.models],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment | OWN_ENVIRONMENT | {"PYTHONPATH": package},
            )
            ready = read_frame(cast(BinaryIO, self._process.stdout))
            lacks = json.loads(ready).get("lacks", "") if ready else ""
            if ready is None or lacks:
                self._end()
                raise ReaderNotStartedError(lacks)
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


_children: dict[Choice, Child] = {}
_starting = threading.Lock()


def child_of(choice: Choice) -> Child:
    """This process's own child that reads in the chosen way."""
    with _starting:
        if choice not in _children:
            child = _children[choice] = Child(choice)
            atexit.register(child.close)
        return _children[choice]


def read_in_child(
    raw: bytes,
    *,
    name: str = "",
    declared: str | None = None,
    address: str | None = None,
    language: str | None = None,
) -> Outcome:
    """The Reading of one document by the rules, in this process's own child.

    `name` is the file's name or address (its ending tells the format where the bytes do not), `declared` the charset
    of an HTTP header, `language` a code that overrules what the page says.
    """
    return child_of(Choice()).read(raw, name=name, declared=declared, address=address, language=language)
