"""All pages that are only looked at: they change nothing, ask a bounded number of questions, and filter as told."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from twinbook.register import models
from twinbook.register.desk.views.partners import years_of
from twinbook.register.queries import lists, records
from twinbook.register.queries.queue import PageReview
from twinbook.register.workflow import capture, enter
from twinbook.register.workflow.enter import Given


def everything() -> str:
    """All rows of the register as text."""
    tables = [getattr(models, name) for name in models.__all__]
    return "".join(serializers.serialize("json", table.objects.order_by("pk")) for table in tables)


def looked_at(page: PageReview) -> list[str]:
    dossier = records.dossier(lists.partners()[0].tie.id)
    assert dossier is not None
    activity = dossier.activities[0].id
    named = [
        "today",
        "inbox",
        "partners",
        "promises",
        "decisions",
        "search",
        "calendar",
        "activities",
        "figures",
        "help",
    ]
    addresses = [reverse(f"desk:{name}") for name in [*named, "glossary", "set-up", "new-partner", "password"]]
    addresses += [reverse("desk:review", args=[page.source.id]), reverse("desk:source", args=[page.source.id])]
    addresses += [reverse("desk:dossier", args=[dossier.tie.id]), reverse("desk:record", args=[activity])]
    addresses += [
        reverse("desk:evidence", args=[activity, "title"]),
        reverse("desk:merge", args=[activity]) + "?q=Иркутск",
    ]
    addresses += [reverse("desk:plan", args=[2027]), reverse("desk:add-plan-line", args=[2027])]
    statement = dossier.activities[0].stated["title"][0]
    addresses += [reverse("desk:statement", args=[activity, statement.id])]
    return [*addresses, *(f"/enter/{kind}/?tie={dossier.tie.id}" for kind in ("activity", "step", "person"))]


def test_looking_changes_nothing(desk: Client, decided: PageReview) -> None:
    before = everything()

    for address in looked_at(decided):
        assert desk.get(address).status_code == 200, address

    assert everything() == before


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("today", 44),
        ("inbox", 10),
        ("partners", 15),
        ("decisions", 12),
        ("activities", 10),
        ("calendar", 22),
        ("promises", 25),
    ],
)
def test_a_page_asks_no_more_where_there_is_more(
    desk: Client, decided: PageReview, officer: User, name: str, most: int
) -> None:
    address = reverse(f"desk:{name}")
    desk.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.get(address)
    tie, now = lists.partners()[0], timezone.now()
    home = records.home()
    assert home is not None
    for number in range(3):
        note = capture.capture_text(f"Событие номер {number} в 2031 году.", by=officer, at=now, kind="note").source
        given = [
            Given("title", f"Событие {number}", "ru"),
            Given("kind", "visit"),
            Given("when", "2031"),
            Given("status", "planned"),
        ]
        given += [Given("places", home.id), Given("places", tie.partner.id)]
        enter.enter("activity", given, source=note, by=officer, at=now)
    desk.get(address)

    with CaptureQueriesContext(connection) as more:
        assert desk.get(address).status_code == 200

    assert len(more) <= most
    assert len(more) <= len(few) + 2


def test_activities_are_filtered_and_a_bad_filter_is_no_error(desk: Client, decided: PageReview) -> None:
    address = reverse("desk:activities")
    kinds = {line.activity_kind for line in lists.activities()}
    one = sorted(kinds)[0]

    shown = desk.get(address, {"kind": one}).context["lines"]

    assert {line.activity_kind for line in shown} == {one}
    assert len(desk.get(address, {"kind": "opinion", "year": "soon", "from": "-1"}).context["lines"]) == len(
        lists.activities()
    )


def test_the_timeline_goes_back_in_time_and_what_has_no_year_comes_last(desk: Client, decided: PageReview) -> None:
    dossier = records.dossier(lists.partners()[0].tie.id)
    assert dossier is not None

    years = [year for year, _lines in years_of(dossier.timeline)]

    dated = [year for year in years if year]
    assert dated == sorted(dated, reverse=True)
    assert years == dated + ([""] if "" in years else [])
    assert sum(len(lines) for _year, lines in years_of(dossier.timeline)) == len(dossier.timeline)
