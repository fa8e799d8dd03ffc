"""What a record tells: from all statements that stand about it, the values its row shows. Pure, so that a row can be
written by it, proved by it, and told as of any past day."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Protocol

from twinbook.register.models.properties import (
    CLASS_VISIBILITY,
    COMMON,
    DEFAULT_VISIBILITY,
    PROPERTIES,
    Property,
)
from twinbook.register.queries.analyser import normal, script_of
from twinbook.register.queries.dates import agree, is_narrower
from twinbook.vocabulary.partial_date import PartialDate

NAME_ORDER = {"official": 0, "": 1, "other": 2, "short": 3, "computed": 4, "former": 5}


class Statement(Protocol):
    """What telling needs to know of a statement."""

    id: int
    property: str
    value: Any
    target_id: int | None
    language: str
    qualifiers: dict[str, str]
    rank: int
    key: str
    first_seen: datetime
    restates_id: int | None


@dataclass
class Account:
    """A record's values: typed columns, child rows, and which statements they come from."""

    kind: str
    columns: dict[str, Any] = field(default_factory=dict)
    names: list[dict[str, Any]] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    links: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    label: dict[str, str] = field(default_factory=dict)
    visibility: str = ""
    told: set[int] = field(default_factory=set)  # ids of statements whose values are shown
    disputes: dict[str, bool] = field(default_factory=dict)  # property → whether it is open
    sorted: dict[str, list[Any]] = field(default_factory=dict)  # statements by property, the told ones first


def root_id(statement: Statement) -> int:
    """The id of the statement that this one states again, else its own."""
    return statement.restates_id or statement.id


def give_account(
    kind: str,
    statements: Iterable[Statement],
    *,
    canonical: Mapping[int, int],
    preferred: Sequence[int] = (),
    source_day: Mapping[int, date] | None = None,
) -> Account:
    """The account of one record.

    `canonical` maps ids of merged records to the ones that stand for them, `preferred` are root ids of statements that
    people chose, the newest choice last; `source_day` gives by statement id the day its source speaks of (for
    properties where the newest tells how it is now).
    """
    empty = _nothing_told(kind)
    account = Account(kind, _fresh(empty.columns), links=_fresh(empty.links))
    by_property: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_property[statement.property].append(statement)
    chosen = {root: number for number, root in enumerate(preferred, 1)}
    for name, known in _properties_of(kind):
        found = by_property.get(name)
        if not found:
            continue
        ordered = _in_order(known, found, chosen, source_day or {}) if len(found) > 1 else found
        _tell(account, name, known, ordered, canonical)
        account.sorted[name] = ordered if len(ordered) == 1 else _told_first(ordered, account.told)
        if known.is_disputable and len(found) > 1 and _contradict(known, found):
            account.disputes[name] = not any(root_id(statement) in chosen for statement in found)
    account.label = _label(account)
    account.visibility = _visibility(account)
    return account


@cache
def _properties_of(kind: str) -> tuple[tuple[str, Property], ...]:
    return tuple({**PROPERTIES[kind], **COMMON}.items())


@cache
def _nothing_told(kind: str) -> Account:
    """The columns and links of a record of which nothing is stated."""
    account = Account(kind)
    for name, known in _properties_of(kind):
        _tell(account, name, known, (), {})
    return account


def _fresh(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.copy() if isinstance(value, dict | list) else value for name, value in values.items()}


def _told_first(statements: Sequence[Statement], told: AbstractSet[int]) -> list[Statement]:
    return sorted(statements, key=lambda statement: statement.id not in told)


def _in_order(
    known: Property, found: list[Statement], chosen: Mapping[int, int], source_day: Mapping[int, date]
) -> list[Statement]:
    """The statements of one property, the one that counts first: a person's choice, a person's word, an importer's,
    a reader's; among equals the newest source (rule latest) or the statement
    seen first. Rule newest: the newest decision."""

    def place(statement: Statement) -> tuple[Any, ...]:
        day = source_day.get(statement.id, date.min).toordinal() if known.rule == "latest" else 0
        return (
            -chosen.get(root_id(statement), 0),
            -root_id(statement) if known.rule == "newest" else 0,
            -statement.rank,
            -day,
            statement.first_seen,
            statement.key,
        )

    ordered = sorted(found, key=place)
    if known.type == "date" and known.rule == "best" and len(ordered) > 1:
        ordered = _narrowest_first(ordered, chosen)
    return ordered


def _narrowest_first(ordered: list[Statement], chosen: Mapping[int, int]) -> list[Statement]:
    """Among dates of the first one's rank, one that lies inside the first says more without contradicting it."""
    first = ordered[0]
    if root_id(first) in chosen:
        return ordered
    best = first
    for statement in ordered[1:]:
        if statement.rank == first.rank and is_narrower(str(statement.value), str(best.value)):
            best = statement
    return [best, *(statement for statement in ordered if statement is not best)]


def _tell(
    account: Account, name: str, known: Property, ordered: Sequence[Statement], canonical: Mapping[int, int]
) -> None:
    column = known.column or name
    if known.type == "name":
        names = {tuple(name.values()): name for name in map(_name, ordered)}  # many sources, one name
        account.names = list(names.values())
        account.told |= {statement.id for statement in ordered}
    elif known.type == "identifier":
        pairs = [str(statement.value).partition(":") for statement in ordered]
        account.identifiers = sorted({(scheme, identifier) for scheme, _, identifier in pairs})
        account.told |= {statement.id for statement in ordered}
    elif known.many:
        _tell_many(account, column, known, ordered, canonical)
    elif known.type == "words":
        _tell_words(account, column, ordered)
    else:
        _tell_one(account, column, known, ordered, canonical)


def _name(statement: Statement) -> dict[str, Any]:
    text = str(statement.value)
    qualifiers = statement.qualifiers
    return {
        "text": text,
        "language": statement.language,
        "script": script_of(text),
        "kind": qualifiers.get("kind", ""),
        **_date_columns("since", qualifiers.get("since", "")),
        **_date_columns("until", qualifiers.get("until", "")),
        "normal": normal(text),
    }


def _tell_many(
    account: Account, column: str, known: Property, ordered: Sequence[Statement], canonical: Mapping[int, int]
) -> None:
    account.told |= {statement.id for statement in ordered}
    if known.type == "record":
        links: dict[int, str] = {}
        for statement in ordered:
            target = statement.target_id or 0
            links.setdefault(canonical.get(target, target), statement.qualifiers.get("role", ""))
        account.links[column] = list(links.items())
    elif known.type == "words":
        account.columns[column] = [{"language": s.language, "text": s.value} for s in ordered]
    else:
        ours = [
            statement for statement in ordered if statement.rank
        ] or ordered  # a partner's view adds no code to ours
        account.told -= {statement.id for statement in ordered} - {statement.id for statement in ours}
        ordered = ours
        present = {statement.value for statement in ordered}
        account.columns[column] = [code for code in known.known_codes() if code in present] or sorted(present)


def _tell_words(account: Account, column: str, ordered: Sequence[Statement]) -> None:
    words: dict[str, str] = {}
    for statement in ordered:
        if statement.language not in words:
            words[statement.language] = str(statement.value)
            account.told.add(statement.id)
    account.columns[column] = words


def _tell_one(
    account: Account, column: str, known: Property, ordered: Sequence[Statement], canonical: Mapping[int, int]
) -> None:
    first = ordered[0] if ordered else None
    if first:
        account.told.add(first.id)
        if len(ordered) > 1:
            account.told |= {s.id for s in ordered if s.value == first.value and s.target_id == first.target_id}
    if known.type == "record":
        target = first.target_id if first else None
        account.columns[f"{column}_id"] = canonical.get(target, target) if target else None
    elif known.type == "date":
        account.columns |= _date_columns(column, str(first.value) if first else "")
    elif known.type in {"number", "count"}:
        account.columns[column] = first.value if first else None
    elif known.type == "flag":
        default = column == "is_firm"  # a step is firm unless a source says that it was only proposed
        account.columns[column] = bool(first.value) if first else default
    else:
        account.columns[column] = str(first.value) if first else ""


def _date_columns(column: str, edtf: str) -> dict[str, Any]:
    first, last = _days(edtf)
    return {column: edtf, f"{column}_first": first, f"{column}_last": last}


@lru_cache(maxsize=20_000)
def _days(edtf: str) -> tuple[date | None, date | None]:
    parsed = PartialDate.parse(edtf) if edtf else None
    return (parsed.first, parsed.last) if parsed else (None, None)


def _contradict(known: Property, found: Sequence[Statement]) -> bool:
    values = sorted({str(statement.value) for statement in found})
    if len(values) < 2:
        return False
    if known.type == "date":
        return not all(agree(one, other) for one, other in itertools.combinations(values, 2))
    return True


def _label(account: Account) -> dict[str, str]:
    """The name by language (official before short before computed, present before former), else the title."""
    if not account.names:
        return dict(account.columns.get("title") or account.columns.get("what") or {})
    label: dict[str, str] = {}
    for name in sorted(account.names, key=lambda name: (bool(name["until"]), NAME_ORDER.get(name["kind"], 2))):
        label.setdefault(name["language"], name["text"])
    return label


def _visibility(account: Account) -> str:
    stated = account.columns.get("visibility", "")
    if stated:
        return str(stated)
    if account.kind == "person":
        return CLASS_VISIBILITY.get(account.columns.get("person_class", ""), "private")
    return DEFAULT_VISIBILITY[account.kind]
