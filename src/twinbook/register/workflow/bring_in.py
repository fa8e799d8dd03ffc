"""An outside list → records: every row has a fate, a second run adds nothing, what is unsure is shown, not guessed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.contrib.auth.models import AbstractBaseUser

from twinbook.reading.importer import Imported, Importer, NobodyReadsError, PlaceRow, RowTrouble, TieRow, read_list
from twinbook.reading.page import clean_text
from twinbook.reading.tables import Row, Table, TableError
from twinbook.register.models import Source
from twinbook.register.queries.known_places import Key, KnownPlaces
from twinbook.register.workflow.bring_rows import ListWork, standing_ties
from twinbook.register.workflow.bulk import look_at_all, with_large_cache
from twinbook.register.workflow.capture import store_ready
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.fates import Fate, places_in
from twinbook.register.workflow.permission import need

__all__ = ["BroughtIn", "Fate", "bring_in"]

BATCH = 5_000  # rows that stand or fall together
PART = 40_000  # rows that are kept as one source, and held in memory at once
MANY_ROWS = 5_000


@dataclass
class BroughtIn:
    """What an import did. `outcomes` counts rows, `places` counts places as new, same or unsure (namesakes)."""

    importer: str
    source: str = ""
    act: str = ""
    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    statements: int = 0


def bring_in(
    raw: bytes,
    *,
    by: AbstractBaseUser,
    at: datetime,
    name: str = "",
    importer: str = "",
    mapping: Mapping[str, str] | None = None,
    is_trial: bool = False,
    on_fate: Callable[[Fate], None] | None = None,
    only: Collection[int] | None = None,
) -> BroughtIn:
    """Bring a list's rows into the register as the statements of its importer.

    `importer` "" means: the one that the file fits. `is_trial` decides everything and writes nothing. `only`: the rows
    of these numbers, and no other.
    Batches are transactions: after a kill the same call by the same officer goes on where it stood, in the same act,
    and ends with the register that an unbroken one makes.
    NotPossibleError where the file is no table or nobody reads its columns.
    """
    need(by, "enter")
    try:
        chosen, table = read_list(raw, name=name, code=importer)
    except NobodyReadsError as error:
        raise NotPossibleError(str(error), code="no-importer", name=name) from error
    except TableError as error:
        raise NotPossibleError(str(error), code="no-table", name=name) from error
    done = BroughtIn(chosen.code)
    tell = on_fate or (lambda fate: None)
    parts = _parts(table, None if chosen.open else PART, name)
    if is_trial:
        known, ties = KnownPlaces.of_register(), standing_ties()
        for rows in parts:
            _try_out(_read(chosen, table, rows, mapping, only, done), done, tell, known, ties)
        return done
    title = name or chosen.title
    work = ListWork(by, at, f"importer:{chosen.code}", f"import of {title}", done.places, _asked(mapping, only))
    with with_large_cache():
        for rows in parts:
            text, spans = _text(rows)
            captured = store_ready(
                text, kind="row", by=by, at=at, title=title, publisher=chosen.licence or chosen.title
            )
            done.source = done.source or captured.source
            work.open_source(Source.objects.get(public_id=captured.source), spans, is_new=captured.is_new)
            for batch in _batches(_read(chosen, table, rows, mapping, only, done)):
                for fate in work.take(batch):
                    done.outcomes[fate.outcome] += 1
                    tell(fate)
    done.act = work.act
    done.statements = work.statements
    if done.rows >= MANY_ROWS:
        look_at_all()
    return done


def _asked(mapping: Mapping[str, str] | None, only: Collection[int] | None) -> str:
    """What of a list is asked for, and how it is read: another question is another act."""
    return json.dumps([mapping or {}, sorted(only) if only is not None else None], sort_keys=True)


def _parts(table: Table, size: int | None, name: str) -> Iterator[list[Row]]:
    """The rows in parts, each kept as one source; a list of up to `size` rows is one part.

    NotPossibleError where the list breaks off in the middle: what came before is in.
    """
    is_first = True
    try:
        while (part := list(islice(table.rows, size))) or is_first:
            is_first = False
            yield part
    except TableError as error:
        raise NotPossibleError(str(error), code="no-table", name=name) from error


def _read(
    chosen: Importer,
    table: Table,
    rows: Sequence[Row],
    mapping: Mapping[str, str] | None,
    only: Collection[int] | None,
    done: BroughtIn,
) -> Iterator[Imported]:
    """What the importer makes of a part's rows, or of those among them that are asked for."""
    taken = rows if only is None else [row for row in rows if row.number in only]
    done.rows += len(taken)
    return chosen.read(Table(table.columns, iter(taken)), dict(mapping or {}))


def _text(rows: Sequence[Row]) -> tuple[str, dict[int, tuple[int, int]]]:
    """The rows' words as one text, and where each row stands in it."""
    spans, parts, start = {}, [], 0
    for row in rows:
        words = row.words if row.words.isprintable() else clean_text(row.words).text
        spans[row.number] = (start, start + len(words))
        parts.append(words)
        start += len(words) + 1
    return "\n".join(parts), spans


def _batches(read: Iterable[Imported]) -> Iterator[list[Imported]]:
    rows = iter(read)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _try_out(
    read: Iterable[Imported],
    done: BroughtIn,
    tell: Callable[[Fate], None],
    known: KnownPlaces,
    ties: Mapping[frozenset[Key], Key],
) -> None:
    """Every row's fate as it would be, with nothing written."""
    for row in read:
        if isinstance(row, RowTrouble):
            fate = Fate.of_trouble(row)
        else:
            named = places_in(row)
            found = [known.find(place) for place in named]
            for place, match in zip(named, found, strict=True):
                done.places[match.verdict] += 1
                if match.record is None:
                    known.add(f"{row.row}", place)
            pair = frozenset(match.record for match in found if match.record)
            is_known = pair in ties if isinstance(row, TieRow) else isinstance(row, PlaceRow) and bool(pair)
            outcome = "known" if is_known else "new"
            fate = Fate(
                row.row, outcome, remark="; ".join(match.remark for match in found if match.remark), words=row.words
            )
        done.outcomes[fate.outcome] += 1
        tell(fate)
