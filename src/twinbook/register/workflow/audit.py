"""The audit: proves that every row equals its statements, every quote its source, every statement its decision."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Model, Q

from twinbook.register.models import (
    ActivityPlace,
    Decision,
    Dispute,
    Identifier,
    Merge,
    Name,
    Participation,
    Proposal,
    Record,
    SearchToken,
    Source,
    Statement,
)
from twinbook.register.queries.accounts import Accounts, follow
from twinbook.register.queries.telling import Account
from twinbook.register.workflow.access import broken_links
from twinbook.register.workflow.capture import digest_of
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.propose import key_of
from twinbook.register.workflow.record import check_value, is_let_in, rank_of, statement_key
from twinbook.register.workflow.rows import ROWS, row_columns, search_weights

BATCH = 500
NAME_COLUMNS = [field.attname for field in Name._meta.concrete_fields if field.name not in {"id", "record"}]


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it must be: its code, what it is about (an id), and a sentence."""

    code: str
    about: str
    sentence: str


Progress = Callable[[int], None]


def audit(*, progress: Progress = lambda done: None) -> Iterator[Damage]:
    """All damage there is; an empty register and a sound one give none. `progress` is told how many records and
    statements are done."""
    yield from _sources()
    yield from _statements(progress)
    yield from _withdrawals()
    yield from _merges()
    yield from _proposals()
    yield from (Damage("access-log", str(number), sentence) for number, sentence in broken_links())
    yield from _decisions()
    yield from _records(progress)


def amount() -> int:
    """How much `audit` has to look at, for a progress bar."""
    return Statement.objects.count() + Record.objects.count()


def _sources() -> Iterator[Damage]:
    for source in Source.objects.defer("reading").iterator(BATCH):
        is_erased = not source.raw and any(loss["code"] == "erased" for loss in source.losses)
        if not is_erased and digest_of(source) != source.digest:
            yield Damage("bytes-differ", source.public_id, "the kept bytes are not those that were captured")


def _statements(progress: Progress) -> Iterator[Damage]:
    """Evidence, key, rank and value of every statement, standing or not."""
    texts: dict[int, str] = {}
    related = ("record", "target", "source")
    light = Statement.objects.select_related(*related).defer("source__raw", "source__text", "source__reading")
    for number, statement in enumerate(light.order_by("source_id", "pk").iterator(BATCH), 1):
        if statement.source_id not in texts:
            texts = {statement.source_id: Source.objects.values_list("text", flat=True).get(pk=statement.source_id)}
        yield from _one_statement(statement, texts[statement.source_id])
        if number % BATCH == 0:
            progress(BATCH)


def _one_statement(statement: Statement, text: str) -> Iterator[Damage]:
    about = f"statement {statement.pk} of {statement.record.public_id}"
    start, end = statement.start, statement.end
    if text[start:end] != statement.quote or not statement.quote:
        yield Damage("evidence-differs", about, f"the source does not say {statement.quote!r} at {start}–{end}")
    elif not text[:start].endswith(statement.prefix) or not text[end:].startswith(statement.suffix):
        yield Damage("evidence-differs", about, "the words around the quote are not the source's")
    if any(text[begin:stop] != quote or not quote for begin, stop, quote in statement.also):
        yield Damage("evidence-differs", about, "a further place of evidence does not say what it should")
    if statement_key(statement) != statement.key:
        yield Damage(
            "key-differs", about, "source, record, property, value or language were changed after the decision"
        )
    if rank_of(statement.read_by) != statement.rank:
        yield Damage("rank-differs", about, f"{statement.read_by} has not the rank {statement.rank}")
    try:
        check_value(statement.record.kind, statement.property, statement.value, statement.target)
    except NotPossibleError as error:
        yield Damage("value-wrong", about, str(error))


def _withdrawals() -> Iterator[Damage]:
    """A statement stands where a decision that is not undone lets it, and only there."""
    undone = Q(decision__undone_by__isnull=False) | Q(restates__decision__undone_by__isnull=False)
    undone |= Q(amends__decision__undone_by__isnull=False)
    doubtful = Statement.objects.filter(undone, withdrawn_by=None).select_related("record", "restates", "amends")
    for statement in doubtful.iterator(BATCH):
        if not is_let_in(statement, ()):
            about = f"statement {statement.pk} of {statement.record.public_id}"
            yield Damage("stands-undone", about, "it stands though the decision that let it in is undone")
    gone = Statement.objects.exclude(withdrawn_by=None).select_related("withdrawn_by", "record", "restates", "amends")
    for statement in gone.exclude(withdrawn_by__kind="undo").iterator(BATCH):
        yield from _one_withdrawal(statement)
    wrong = gone.exclude(withdrawn_by__kind__in=("undo", "withdraw", "correct"))
    for statement in wrong.iterator(BATCH):
        yield Damage("withdrawn-without-decision", f"statement {statement.pk}", "no such decision withdraws statements")
    lost = gone.filter(withdrawn_by__kind="undo", decision__undone_by=None, restates=None, amends=None)
    for statement in lost.iterator(BATCH):
        if statement.withdrawn_by_id and is_let_in(statement, ()):
            yield Damage("lost", f"statement {statement.pk}", "an undo withdrew it though its decision holds")


def _one_withdrawal(statement: Statement) -> Iterator[Damage]:
    withdrawn = statement.withdrawn_by
    if withdrawn is None or not hasattr(withdrawn, "undone_by") or not is_let_in(statement, ()):
        return
    again = Statement.objects.filter(key=statement.key).filter(Q(withdrawn_by=None) | Q(pk__gt=statement.pk))
    if not again.exists():
        yield Damage("lost", f"statement {statement.pk}", "its withdrawal was undone and it does not stand")


def _merges() -> Iterator[Damage]:
    ends = follow(dict(Merge.objects.filter(ended_by=None).values_list("record_id", "into_id")))
    for record in Record.objects.filter(Q(pk__in=ends) | Q(canonical__isnull=False)).iterator(BATCH):
        if record.canonical_id != ends.get(record.pk):
            yield Damage("merge-differs", record.public_id, "it does not point to the record it was merged into")


def _proposals() -> Iterator[Damage]:
    for proposal in (
        Proposal.objects.select_related("source", "decision").defer("source__raw", "source__text").iterator(BATCH)
    ):
        if key_of(proposal.source, proposal.sort, proposal.as_read["claims"]) != proposal.key:
            yield Damage("proposal-changed", proposal.public_id, "the finding is not the one that was read")
        decided = proposal.state in {"accepted", "corrected", "rejected"}
        if decided != (proposal.decision is not None):
            yield Damage("proposal-undecided", proposal.public_id, f"{proposal.state} and its decision do not agree")
        elif proposal.decision and hasattr(proposal.decision, "undone_by"):
            yield Damage("proposal-undecided", proposal.public_id, f"{proposal.state} by a decision that is undone")


def _decisions() -> Iterator[Damage]:
    for decision in Decision.objects.filter(kind="undo", undoes=None):
        yield Damage("undo-of-nothing", decision.public_id, "an undo names no decision")
    for decision in Decision.objects.filter(undoes__isnull=False, undoes__at__gt=F("at")):
        yield Damage("undo-too-early", decision.public_id, "an undo is older than what it undoes")


def _records(progress: Progress) -> Iterator[Damage]:
    ids: list[int] = list(Record.objects.filter(canonical=None).order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(ids), BATCH):
        batch = ids[begin : begin + BATCH]
        yield from _batch(batch)
        progress(len(batch))
    merged = list(Record.objects.exclude(canonical=None).values_list("pk", flat=True))
    for begin in range(0, len(merged), BATCH):
        for kind, model in ROWS.items():
            for row in model._default_manager.filter(record_id__in=merged[begin : begin + BATCH]):
                yield Damage("row-left-over", f"{kind} {row.pk}", "a merged record has a row of its own")


def _batch(ids: Sequence[int]) -> Iterator[Damage]:
    accounts = Accounts.of(ids)
    records = {record.pk: record for record in Record.objects.filter(pk__in=ids)}
    rows = {kind: _rows_of(kind, ids) for kind in {record.kind for record in records.values()}}
    children = _Children(ids)
    for pk, record in records.items():
        account, row = accounts.get(pk), rows[record.kind].get(pk)
        for sentence in _differences(record, account, row, children):
            yield Damage("row-differs", f"{record.kind} {record.public_id}", sentence)


def _rows_of(kind: str, ids: Iterable[int]) -> dict[int, Model]:
    return {row.pk: row for row in ROWS[kind]._default_manager.filter(record_id__in=list(ids))}


class _Children:
    """The child rows of a batch of records."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.names = _grouped(Name.objects.filter(record_id__in=ids), "record_id")
        self.identifiers = _grouped(Identifier.objects.filter(record_id__in=ids), "record_id")
        self.disputes = _grouped(Dispute.objects.filter(record_id__in=ids), "record_id")
        self.tokens = _grouped(SearchToken.objects.filter(record_id__in=ids), "record_id")
        self.places = _grouped(ActivityPlace.objects.filter(activity_id__in=ids), "activity_id")
        self.participants = _grouped(Participation.objects.filter(activity_id__in=ids), "activity_id")


def _grouped(rows: Iterable[Any], column: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _differences(record: Record, account: Account | None, row: Model | None, children: _Children) -> Iterator[str]:
    """What of a record's rows does not follow from its statements, in sentences."""
    if record.is_standing != (account is not None):
        yield "it is marked as standing where nothing stands, or the other way about"
    if (row is None) != (account is None):
        yield "it has a row where nothing stands, or none where something does"
    if account is None or row is None:
        return
    if record.label != account.label or record.visibility != account.visibility:
        yield "its label or visibility is not what its statements say"
    for name, value in row_columns(account).items():
        if not _equal(getattr(row, name), value):
            yield f"{name} is {getattr(row, name)!r}, its statements say {value!r}"
    yield from _child_differences(record.pk, account, children)


def _equal(kept: Any, told: Any) -> bool:
    if isinstance(kept, Decimal) and told is not None:
        return kept == round(Decimal(str(told)), 2)
    return bool(kept == told)


def _child_differences(pk: int, account: Account, children: _Children) -> Iterator[str]:
    names = [{column: getattr(row, column) for column in NAME_COLUMNS} for row in children.names[pk]]
    if _sorted(names) != _sorted(account.names):
        yield "its names are not those of its statements"
    if sorted((row.scheme, row.identifier) for row in children.identifiers[pk]) != account.identifiers:
        yield "its identifiers are not those of its statements"
    if {row.property: row.is_open for row in children.disputes[pk]} != account.disputes:
        yield "its contradictions are not those of its statements"
    if {row.token: row.weight for row in children.tokens[pk]} != search_weights(account):
        yield "it is not found by its own words"
    if account.kind == "activity":
        places = {place for place, _ in account.links.get("places", ())}
        if {row.place_id for row in children.places[pk]} != places:
            yield "its places are not those of its statements"
        if {(row.who_id, row.role) for row in children.participants[pk]} != set(account.links.get("participants", ())):
            yield "its participants are not those of its statements"


def _sorted(rows: Iterable[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, default=str, sort_keys=True, ensure_ascii=False) for row in rows)


def fingerprint() -> str:
    """One SHA-256 of all that stands, for comparing two registers or one before and after."""
    digest = hashlib.sha256()
    standing = Statement.objects.filter(withdrawn_by=None).order_by("key", "pk")
    for key, quote in standing.values_list("key", "quote").iterator(BATCH):
        digest.update(f"{key}\0{quote}\0".encode())
    return digest.hexdigest()
