"""The child: takes documents on standard input, gives Readings on standard output, and holds nothing else.

Frames in both directions: four bytes with the length of what follows (big-endian), then JSON; a request's document
follows its JSON in a frame of its own. The child ends when its parent closes the pipe.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from twinbook.child.frames import read_frame, write_frame
from twinbook.reading.finding import Note, Reading
from twinbook.reading.formats import letters_of, read_document
from twinbook.reading.language import language_pack, languages
from twinbook.reading.page import PAGE_ENCODINGS, Page
from twinbook.reading.pipeline import read_page, read_story
from twinbook.reading.reader import DEFAULT, Reader, ReaderLacksError, find_reader, load_taggers
from twinbook.reading.story import Story, Tagger

FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.spawn", "os.system", "shutil.", "ctypes.dlopen")
MOST_PAGES = 20  # of one mailbox, so that the limit on time is kept
WRITING = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC


@dataclass(frozen=True)
class Desk:
    """What the child reads with: the reader that its parent named, and that one's names models by language."""

    reader: Reader
    taggers: Mapping[str, Tagger] = field(default_factory=dict)


def warm_up(code: str = DEFAULT, models: Path | None = None) -> Desk:
    """Load what reading loads lazily, so that the limits below measure pages and not the first of them.

    Raises ReaderLacksError where the reader cannot work here.
    """
    desk = Desk(find_reader(code), load_taggers(find_reader(code), models))
    for tagger in desk.taggers.values():
        tagger("Ж", [(0, 1)])
    for encoding in sorted(PAGE_ENCODINGS):
        b"".decode(encoding)
    for language in languages():
        language_pack(language)
        read_page(Page.of_text("1994\n\n2018 — 2019.", language=language), language=language)
    return desk


def shut_doors(memory_bytes: int) -> None:
    """From here on: no more memory than given, no file written or read outside the program's own, no network."""
    try:
        import resource  # here, since Windows has none: there only the parent's deadline holds
    except ImportError:
        pass
    else:
        if sys.platform == "linux":  # elsewhere the address space in use is not known
            with open("/proc/self/statm", encoding="ascii") as statm:
                now = int(statm.read().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (now + memory_bytes, now + memory_bytes))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    own = tuple(os.path.realpath(path) for path in {sys.prefix, sys.base_prefix, *filter(None, sys.path)})

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            reads_own = isinstance(path, str | bytes) and os.path.realpath(os.fsdecode(path)).startswith(own)
            if not reads_own or (isinstance(flags, int) and flags & WRITING):
                raise PermissionError(f"reading opens nothing: {path!r}")
        elif event.startswith(FORBIDDEN):
            raise PermissionError(f"reading opens nothing: {event}")

    sys.addaudithook(watch)


def set_alarm(cpu_seconds: float) -> None:
    """End the process by the system's own hand after so much of its CPU time, even inside a parser written in C."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)


def answer(request: dict[str, Any], raw: bytes, desk: Desk) -> dict[str, Any]:
    """What the parent asked for, as JSON values, or the refusal's code.

    `parts`: where each letter of a mailbox stands. Else the Reading of one document, with the question to a language
    model where the reader has one; or, where `answer` brings what the model said, the Reading with that.
    """
    try:
        if request.get("parts"):
            return {"parts": [list(span) for span in letters_of(raw)]}
        pages = read_document(raw, name=request["name"], declared=request["declared"], address=request["address"])
        reading, story = telling(pages, language=request["language"], taggers=desk.taggers)
        if story is None or not desk.reader.question or not desk.reader.hear:
            return {"reading": reading.as_dict()}
        if (said := request.get("answer")) is not None:
            return {"reading": desk.reader.hear(said, story, reading).as_dict()}
        question = desk.reader.question(story, reading)
        return {"reading": reading.as_dict(), "question": asdict(question) if question else None}
    except MemoryError:
        return {"refusal": "memory"}


def telling(
    pages: list[Page], *, language: str | None, taggers: Mapping[str, Tagger] | None = None
) -> tuple[Reading, Story | None]:
    """The Reading of the one page that tells most: in mail the release is often attached to a line of greeting.

    An attachment without a day of its own has that of its message; pages left aside are told in a note.
    """
    sent = pages[0].published
    dated = [replace(page, published=page.published or sent) for page in pages[:MOST_PAGES]]
    read = [read_story(page, language=language, taggers=taggers) for page in dated]
    chosen, story = max(read, key=lambda one: (one[0].relevant, _told(one[0])))
    aside = sum(one.relevant for one, _ in read if one is not chosen) + max(0, len(pages) - MOST_PAGES)
    if not aside:
        return chosen, story
    message = f"{aside} more documents of this mail are not read here; save each as a file and add it"
    return replace(chosen, notes=(*chosen.notes, Note("page", message, code="documents-aside"))), story


def _told(reading: Reading) -> int:
    return len(reading.activities) + len(reading.ties) + len(reading.landmarks)


def serve(source: BinaryIO, sink: BinaryIO, desk: Desk, *, cpu_seconds: float) -> None:
    """Answer requests until the parent closes the pipe."""
    while (request := read_frame(source)) is not None:
        raw = read_frame(source) or b""
        set_alarm(cpu_seconds)
        reply = answer(json.loads(request), raw, desk)
        body = json.dumps(reply, ensure_ascii=False).encode("utf-8", "surrogatepass")
        set_alarm(0)
        write_frame(sink, body)
        if "refusal" in reply:
            return


def main() -> None:
    cpu_seconds, memory_bytes, code, models = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    try:
        desk = warm_up(code, Path(models) if models else None)
    except ReaderLacksError as lack:
        write_frame(sink, json.dumps({"lacks": str(lack)}).encode())
        return
    shut_doors(memory_bytes)
    write_frame(sink, b"{}")
    serve(source, sink, desk, cpu_seconds=cpu_seconds)


if __name__ == "__main__":
    main()
