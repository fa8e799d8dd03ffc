"""Which time zone a place keeps: as the office stated it, else by its country, else the nearest of the country's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzdata

from twinbook.register.queries.values import PlaceShown

TABLE = Path(tzdata.__file__).parent / "zoneinfo" / "zone.tab"  # the IANA's list: country, a town's place, zone
PLACE = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?\Z")


@dataclass(frozen=True)
class Zone:
    """A zone of a country and the town that stands for it."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class TimeThere:
    """The time at a place: `is_stated` by a person; `is_sure` where the country has no other time now either.

    `ahead` is how far its clocks are before ours; None where our own zone is not known. `choices` are the zones that
    the place may keep.
    """

    zone: str
    now: datetime
    is_stated: bool
    is_sure: bool
    ahead: timedelta | None
    choices: tuple[str, ...]

    @property
    def clock(self) -> str:
        """Hours and minutes there; a template would show the moment in our own zone."""
        return f"{self.now:%H:%M}"

    @property
    def day(self) -> date:
        return self.now.date()

    @property
    def offset(self) -> str:
        """As UTC+9 or UTC−3:30."""
        minutes = round((self.now.utcoffset() or timedelta()).total_seconds() / 60)
        hours, rest = divmod(abs(minutes), 60)
        return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def time_there(place: PlaceShown, home: PlaceShown | None, at: datetime) -> TimeThere | None:
    """The time at a place at a moment; None where nothing tells its zone."""
    found = _zone_of(place, at)
    if found is None:
        return None
    zone, is_stated, is_sure = found
    ours = _zone_of(home, at) if home else None
    ahead = _offset(zone, at) - _offset(ours[0], at) if ours else None
    return TimeThere(
        zone, at.astimezone(ZoneInfo(zone)), is_stated, is_sure, ahead, tuple(one.name for one in zones(place.country))
    )


def is_zone(name: str) -> bool:
    """Whether a name is a zone of the IANA's list."""
    return name in _names()


def zones(country: str) -> tuple[Zone, ...]:
    """The zones of a country by its ISO code; none for a code that the list does not have."""
    return _table().get(country.upper(), ())


def _zone_of(place: PlaceShown, at: datetime) -> tuple[str, bool, bool] | None:
    """Zone, whether it was stated, whether it is sure."""
    stated = place.stated.get("time_zone", ())
    if stated and is_zone(str(stated[0].value)):
        return str(stated[0].value), True, True
    listed = zones(place.country)
    if not listed:
        return None
    is_sure = len({_offset(one.name, at) for one in listed}) == 1
    if place.latitude is None or place.longitude is None:
        return (listed[0].name, False, True) if is_sure else None
    nearest = min(listed, key=lambda one: _distance(place.latitude or 0, place.longitude or 0, one))
    return nearest.name, False, is_sure


def _offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def _distance(latitude: float, longitude: float, zone: Zone) -> float:
    """Along a great circle, in parts of the earth's diameter."""
    a, b = radians(latitude), radians(zone.latitude)
    turn = sin(radians(zone.longitude - longitude) / 2) ** 2
    return asin(sqrt(sin((b - a) / 2) ** 2 + cos(a) * cos(b) * turn))


@cache
def _table() -> dict[str, tuple[Zone, ...]]:
    found: dict[str, list[Zone]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, where, name = line.split("\t")[:3]
            if _is_there(name):
                found.setdefault(country, []).append(Zone(name, *_degrees(where)))
    return {country: tuple(listed) for country, listed in found.items()}


@cache
def _names() -> frozenset[str]:
    return frozenset(zone.name for listed in _table().values() for zone in listed)


def _is_there(name: str) -> bool:
    try:
        ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return False
    return True


def _degrees(where: str) -> tuple[float, float]:
    """±DDMM[SS]±DDDMM[SS] as degrees north and east."""
    parts = PLACE.match(where)
    if parts is None:
        raise ValueError(f"no place in the list of zones: {where!r}")
    north, east = parts.groups()[:4], parts.groups()[4:]
    return _degree(*north), _degree(*east)


def _degree(sign: str, degrees: str, minutes: str, seconds: str | None) -> float:
    told = int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -told if sign == "-" else told
