"""Outside lists into the register: every row has a fate, nothing is doubled, namesakes are shown and not guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from twinbook.register.queries.lists import partners
from twinbook.register.queries.records import dossier
from twinbook.register.workflow.bring_in import BroughtIn, Fate, bring_in
from twinbook.register.workflow.enter import set_home
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.undo import undo

PAIRS = "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
OWN = (
    "partner_en,partner_ru,partner_ja,country,level,qid,geonames_id,relation,"
    "start_edtf,start_basis,end_edtf,end_kind,ended_by\n"
)
CITIES = (
    "origincityLabel\torigincountry\toriginlat\toriginlong\t"
    "sistercityLabel\tdestination_countryLabel\tdestinationlat\tdestinationlong\n"
)


@pytest.fixture
def bring(olga: User, clock: Callable[[], datetime]) -> Callable[..., BroughtIn]:
    def act(text: str, **more: Any) -> BroughtIn:
        return bring_in(text.encode(), by=olga, at=clock(), name="list.csv", **more)

    return act


def test_pairs_become_ties_between_places(bring: Callable[..., BroughtIn]) -> None:
    done = bring(
        PAIRS + "Irkutsk,Russia,1,2,Kanazawa,Japan,3,4\nIrkutsk,Russia,1,2,Shenyang,China,3,4\nA,Italy,,,A,Italy,,\n"
    )

    assert dict(done.outcomes) == {"new": 2, "trouble": 1}
    assert dict(done.places) == {"new": 3, "same": 1}
    assert len(partners()) == 2
    call_command("audit_register")


def test_the_same_list_again_adds_nothing(bring: Callable[..., BroughtIn]) -> None:
    text = PAIRS + "Irkutsk,Russia,1,2,Kanazawa,Japan,3,4\n"
    bring(text)

    again = bring(text)

    assert dict(again.outcomes) == {"known": 1}
    assert len(partners()) == 1
    call_command("audit_register")


def test_two_lists_meet_in_one_tie(bring: Callable[..., BroughtIn]) -> None:
    bring(
        OWN + "Kanazawa,Канадзава,金沢,JP,city,Q191130,1860243,twin,1967-03-20,vote,,,\n",
        mapping={"home": "Irkutsk", "home_country": "RU"},
    )

    done = bring(PAIRS + "Kanazawa,Japan,3,4,Irkutsk,Russia,1,2\n")

    assert dict(done.outcomes) == {"known": 1}
    (line,) = partners()
    assert line.since and line.since.edtf == "1967-03-20"


def test_namesakes_are_shown_and_kept_apart(bring: Callable[..., BroughtIn]) -> None:
    fates: list[Fate] = []
    bring(PAIRS + "Buffalo,United States,,,Kanazawa,Japan,,\n")

    bring(PAIRS + "Buffalo,,,,Siena,Italy,,\n", on_fate=fates.append)

    assert [fate.remark for fate in fates] == ["Buffalo (?) may be one of: Buffalo (US)"]
    assert len(partners()) == 2


def test_towns_of_one_name_far_apart_are_two(bring: Callable[..., BroughtIn]) -> None:
    row = "Ennery\tFrance\t49.226\t6.216\tEnnery\tFrance\t49.074\t2.106\n"

    done = bring(CITIES + row)

    assert dict(done.places) == {"new": 2}
    assert dict(done.outcomes) == {"new": 1}


def test_steps_carry_their_basis_and_the_side_that_ended(
    bring: Callable[..., BroughtIn], olga: User, clock: Any
) -> None:
    set_home("Irkutsk", language="en", country="RU", by=olga, at=clock())
    row = (
        "Eugene,Юджин,ユージーン,US,city,Q171224,5725846,twin,1988,agreement,2022-07-18,suspended,Eugene city council\n"
    )

    bring(OWN + row, mapping={"home": "Irkutsk", "home_country": "RU"})

    (line,) = partners()
    told = dossier(line.tie.id)
    assert told is not None
    assert line.state == "suspended"
    assert [step.step_kind for step in told.tie.steps] == ["agreement", "pause"]


def test_a_trial_writes_nothing(bring: Callable[..., BroughtIn]) -> None:
    done = bring(PAIRS + "Irkutsk,Russia,1,2,Kanazawa,Japan,3,4\n", is_trial=True)

    assert dict(done.outcomes) == {"new": 1}
    assert partners() == ()


def test_an_import_is_undone_at_once(bring: Callable[..., BroughtIn], olga: User, clock: Any) -> None:
    done = bring(PAIRS + "Irkutsk,Russia,1,2,Kanazawa,Japan,3,4\nIrkutsk,Russia,1,2,Shenyang,China,3,4\n")

    undo(done.act, by=olga, at=clock())

    assert partners() == ()
    call_command("audit_register")


@pytest.mark.parametrize("text", ["", "nothing\nhere\n", "a,b\n1,2\n"])
def test_what_nobody_reads_is_said(bring: Callable[..., BroughtIn], text: str) -> None:
    with pytest.raises(NotPossibleError):
        bring(text)
