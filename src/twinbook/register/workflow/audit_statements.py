"""What the audit asks of statements: that their evidence, key, rank and value are those of the decision."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q

from twinbook.register.models import Decision, Record, Source, Statement
from twinbook.register.models.properties import property_of
from twinbook.register.queries.light import ranges
from twinbook.register.queries.plain import plain_values, read_json
from twinbook.register.workflow.bulk import SPOKEN
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.record import check_value, is_let_in, rank_of

RANGE = 10_000  # statements looked at at once
CHUNK = 1_000  # statements with their records and sources, as they are asked for
MOST_TEXT = 10_000_000  # characters of sources' texts kept at once
COLUMNS = (
    *("id", "property", "value", "language", "start", "end", "quote", "prefix", "suffix", "also"),
    *("read_by", "rank", "key", "source_id", "record__public_id", "record__kind"),
    *("target__public_id", "target__kind"),
)


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it must be: its code, what it is about (an id), and a sentence."""

    code: str
    about: str
    sentence: str


Progress = Callable[[int], None]


def statements(progress: Progress) -> Iterator[Damage]:
    """Evidence, key, rank and value of every statement, standing or not, in the order in which they were made."""
    texts = _Texts()
    ranks = lru_cache(rank_of)
    for low, high in ranges(Statement, RANGE):
        rows = plain_values(Statement.objects.filter(pk__gt=low, pk__lte=high), COLUMNS).order_by("pk")
        found = list(rows)
        texts.ask_for({row[13] for row in found})
        seen: tuple[Any, ...] = ()
        for row in found:
            (pk, name, raw, language, start, end, quote, prefix, suffix, also, read_by, rank, key, source,
             record, kind, target, target_kind) = row  # fmt: skip
            source_id, text = texts.by_source[source]
            place = (source, start, end, quote, prefix, suffix)
            faults: list[tuple[str, str]] = []
            if place != seen:  # a row of a list is the evidence of all that it states
                faults += _evidence_faults(text, *place[1:])
                seen = () if faults else place
            if also != "[]":
                faults += _further_faults(text, json.loads(also))
            told = target or (
                raw if _is_as_json(raw) else json.dumps(read_json(raw), ensure_ascii=False, sort_keys=True)
            )
            if hashlib.sha256(f"{source_id}\0{record}\0{name}\0{told}\0{language}".encode()).hexdigest() != key:
                faults.append(KEY_DIFFERS)
            if ranks(read_by) != rank:
                faults.append(("rank-differs", f"{read_by} has not the rank {rank}"))
            if (fault := _value_fault(kind, name, raw, target_kind or "")) is not None:
                faults.append(("value-wrong", fault))
            for code, sentence in faults:
                yield Damage(code, f"statement {pk} of {record}", sentence)
        progress(len(found))


KEY_DIFFERS = ("key-differs", "source, record, property, value or language were changed after the decision")


class _Texts:
    """The public ids and texts of the sources that are asked for; what is too much to keep is let go."""

    def __init__(self) -> None:
        self.by_source: dict[int, tuple[str, str]] = {}

    def ask_for(self, sources: set[int]) -> None:
        missing = sources - self.by_source.keys()
        if not missing:
            return
        if sum(len(text) for _, text in self.by_source.values()) > MOST_TEXT:
            self.by_source = {source: kept for source, kept in self.by_source.items() if source in sources}
        for pk, public_id, text in Source.objects.filter(pk__in=missing).values_list("pk", "public_id", "text"):
            self.by_source[pk] = (public_id, text)


def _is_as_json(raw: str | None) -> bool:
    """Whether the column's text is the one that a key is made of, as it is of a short string."""
    return raw is not None and raw[:1] == '"' and "\\" not in raw


def _evidence_faults(
    text: str, start: int, end: int, quote: str, prefix: str, suffix: str
) -> Iterator[tuple[str, str]]:
    if text[start:end] != quote or not quote:
        yield "evidence-differs", f"the source does not say {quote!r} at {start}–{end}"
    elif start < len(prefix) or not text.startswith(prefix, start - len(prefix)) or not text.startswith(suffix, end):
        yield "evidence-differs", "the words around the quote are not the source's"


def _further_faults(text: str, also: list[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    if any(text[begin:stop] != quote or not quote for begin, stop, quote in also):
        yield "evidence-differs", "a further place of evidence does not say what it should"


def _value_fault(kind: str, name: str, raw: str | None, target_kind: str) -> str | None:
    if not target_kind and _is_as_json(raw) and raw and raw[1:-1].strip() and _is_spoken(kind, name):
        return None
    return _checked(kind, name, raw, target_kind)


@lru_cache(maxsize=1_000)
def _is_spoken(kind: str, name: str) -> bool:
    try:
        return property_of(kind, name).type in SPOKEN
    except ValueError:
        return False


@lru_cache(maxsize=20_000)
def _checked(kind: str, name: str, raw: str | None, target_kind: str) -> str | None:
    try:
        check_value(kind, name, read_json(raw), Record(kind=target_kind) if target_kind else None)
    except NotPossibleError as error:
        return str(error)
    return None


def withdrawals() -> Iterator[Damage]:
    """A statement stands where a decision that is not undone lets it, and only there."""
    for statement in _resting_on_undone():
        if not is_let_in(statement, ()):
            about = f"statement {statement.pk} of {statement.record.public_id}"
            yield Damage("stands-undone", about, "it stands though the decision that let it in is undone")
    gone = Statement.objects.exclude(withdrawn_by=None).select_related("withdrawn_by", "record", "restates", "amends")
    for statement in (
        gone.filter(withdrawn_by__undone_by__isnull=False).exclude(withdrawn_by__kind="undo").iterator(CHUNK)
    ):
        yield from _one_withdrawal(statement)
    wrong = gone.exclude(withdrawn_by__kind__in=("undo", "withdraw", "correct"))
    for pk in wrong.values_list("pk", flat=True).iterator(CHUNK):
        yield Damage("withdrawn-without-decision", f"statement {pk}", "no such decision withdraws statements")
    lost = gone.filter(withdrawn_by__kind="undo", decision__undone_by=None, restates=None, amends=None)
    for statement in lost.iterator(CHUNK):
        if is_let_in(statement, ()):
            yield Damage("lost", f"statement {statement.pk}", "an undo withdrew it though its decision holds")


def _resting_on_undone() -> Iterator[Statement]:
    """Standing statements that an undone decision let in, itself or what they restate or amend: three questions, each
    of which an index answers."""
    undone = Decision.objects.filter(undone_by__isnull=False).values("pk")
    let_in = Statement.objects.filter(decision__in=undone).values("pk")
    standing = Statement.objects.filter(withdrawn_by=None).select_related("record", "restates", "amends")
    yield from standing.filter(decision__in=undone).iterator(CHUNK)
    yield from standing.filter(restates__in=let_in).exclude(decision__in=undone).iterator(CHUNK)
    amending = standing.filter(amends__in=let_in).exclude(decision__in=undone)
    yield from amending.filter(Q(restates=None) | ~Q(restates__in=let_in)).iterator(CHUNK)


def _one_withdrawal(statement: Statement) -> Iterator[Damage]:
    if not is_let_in(statement, ()):
        return
    again = Statement.objects.filter(key=statement.key).filter(Q(withdrawn_by=None) | Q(pk__gt=statement.pk))
    if not again.exists():
        yield Damage("lost", f"statement {statement.pk}", "its withdrawal was undone and it does not stand")
