"""A list that an officer uploads: kept as it came, tried, brought in with every row told, compared, decided on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from twinbook.reading.importer import NobodyReadsError, importers, read_list
from twinbook.reading.importers.activity_table import NEEDED
from twinbook.reading.tables import TableError, read_table
from twinbook.register.models import Decision, Source
from twinbook.register.models.fields import new_public_id
from twinbook.register.queries.outside_lists import KIND, MAPPED, columns_key
from twinbook.register.workflow.bring_in import BroughtIn, Fate, bring_in
from twinbook.register.workflow.capture import capture_bytes
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import find_record, storable, writing

MOST_FATES = 50_000  # rows of which a report is kept at the desk; larger lists are for the command


def keep_list(raw: bytes, *, name: str, by: User, at: datetime) -> str:
    """Keep a list's bytes as a source; its id. NotPossibleError where it is no table or file that somebody reads."""
    need(by, "capture")
    try:
        importer, columns = _told(raw, name)
    except TableError as error:
        raise NotPossibleError(str(error), code="no-table", name=name) from error
    kept = capture_bytes(raw, by=by, at=at, name=name, kind=KIND)
    if kept.is_new:
        source = Source.objects.get(public_id=kept.source)
        source.title, source.state = name, "read"
        source.reading = {"importer": importer, "columns": columns, "columns_key": columns_key(columns)}
        source.save(update_fields=["title", "state", "reading"])
    return kept.source


def _told(raw: bytes, name: str) -> tuple[str, list[str]]:
    """The importer that fits (the one that takes a mapping where none does), and the list's columns."""
    try:
        chosen, table = read_list(raw, name=name)
        code = chosen.code
    except NobodyReadsError:
        table, code = read_table(raw, name=name), MAPPED
    next(iter(table.rows), None)  # a damaged workbook says so here, not on a later page
    return code, list(table.columns)


def bring_list(
    source: str,
    *,
    importer: str,
    mapping: Mapping[str, str],
    by: User,
    at: datetime,
    is_trial: bool = False,
    only: Collection[int] | None = None,
) -> BroughtIn:
    """Bring a kept list in, or try it; the fates of its rows and the mapping are kept with it.

    The mapping is offered again for the next list with the same columns. With `only`, the rows of these numbers.
    """
    need(by, "enter")
    kept = _list(source)
    if importer not in importers():
        raise NotPossibleError(f"no importer {importer!r}", code="no-importer")
    if importer == MAPPED and (missing := [name for name in NEEDED if not mapping.get(name)]):
        raise NotPossibleError(
            f"say which column is meant for: {', '.join(missing)}", code="columns-missing", names=", ".join(missing)
        )
    fates: list[Fate] = []
    done = bring_in(
        bytes(kept.raw),
        by=by,
        at=at,
        name=kept.name,
        importer=importer,
        mapping=mapping,
        is_trial=is_trial,
        on_fate=fates.append,
        only=only,
    )
    if only is None:
        _remember(source, importer, mapping, done, fates, by, at, is_trial=is_trial)
    return done


def _remember(
    source: str,
    importer: str,
    mapping: Mapping[str, str],
    done: BroughtIn,
    fates: list[Fate],
    by: User,
    at: datetime,
    *,
    is_trial: bool,
) -> None:
    with writing():
        kept = _list(source)
        kept.reading |= {
            "importer": importer,
            "mapping": dict(mapping),
            "report": {
                "is_trial": is_trial,
                "act": done.act,
                "by": by.get_username(),
                "at": at.isoformat(),
                "rows": done.rows,
                "outcomes": dict(done.outcomes),
                "places": dict(done.places),
                "fates": [
                    [f.row, f.outcome, f.record, f.remark, f.words[:300], f.code, f.value[:100]]
                    for f in fates[:MOST_FATES]
                ],
            },
        }
        kept.save(update_fields=["reading"])


def take_theirs(source: str, row: int, *, mapping: Mapping[str, str], by: User, at: datetime) -> BroughtIn:
    """Bring in one row of a list that was compared: its word stands beside ours, and a contradiction is seen."""
    need(by, "decide")
    kept = _list(source)
    done = bring_list(source, importer=kept.reading["importer"], mapping=mapping, by=by, at=at, only={row})
    _note(source, f"row-{row}", "theirs", done.act)
    return done


def ours_stands(source: str, key: str, *, tie: str = "", by: User, at: datetime, reason: str) -> str:
    """Decide that a line of a comparison is the list's mistake; the act, so that it can be undone."""
    need(by, "decide")
    if not reason.strip():
        raise NotPossibleError("say in a few words why", code="reason-missing")
    with writing():
        kept = _list(source)
        act = new_public_id()
        Decision.objects.create(
            act=act, kind="reject", by=by, at=at, reason=storable(f"{key}: {reason}"[:500]), source=kept,
            record=find_record(tie, kind="tie") if tie else None,
        )  # fmt: skip
    _note(source, key, "ours", act)
    return act


def _note(source: str, key: str, side: str, act: str) -> None:
    with writing():
        kept = _list(source)
        decided: dict[str, Any] = kept.reading.get("decided", {})
        kept.reading |= {"decided": decided | {key: {"side": side, "act": act}}}
        kept.save(update_fields=["reading"])


def _list(source: str) -> Source:
    found = Source.objects.filter(public_id=source, kind=KIND).first()
    if found is None:
        raise NotFoundError(f"no list {source!r}", id=source)
    return found
