"""What officers and importers state: in words of a source, under the vocabulary, a person's word above all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from register.readings import card_of, waiting_page
from twinbook.register.models import Record, Statement
from twinbook.register.queries import history, records
from twinbook.register.queries.values import AgreementShown, GiftShown, PersonShown, PlaceShown
from twinbook.register.workflow import capture, decide, enter, withdraw
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError, StaleDecisionError


def note(text: str, olga: User, clock: Clock) -> str:
    return capture.capture_text(text, kind="note", by=olga, at=clock(), language="en").source


def place(name: str, olga: User, clock: Clock, **more: Any) -> str:
    return enter.find_or_make_place(name, language="en", by=olga, at=clock(), **more)


def test_the_quote_must_stand_in_the_source(olga: User, clock: Clock) -> None:
    source = note("Chemnitz was called Karl-Marx-Stadt.", olga, clock)

    with pytest.raises(NotPossibleError, match="does not say"):
        enter.enter("place", [Given("name", "Chemnitz", "en", quote="Leipzig")], source=source, by=olga, at=clock())
    assert Record.objects.count() == 0


def test_a_page_that_was_not_read_cannot_be_quoted(olga: User, clock: Clock) -> None:
    source = capture.capture_bytes(b"page", by=olga, at=clock()).source

    with pytest.raises(NotPossibleError, match="was not read"):
        enter.enter("place", [Given("name", "X", "en")], source=source, by=olga, at=clock())
    with pytest.raises(NotFoundError):
        enter.enter("place", [Given("name", "X", "en")], source="nothing", by=olga, at=clock())


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        ("place", Given("kind", "village"), "no kind 'village'"),
        ("place", Given("mayor", "X"), "has no property"),
        ("activity", Given("people_in", -1), "whole number"),
        ("activity", Given("people_in", True), "is a number"),
        ("activity", Given("is_recurring", "yes"), "true or false"),
        ("activity", Given("when", "2019-13"), "EDTF|exist"),
        ("activity", Given("title", "  ", "en"), "is empty"),
        ("place", Given("identifier", "1860243"), "scheme:identifier"),
        ("step", Given("kind", "divorce"), "no kind 'divorce'"),
        ("planet", Given("name", "X"), "no kind of record"),
    ],
)
def test_what_does_not_fit_is_refused_whole(kind: str, given: Given, sentence: str, olga: User, clock: Clock) -> None:
    source = note("x", olga, clock)

    with pytest.raises(NotPossibleError, match=sentence):
        enter.enter(kind, [given], source=source, by=olga, at=clock())
    assert (Record.objects.count(), Statement.objects.count()) == (0, 0)


def test_a_stale_entry_is_refused(olga: User, clock: Clock) -> None:
    irkutsk = place("Irkutsk", olga, clock, country="RU")
    seen = records.record(irkutsk)
    assert seen is not None
    source = note("Irkutsk on the Angara", olga, clock)
    given = [Given("note", "on the Angara", "en")]
    enter.enter("place", given, source=source, record=irkutsk, version=seen.version, by=olga, at=clock())

    with pytest.raises(StaleDecisionError):
        enter.enter("place", given, source=source, record=irkutsk, version=seen.version, by=olga, at=clock())


def test_a_persons_word_outranks_an_importers_and_that_a_readers_in_any_order(olga: User, clock: Clock) -> None:
    source = waiting_page(olga, clock())
    tie = decide.accept(card_of(source, "tie").id, by=olga, at=clock()).record

    def told() -> list[tuple[str, int]]:
        return [(str(s.value), s.rank) for s in history.statements_about(tie, property="since") if s.is_told]

    def state(value: str, read_by: str) -> str:
        given = [Given("since", value)]
        return enter.enter(
            "tie", given, source=note(value, olga, clock), record=tie, read_by=read_by, by=olga, at=clock()
        ).decision

    assert told() == [("1967", 1)]
    state("1970", "importer:list")
    assert told() == [("1970", 2)]
    state("1971", "")
    assert told() == [("1971", 3)]
    state("1972", "importer:later")
    state("1973", "reader:2")
    assert told() == [("1971", 3)]
    assert [d.property for d in records.disputes()] == ["since"]
    assert len(records.disputes()[0].sides) == 5


def test_country_is_a_claim_of_its_source(olga: User, clock: Clock) -> None:
    simferopol = place("Simferopol", olga, clock, kind="other")
    for text, country in (("2011: in Ukraine", "UA"), ("2024: in Russia", "RU")):
        given = [Given("country", country, quote=text)]
        enter.enter("place", given, source=note(text, olga, clock), record=simferopol, by=olga, at=clock())

    disputes = [d for d in records.disputes() if d.property == "country"]

    assert len(disputes) == 1
    assert {s.value for s in disputes[0].sides} >= {"UA", "RU"}


def test_former_names_have_a_period_and_the_present_one_is_shown(olga: User, clock: Clock) -> None:
    source = note("Karl-Marx-Stadt from 1953 to 1990, Chemnitz since.", olga, clock)
    former = Given("name", "Karl-Marx-Stadt", "de", qualifiers={"kind": "former", "since": "1953", "until": "1990"})
    present = Given("name", "Chemnitz", "de", qualifiers={"kind": "official", "since": "1990"})

    made = enter.enter("place", [former, present], source=source, by=olga, at=clock())

    shown = records.record(made.record)
    assert isinstance(shown, PlaceShown)
    assert shown.label == {"de": "Chemnitz"}
    assert {(n.text, n.kind, n.until.edtf if n.until else None) for n in shown.names} == {
        ("Karl-Marx-Stadt", "former", "1990"),
        ("Chemnitz", "official", None),
    }


def test_who_was_mayor_is_asked_on_a_day(olga: User, clock: Clock) -> None:
    irkutsk = place("Irkutsk", olga, clock, country="RU")
    for name, since, until in (("First Mayor", "2010", "2015-03"), ("Second Mayor", "2015-03", "")):
        source = note(f"{name} {since} {until}", olga, clock)
        given = [Given("name", name, "en"), Given("person_class", "official")]
        person = enter.enter("person", given, source=source, by=olga, at=clock()).record
        held = [Given("person", person), Given("post", "mayor"), Given("of", irkutsk), Given("since", since)]
        held += [Given("until", until)] if until else []
        enter.enter("holding", held, source=source, by=olga, at=clock())

    def mayors(day: date) -> list[str]:
        return [post.person.name("en") for post in records.people_on(irkutsk, day) if post.post == "mayor"]

    assert mayors(date(2012, 6, 1)) == ["First Mayor"]
    assert mayors(date(2020, 1, 1)) == ["Second Mayor"]
    assert mayors(date(2009, 1, 1)) == []


def test_agreements_and_gifts_are_told_with_their_statements(olga: User, clock: Clock) -> None:
    irkutsk, kanazawa = place("Irkutsk", olga, clock, country="RU"), place("Kanazawa", olga, clock, country="JP")
    source = note("Signed in Kanazawa on 20 March 1967; a stone lantern was given.", olga, clock)
    tie = enter.enter(
        "tie", [Given("places", irkutsk), Given("places", kanazawa)], source=source, by=olga, at=clock()
    ).record
    paper = [
        Given("tie", tie), Given("kind", "twinning"), Given("signed_on", "1967-03-20"), Given("signed_in", kanazawa),
        Given("title", "twinning agreement", "en"), Given("approved_by", "city council", "en"),
    ]  # fmt: skip
    agreement = enter.enter("agreement", paper, source=source, by=olga, at=clock()).record
    lantern = [Given("title", "stone lantern", "en"), Given("given_by", kanazawa), Given("given_to", irkutsk)]
    gift = enter.enter("gift", lantern, source=source, by=olga, at=clock()).record

    shown, given = records.record(agreement), records.record(gift)

    assert isinstance(shown, AgreementShown) and isinstance(given, GiftShown)
    assert shown.signed_on is not None and shown.signed_in is not None and shown.tie is not None
    assert (shown.agreement_kind, shown.signed_on.edtf, shown.signed_in.name("en")) == (
        "twinning", "1967-03-20", "Kanazawa",
    )  # fmt: skip
    assert shown.tie.name("en") == "Irkutsk – Kanazawa"
    assert given.given_by is not None and given.given_by.id == kanazawa
    dossier = records.dossier(tie)
    assert dossier is not None
    assert ([a.id for a in dossier.agreements], [g.id for g in dossier.gifts]) == ([agreement], [gift])
    assert list(audit()) == []


def test_a_record_that_others_name_is_not_withdrawn(olga: User, clock: Clock) -> None:
    decided = decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())
    kanazawa = Record.objects.get(kind="place", label__en="Kanazawa").public_id

    with pytest.raises(NotPossibleError, match="other decisions rest on this"):
        withdraw.withdraw_record(kanazawa, by=olga, at=clock(), reason="?")

    landmark = next(o.record for o in decided if (r := records.record(o.record)) and r.kind == "landmark")
    withdraw.withdraw_record(landmark, by=olga, at=clock(), reason="gone")
    assert records.record(landmark) is None
    assert list(audit()) == []


def test_a_persons_class_is_set_by_an_officer(olga: User, clock: Clock) -> None:
    source = note("Anya sang.", olga, clock)
    anya = enter.enter("person", [Given("name", "Anya", "en", quote="Anya")], source=source, by=olga, at=clock()).record

    def seen() -> str:
        shown = records.record(anya)
        assert isinstance(shown, PersonShown)
        return shown.visibility

    assert seen() == "private"
    for person_class, visibility in (("minor", "private"), ("contact", "internal"), ("official", "public")):
        statement = history.statements_about(anya, property="person_class")
        if statement:
            enter.amend(statement[0].id, person_class, by=olga, at=clock())
        else:
            enter.enter(
                "person", [Given("person_class", person_class)], source=source, record=anya, by=olga, at=clock()
            )
        assert seen() == visibility


def test_what_no_database_holds_is_cleaned(olga: User, clock: Clock) -> None:
    source = note("a\x00b", olga, clock)

    made = enter.enter(
        "place", [Given("name", "Ir\x00ku\ud800tsk", "en", said_by="\x0bX")], source=source, by=olga, at=clock(),
        reason="why\x00not",
    )  # fmt: skip

    assert [(s.value, s.quote, s.said_by) for s in history.statements_about(made.record)] == [("Irkutsk", "ab", "X")]
    assert history.decisions_about(made.record)[0].reason == "whynot"
