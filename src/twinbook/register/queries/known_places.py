"""The register's places in memory, for lists of tens of thousands: same, new, or unsure with the namesakes named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, hypot, radians

from twinbook.reading.importer import PlaceNamed
from twinbook.register.models import Identifier, Name, Place
from twinbook.register.queries.analyser import normal

FAR_KM = 40.0  # two points of one town lie nearer than this in every list measured
KM_A_DEGREE = 111.0
Key = int | str  # of a record: its row's id, or the public id of one that is about to be stored
WIDE = frozenset(["region", "country"])


@dataclass(frozen=True)
class Match:
    """`verdict` same · new · unsure; an unsure one has no `record`: a new place is made, `remark` names the others."""

    verdict: str
    record: Key | None = None
    remark: str = ""


@dataclass(frozen=True)
class _Known:
    record: Key
    country: str
    kind: str
    latitude: float | None
    longitude: float | None
    identifiers: frozenset[tuple[str, str]]
    name: str


@dataclass
class KnownPlaces:
    """Places by identifier and by the normal form of each name."""

    by_identifier: dict[tuple[str, str], Key] = field(default_factory=dict)
    by_name: dict[str, list[_Known]] = field(default_factory=lambda: defaultdict(list))
    home: Key | None = None

    @classmethod
    def of_register(cls) -> KnownPlaces:
        """All places that stand, in three queries."""
        known = cls()
        identifiers: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for pk, scheme, number in Identifier.objects.filter(record__kind="place").values_list(
            "record_id", "scheme", "identifier"
        ):
            identifiers[pk].add((scheme, number))
            known.by_identifier[scheme, number] = pk
        rows = {row.record_id: row for row in Place.objects.all()}
        for pk, text in Name.objects.filter(record__kind="place").values_list("record_id", "text"):
            if row := rows.get(pk):
                own = frozenset(identifiers[pk])
                one = _Known(pk, row.country, row.kind, row.latitude, row.longitude, own, text)
                known.by_name[normal(text)].append(one)
        known.home = next((pk for pk, row in rows.items() if row.is_home), None)
        return known

    def add(self, record: Key, named: PlaceNamed) -> None:
        """A place that this list brought, for its later rows."""
        for identifier in named.identifiers:
            self.by_identifier[identifier] = record
        one = _Known(
            record, named.country, named.kind, named.latitude, named.longitude, frozenset(named.identifiers), named.name
        )
        for _, name in named.names:
            self.by_name[normal(name)].append(one)

    def learn(self, record: Key, identifiers: Sequence[tuple[str, str]]) -> None:
        """A known place has these identifiers too, as a row of this list says."""
        for identifier in identifiers:
            self.by_identifier.setdefault(identifier, record)

    def find(self, named: PlaceNamed) -> Match:
        """The place that a list means. One identifier in common settles it; else name, country, level and distance.

        A candidate of the same name whose country is not known on one side, or several candidates, is unsure; but the
        one at the very same point is the town itself: a list that brought a namesake names it again.
        """
        for identifier in named.identifiers:
            if identifier in self.by_identifier:
                return Match("same", self.by_identifier[identifier])
        called = {one.record: one for _, name in named.names for one in self.by_name.get(normal(name), ())}
        fitting = [one for one in called.values() if _may_be(one, named)]
        if not fitting:
            return Match("new")
        sure = [one for one in fitting if _is_sure(one, named)]
        if len(sure) == 1 and len(fitting) == 1:
            return Match("same", sure[0].record)
        here = [one for one in sure if _is_at(one, named)]
        if len(here) == 1:
            return Match("same", here[0].record)
        others = ", ".join(f"{one.name} ({one.country or '?'})" for one in fitting[:5])
        return Match("unsure", None, f"{named.name} ({named.country or '?'}) may be one of: {others}")


def _may_be(one: _Known, named: PlaceNamed) -> bool:
    if one.country and named.country and one.country != named.country:
        return False
    if one.kind != named.kind and {one.kind, named.kind} & WIDE:
        return False
    theirs = dict(named.identifiers)
    if any(theirs.get(scheme, number) != number for scheme, number in one.identifiers):
        return False  # the same scheme gives them two identifiers
    return not _is_far(one, named)


def _is_sure(one: _Known, named: PlaceNamed) -> bool:
    if one.country and one.country == named.country:
        return True
    return not one.country and not named.country and not named.identifiers


def _is_at(one: _Known, named: PlaceNamed) -> bool:
    """Whether the candidate has the very point, level and country of the place that is named."""
    ours, theirs = (one.latitude, one.longitude), (named.latitude, named.longitude)
    return None not in ours and ours == theirs and one.kind == named.kind and one.country == named.country


def _is_far(one: _Known, named: PlaceNamed) -> bool:
    if None in (one.latitude, one.longitude, named.latitude, named.longitude):
        return False
    assert one.latitude is not None and one.longitude is not None
    assert named.latitude is not None and named.longitude is not None
    north = (one.latitude - named.latitude) * KM_A_DEGREE
    east = (one.longitude - named.longitude) * KM_A_DEGREE * cos(radians(one.latitude))
    return hypot(north, east) > FAR_KM
