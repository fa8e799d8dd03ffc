"""Our ties against outside lists: each kind of difference, and the correction for Wikidata."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from twinbook.reading.importer import Imported, PlaceNamed, StepNamed, TieRow
from twinbook.register.queries.compare import compare, quick_statements
from twinbook.register.workflow.bring_in import bring_in
from twinbook.register.workflow.capture import capture_text
from twinbook.register.workflow.enter import Given, enter, set_home

HEAD = "partner_en,country,level,qid,relation,start_edtf,start_basis,end_edtf,end_kind,ended_by\n"
OURS = (
    "Kanazawa,JP,city,Q191130,twin,1967-03-20,vote,,,\n"
    "Eugene,US,city,Q171224,twin,1988,agreement,2022-07-18,suspended,council\n"
    "Pforzheim,DE,city,Q3046,twin,2007,agreement,,,\n"
    "Strömsund,SE,city,Q514770,cooperation agreement,2001-11,agreement,,,\n"
    "Vitebsk,BY,city,,cooperation agreement,2017,agreement,,,\n"
)
HOME = PlaceNamed((("en", "Irkutsk"),), "RU", identifiers=(("wikidata", "Q6576"),))


@pytest.fixture
def office(olga: User, clock: Callable[[], datetime]) -> None:
    """A register of Irkutsk with five ties."""
    set_home("Irkutsk", language="en", country="RU", by=olga, at=clock())
    mapping = {"home": "Irkutsk", "home_country": "RU"}
    bring_in((HEAD + OURS).encode(), by=olga, at=clock(), name="ours.csv", mapping=mapping)


def row(number: int, name: str, country: str, **more: Any) -> TieRow:
    return TieRow(number, f"row {number}", HOME, PlaceNamed((("en", name),), country), **more)


def theirs() -> list[Imported]:
    return [
        row(2, "Kanazawa", "JP", kind="sister_city", steps=(StepNamed("agreement", "1967"),)),
        row(3, "Eugene", "US"),
        row(4, "Pforzheim", "DE", steps=(StepNamed("agreement", "1999"),)),
        row(5, "Dijon", "FR"),
        row(6, "Strömsund", "SE", kind="sister_city"),
        row(7, "Buffalo", "US"),
        TieRow(8, "row 8", PlaceNamed((("en", "Kanazawa"),), "JP"), PlaceNamed((("en", "Gent"),), "BE")),
    ]


@pytest.mark.usefixtures("office")
def test_each_kind_of_difference_is_told() -> None:
    lines = compare(theirs())

    assert [(line.code, line.partner, line.ours, line.theirs, line.row) for line in lines] == [
        ("ended-here", "Eugene", "suspended", "listed", 3),
        ("missing-here", "Buffalo", "", "", 7),
        ("missing-here", "Dijon", "", "", 5),
        ("missing-there", "Vitebsk", "active, 2017", "", None),
        ("other-date", "Pforzheim", "2007", "1999", 4),
        ("other-level", "Strömsund", "partner", "sister_city", 6),
        ("same", "Kanazawa", "active", "listed", 2),
    ]


@pytest.mark.usefixtures("office")
def test_a_tie_that_they_end_and_we_do_not_is_told() -> None:
    ended = row(2, "Kanazawa", "JP", steps=(StepNamed("end", "2024"),))

    lines = {line.code: line for line in compare([ended])}

    assert (lines["ended-there"].ours, lines["ended-there"].theirs) == ("active", "end")


@pytest.mark.usefixtures("office")
def test_a_town_with_another_item_is_another_town() -> None:
    eugene = PlaceNamed((("de", "Eugene"),), identifiers=(("wikidata", "Q999"),))

    lines = [line for line in compare([TieRow(2, "row 2", HOME, eugene)]) if line.row]

    assert [(line.code, line.partner) for line in lines] == [("missing-here", "Eugene")]


@pytest.mark.usefixtures("office")
def test_a_namesake_without_a_country_is_for_a_person() -> None:
    lines = [line for line in compare([row(2, "Vitebsk", "")]) if line.row]

    assert [(line.code, line.theirs) for line in lines] == [("unsure", "Vitebsk (?) may be one of: Vitebsk (BY)")]


@pytest.mark.usefixtures("office")
def test_quickstatements_give_both_sides_and_the_start(olga: User, clock: Callable[[], datetime]) -> None:
    home = set_home("Irkutsk", language="en", country="RU", by=olga, at=clock())
    note = capture_text("Irkutsk is Q6576.", by=olga, at=clock(), kind="note").source
    enter("place", [Given("identifier", "wikidata:Q6576")], source=note, by=olga, at=clock(), record=home)

    words = quick_statements(compare([])).splitlines()

    assert "Q6576\tP190\tQ191130\tP580\t+1967-03-20T00:00:00Z/11" in words
    assert "Q191130\tP190\tQ6576\tP580\t+1967-03-20T00:00:00Z/11" in words
    assert "Q6576\tP190\tQ514770\tP580\t+2001-11-00T00:00:00Z/10" in words
    assert not [line for line in words if "Q171224" in line]  # suspended: nothing to send


@pytest.mark.usefixtures("office")
def test_a_longer_name_of_a_tie_we_have_is_for_a_person() -> None:
    lines = [line for line in compare([row(2, "Vitebsk District", "BY"), row(3, "Vi", "BY")]) if line.row]

    assert [(line.code, line.partner, line.theirs) for line in lines] == [
        ("missing-here", "Vi", ""),
        ("unsure", "Vitebsk District", "Vitebsk District – Vitebsk?"),
    ]


@pytest.mark.usefixtures("office")
def test_an_ended_tie_that_no_list_has_is_no_difference(olga: User, clock: Callable[[], datetime]) -> None:
    more = HEAD + "Vilnius,LT,city,,twin,1997,agreement,2010-07-07,terminated,council\n"
    mapping = {"home": "Irkutsk", "home_country": "RU"}
    bring_in(more.encode(), by=olga, at=clock(), name="more.csv", mapping=mapping)

    assert {line.partner: line.code for line in compare([])}["Vilnius"] == "same"


@pytest.mark.usefixtures("office")
def test_quickstatements_end_what_wikidata_has_running(olga: User, clock: Callable[[], datetime]) -> None:
    home = set_home("Irkutsk", language="en", country="RU", by=olga, at=clock())
    note = capture_text("Irkutsk is Q6576.", by=olga, at=clock(), kind="note").source
    enter("place", [Given("identifier", "wikidata:Q6576")], source=note, by=olga, at=clock(), record=home)
    more = HEAD + "Vilnius,LT,city,Q216,twin,1997,agreement,2010-07-07,terminated,council\n"
    bring_in(more.encode(), by=olga, at=clock(), name="more.csv", mapping={"home": "Irkutsk", "home_country": "RU"})

    words = quick_statements(compare([row(2, "Vilnius", "LT")])).splitlines()

    assert "Q6576\tP190\tQ216\tP580\t+1997-00-00T00:00:00Z/9\tP582\t+2010-07-07T00:00:00Z/11" in words
