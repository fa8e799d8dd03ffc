"""Frames on a pipe: four bytes of length, then so many bytes."""

from __future__ import annotations

import struct
from typing import BinaryIO

LENGTH = struct.Struct(">I")


def write_frame(sink: BinaryIO, body: bytes) -> None:
    sink.write(LENGTH.pack(len(body)))
    sink.write(body)
    sink.flush()


def read_frame(source: BinaryIO) -> bytes | None:
    """The next frame's bytes; None where the pipe ended, also in the middle of a frame."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = source.read(length)
    return body if len(body) == length else None
