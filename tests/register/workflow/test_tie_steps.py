"""Ties as histories of steps: the cases of Irkutsk and Kanazawa (../shared/PRACTICE.md, section 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from twinbook.register.queries import history, records
from twinbook.register.queries.values import TieShown
from twinbook.register.workflow import capture, enter, prefer
from twinbook.register.workflow.enter import Given


class Office:
    """An officer who enters ties from notes."""

    def __init__(self, olga: User, clock: Clock) -> None:
        self.olga, self.clock = olga, clock
        self.home = self.place("Irkutsk", "RU")

    def place(self, name: str, country: str, kind: str = "city") -> str:
        return enter.find_or_make_place(name, language="en", country=country, kind=kind, by=self.olga, at=self.clock())

    def note(self, text: str) -> str:
        return capture.capture_text(text, kind="note", by=self.olga, at=self.clock(), language="en").source

    def tie(self, partner: str, *, home: str = "", kind: str = "") -> str:
        given = [Given("places", home or self.home), Given("places", partner)]
        given += [Given("kind", kind)] if kind else []
        note = self.note(f"{partner} {kind}")
        return enter.enter("tie", given, source=note, by=self.olga, at=self.clock()).record

    def step(self, tie: str, kind: str, day: str, *, words: dict[str, str] | None = None, **more: Any) -> str:
        given = [Given("tie", tie), Given("kind", kind), *([Given("date", day)] if day else [])]
        given += [Given(name, value) for name, value in more.items()]
        given += [Given(name, text, "en") for name, text in (words or {}).items()]
        note = self.note(f"{tie} {kind} {day} {more} {words}")
        return enter.enter("step", given, source=note, by=self.olga, at=self.clock()).record

    def shown(self, tie: str) -> TieShown:
        found = records.record(tie)
        assert isinstance(found, TieShown)
        return found


@pytest.fixture
def office(olga: User, clock: Clock) -> Office:
    return Office(olga, clock)


def test_pforzheim_is_one_tie_with_two_levels_and_a_pause(office: Office) -> None:
    pforzheim = office.place("Pforzheim", "DE")
    tie = office.tie(pforzheim)
    office.step(tie, "agreement", "1999", basis="signature", level="friendship")
    office.step(tie, "level_change", "2007", basis="signature", level="partner")
    office.step(
        tie, "pause", "2022", side=pforzheim, words={"decider": "city of Pforzheim", "note": "official contacts paused"}
    )

    shown = office.shown(tie)

    assert (shown.level, shown.state) == ("partner", "suspended")
    assert shown.since is not None and shown.since.edtf == "1999"
    assert [(s.step_kind, s.date.edtf, s.level) for s in shown.steps if s.date] == [
        ("agreement", "1999", "friendship"),
        ("level_change", "2007", "partner"),
        ("pause", "2022", ""),
    ]
    on = {year: records.tie_on(tie, date(year, 12, 31)) for year in (1998, 2003, 2010, 2023)}
    assert {year: (told.level, told.state) for year, told in on.items() if told} == {
        1998: ("", "unknown"),
        2003: ("friendship", "active"),
        2010: ("partner", "active"),
        2023: ("partner", "suspended"),
    }


def test_nancy_has_four_dates_and_the_full_signature_counts(office: Office) -> None:
    kanazawa, nancy = office.place("Kanazawa", "JP"), office.place("Nancy", "FR")
    tie = office.tie(nancy, home=kanazawa)
    office.step(tie, "agreement", "1972-09-30", basis="council_vote", side=kanazawa)
    office.step(tie, "agreement", "1972-11-06", basis="draft")
    office.step(tie, "agreement", "1972-12-08", basis="council_vote", side=nancy)
    office.step(tie, "agreement", "1973-10-12", basis="signature", level="sister_city")

    shown = office.shown(tie)

    assert shown.since is not None and shown.since.edtf == "1973-10-12"
    assert [(s.basis, s.side.name("en") if s.side else None) for s in shown.steps] == [
        ("council_vote", "Kanazawa"),
        ("draft", None),
        ("council_vote", "Nancy"),
        ("signature", None),
    ]
    assert (shown.level, shown.state) == ("sister_city", "active")


def test_a_council_vote_dates_a_tie_that_has_nothing_else(office: Office) -> None:
    kanazawa = office.place("Kanazawa", "JP")
    tie = office.tie(kanazawa)
    office.step(tie, "agreement", "1967-03-20", basis="council_vote", level="sister_city", side=kanazawa)

    shown = office.shown(tie)

    assert shown.since is not None and shown.since.edtf == "1967-03-20"
    assert shown.steps[0].basis == "council_vote"


def test_gangneung_two_sources_give_two_dates_and_one_is_preferred(office: Office, olga: User, clock: Clock) -> None:
    gangneung = office.place("Gangneung", "KR")
    tie = office.tie(gangneung, kind="sister_city")
    theirs = office.note("Gangneung gives 4 October 2011 as the day of the agreement.")
    ours = office.note("Irkutsk put up the stele of the twin city Gangneung on 4 June 2011.")
    enter.enter("tie", [Given("since", "2011-10-04")], source=theirs, record=tie, by=olga, at=clock())
    enter.enter("tie", [Given("since", "../2011-06-04")], source=ours, record=tie, by=olga, at=clock())

    dispute = records.disputes()

    assert [(d.property, d.is_open, sorted(str(s.value) for s in d.sides)) for d in dispute] == [
        ("since", True, ["../2011-06-04", "2011-10-04"])
    ]
    chosen = next(s for s in dispute[0].sides if s.value == "2011-10-04")
    prefer.prefer(chosen.id, by=olga, at=clock(), reason="the partner's own paper")
    assert records.disputes() == ()
    told = records.disputes(only_open=False)
    assert [(s.value, s.is_told, s.is_preferred) for s in told[0].sides] == [
        ("2011-10-04", True, True),
        ("../2011-06-04", False, False),
    ]
    shown = office.shown(tie)
    assert shown.since is not None and shown.since.edtf == "2011-10-04"


def test_ulaanbaatar_keeps_three_beginnings_and_a_term(office: Office, olga: User, clock: Clock) -> None:
    tie = office.tie(office.place("Ulaanbaatar", "MN"))
    office.step(tie, "agreement", "1998", basis="signature", level="sister_city")
    office.step(tie, "renewal", "2010/2012", basis="term")
    for text, since in (("ties since 1971", "1971"), ("since the middle of the seventies", "197X")):
        enter.enter("tie", [Given("since", since)], source=office.note(text), record=tie, by=olga, at=clock())

    shown = office.shown(tie)

    assert (shown.level, shown.state) == ("sister_city", "active")
    # 1971 lies in the seventies: the two do not contradict, and the narrower one is told
    assert records.disputes() == ()
    assert shown.since is not None and shown.since.edtf == "1971"
    assert sorted(str(s.value) for s in shown.stated["since"]) == ["1971", "197X"]
    assert [s.step_kind for s in shown.steps] == ["agreement", "renewal"]


def test_vilnius_was_ended_by_one_side(office: Office) -> None:
    vilnius = office.place("Vilnius", "LT")
    tie = office.tie(vilnius)
    office.step(tie, "contact", "2009")
    office.step(tie, "agreement", "2010-07-07", basis="signature", level="partner")
    office.step(tie, "end", "2022-02-28~", side=vilnius, basis="announcement", words={"decider": "Vilnius"})

    shown = office.shown(tie)

    assert (shown.level, shown.state) == ("partner", "ended")
    assert shown.since is not None and shown.since.edtf == "2010-07-07"
    end = shown.steps[-1]
    assert end.side is not None and end.date is not None
    assert (end.side.name("en"), end.date.edtf, end.decider) == ("Vilnius", "2022-02-28~", {"en": "Vilnius"})


def test_eugene_is_suspended_and_expressly_not_ended(office: Office) -> None:
    eugene = office.place("Eugene", "US")
    tie = office.tie(eugene)
    office.step(tie, "agreement", "1988", level="sister_city")
    office.step(tie, "pause", "2022-07-18", basis="council_vote", side=eugene, words={"decider": "Eugene city council"})

    assert office.shown(tie).state == "suspended"
    office.step(tie, "resumption", "2031", basis="council_vote", side=eugene)
    assert office.shown(tie).state == "active"


def test_ningbo_thirteen_years_from_intent_to_agreement(office: Office) -> None:
    tie = office.tie(office.place("Ningbo", "CN"))
    office.step(tie, "intent", "2012", basis="signature")

    assert (office.shown(tie).level, office.shown(tie).state) == ("contact", "intent")
    office.step(tie, "agreement", "2025", basis="signature", level="partner")
    shown = office.shown(tie)
    assert (shown.level, shown.state) == ("partner", "active")
    assert shown.since is not None and shown.since.edtf == "2025"


def test_karlovy_vary_an_open_question_is_no_state(office: Office) -> None:
    region = office.place("Karlovy Vary Region", "CZ", kind="region")
    tie = office.tie(region)
    office.step(tie, "agreement", "2011-06-04", basis="signature", level="partner")
    office.step(
        tie, "end", "2022-02", side=region, is_firm=False, words={"note": "put to the assembly, outcome unknown"}
    )

    shown = office.shown(tie)

    assert (shown.state, shown.has_open_question) == ("active", True)
    office.step(tie, "end", "2022-04", side=region)
    shown = office.shown(tie)
    assert (shown.state, shown.has_open_question) == ("ended", False)


def test_a_step_belongs_to_one_sides_view(office: Office, olga: User, clock: Clock) -> None:
    kanazawa = office.place("Kanazawa", "JP")
    tie = office.tie(kanazawa)
    note = office.note("Kanazawa says since 1989, Irkutsk since 1994.")
    since = [
        Given("since", "1989", quote="Kanazawa says since 1989", view=kanazawa),
        Given("since", "1994", quote="Irkutsk since 1994", view=office.home),
    ]
    enter.enter("tie", since, source=note, record=tie, by=olga, at=clock())

    told = history.statements_about(tie, property="since")

    assert {(s.value, s.view.name("en") if s.view else None) for s in told} == {
        ("1989", "Kanazawa"),
        ("1994", "Irkutsk"),
    }
    assert [d.property for d in records.disputes()] == ["since"]


def test_visibility_of_a_step_is_bounded_by_its_tie(office: Office, olga: User, clock: Clock) -> None:
    tie = office.tie(office.place("Harbin", "CN"), kind="contact")
    step = office.step(tie, "contact", "2024")
    note = office.note("not for the public yet")
    enter.enter("tie", [Given("visibility", "internal")], source=note, record=tie, by=olga, at=clock())

    shown = records.record(step)
    assert shown is not None and shown.visibility == "internal"
