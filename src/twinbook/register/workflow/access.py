"""The access log: who looked at what is sensitive, who changed what matters; a chain that is never shortened unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction

from twinbook.register.models import AccessCut, AccessEntry
from twinbook.register.workflow.permission import need

ACTS = (
    "look",  # a sensitive field was shown
    "change",  # a sensitive field was written
    "sign-in",
    "factor-failed",
    "factor-added",
    "factor-removed",
    "invite",
    "roles",
    "switch-off",
    "switch-on",
    "give-out",  # one person's data was exported
    "erase",
    "publish",
    "download",  # a paper or a copy of the register left the desk
    "log-cut",
)
START = "0" * 64
LOCK = 4025_0001  # number of the advisory lock that orders the writers on PostgreSQL


def note_access(
    act: str,
    *,
    by: User | None,
    at: datetime,
    kind: str = "",
    about: str = "",
    fields: Sequence[str] = (),
    note: str = "",
) -> int:
    """Write one line; returns its number. `about` is a public id; `note` must hold no personal data."""
    if act not in ACTS:
        raise ValueError(f"no act {act!r} in the access log; known: {', '.join(ACTS)}")
    with transaction.atomic():
        _one_writer()
        number, before = _end()
        entry = AccessEntry(
            number=number + 1, at=at, by=by, act=act, kind=kind, about=about, fields=list(fields), note=note
        )
        entry.digest = digest_of_line(entry, before)
        entry.save(force_insert=True)
        return entry.number


def digest_of_line(entry: AccessEntry, before: str) -> str:
    """SHA-256 of the digest before and all that the line says."""
    said: list[Any] = [entry.number, entry.at.timestamp(), entry.by_id, entry.act, entry.kind, entry.about]
    said += [entry.fields, entry.note]
    return hashlib.sha256(f"{before}\n{json.dumps(said, ensure_ascii=False)}".encode()).hexdigest()


def cut(before: datetime, *, by: User, at: datetime) -> int:
    """Let the lines from before a moment go: their term is over. The cut itself is a line, and how many went."""
    need(by, "terms")
    with transaction.atomic():
        _one_writer()
        last = AccessEntry.objects.filter(at__lt=before).order_by("-number").first()
        if last is None:
            return 0
        AccessCut.objects.create(number=last.number, digest=last.digest, at=at, last_at=last.at)
        gone = AccessEntry.objects.filter(number__lte=last.number)
        number = gone.count()
        gone._raw_delete(gone.db)  # type: ignore[attr-defined]  # plain DELETE: the trigger judges each line
        note_access("log-cut", by=by, at=at, note=str(number))
        return number


def broken_links() -> Iterator[tuple[int, str]]:
    """(number, what is wrong) of each line that does not follow from the one before it."""
    number, before = _start()
    for entry in AccessEntry.objects.order_by("number").iterator(1000):
        if entry.number != number + 1:
            yield entry.number, f"line {number + 1} of the access log is missing"
        elif entry.digest != digest_of_line(entry, before):
            yield entry.number, "this line of the access log was changed"
        number, before = entry.number, entry.digest


def _start() -> tuple[int, str]:
    last = AccessCut.objects.order_by("-number").first()
    return (last.number, last.digest) if last else (0, START)


def _end() -> tuple[int, str]:
    last = AccessEntry.objects.order_by("-number").values_list("number", "digest").first()
    return last or _start()


def _one_writer() -> None:
    """SQLite lets one writer in at a time; PostgreSQL waits at a lock that ends with the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
