"""Accounts of one range of records after the other, for whoever looks at millions: no model instances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max, Model, Q

from twinbook.register.models import Record, Source, Statement
from twinbook.register.models.properties import COMMON, PROPERTIES
from twinbook.register.queries.accounts import Accounts, families
from twinbook.register.queries.plain import plain_values, read_json
from twinbook.register.queries.telling import give_account

LATEST = frozenset(
    name for known in (*PROPERTIES.values(), COMMON) for name, one in known.items() if one.rule == "latest"
)
FAMILY_KINDS = frozenset(["tie", "step", "holding"])  # told with others' help: steps, places, persons


def ranges(model: type[Model], size: int) -> Iterator[tuple[int, int]]:
    """The numbers of a table's rows in ranges: above the first, up to the second."""
    last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
    for begin in range(0, last, size):
        yield begin, begin + size


class Light:
    """What telling needs to know of a statement, and nothing else."""

    __slots__ = ("first_seen", "id", "key", "language", "property", "qualifiers", "rank", "restates_id",
                 "source_id", "target_id", "value")  # fmt: skip
    COLUMNS = ("id", "property", "value", "target_id", "language", "qualifiers", "rank", "key", "first_seen",
               "restates_id", "source_id")  # fmt: skip

    def __init__(self, row: Sequence[Any]) -> None:
        (self.id, self.property, value, self.target_id, self.language, qualifiers, self.rank, self.key,
         self.first_seen, self.restates_id, self.source_id) = row  # fmt: skip
        self.value = read_json(value)
        self.qualifiers = read_json(qualifiers)


class LightAccounts:
    """Accounts of one range of records after the other. Merges and preferences are read once, at the beginning."""

    def __init__(self, canonical: Mapping[int, int], preferred: list[int]) -> None:
        self.canonical, self.preferred = canonical, preferred
        self.days: dict[int, date | None] = {}  # by source
        self.members: dict[int, list[int]] = defaultdict(list)  # merged records by the one that stands for them
        for merged, end in canonical.items():
            self.members[end].append(merged)

    def of(self, low: int, high: int, kinds: Mapping[int, str]) -> Accounts:
        """The accounts of the records above `low` and up to `high`; `kinds` of those among them that are not merged."""
        here = self._statements(Q(record_id__gt=low, record_id__lte=high))
        merged = [one for pk in kinds if pk in self.members for one in self.members[pk]]
        beside, kinds_beside = self._families([pk for pk, kind in kinds.items() if kind in FAMILY_KINDS])
        far = {pk for pk in (*merged, *beside) if not low < pk <= high}
        if far:
            for pk, found in self._statements(Q(record_id__in=far)).items():
                here[pk].extend(found)
        every = {**kinds_beside, **kinds}
        accounts = Accounts({}, dict(self.canonical), self.preferred)
        for pk, found in self._joined(here).items():
            if pk in every:
                accounts.by_id[pk] = give_account(
                    every[pk],
                    found,
                    canonical=self.canonical,
                    preferred=self.preferred,
                    source_day=self._days_of(found),
                )
        accounts.tell_families()
        for pk in accounts.by_id.keys() - kinds.keys():
            del accounts.by_id[pk]
        return accounts

    def _families(self, ids: Collection[int]) -> tuple[set[int], dict[int, str]]:
        """What helps to tell these ties, steps and posts, with what was merged into it; and the kinds of these."""
        if not ids:
            return set(), {}
        found = families(ids, self.canonical, None)
        kinds = dict(Record.objects.filter(pk__in=found).values_list("pk", "kind"))
        return found | {one for pk in found for one in self.members.get(pk, ())}, kinds

    def _joined(self, by_record: dict[int, list[Light]]) -> Mapping[int, list[Light]]:
        """Statements of merged records among those of the records that stand for them."""
        for pk in [pk for pk in by_record if pk in self.canonical]:
            by_record[self.canonical[pk]].extend(by_record.pop(pk))
        return by_record

    @staticmethod
    def _statements(where: Q) -> dict[int, list[Light]]:
        standing = Statement.objects.filter(where, withdrawn_by=None)
        found: dict[int, list[Light]] = defaultdict(list)
        for record, *row in plain_values(standing, ("record_id", *Light.COLUMNS)):
            found[record].append(Light(row))
        return found

    def _days_of(self, statements: Iterable[Light]) -> dict[int, date]:
        """The day that the source speaks of, by statement, where the newest source tells how it is now."""
        asked = {s.id: s.source_id for s in statements if s.property in LATEST}
        if len(asked) < 2:
            return {}
        missing = set(asked.values()) - self.days.keys()
        if missing:
            self.days |= dict(Source.objects.filter(pk__in=missing).values_list("pk", "day"))
        return {pk: day for pk, source in asked.items() if (day := self.days[source])}
