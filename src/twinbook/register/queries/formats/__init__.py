"""The whole register in open formats: JSON Lines and CSV tables come back without loss, JSON-LD and Turtle go out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from twinbook.register.queries.formats.json_ld import json_ld
from twinbook.register.queries.formats.table_package import write_package
from twinbook.register.queries.formats.turtle import turtle
from twinbook.register.queries.whole import whole_register


@dataclass(frozen=True)
class Format:
    """One open format: its code, the ending of its files, its media type; `write` fills a binary file.

    `is_whole`: an empty register can be built from it (twinbook import-register).
    """

    code: str
    ending: str
    media_type: str
    write: Callable[[IO[bytes]], int]
    is_whole: bool = False


def _lines(lines: Callable[[], Iterator[str]]) -> Callable[[IO[bytes]], int]:
    """A writer of lines; it gives their number."""

    def write(file: IO[bytes]) -> int:
        count = 0
        for count, line in enumerate(lines(), 1):  # noqa: B007  the last count is the number of lines
            file.write(f"{line}\n".encode())
        return count

    return write


FORMATS = {
    one.code: one
    for one in (
        Format("jsonl", "jsonl", "application/jsonl", _lines(whole_register), is_whole=True),
        Format("csv", "zip", "application/zip", write_package, is_whole=True),
        Format("jsonld", "jsonld", "application/ld+json", _lines(json_ld)),
        Format("turtle", "ttl", "text/turtle", _lines(turtle)),
    )
}
