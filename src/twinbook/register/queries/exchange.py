"""Who the two sides of an exchange are, what was sent and what came: asked of the register, never of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twinbook.register.models import Decision, Identifier, Source
from twinbook.register.queries import records
from twinbook.register.queries.analyser import normal
from twinbook.register.queries.lists import partners
from twinbook.register.queries.values import PlaceShown, Thing

RECEIVED, SENT = "exchange", "exchange-out"  # kinds of source
KEY_SCHEME = "twinbook-key"
KNOWN_BY = ("wikidata", "geonames")  # schemes in which two registers may agree


@dataclass(frozen=True)
class Party:
    """One side: its place in our register, the tie with it ("" for our own city), and how it is told."""

    place: str
    tie: str
    name: str
    country: str
    names: tuple[tuple[str, str], ...]  # language, text
    identifiers: tuple[tuple[str, str], ...]

    def told(self) -> dict[str, Any]:
        """The side as an exchange file names it."""
        return {
            "names": [{"language": language, "text": text} for language, text in self.names],
            "country": self.country,
            "identifiers": dict(self.identifiers),
        }

    def is_told_as(self, told: Mapping[str, Any]) -> bool:
        """Whether a file means this place: by an identifier where both have one, else by a name and the country."""
        theirs, ours = told.get("identifiers"), dict(self.identifiers)
        listed = theirs if isinstance(theirs, dict) else {}
        common = [scheme for scheme in KNOWN_BY if scheme in ours and listed.get(scheme)]
        if common:
            return all(str(listed[scheme]) == ours[scheme] for scheme in common)
        country = told.get("country")
        if country and self.country and country != self.country:
            return False
        names = told.get("names")
        texts = [one.get("text") for one in names if isinstance(one, dict)] if isinstance(names, list) else []
        called = {normal(text) for text in texts if isinstance(text, str) and text.strip()}
        return bool(called & {normal(text) for _, text in self.names})


def our_party() -> Party | None:
    """The office's own city."""
    home = records.home()
    return _party(home, "") if home else None


def partner_for(told: str | Mapping[str, Any]) -> Party | None:
    """The partner by the id of the tie or place, or the only one that a file's `from` means."""
    if isinstance(told, str):
        dossier = records.dossier(told)
        return _party(dossier.partner, dossier.tie.id) if dossier else None
    found = [party for line in partners() if (party := partner_for(line.tie.id)) and party.is_told_as(told)]
    return found[0] if len(found) == 1 else None


def _party(place: PlaceShown, tie: str) -> Party:
    names = tuple(dict.fromkeys((one.language, one.text) for one in place.names if one.kind != "former"))
    known = tuple((scheme, place.identifiers[scheme]) for scheme in KNOWN_BY if scheme in place.identifiers)
    return Party(place.id, tie, next(iter(place.label.values()), place.id), place.country, names, known)


def last_serial(kind: str, key: str, *, tie: str = "") -> int:
    """The serial of the last file of a key that came or was sent; 0 where there is none."""
    files = Source.objects.filter(kind=kind, name__startswith=f"{key}-")
    if tie:
        files = files.filter(decisions__kind="send", decisions__record__public_id=tie)
    name = files.order_by("-name").values_list("name", flat=True).first()
    return int(name.split("-")[1].split(".")[0]) if name else 0


@dataclass(frozen=True)
class Accepted:
    """A public key that stands as a partner's, and the statement that says so."""

    partner: Thing
    key: str
    statement: int


def accepted() -> tuple[Accepted, ...]:
    """The keys of partners that people here accepted."""
    pks = Identifier.objects.filter(scheme=KEY_SCHEME).values_list("record__public_id", flat=True).distinct()
    found = []
    for public_id in pks:
        shown = records.record(public_id)
        for one in shown.stated.get("identifier", ()) if shown else ():
            scheme, _, key = str(one.value).partition(":")
            if shown and scheme == KEY_SCHEME:
                found.append(Accepted(shown.thing, key, one.id))
    return tuple(found)


@dataclass(frozen=True)
class Handed:
    """A file that was sent or came: its source, when, by whom, and what it is about."""

    source: str
    is_ours: bool
    title: str
    name: str
    at: datetime
    by: str
    reason: str


def handed() -> tuple[Handed, ...]:
    """The files that were sent and that came, the newest first."""
    files = Source.objects.filter(kind__in=(RECEIVED, SENT)).select_related("captured_by").defer("raw", "text")
    reasons = dict(Decision.objects.filter(kind="send").values_list("source_id", "reason"))
    return tuple(
        Handed(
            one.public_id,
            one.kind == SENT,
            one.title,
            one.name,
            one.captured_at,
            one.captured_by.get_username() if one.captured_by else "",
            reasons.get(one.pk, ""),
        )
        for one in files.order_by("-captured_at", "-pk")
    )
