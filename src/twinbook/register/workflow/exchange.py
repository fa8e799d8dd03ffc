"""One tie, two registers: our view signed and sent, the partner's view taken in as proposals; nothing is overwritten.

A file holds public facts only, as publishing.exchange gives them; what it says enters under the partner's view and by a
person's decision, and ranks below everything that we know ourselves. Format: docs/reference/exchange.md.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import User

from twinbook.register.models import Decision, Identifier, Source
from twinbook.register.models.fields import new_public_id
from twinbook.register.queries.exchange import RECEIVED, SENT, Party, last_serial, our_party, partner_for
from twinbook.register.workflow.capture import capture_bytes, capture_text
from twinbook.register.workflow.decide import Decided
from twinbook.register.workflow.enter import Given, enter
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.exchange_file import (
    Fingerprint,
    Signed,
    fingerprint,
    public_key,
    read_signed,
    sign,
)
from twinbook.register.workflow.exchange_reading import Told, read_items
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.propose import Proposed, queue_findings
from twinbook.register.workflow.record import find_record, storable, writing

KEY_SCHEME = "twinbook-key"
READ_BY = "exchange"


@dataclass(frozen=True)
class Sent:
    """A signed file ready to be handed over: its bytes, its name, its serial, and the source that keeps it here."""

    raw: bytes
    name: str
    serial: int
    source: str


@dataclass(frozen=True)
class Opened:
    """A file that was looked at and not taken in: who sends it, by which key, and whether that key is accepted."""

    sender: str
    place: str
    key: str
    fingerprint: Fingerprint
    is_accepted: bool
    serial: int
    items: int


def send(tie: str, items: Sequence[Mapping[str, Any]], *, secret: bytes, by: User, at: datetime) -> Sent:
    """Sign what a person chose of a tie's public facts and keep what left the house, with a decision that says so.

    `items` come from publishing.exchange; at least one. The serial grows with each file for this partner.
    """
    need(by, "publish")
    ours, partner = our_party(), partner_for(tie)
    if ours is None or partner is None:
        raise NotPossibleError("the office's own city has no tie of this id", code="exchange-no-tie", name=tie)
    if not items:
        raise NotPossibleError("choose at least one fact to send", code="exchange-nothing-chosen")
    own = fingerprint(public_key(secret))
    with writing():
        serial = max(last_serial(SENT, own.short, tie=partner.tie) + 1, int(at.timestamp()))
        body = {
            "from": ours.told(),
            "to": partner.told(),
            "tie": partner.tie,
            "serial": serial,
            "made_at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "items": [dict(item) for item in items],
        }
        raw = sign(body, secret)
        name = file_name(own, serial)
        kept = capture_bytes(raw, by=by, at=at, name=name, kind=SENT, address="", publisher=ours.name)
        source = Source.objects.get(public_id=kept.source)
        source.state, source.text, source.title = "read", text_of(raw), name
        source.save(update_fields=["state", "text", "title"])
        Decision.objects.create(
            act=new_public_id(), kind="send", by=by, at=at, source=source, record=find_record(partner.tie),
            reason=f"{len(items)} facts, serial {serial}",
        )  # fmt: skip
    return Sent(raw, name, serial, kept.source)


def file_name(key: Fingerprint, serial: int) -> str:
    """The name that files have here, by which the last serial of a key is found."""
    return f"{key.short}-{serial:012d}.twinbook.json"


def text_of(raw: bytes) -> str:
    """A file's content with a line an entry, for people to look at."""
    return json.dumps(json.loads(raw), ensure_ascii=False, indent=1, sort_keys=True)


def look_into(raw: bytes) -> Opened:
    """Who sends a file and by which key, with everything but the acceptance of the key checked."""
    signed, sender, _ = _checked(raw)
    return Opened(
        sender.name,
        sender.place,
        signed.key,
        signed.fingerprint,
        signed.key in accepted_keys(sender.place),
        signed.body["serial"],
        len(signed.body["items"]),
    )


def accept_key(place: str, key: str, *, by: User, at: datetime, how: str) -> Decided:
    """A person vouches that a public key is the partner's; `how` says how it was compared. It can be undone.

    An earlier key of the partner stays accepted until somebody withdraws it.
    """
    need(by, "publish")
    found = find_record(place, kind="place")
    try:
        shown = fingerprint(key)
    except ValueError as error:
        raise NotPossibleError("this is no public key", code="wrong-value", value=key[:60]) from error
    if not how.strip():
        raise NotPossibleError("say how the fingerprint was compared", code="reason-missing")
    words = f"{KEY_SCHEME}:{key}\n{shown.words}\n{shown.hex}\n{how}"
    note = capture_text(words, kind="note", by=by, at=at, title=f"Key {shown.words}").source
    given = [Given("identifier", f"{KEY_SCHEME}:{key}", quote=f"{KEY_SCHEME}:{key}")]
    return enter("place", given, source=note, by=by, at=at, record=found.public_id, reason=how)


def accepted_keys(place: str) -> Collection[str]:
    """The public keys that stand as a partner's."""
    found = find_record(place, kind="place")
    return set(Identifier.objects.filter(record=found, scheme=KEY_SCHEME).values_list("identifier", flat=True))


def receive(raw: bytes, *, by: User, at: datetime) -> Proposed:
    """Take a partner's file in: a source whose text holds every statement with its evidence, and proposals of it.

    NotPossibleError where it was changed, is of a key that nobody accepted, was sent to another city or about another
    tie, is older than one that came before, or of a newer format.
    """
    need(by, "capture")
    signed, sender, ours = _checked(raw)
    keys = accepted_keys(sender.place)
    if signed.key not in keys:
        code = "exchange-wrong-key" if keys else "exchange-unknown-key"
        raise NotPossibleError(
            f"nobody here accepted the key {signed.fingerprint.words} for {sender.name}",
            code=code,
            name=sender.name,
            fingerprint=signed.fingerprint.words,
        )
    serial = signed.body["serial"]
    with writing():
        last = last_serial(RECEIVED, signed.fingerprint.short)
        if serial <= last:
            raise NotPossibleError(
                f"file {serial} of {sender.name} is not newer than {last}, which is here already",
                code="exchange-replayed",
                name=sender.name,
            )
        told = read_items(signed.body, sender=sender, ours=ours)
        source = _keep(raw, signed, sender, told, by, at)
        found = [item.finding for item in told.items]
        return queue_findings(source, found, at=at, read_by=f"{READ_BY}:{signed.fingerprint.short}")


def _keep(raw: bytes, signed: Signed, sender: Party, told: Told, by: User, at: datetime) -> Source:
    serial = signed.body["serial"]
    name = file_name(signed.fingerprint, serial)
    kept = capture_bytes(raw, by=by, at=at, name=name, kind=RECEIVED, publisher=sender.name)
    source = Source.objects.get(public_id=kept.source)
    before = Source.objects.filter(kind=RECEIVED, name__startswith=signed.fingerprint.short).exclude(pk=source.pk)
    source.previous = before.order_by("-name").first()
    source.text, source.title, source.state = told.text, told.title, "read"
    source.published, source.day = told.day, date.fromisoformat(told.day)
    source.is_relevant, source.read_at, source.read_by = True, at, READ_BY
    source.reading = {"article": [[0, len(told.text)]]}
    source.losses = [{"code": "exchange-not-read", "message": sentence} for sentence in told.losses]
    source.save()
    return source


def _checked(raw: bytes) -> tuple[Signed, Party, Party]:
    """The file with its sender and our own city, by names and identifiers of the register."""
    signed = read_signed(raw)
    body = signed.body
    _check_shape(body)
    ours = our_party()
    if ours is None or not ours.is_told_as(body["to"]):
        raise NotPossibleError("the file was made for another city", code="exchange-not-for-us", name=_name(body["to"]))
    if ours.is_told_as(body["from"]):
        raise NotPossibleError("this is a file of our own", code="exchange-own")
    sender = partner_for(body["from"])
    if sender is None:
        raise NotPossibleError(
            f"the register has no tie with {_name(body['from'])}", code="exchange-no-tie", name=_name(body["from"])
        )
    return signed, sender, ours


def _check_shape(body: Mapping[str, Any]) -> None:
    """NotPossibleError where a signed file lacks what every one has."""
    serial = body.get("serial")
    is_right = (
        isinstance(serial, int)
        and not isinstance(serial, bool)
        and 0 < serial < 2**53
        and all(isinstance(body.get(side), dict) for side in ("from", "to"))
        and isinstance(body.get("items"), list)
        and isinstance(body.get("made_at"), str)
    )
    try:
        date.fromisoformat(str(body.get("made_at"))[:10])
    except ValueError:
        is_right = False
    if not is_right:
        raise NotPossibleError("the file lacks what an exchange file has", code="exchange-no-file")


def _name(told: Mapping[str, Any]) -> str:
    names = told.get("names")
    listed = [str(one.get("text", "")) for one in names if isinstance(one, dict)] if isinstance(names, list) else []
    return str(storable(next(iter(listed), "?")))[:100]
