"""Bulk writing makes the register that the one-by-one path makes: the same statements, rows and found records."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.conftest import Clock
from twinbook.register.models import Decision, Record, SearchToken, Source, Statement
from twinbook.register.queries import search
from twinbook.register.workflow import bring_rows
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.bring_in import bring_in
from twinbook.register.workflow.bulk import Cell, Ref, enter_batch
from twinbook.register.workflow.enter import set_home
from twinbook.register.workflow.record import Draft, make_record, settle, state
from twinbook.register.workflow.rows import ROWS

EXAMPLES = int(os.environ.get("TWINBOOK_STATEFUL_EXAMPLES", "3"))
PAIRS = "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
OWN = (
    "partner_en,partner_ru,partner_ja,country,level,qid,geonames_id,relation,"
    "start_edtf,start_basis,end_edtf,end_kind,ended_by\n"
)
ACTIVITIES = "partner,country,title,kind,area,status,date,received\n"
MAPPING = {"partner": "partner", "partner_country": "country", "title": "title", "kind": "kind", "areas": "area",
           "status": "status", "when": "date", "people_in": "received"}  # fmt: skip

TOWN = st.sampled_from(["Kanazawa", "Siena", "Eugene", "Улан-Батор"])
PAIR = st.tuples(TOWN, st.sampled_from(["Japan", "Italy", ""]), TOWN, st.sampled_from(["Italy", "United States"]))
PARTNER = st.tuples(
    TOWN, st.sampled_from(["Юджин", ""]), st.sampled_from(["金沢", ""]), st.sampled_from(["JP", "US"]),
    st.sampled_from(["1988", "1967-03-20", ""]), st.sampled_from(["vote", "agreement", ""]),
    st.sampled_from(["2022-07-18", ""]),
)  # fmt: skip
ACTIVITY = st.tuples(
    TOWN, st.sampled_from(["JP", ""]), st.sampled_from(["Choir visit", "Визит хора, хор", "合唱団の訪問", "Visit"]),
    st.sampled_from(["visit", "meeting", "?"]), st.sampled_from(["culture;sport", "chess", ""]),
    st.sampled_from(["planned", ""]), st.sampled_from(["2019-05", "17.05.2019", "2019", ""]),
    st.sampled_from(["12", "", "many"]),
)  # fmt: skip
LISTS = st.tuples(st.lists(PAIR, max_size=4), st.lists(PARTNER, max_size=3), st.lists(ACTIVITY, max_size=5))


def one_by_one(
    decision: Decision, source: Source, read_by: str, at: datetime, made: Sequence[Ref], cells: Iterable[Cell]
) -> int:
    """What enter_batch does, by the door through which officers and readers go: one record after the other."""
    for ref in made:
        record = make_record(ref.kind, at)
        Record.objects.filter(pk=record.pk).update(public_id=ref.public_id)
        ref.pk = record.pk
    told: dict[int, list[Cell]] = {}
    for cell in cells:
        told.setdefault(cell.record.pk, []).append(cell)
    for found in sorted(told.values(), key=lambda found: found[0].record.kind != "place"):
        settle(state(decision, [_draft(cell, source, read_by) for cell in found]))
    return Statement.objects.filter(decision=decision).count()


def _draft(cell: Cell, source: Source, read_by: str) -> Draft:
    return Draft(
        Record.objects.get(pk=cell.record.pk), cell.property, cell.value, source, cell.span.start, cell.span.end,
        read_by, target=Record.objects.get(pk=cell.target.pk) if cell.target else None, language=cell.language,
        as_written=cell.as_written, view=Record.objects.get(pk=cell.view.pk) if cell.view else None,
    )  # fmt: skip


def bring_all(lists: tuple[Any, Any, Any], olga: User) -> None:
    clock = Clock()
    set_home("Irkutsk", language="en", country="RU", by=olga, at=clock())
    pairs, partners, activities = lists
    text = PAIRS + "".join(f"{a},{b},,,{c},{d},,\n" for a, b, c, d in pairs)
    bring_in(text.encode(), by=olga, at=clock(), name="pairs.csv")
    rows = (
        f"{en},{ru},{ja},{land},city,,,twin,{since},{basis},{end},{'ended' if end else ''},\n"
        for en, ru, ja, land, since, basis, end in partners
    )
    home = {"home": "Irkutsk", "home_country": "RU"}
    bring_in((OWN + "".join(rows)).encode(), by=olga, at=clock(), name="own.csv", mapping=home)
    text = ACTIVITIES + "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in activities)
    for _ in range(2):  # the second time nothing may come of it
        bring_in(text.encode(), by=olga, at=clock(), name="a.csv", mapping=MAPPING, importer="activity_table")


def _counted(rows: Iterable[Any]) -> Counter[str]:
    """How often each row stands; names by language have no order."""
    return Counter(json.dumps(row, default=str, sort_keys=True, ensure_ascii=False) for row in rows)


def what_stands() -> dict[str, Any]:
    """All that a register tells, without the ids that are new in each."""
    columns = (
        *("record__kind", "record__label", "property", "value", "target__label", "language", "quote", "prefix"),
        *("suffix", "start", "end", "as_written", "rank", "read_by", "view__label", "source__title", "decision__kind"),
    )
    standing = Statement.objects.filter(withdrawn_by=None)
    told: dict[str, Any] = {"statements": _counted(standing.values_list(*columns))}
    for kind, model in ROWS.items():
        links = [f.name for f in model._meta.concrete_fields if f.is_relation]
        plain = [f.attname for f in model._meta.concrete_fields if not f.is_relation]
        rows = model._default_manager.values_list("record__label", *plain, *(f"{name}__label" for name in links))
        told[kind] = _counted(rows)
    told["tokens"] = Counter(SearchToken.objects.values_list("record__kind", "token", "weight"))
    told["found"] = {
        word: sorted(
            (str(sorted(hit.thing.label.items())), hit.thing.kind, hit.weight)
            for hit in search.find(word, limit=100).hits
        )
        for word in ("Kanazawa", "визит", "合唱団", "choir visit", "Kanazwa")
    }
    return told


class _Back(Exception):
    """What was done is taken back."""


def register_of(lists: tuple[Any, Any, Any], olga: User, way: Callable[..., int]) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bring_rows, "enter_batch", way)
        try:
            with transaction.atomic():
                bring_all(lists, olga)
                told = what_stands() | {"damage": [damage.sentence for damage in audit()]}
                raise _Back
        except _Back:
            return told


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=LISTS)
def test_bulk_and_one_by_one_make_one_register(lists: tuple[Any, Any, Any], olga: User) -> None:
    fast = register_of(lists, olga, enter_batch)
    slow = register_of(lists, olga, one_by_one)

    assert fast["damage"] == []
    for name, told in slow.items():
        assert fast[name] == told, name
