"""Scans of papers: kept by their bytes, under a name of the office's own; what they are is told by the bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from twinbook.register.workflow.capture import LARGEST_SOURCE, capture_bytes
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import need

# Each kind of file that may be kept: its media type, the ending of its name, and how its bytes begin.
KINDS = (
    ("application/pdf", ".pdf", re.compile(rb"%PDF-")),
    ("image/jpeg", ".jpg", re.compile(rb"\xff\xd8\xff")),
    ("image/png", ".png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("image/tiff", ".tif", re.compile(rb"II\*\x00|MM\x00\*")),
    ("image/webp", ".webp", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
)
LONGEST_NAME = 120
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


@dataclass(frozen=True)
class Scan:
    """A kept scan: the id of its source, and its name with the ending that its bytes call for."""

    source: str
    name: str


def keep_scan(raw: bytes, name: str, *, by: User, at: datetime) -> Scan:
    """Keep a scan's bytes once; `name` is the office's own name for it, its ending is made anew by the content."""
    need(by, "capture")
    if len(raw) > LARGEST_SOURCE:
        raise NotPossibleError(f"{len(raw)} bytes are more than {LARGEST_SOURCE}", code="scan-too-large")
    told = kind_of(raw)
    if told is None:
        raise NotPossibleError("this is neither PDF nor a picture", code="scan-unknown-kind")
    media, ending = told
    own = named(name, ending)
    captured = capture_bytes(raw, by=by, at=at, name=own, declared=media, kind="scan")
    return Scan(captured.source, own)


def kind_of(raw: bytes) -> tuple[str, str] | None:
    """Media type and ending by the first bytes; None for what is not kept as a scan."""
    return next(((media, ending) for media, ending, begins in KINDS if begins.match(raw)), None)


def named(name: str, ending: str) -> str:
    """A file name without what a file name may not hold, ending as its content calls for."""
    stem = NOT_IN_NAMES.sub(" ", name).strip(" .")
    stem = re.sub(r"\.(pdf|jpe?g|png|tiff?|webp)$", "", stem, flags=re.IGNORECASE).strip(" .")
    return f"{stem[:LONGEST_NAME] or 'scan'}{ending}"
