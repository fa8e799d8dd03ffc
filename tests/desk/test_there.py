"""A partner's dossier: time and holidays there, the map, figures by year, papers with scan and original, contacts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from people import make_user
from twinbook.register.desk.figures import drawn, held_by_year, people_by_year
from twinbook.register.queries.records import dossier
from twinbook.register.queries.time_zones import TimeThere, time_there, zones
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.enter import Given, enter, find_or_make_place, set_home
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.propose import take_in
from twinbook.register.workflow.scans import keep_scan
from twinbook.register.workflow.time_zone import state_time_zone

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def officer(db: None) -> User:
    return make_user("olga")


def stated(by: User, kind: str, *given: Given, record: str | None = None) -> str:
    source = take_in("Из записей отдела о партнёре.".encode(), by=by, at=NOW, name="note.txt").source
    return enter(kind, given, source=source, by=by, at=NOW, record=record).record


def partner(by: User, name: str, country: str, *where: float) -> str:
    """A partner of Irkutsk with a tie, and its place on the map; returns the place's id."""
    home = set_home("Иркутск", language="ru", country="RU", by=by, at=NOW)
    place = find_or_make_place(name, language="en", country=country, by=by, at=NOW)
    for one, (latitude, longitude) in ((home, (52.29, 104.3)), *([(place, where)] if where else [])):
        stated(by, "place", Given("latitude", latitude), Given("longitude", longitude), record=one)
    stated(by, "tie", Given("places", home), Given("places", place), Given("kind", "sister_city"))
    return place


def there(place: str) -> TimeThere | None:
    found = dossier(place)
    assert found is not None
    return time_there(found.partner, found.home, NOW)


def page(by: User, place: str, language: str = "en") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(by)
    return client.get(f"/partners/{place}/").content.decode()


def test_a_country_of_one_zone_tells_its_time(officer: User) -> None:
    told = there(partner(officer, "Kanazawa", "JP"))

    assert told is not None
    found = (told.zone, told.clock, told.offset, told.is_sure, told.ahead)
    assert found == ("Asia/Tokyo", "18:00", "UTC+9", True, timedelta(hours=1))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "1 hour ahead of us"), ("ru", "опережает нас на 1 час"), ("ja", "こちらより1時間先")]
)
def test_hours_ahead_are_told_in_the_users_words(officer: User, language: str, words: str) -> None:
    assert words in page(officer, partner(officer, "Kanazawa", "JP"), language)


def test_where_a_country_has_several_the_nearest_is_no_more_than_a_guess(officer: User) -> None:
    place = partner(officer, "Eugene", "US", 44.05, -123.09)
    guess = there(place)

    assert guess is not None and not guess.is_sure and "America/Los_Angeles" in guess.choices
    assert "not sure" in page(officer, place)
    state_time_zone(place, "America/Los_Angeles", by=officer, at=NOW)
    told = there(place)
    assert told is not None and told.is_stated and told.ahead == timedelta(hours=-15)
    shown = page(officer, place)
    assert re.search("1[56] hours behind us", shown) and "not sure" not in shown
    assert list(audit()) == []
    with pytest.raises(NotPossibleError):
        state_time_zone(place, "Mars/Olympus", by=officer, at=NOW)


def test_zones_are_read_from_the_list() -> None:
    assert [zone.name for zone in zones("jp")] == ["Asia/Tokyo"]
    assert round(zones("JP")[0].latitude, 2) == 35.65
    assert zones("QQ") == ()


def test_a_map_is_drawn_where_both_ends_are_known(officer: User) -> None:
    place = partner(officer, "Kanazawa", "JP", 36.56, 136.65)
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer)

    drawing = client.get(f"/maps/{place}.svg")
    other = find_or_make_place("Nowhere", language="en", country="", by=officer, at=NOW)

    assert f"/maps/{place}.svg" in page(officer, place)
    assert drawing.headers["Content-Type"] == "image/svg+xml" and b"Kanazawa" in drawing.content
    assert [client.get(f"/maps/{one}.svg").status_code for one in (other, "000000000000")] == [404, 404]


def test_languages_and_holidays_of_the_country_stand_there(officer: User) -> None:
    shown = page(officer, partner(officer, "Kanazawa", "JP"))

    assert "Japanese" in shown.partition('id="there"')[2]
    assert "Holidays near" in shown


def test_a_paper_tells_where_its_original_is_and_gives_its_scan(officer: User) -> None:
    place = partner(officer, "Kanazawa", "JP")
    found = dossier(place)
    assert found is not None
    tie = Given("tie", found.tie.id)
    stated(officer, "agreement", tie, Given("kind", "memorandum"), Given("title", "Second paper", "en"))
    shown = page(officer, place)
    kept = keep_scan(b"%PDF-1.4 scan", name="договор.pdf", by=officer, at=NOW)
    stated(officer, "agreement", tie, Given("kind", "twinning"), Given("title", "First paper", "en"),
           Given("signed_on", "1967-03-20"), Given("original_at", "City archive, shelf 4", "en"),
           Given("files", kept.source, qualifiers={"name": "договор.pdf"}))  # fmt: skip

    assert "where the original is: not known" in shown and "no scan" in shown
    shown = page(officer, place)
    assert "City archive, shelf 4" in shown and f'href="/scans/{kept.source}/"' in shown and "договор.pdf" in shown


def test_contacts_stand_apart(officer: User) -> None:
    place = partner(officer, "Kanazawa", "JP")
    person = stated(officer, "person", Given("name", "Sample Contact", "en"), Given("person_class", "contact"),
                    Given("note", "Mondays by telephone", "en"))  # fmt: skip
    stated(officer, "holding", Given("person", person), Given("of", place), Given("title", "secretary", "en"))

    contacts = page(officer, place).partition('id="contacts"')[2]
    assert "Sample Contact" in contacts and "Mondays by telephone" in contacts


def test_one_year_far_above_the_others_does_not_flatten_them(officer: User) -> None:
    place = partner(officer, "Kanazawa", "JP")
    for year, came in ((2013, 23), (2023, 900), (2024, 12), (2025, 6)):
        stated(officer, "activity", Given("kind", "exchange"), Given("title", f"Visit {year}", "en"),
               Given("status", "done"), Given("when", str(year)), Given("places", place),
               Given("people_in", came))  # fmt: skip
    found = dossier(place)
    assert found is not None

    bars = {year.year: year.bars[1] for year in people_by_year(found.activities).years}
    assert [(year, bar.is_broken) for year, bar in bars.items()] == [
        (2013, False), (2023, True), (2024, False), (2025, False),
    ]  # fmt: skip
    assert bars[2023].height > bars[2013].height > bars[2024].height > bars[2025].height > 20
    assert [year.bars[0].number for year in held_by_year(found.activities).years] == [1, 1, 1, 1]
    shown = page(officer, place)
    assert "A broken bar is longer" in shown and '<td class="number">900</td>' in shown
    assert not drawn({2020: (900,), 2021: (12,)}).is_broken  # of two numbers none is the odd one
