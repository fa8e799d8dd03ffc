"""An address's answer, a file or a text → Source: stored once, before anything is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from twinbook.reading.page import clean_text
from twinbook.register.models import Source
from twinbook.register.web import Fetched, Fetcher, Refused
from twinbook.register.workflow.covering import without_erased
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.vocabulary.partial_date import PartialDate

LARGEST_SOURCE = 20 * 1024 * 1024  # bytes, as the child's limit
# Kinds of which the same bytes are one source.
BY_THEIR_BYTES = frozenset(["page", "file", "list", "exchange", "exchange-out", "scan"])


@dataclass(frozen=True)
class Captured:
    """The source's id, and whether these bytes are here for the first time."""

    source: str
    is_new: bool


def capture_bytes(
    raw: bytes,
    *,
    by: User | None,
    at: datetime,
    name: str = "",
    address: str = "",
    publisher: str = "",
    language: str = "",
    declared: str = "",
    kind: str = "page",
) -> Captured:
    """Keep the bytes of a page or file; the same bytes again are the same source.

    `name` is the file's name (its ending helps to tell the format), `declared` the encoding of the HTTP header,
    `language` overrules what the page says of itself.
    """
    need(by, "capture", or_machine=True)
    if not raw.strip():
        raise NotPossibleError("the page is empty; paste its text or give another file", code="empty-page")
    if len(raw) > LARGEST_SOURCE:
        raise NotPossibleError(
            f"{len(raw)} bytes are more than {LARGEST_SOURCE}; save the page alone", code="too-large"
        )
    fields = {
        "kind": kind,
        "raw": raw,
        "name": _clean(name, 300),
        "declared": _clean(declared, 60),
        "address": _clean(address, 2000),
        "publisher": _clean(publisher, 300),
        "language": _clean(language, 20),
        "captured_at": at,
        "captured_by": by,
    }
    return _store(hashlib.sha256(raw).hexdigest(), fields)


def capture_text(
    text: str,
    *,
    by: User | None,
    at: datetime,
    title: str = "",
    address: str = "",
    publisher: str = "",
    language: str = "",
    kind: str = "page",
) -> Captured:
    """Keep a pasted text, or with kind="note" an officer's own words (their text is ready at once: nothing reads it).

    The same note by the same officer is one source; a note's digest is made of both.
    """
    need(by, "capture", or_machine=True)
    clean = clean_text(text).text
    if not clean.strip():
        raise NotPossibleError("there is no text; paste the words of the page", code="empty-page")
    if kind in {"page", "file"}:
        return capture_bytes(
            clean.encode(), by=by, at=at, name="pasted.txt", address=address, publisher=publisher, language=language,
            declared="utf-8", kind=kind,
        )  # fmt: skip
    return store_ready(
        clean, kind=kind, by=by, at=at, title=title, address=address, publisher=publisher, language=language
    )


def store_ready(
    text: str,
    *,
    kind: str,
    by: User | None,
    at: datetime,
    title: str = "",
    address: str = "",
    publisher: str = "",
    language: str = "",
    published: str = "",
) -> Captured:
    """A source that nobody has to read: a note or a row of a table; its text is its bytes."""
    need(by, "capture", or_machine=True)
    publisher, address = _clean(publisher, 300), _clean(address, 2000)
    text = without_erased(text)
    digest = _ready_digest(kind, str(by.pk) if by else "", publisher, address, text)
    fields = {
        "kind": kind,
        "raw": text.encode(),
        "text": text,
        "title": _clean(title, 1000),
        "address": address,
        "publisher": publisher,
        "language": _clean(language, 20),
        "published": published,
        "state": "read",
        "captured_at": at,
        "captured_by": by,
        "read_at": at,
    }
    return _store(digest, fields)


def capture_address(
    address: str,
    *,
    by: User | None,
    at: datetime,
    publisher: str = "",
    language: str = "",
    fetcher: Fetcher | None = None,
) -> Captured:
    """Keep what stands at an http or https address; fetched before any transaction, through the guarded door.

    NotPossibleError with the door's own code ("closed-address", "time", "size" …) where it is not fetched.
    """
    need(by, "capture", or_machine=True)
    try:
        answer = (fetcher or Fetcher()).fetch(address.strip())
    except Refused as error:
        raise NotPossibleError(str(error), code=error.code, address=address[:200]) from error
    return capture_bytes(
        answer.raw,
        by=by,
        at=at,
        name=name_for(answer),
        address=answer.address,
        publisher=publisher or urlsplit(answer.address).hostname or "",
        language=language,
        declared=answer.charset or "",
    )


def name_for(answer: Fetched) -> str:
    """A file name whose ending tells the format: the address's own, else .html where the header says so."""
    name = urlsplit(answer.address).path.rsplit("/", 1)[-1]
    return name if "." in name else f"{name or 'page'}.html" if "html" in answer.content_type else name


def _ready_digest(kind: str, owner: str, publisher: str, address: str, text: str) -> str:
    """Of a note or row: the same words of another officer or table are another source."""
    return hashlib.sha256("\0".join([kind, owner, publisher, address, text]).encode()).hexdigest()


def digest_of(source: Source) -> str:
    """The digest that a source must have by what is kept of it."""
    if source.kind in BY_THEIR_BYTES:
        return hashlib.sha256(bytes(source.raw)).hexdigest()
    owner = str(source.captured_by_id or "")
    kept = bytes(source.raw).decode()
    return _ready_digest(source.kind, owner, source.publisher, source.address, kept)


def capture_file(path: Path, *, by: User | None, at: datetime, publisher: str = "", language: str = "") -> Captured:
    """Keep a file as it lies on the disk."""
    need(by, "capture", or_machine=True)
    return capture_bytes(path.read_bytes(), by=by, at=at, name=path.name, publisher=publisher, language=language)


def _store(digest: str, fields: dict[str, Any]) -> Captured:
    """Insert under the unique digest: of two who store the same at once, one makes it and both get it."""
    found = Source.objects.filter(digest=digest).values_list("public_id", flat=True).first()
    if found:
        return Captured(found, False)
    address = fields["address"]
    fields["day"] = day_of(str(fields.get("published", "")), captured_at=fields["captured_at"])
    previous = Source.objects.filter(address=address).order_by("-captured_at", "-pk").first() if address else None
    try:
        with transaction.atomic():
            source = Source.objects.create(digest=digest, previous=previous, **fields)
    except IntegrityError:
        return Captured(Source.objects.values_list("public_id", flat=True).get(digest=digest), False)
    return Captured(source.public_id, True)


def day_of(published: str, *, captured_at: Any) -> date:
    """The day that a source speaks of: the last day of its publication, else that of its capture."""
    last = PartialDate.parse(published).last if published else None
    return last or captured_at.date()


def _clean(text: str, longest: int) -> str:
    return clean_text(text).text.strip()[:longest]
