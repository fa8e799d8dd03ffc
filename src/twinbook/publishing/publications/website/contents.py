"""What the pages show, sorted and grouped: timelines, years, countries, maps, bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from twinbook.publishing.edition import Activity, Edition, Landmark, Partner, Step
from twinbook.publishing.edition.figures import COUNTED
from twinbook.publishing.rendering import addresses
from twinbook.publishing.rendering.charts import share_of
from twinbook.publishing.rendering.earth import distance_km
from twinbook.publishing.rendering.html import relative, year
from twinbook.publishing.rendering.maps import Drawing, Pin, locator_map, world_map
from twinbook.publishing.rendering.words import words_of
from twinbook.vocabulary.partial_date import PartialDate

STATES = ("active", "intent", "contact", "suspended", "ended", "unknown")  # the order in which readers meet them
LAST = "9999-12-31"  # sorts what has no date behind what has one


@dataclass(frozen=True)
class Entry:
    """One thing on a timeline; exactly one of the three is set."""

    when: str
    step: Step | None = None
    activity: Activity | None = None
    landmark: Landmark | None = None


@dataclass(frozen=True)
class Timeline:
    """Entries by the year in which each begins, the oldest first; those without a year stand last, under ''."""

    years: tuple[tuple[str, tuple[Entry, ...]], ...]

    @classmethod
    def of(cls, partner: Partner) -> Timeline:
        entries = [
            *(Entry(step.date.value, step=step) for step in partner.steps),
            *(Entry(activity.when.value, activity=activity) for activity in partner.activities),
            *(Entry(one.since.value, landmark=one) for one in partner.landmarks if one.since),
        ]
        entries.sort(key=lambda entry: (first_day(entry.when), entry.step is None))
        grouped = groupby(entries, key=lambda entry: year(entry.when))
        found: dict[str, list[Entry]] = {}
        for begun, group in grouped:
            found.setdefault(begun, []).extend(group)
        undated = found.pop("", [])
        ordered = [(begun, tuple(group)) for begun, group in sorted(found.items())]
        return cls((*ordered, ("", tuple(undated))) if undated else tuple(ordered))


def first_day(edtf: str) -> str:
    """The first day a date may mean, as a text that sorts; LAST where it is open or unknown."""
    if not edtf:
        return LAST
    parsed = PartialDate.parse(edtf)
    return (parsed.first or parsed.last).isoformat() if parsed.first or parsed.last else LAST  # type: ignore[union-attr]


def last_day(edtf: str) -> str:
    """The last day a date may mean, as a text that sorts; LAST where it is open or unknown."""
    last = PartialDate.parse(edtf).last if edtf else None
    return last.isoformat() if last else LAST


def latest(activities: Iterable[Activity]) -> list[Activity]:
    """The newest first, by the day on which each begins; those without a date by when they were accepted, last."""

    def newest(activity: Activity) -> tuple[str, str, str]:
        begun = first_day(activity.when.value)
        accepted = activity.decided_at.isoformat() if activity.decided_at else ""
        return ("" if begun == LAST else begun, accepted, activity.key)

    return sorted(activities, key=newest, reverse=True)


def ahead(activities: Iterable[Activity], *, today: str) -> list[Activity]:
    """What is planned or proposed for a known time to come, the nearest first."""
    coming = [
        one for one in activities if one.status in ("planned", "proposed") and today <= last_day(one.when.value) < LAST
    ]
    return sorted(coming, key=lambda one: (first_day(one.when.value), one.key))


def happened(activities: Iterable[Activity]) -> list[Activity]:
    """What was held or runs, or was called off, the newest first."""
    return [one for one in latest(activities) if one.status in (*COUNTED, "cancelled")]


def by_year(activities: Iterable[Activity]) -> list[tuple[str, list[Activity]]]:
    """Years with their activities, the newest year first; those without a year last, under ''."""
    found: dict[str, list[Activity]] = {}
    for activity in latest(activities):
        found.setdefault(year(activity.when.value), []).append(activity)
    return sorted(found.items(), reverse=True)


def years_counted(activities: Iterable[Activity]) -> Counter[int]:
    """How many activities began in each year, of those that were held or run."""
    begun = [year(activity.when.value) for activity in activities if activity.status in COUNTED]
    return Counter(int(one) for one in begun if one)


@dataclass(frozen=True)
class LyingBar:
    code: str
    count: int
    share: float


def area_bars(activities: Iterable[Activity], of: str) -> tuple[LyingBar, ...]:
    """Activities held or running by area (one may count in several) or by kind, the largest first."""
    counts: Counter[str] = Counter()
    for activity in activities:
        if activity.status in COUNTED:
            counts.update(activity.areas if of == "areas" else (activity.kind,))
    largest = max(counts.values(), default=0)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(LyingBar(code, count, share_of(count, largest)) for code, count in ordered)


def countries(edition: Edition) -> list[tuple[str, list[Partner]]]:
    """Partners whose tie is not ended, by country, in the order of the countries' names."""
    words = words_of(edition.language)
    living = [partner for partner in edition.partners if partner.state != "ended"]
    found: dict[str, list[Partner]] = {}
    for partner in sorted(living, key=_name_key):
        found.setdefault(partner.place.country, []).append(partner)
    return sorted(found.items(), key=lambda pair: words.country(pair[0]).casefold())


def statuses(edition: Edition) -> list[tuple[str, list[Partner]]]:
    """All partners by the state of the tie."""
    groups = [(state, [p for p in sorted(edition.partners, key=_name_key) if p.state == state]) for state in STATES]
    return [(state, group) for state, group in groups if group]


def _name_key(partner: Partner) -> str:
    return partner.name.text.casefold()


def home_map(edition: Edition) -> tuple[Drawing | None, tuple[Drawing, ...]]:
    """The world with the ties, or none where nobody knows where home lies."""
    path = addresses.section(edition.language, addresses.HOME)
    home = _pin(edition.home.name.text, edition.home.name.language, edition.home.longitude, edition.home.latitude)
    ordered: Sequence[Partner] = sorted(edition.partners, key=lambda p: (STATES.index(p.state), -len(p.activities)))
    pins = [
        pin
        for partner in ordered
        if (pin := _pin(
            partner.name.text, partner.name.language, partner.place.longitude, partner.place.latitude,
            relative(addresses.partner(edition.language, partner.slug), from_path=path), partner.state,
        ))
    ]  # fmt: skip
    return world_map(home, pins) if home else (None, ())


def partner_map(edition: Edition, partner: Partner) -> tuple[Drawing, int] | None:
    """The way to a partner, and its length in kilometres, rounded to ten."""
    home = _pin(edition.home.name.text, edition.home.name.language, edition.home.longitude, edition.home.latitude)
    place = partner.place
    pin = _pin(place.name.text, place.name.language, place.longitude, place.latitude, "", partner.state)
    if not home or not pin:
        return None
    return locator_map(home, pin), round(distance_km(home.point, pin.point), -1).__trunc__()


def _pin(
    label: str, language: str, longitude: float | None, latitude: float | None, href: str = "", state: str = "active"
) -> Pin | None:
    return (
        Pin(label, language, longitude, latitude, href, state)
        if longitude is not None and latitude is not None
        else None
    )
