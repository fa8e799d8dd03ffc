"""Mentions of the same activity joined: told twice is one; a programme and this year's round are two."""

from __future__ import annotations

from dataclasses import dataclass, replace

from twinbook.reading.steps.activities.mentions import Mention
from twinbook.reading.steps.activities.weights import weights
from twinbook.vocabulary.partial_date import PartialDate

NEAR = 2  # sentences


@dataclass(frozen=True)
class Told:
    """One activity with all its mentions; attributes are those of its best mention that has them."""

    kind: str
    mentions: tuple[Mention, ...]
    status: str
    when: str | None
    recurring: bool
    headline_only: bool

    @property
    def heads(self) -> frozenset[str]:
        return frozenset(head for mention in self.mentions for head in mention.heads)


def joined(tellings: list[Told]) -> list[Told]:
    """The tellings with those of one activity made one, in the order of their first mention."""
    found: list[Told] = []
    for told in tellings:
        same = next((known for known in reversed(found) if _is_same(known, told)), None)
        if same is None:
            found.append(told)
        else:
            found[found.index(same)] = _both(same, told)
    return found


def _is_same(known: Told, told: Told) -> bool:
    if known.kind != told.kind or _dates_differ(known.when, told.when):
        return False
    if known.headline_only or told.headline_only:
        return True
    if known.recurring != told.recurring and (known.when or told.when):
        return False
    if "cancelled" in (known.status, told.status) and known.status != told.status:
        return False
    if known.heads & told.heads:
        return True
    distance = told.mentions[0].sentence - known.mentions[-1].sentence
    return told.kind in weights().joined or distance <= NEAR and not (known.when and told.when)


def _both(known: Told, told: Told) -> Told:
    better = told if known.headline_only else known
    other = known if known.headline_only else told
    return replace(
        better,
        mentions=tuple(sorted((*known.mentions, *told.mentions), key=lambda mention: mention.clause.start)),
        when=better.when or other.when,
        recurring=better.recurring or other.recurring,
        headline_only=known.headline_only and told.headline_only,
    )


def _dates_differ(one: str | None, other: str | None) -> bool:
    """Whether two EDTF dates cannot be of one event: neither holds the other."""
    if one is None or other is None or one == other:
        return False
    a, b = PartialDate.parse(one), PartialDate.parse(other)
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    return not (a.first <= b.first and b.last <= a.last or b.first <= a.first and a.last <= b.last)
