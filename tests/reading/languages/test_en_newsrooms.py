"""How newsrooms, councils and clubs put things in English: what is no finding, and whose one is; own sentences."""

from __future__ import annotations

import pytest
from tests.reading.told import read

from twinbook.reading.finding import Reading

HEAD = "Guests from Okaya in Spencer"
TIE = "Spencer, Iowa, and Okaya, Japan, have been sister cities since 2009."


def told(*sentences: str, published: str | None = "2024-09-17") -> Reading:
    return read("en", f"{HEAD}\n\n{TIE}\n\n" + "\n\n".join(sentences), published=published)


def kinds(reading: Reading) -> list[str]:
    return [found.kind for found in reading.activities]


def pairs(text: str, published: str | None = None) -> set[frozenset[str]]:
    return {frozenset(tie.between) for tie in read("en", text, published=published).ties}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The mayors spoke highly of the friendly exchanges and cooperation between the two cities.", "exchange"),
        ("There was also a gift exchange after the dinner.", "aid"),
        ("Mayor Brandt presented some gifts to the delegation from Okaya on Friday.", "aid"),
        ("The city has a good infrastructure, including an airport and a railway station.", "transport"),
        ("The two sides hope to support each other in forums and seminars.", "training"),
        ("The guests are grateful for the warmth of the welcome and the developing friendship.", "project"),
    ],
)
def test_what_every_report_says_is_no_activity(sentence: str, kind: str) -> None:
    assert kind not in kinds(told(sentence))


def test_a_meeting_that_was_held_to_discuss_something_is_done() -> None:
    reading = told("On Friday the delegation met Mayor Carla Brandt to discuss a possible school project.")

    meeting = next(found for found in reading.activities if found.kind == "meeting")
    assert (meeting.status, meeting.when) == ("done", "2024-09-13")


def test_an_anniversary_is_not_held_in_the_year_of_the_signing() -> None:
    reading = told("On Sunday the group celebrated the 15th anniversary of the sister city agreement, signed in 2009.")

    assert [(found.kind, found.when) for found in reading.activities] == [("commemoration", "2024-09-15")]


def test_the_first_visit_since_some_year_is_not_of_that_year() -> None:
    reading = told("It was the first visit of a delegation from Okaya since the school fire in 2011.")

    assert all(found.when is None for found in reading.activities)
    assert {tie.since for tie in reading.ties} == {"2009"}


def test_two_towns_named_between_and_and_are_a_tie_whoever_speaks() -> None:
    text = "New agreement\n\nThe twinning between Plouay, near Lorient in Brittany, and Alnwick was sealed in 2012."

    assert pairs(text) == {frozenset(("Plouay", "Alnwick"))}


@pytest.mark.parametrize(
    "sentence",
    [
        "Councillor Deirdre Mannion proposed twinning Galway with Porto in Portugal.",
        "Councillors were asked to look at a friendship agreement between Galway and Bergen in Norway.",
        "The visit will include the signing of a friendship agreement between Galway and Bergen in Norway.",
    ],
)
def test_a_tie_that_is_wished_for_is_none(sentence: str) -> None:
    assert pairs(f"Galway looks abroad\n\n{sentence}") == set()


def test_a_guest_leader_represents_the_guests() -> None:
    reading = told("A delegation from Okaya, led by Mayor Shingo Hayasaka, arrived on Monday.")

    assert {person.name: person.represents for person in reading.people} == {"Shingo Hayasaka": "Okaya"}


def test_towns_of_a_list_that_nobody_knows_are_towns() -> None:
    text = "Ohio town looks east\n\nSince 2013 Wilmington is a Sister City to Chuguiv, Merepha and Solonytsivka."

    assert {town for pair in pairs(text) for town in pair} == {"Wilmington", "Chuguiv", "Merepha", "Solonytsivka"}


def test_a_name_with_french_words_inside_is_one_town() -> None:
    text = "Kidwelly\n\nWestbury welcomed a delegation from its twin town of St Jacut de la Mer in Brittany."

    assert "St Jacut de la Mer" in {place.name for place in read("en", text).places}


def test_a_river_is_no_town_and_a_hall_no_county() -> None:
    reading = told("They walked along the Angara, and the County Mayor met them at County Hall.")

    assert not {"Angara", "County Mayor", "County Hall"} & {place.name for place in reading.places}


def test_a_paper_does_not_speak() -> None:
    reading = told(
        "Mayor Carla Brandt came.", "According to the city’s website, a sister city is “a partner for life.”"
    )

    assert reading.quotes == ()


def test_twinning_in_general_is_not_relevant() -> None:
    text = (
        "What is town twinning?\n\nA sister city agreement is a formal link by which two communities promote ties. "
        "Partners usually swap students and hold festivals.\n\nA mayor can invite a delegation each year."
    )

    assert not read("en", text).relevant


def test_one_partners_agreement_is_not_anothers() -> None:
    text = (
        "Baguio, Gyeongju seal sisterhood pact\n\nA sisterhood agreement was sealed between Baguio and the "
        "South Korean city of Gyeongju yesterday.\n\n"
        "In 1996 Baguio signed a sisterhood agreement with the city of Taebaek, Korea."
    )

    assert len([kind for kind in kinds(read("en", text)) if kind == "agreement"]) == 2
