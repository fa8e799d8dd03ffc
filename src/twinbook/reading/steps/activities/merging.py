"""Mentions of the same activity joined: told twice is one; a programme and this year's round are two."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.steps.activities.days import STAYS
from twinbook.reading.steps.activities.mentions import Mention
from twinbook.reading.steps.activities.weights import weights
from twinbook.vocabulary.partial_date import PartialDate

NEAR = 2  # sentences
OLD = timedelta(days=60)  # before the news from which what was held is none of what is to come
AHEAD = frozenset(["proposed", "planned"])
MONTH = len("2019-10")
STAYING = frozenset(["visit", "exchange"])
TRIP, TRIP_REACH = "exchange", 8  # what pupils tell of their journey, in how many sentences on
YEAR = re.compile(r"\d{4}")
REACH = 40  # activities back; further apart nothing is told twice, and time stays linear


@dataclass(frozen=True)
class Told:
    """One activity with all its mentions; attributes are those of its best mention that has them."""

    kind: str
    mentions: tuple[Mention, ...]
    status: str
    when: str | None
    recurring: bool
    headline_only: bool
    partners: frozenset[str] = frozenset()  # named in the sentences
    says_status: bool = True  # whether a word of its sentence tells the status
    is_earlier: bool = False  # whether its sentence says that it was before the news

    @property
    def heads(self) -> frozenset[str]:
        return frozenset(head for mention in self.mentions for head in mention.heads)


def joined(tellings: list[Told], published: date | None = None) -> list[Told]:
    """The tellings with those of one activity made one, in the order of their first mention."""
    found: list[Told] = []
    for told in tellings:
        reach = range(len(found) - 1, max(-1, len(found) - 1 - REACH), -1)
        same = next((at for at in reach if _is_same(found[at], told, published)), None)
        if same is None:
            found.append(told)
        else:
            found[same] = _both(found[same], told)
    return _with_their_pupils(found)


def _with_their_pupils(found: list[Told]) -> list[Told]:
    """The same, where pupils travel: a delegation with no official in it that comes or goes is theirs."""
    trip = next((at for at, one in enumerate(found) if one.kind == TRIP and one.status == "done"), None)
    if trip is None:
        return found
    arrivals = [at for at, one in enumerate(found) if _is_arrival_of(found[trip], one)]
    for at in arrivals:
        found[trip] = _both(found[trip], found[at])
    return [one for at, one in enumerate(found) if at not in arrivals]


def _is_arrival_of(trip: Told, told: Told) -> bool:
    if told.kind != "visit" or told.status != "done" or told.headline_only or trip.headline_only:
        return False
    if trip.recurring or told.recurring or _dates_differ(trip.when, told.when, loosely=True):
        return False
    if trip.when is None and told.when and len(told.when) <= MONTH:
        return False  # the first delegation of all came in 2007
    return not any(mention.clause.of(SIGNAL_SCHEME, "officials") for mention in told.mentions)


def _is_same(known: Told, told: Told, published: date | None) -> bool:
    distance = told.mentions[0].sentence - known.mentions[-1].sentence
    if _is_of_stay(known, told) or _is_of_trip(known, told, distance):
        return True
    if known.kind != told.kind:
        return _is_part(known, told)
    if _dates_differ(known.when, told.when, loosely=distance <= NEAR):
        return False
    if told.is_earlier and told.when and known.when is None and not known.is_earlier:
        return False
    if known.headline_only or told.headline_only:
        return True
    if _is_old_beside_coming(known, told, published):
        return False
    if told.kind in weights().joined and known.partners and told.partners and not known.partners & told.partners:
        return False  # a visit of one partner is none of another's
    if told.kind not in weights().joined and told.mentions[0].clause.of(SIGNAL_SCHEME, "besides"):
        return False
    if known.recurring != told.recurring and (known.when or told.when):
        return False
    if _statuses_differ(known, told, distance) or _is_round_of(known, told):
        return False
    if known.heads & told.heads or _is_same_programme(known, told):
        return True
    near = 2 * NEAR if _is_of_people_only(told) else NEAR
    if told.kind in weights().joined:
        return True
    return distance <= near and (not (known.when and told.when) or known.when == told.when)


def _is_of_stay(known: Told, told: Told) -> bool:
    """Whether a visit told further on says itself that it is a part of the stay: "during their stay they will see"."""
    if told.kind not in STAYING or known.kind not in (told.kind, TRIP) or known.status == "cancelled":
        return False
    is_near = not (known.when and told.when) or known.when[:MONTH] == told.when[:MONTH]
    return is_near and bool(told.mentions[0].clause.of(SIGNAL_SCHEME, "programme"))


def _is_of_trip(known: Told, told: Told, distance: int) -> bool:
    """Whether one who was there goes on with what was done: "on the third we were met", of the same exchange."""
    if known.kind != told.kind:
        return False
    is_done = (known.status, told.status) == ("done", "done") and not (known.recurring or told.recurring)
    return (
        is_done
        and told.kind == TRIP
        and distance <= TRIP_REACH
        and bool(told.mentions[0].clause.of(SIGNAL_SCHEME, "narrating"))
    )


def _is_same_programme(known: Told, told: Told) -> bool:
    """Whether both tell what stands since one and the same date, or of a programme of exchange that goes on."""
    if known.kind == TRIP and known.status == told.status == "ongoing" and not (known.when or told.when):
        return True
    is_one = (known.status, known.when) == (told.status, told.when)
    return is_one and told.status == "ongoing" and (told.when or "").endswith("/..")


def _is_of_people_only(told: Told) -> bool:
    """Whether it is told by who does it alone, with no word for what it is: "the children went to lessons"."""
    return told.when is None and all(hit.scheme == SIGNAL_SCHEME for mention in told.mentions for hit in mention.hits)


def _is_round_of(known: Told, told: Told) -> bool:
    """Whether one is a programme that stands since a year, and the other what was done under it this time."""
    stands = [one.status == "ongoing" and (one.when or "").endswith("/..") for one in (known, told)]
    return (
        any(stands) and {known.status, told.status} == {"ongoing", "done"} and known.kind in weights().people.values()
    )


def _is_part(known: Told, told: Told) -> bool:
    """Whether a journey told beside something is how its people came: no official travels, no day of its own."""
    beside = abs(told.mentions[0].sentence - known.mentions[-1].sentence) <= 1
    is_journey = told.kind == "visit" and told.kind in weights().absorbs_strong.get(known.kind, ())
    if not (beside and is_journey) or told.when or known.headline_only or told.headline_only:
        return False
    return not told.mentions[0].clause.of(SIGNAL_SCHEME, "officials")


def _statuses_differ(known: Told, told: Told, distance: int) -> bool:
    """Whether one cannot be both: what is called off is not what is held; nor, further on, what was is what will be."""
    statuses = {known.status, told.status}
    if len(statuses) == 1:
        return False
    if "cancelled" in statuses:
        return True
    lies_ahead = bool(statuses & AHEAD) and not statuses <= AHEAD
    done = known if known.status == "done" else told
    if lies_ahead and distance and done.status == "done" and done.when and YEAR.fullmatch(done.when):
        return True  # signed in 2009, and to be prolonged
    return lies_ahead and distance > (NEAR if known.heads & told.heads or told.kind in weights().joined else 0)


def _is_old_beside_coming(known: Told, told: Told, published: date | None) -> bool:
    """Whether one was held well before the news and the other lies ahead: last year's guests, and the visit to them."""
    done, ahead = (known, told) if known.status == "done" else (told, known)
    if published is None or done.status != "done" or ahead.status not in AHEAD or not done.when:
        return False
    return not done.when.startswith("XXXX") and _bounds(done.when)[1] < published - OLD


def _both(known: Told, told: Told) -> Told:
    better = told if known.headline_only else known
    other = known if known.headline_only else told
    return replace(
        better,
        status=other.status if _is_told_ahead(better, other) else better.status,
        says_status=better.says_status or other.says_status,
        mentions=tuple(sorted((*known.mentions, *told.mentions), key=lambda mention: mention.clause.start)),
        when=_both_dates(better.when, other.when, better.kind),
        recurring=better.recurring or other.recurring,
        partners=better.partners | other.partners,
        headline_only=known.headline_only and told.headline_only,
    )


def _is_told_ahead(better: Told, other: Told) -> bool:
    """Whether one telling has no word of status, and the other says that it lies ahead: "the aim is the signing of"."""
    is_open = better.status == "done" and not better.says_status and better.when is None
    return is_open and other.says_status and other.status in AHEAD


def _both_dates(one: str | None, other: str | None, kind: str) -> str | None:
    """The date of both tellings: from the day that one says to the end that the other says, else the narrower.

    Of a stay it is the wider where that is told to the day.
    """
    if one is None or other is None or one == other:
        return one or other
    if other.startswith("../") and "/" not in one:
        first, last = PartialDate.parse(one).first, PartialDate.parse(other).last
        if first and last and first < last:
            return f"{one}/{other.removeprefix('../')}"
    a, b = PartialDate.parse(one), PartialDate.parse(other)
    if not (a.first and a.last and b.first and b.last):
        return one
    wider, narrower = (one, other) if a.last - a.first >= b.last - b.first else (other, one)
    is_to_the_day = all(len(part) == len("2019-10-21") and part[-1].isdecimal() for part in wider.split("/"))
    return wider if kind in STAYS and is_to_the_day else narrower


def _dates_differ(one: str | None, other: str | None, *, loosely: bool) -> bool:
    """Whether two EDTF dates cannot be of one event: neither holds the other (loosely: they have no day in common)."""
    if one is None or other is None or one == other:
        return False
    if one.startswith("XXXX") or other.startswith("XXXX"):
        rough, exact = sorted((one.rstrip("X"), other.rstrip("X")), key=len)  # XXXX-12-0X holds XXXX-12-06
        return not exact.startswith(rough)
    a, b = _bounds(one), _bounds(other)
    if one.endswith("/..") != other.endswith("/.."):  # what stands since then is no later event
        return a[0] != b[0]
    if loosely:
        return a[1] < b[0] or b[1] < a[0]
    return not (a[0] <= b[0] and b[1] <= a[1] or b[0] <= a[0] and a[1] <= b[1])


def _bounds(edtf: str) -> tuple[date, date]:
    when = PartialDate.parse(edtf)
    return when.first or date.min, when.last or date.max
