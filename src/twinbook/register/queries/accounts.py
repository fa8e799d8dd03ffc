"""Accounts of many records at once, from the statements that stand now or stood on a past day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, ItemsView, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from twinbook.register.models import Merge, Preference, Record, Statement
from twinbook.register.models.properties import VISIBILITIES
from twinbook.register.queries.seen import Seen, with_sources
from twinbook.register.queries.telling import Account, give_account
from twinbook.register.queries.ties import Step, joined_label, tie_now

PARENTS = {"step": "tie_id", "holding": "person_id"}  # whose visibility bounds theirs


def end_of(day: date) -> datetime:
    """The last moment of a day in the office's time zone."""
    return datetime.combine(day, time.max, ZoneInfo(settings.TIME_ZONE))


def standing(on: date | None = None) -> QuerySet[Statement]:
    """The statements that stand, or stood at the end of a past day."""
    if on is None:
        return Statement.objects.filter(withdrawn_by=None)
    moment = end_of(on)
    return Statement.objects.filter(decision__at__lte=moment).filter(
        Q(withdrawn_by=None) | Q(withdrawn_by__at__gt=moment)
    )


def canonical_ids(on: date | None = None) -> dict[int, int]:
    """Which record stands for each merged one, now or on a past day; records that stand for themselves are absent."""
    if on is None:
        merged = Record.objects.filter(canonical_id__gt=0)  # not "is not null": SQLite has no index for that
        return dict(merged.values_list("pk", "canonical_id"))
    moment = end_of(on)
    merges = Merge.objects.filter(decision__at__lte=moment).filter(Q(ended_by=None) | Q(ended_by__at__gt=moment))
    return follow(dict(merges.values_list("record_id", "into_id")))


def follow(into: Mapping[int, int]) -> dict[int, int]:
    """Each merged record with the one at the end of its chain."""
    ends = {}
    for start in into:
        end = start
        while end in into:
            end = into[end]
        ends[start] = end
    return ends


def preferences(on: date | None = None) -> list[int]:
    """Root ids of the statements that people chose, the newest choice last."""
    chosen = Preference.objects.filter(ended_by=None)
    if on is not None:
        moment = end_of(on)
        chosen = Preference.objects.filter(decision__at__lte=moment).filter(
            Q(ended_by=None) | Q(ended_by__at__gt=moment)
        )
    pairs = chosen.order_by("decision_id").values_list("statement_id", "statement__restates_id")
    return [root or statement for statement, root in pairs]


@dataclass
class Accounts:
    """Accounts by canonical record id, with the statements they come from and what merged records they include."""

    by_id: dict[int, Account] = field(default_factory=dict)
    canonical: dict[int, int] = field(default_factory=dict)
    preferred: list[int] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        ids: Collection[int] | None = None,
        *,
        on: date | None = None,
        canonical: dict[int, int] | None = None,
        is_whole: bool = False,
    ) -> Accounts:
        """The accounts of records (None: of all), with ties told by their steps; a literal number of queries.

        `canonical`: what canonical_ids answers for the day, where the caller has asked already. `is_whole`: with each
        tie of `ids` its steps and places are there, with each step and post its tie or person.
        """
        canonical = canonical_ids(on) if canonical is None else canonical
        wanted = set(ids) if ids is not None and is_whole else None if ids is None else families(ids, canonical, on)
        statements = standing(on)
        if wanted is not None:
            members = wanted | {merged for merged, end in canonical.items() if end in wanted}
            statements = statements.filter(record_id__in=members)
        accounts = cls({}, canonical, preferences(on))
        accounts._fill(with_sources(statements))
        return accounts if ids is None else accounts._only(ids)

    def _fill(self, statements: Iterable[Seen]) -> None:
        by_record: dict[int, list[Seen]] = defaultdict(list)
        kinds: dict[int, str] = {}
        for statement in statements:
            pk = self.canonical.get(statement.record_id, statement.record_id)
            by_record[pk].append(statement)
            kinds.setdefault(pk, statement.record.kind)
        for pk, found in by_record.items():
            self.by_id[pk] = give_account(
                kinds[pk],
                found,
                canonical=self.canonical,
                preferred=self.preferred,
                source_day={s.id: s.source.day for s in found},
            )
        self.tell_families()

    def tell_families(self) -> None:
        """Tell ties by the steps and places that are here, and bound steps and posts by their ties and persons."""
        self._tell_ties()
        self._bound_by_parents()

    def _tell_ties(self) -> None:
        steps: dict[int, list[Step]] = defaultdict(list)
        for account in self.by_id.values():
            if account.kind == "step" and account.columns["tie_id"] and account.columns["kind"]:
                steps[account.columns["tie_id"]].append(Step.of(account.columns))
        for pk, account in self.by_id.items():
            if account.kind == "tie":
                columns = account.columns
                columns |= tie_now(columns["kind"], columns["stated_since"], steps[pk])
                account.label = self._tie_label(account)

    def _tie_label(self, account: Account) -> dict[str, str]:
        """A tie is called after its places, the office's own first."""
        sides = [self.by_id[place] for place, _ in sorted(account.links.get("places", ())) if place in self.by_id]
        sides.sort(key=lambda side: not side.columns["is_home"])
        return joined_label(sides[0].label, sides[1].label) if len(sides) == 2 else {}

    def _bound_by_parents(self) -> None:
        for account in self.by_id.values():
            parent = self.by_id.get(account.columns.get(PARENTS.get(account.kind, ""), 0) or 0)
            if parent:
                account.visibility = max(account.visibility, parent.visibility, key=VISIBILITIES.index)

    def _only(self, ids: Collection[int]) -> Accounts:
        kept = {pk: self.by_id[pk] for pk in ids if pk in self.by_id}
        return Accounts(kept, self.canonical, self.preferred)

    def items(self) -> ItemsView[int, Account]:
        return self.by_id.items()

    def get(self, pk: int) -> Account | None:
        return self.by_id.get(pk)


def families(ids: Collection[int], canonical: Mapping[int, int], on: date | None) -> set[int]:
    """The records with the steps and places of their ties, and the ties and persons that bound their visibility."""
    members = set(ids) | {merged for merged, end in canonical.items() if end in set(ids)}
    kinds = Q(property="tie", record__kind="step") | Q(property="person", record__kind="holding")
    # Asked by target and by record apart, and of what can be a target alone: a place may be named a million times.
    parents = Record.objects.filter(pk__in=members, kind__in=("tie", "person")).values_list("pk", flat=True)
    found: set[int] = set(ids)
    for chosen in (Q(target_id__in=list(parents)), Q(record_id__in=members)):
        for record, target in standing(on).filter(kinds, chosen).values_list("record_id", "target_id"):
            found |= {canonical.get(record, record), canonical.get(target or 0, target or 0)}
    of_ties = found | {merged for merged, end in canonical.items() if end in found}
    sides = standing(on).filter(property="places", record__kind="tie", record_id__in=of_ties)
    found |= {canonical.get(side or 0, side or 0) for side in sides.values_list("target_id", flat=True)}
    return found - {0}
