"""The typed rows of records, written anew from the statements that stand; called by record.py alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
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
from twinbook.register.workflow.inserting import insert, plain

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
NAME_COLUMNS = tuple(f.attname for f in Name._meta.concrete_fields if f.name not in {"id", "record"})
# Values that have no column of the row: kept on the record, or as statements alone.
LOOSE = ("visibility", "said", "renewal", "files", "time_zone")


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
    write_rows(standing)
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


def write_rows(standing: Mapping[int, Account]) -> None:
    """The typed rows and child rows of accounts whose records have none."""
    items = standing.items()
    by_kind: dict[str, list[tuple[int, Account]]] = defaultdict(list)
    for pk, account in items:
        by_kind[account.kind].append((pk, account))
    for kind, accounts in by_kind.items():
        _insert_kind(ROWS[kind], accounts)
    _insert(Name, ("record_id", *NAME_COLUMNS), ((pk, *_in(NAME_COLUMNS, name)) for pk, a in items for name in a.names))
    _insert(
        Identifier, ("record_id", "scheme", "identifier"), ((pk, *pair) for pk, a in items for pair in a.identifiers)
    )
    activities = by_kind.get("activity", ())
    _insert(
        ActivityPlace,
        ("activity_id", "place_id"),
        ((pk, place) for pk, account in activities for place, _ in account.links.get("places", ())),
    )
    _insert(
        Participation,
        ("activity_id", "who_id", "role"),
        ((pk, who, role) for pk, account in activities for who, role in account.links.get("participants", ())),
    )
    _insert(
        Dispute,
        ("record_id", "property", "is_open"),
        ((pk, name, is_open) for pk, a in items for name, is_open in a.disputes.items()),
    )
    _insert(
        SearchToken,
        ("record_id", "token", "weight"),
        ((pk, token, weight) for pk, a in items for token, weight in search_weights(a).items()),
    )


def _insert_kind(model: type[Model], accounts: Sequence[tuple[int, Account]]) -> None:
    columns = row_columns(accounts[0][1])
    names = list(columns)
    convert = [plain(model, name) for name in names]
    rows = []
    for pk, account in accounts:
        values = row_columns(account)
        rows.append((pk, *[change(values[name]) for name, change in zip(names, convert, strict=True)]))
    insert(model, ("record_id", *names), rows)


def _insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    found = list(rows)
    if found:
        insert(model, columns, found)


def _in(columns: Sequence[str], values: Mapping[str, Any]) -> Iterable[Any]:
    return (value.isoformat() if isinstance(value := values[name], date) else value for name in columns)


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
