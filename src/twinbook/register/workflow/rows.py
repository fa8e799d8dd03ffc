"""The typed rows of records, written anew from the statements that stand; called by record.py alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model, Q

from twinbook.register.models import (
    Activity,
    ActivityPlace,
    Agreement,
    Commitment,
    Dispute,
    Gift,
    Identifier,
    Landmark,
    Name,
    Organisation,
    Participation,
    Person,
    Place,
    PostHolding,
    Record,
    SearchToken,
    Statement,
    Tie,
    TieStep,
)
from twinbook.register.queries.accounts import Accounts
from twinbook.register.queries.analyser import tokens
from twinbook.register.queries.telling import Account

ROWS: dict[str, type[Model]] = {
    "place": Place,
    "tie": Tie,
    "step": TieStep,
    "agreement": Agreement,
    "activity": Activity,
    "commitment": Commitment,
    "person": Person,
    "holding": PostHolding,
    "organisation": Organisation,
    "landmark": Landmark,
    "gift": Gift,
}
NAME_WEIGHT, PROSE_WEIGHT = 10, 3
LOOSE = ("visibility", "said")  # values that have no column of the row: kept on the record, or as statements alone


def rebuild(touched: Collection[int], *, thoroughly: bool = False) -> None:
    """Write the rows of these records, of what they were merged into, and of what follows from them, anew.

    `thoroughly` also removes rows of records about which nothing stands: a sound register has none.
    """
    ids = _with_followers(_canonical_ids(touched))
    if not ids:
        return
    accounts = Accounts.of(ids)
    _clear(ids, thoroughly)
    standing = dict(accounts.items())
    _write_rows(standing)
    _write_records(ids, standing)


def _canonical_ids(touched: Collection[int]) -> set[int]:
    pairs = Record.objects.filter(pk__in=touched).values_list("pk", "canonical_id")
    return {canonical or pk for pk, canonical in pairs}


def _with_followers(ids: set[int]) -> set[int]:
    """With the ties of touched steps and places, and the steps and posts that a touched tie or person bounds."""
    members = set(Record.objects.filter(canonical_id__in=ids).values_list("pk", flat=True)) | ids
    ever = Statement.objects.filter(property="tie", record__kind="step", record_id__in=members)
    ties = set(ever.values_list("target_id", flat=True))
    standing = Statement.objects.filter(target_id__in=members | ties, withdrawn_by=None)
    children = Q(property="tie", record__kind="step") | Q(property="person", record__kind="holding")
    children |= Q(property="places", record__kind="tie")  # a tie is called after its places
    followers = set(standing.filter(children).values_list("record_id", flat=True))
    return ids | _canonical_ids(ties | followers)


def rows_that_name(ids: Collection[int]) -> set[int]:
    """Records whose standing statements name one of these: their rows change when it is merged."""
    return set(Statement.objects.filter(target_id__in=ids, withdrawn_by=None).values_list("record_id", flat=True))


def _clear(ids: Collection[int], thoroughly: bool) -> None:
    """Remove the rows that these records and those merged into them have; what never stood has none."""
    group = Record.objects.filter(Q(pk__in=ids) | Q(canonical_id__in=ids))
    if not thoroughly:
        group = group.exclude(canonical=None, is_standing=False)
    kinds = dict(group.values_list("pk", "kind"))
    if not kinds:
        return
    if "activity" in kinds.values():
        ActivityPlace.objects.filter(activity_id__in=kinds).delete()
        Participation.objects.filter(activity_id__in=kinds).delete()
    for child in (Name, Identifier, Dispute, SearchToken):
        child._default_manager.filter(record_id__in=kinds).delete()
    for kind in set(kinds.values()):
        ROWS[kind]._default_manager.filter(record_id__in=kinds).delete()


def _write_rows(standing: dict[int, Account]) -> None:
    rows: dict[str, list[Model]] = defaultdict(list)
    for pk, account in standing.items():
        rows[account.kind].append(ROWS[account.kind](record_id=pk, **row_columns(account)))
    for kind, made in rows.items():
        ROWS[kind]._default_manager.bulk_create(made)
    items = standing.items()
    Name.objects.bulk_create([Name(record_id=pk, **name) for pk, a in items for name in a.names])
    Identifier.objects.bulk_create(
        [Identifier(record_id=pk, scheme=scheme, identifier=text) for pk, a in items for scheme, text in a.identifiers]
    )
    ActivityPlace.objects.bulk_create(
        [
            ActivityPlace(activity_id=pk, place_id=place)
            for pk, account in items
            if account.kind == "activity"
            for place, _ in account.links.get("places", ())
        ]
    )
    Participation.objects.bulk_create(
        [
            Participation(activity_id=pk, who_id=who, role=role)
            for pk, account in items
            for who, role in account.links.get("participants", ())
        ]
    )
    Dispute.objects.bulk_create(
        [Dispute(record_id=pk, property=name, is_open=o) for pk, a in items for name, o in a.disputes.items()]
    )
    SearchToken.objects.bulk_create(
        [
            SearchToken(record_id=pk, token=token, weight=weight)
            for pk, a in items
            for token, weight in search_weights(a).items()
        ]
    )


def row_columns(account: Account) -> dict[str, Any]:
    """The account's values as columns of its row; a tie's two places stand in the order of their ids."""
    columns = {name: value for name, value in account.columns.items() if name not in LOOSE}
    if account.kind == "tie":
        places = sorted(place for place, _ in account.links.get("places", ()))
        columns["place_a_id"], columns["place_b_id"] = (*places, None, None)[:2]
    return columns


def search_weights(account: Account) -> dict[str, int]:
    """The tokens by which the record is found, with their weights."""
    weights: dict[str, int] = {}
    for text in _prose(account):
        for token in tokens(text):
            weights[token] = PROSE_WEIGHT
    for text in [*(name["text"] for name in account.names), *account.label.values()]:
        for token in tokens(text):
            weights[token] = NAME_WEIGHT
    return weights


def _prose(account: Account) -> Iterable[str]:
    for value in account.columns.values():
        if isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, list):
            yield from (item["text"] for item in value if isinstance(item, dict))


def _write_records(ids: Collection[int], standing: dict[int, Account]) -> None:
    Record.objects.filter(canonical_id__in=ids).exclude(is_standing=False, label={}).update(is_standing=False, label={})
    records = list(Record.objects.filter(pk__in=ids))
    for record in records:
        account = standing.get(record.pk)
        record.is_standing = account is not None
        record.label = account.label if account else {}
        record.visibility = account.visibility if account else ""
        record.version += 1  # writers follow each other (record.writing), so that none is lost
    Record.objects.bulk_update(records, ["is_standing", "label", "visibility", "version"])
