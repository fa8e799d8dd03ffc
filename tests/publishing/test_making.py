"""The small rules by which an edition is made: readable addresses, short quotes, figures with their rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from publishing.editions import edition
from twinbook.publishing.edition import RULES, Fact, figures, make_editions
from twinbook.publishing.edition.making import LONGEST_QUOTE, shortened, slugs
from twinbook.register.queries.values import NameShown, PlaceShown


def place(key: str, english: str = "", *, country: str = "", others: tuple[str, ...] = ()) -> PlaceShown:
    names = tuple(NameShown(text, "", "Latn", "official", None, None) for text in others)
    label = {"en": english} if english else {"ru": "Город"}
    return PlaceShown(key, "place", label, 1, "public", {}, {}, "city", country, None, None, False, None, names, {})


def test_addresses_are_readable_and_never_the_same() -> None:
    places = [
        place("1", "Częstochowa"),
        place("2", "Buffalo", country="US"),
        place("3", "Buffalo", country="CA"),
        place("4", "Buffalo", country="CA"),
        place("5"),
        place("6", others=("Łódź",)),
        place("7", "Campina das Missões"),
    ]

    assert slugs(places) == {
        "1": "czestochowa",
        "2": "buffalo",
        "3": "buffalo-ca",
        "4": "buffalo-ca-4",
        "5": "5",
        "6": "lodz",
        "7": "campina-das-missoes",
    }


def test_a_long_quote_is_cut_where_a_word_ends() -> None:
    short = "Слова в одной строке."
    assert shortened("  Слова \n в  одной строке. ") == short

    cut = shortened("слово, " * 200)

    assert cut.endswith("слово …") and len(cut) <= LONGEST_QUOTE + 2
    assert len(shortened("字" * 2000)) <= LONGEST_QUOTE + 2


def test_figures_count_by_their_rules() -> None:
    made = edition("en")
    counted = {figure.code: figure.value for figure in made.figures}

    assert counted == {"ties": 5, "countries": 4, "years": 59, "activities": 10, "landmarks": 2, "sources": 4}
    assert set(counted) <= set(RULES)


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        ("1967-03-20", date(2027, 3, 19), 59),
        ("1967-03-20", date(2027, 3, 20), 60),
        ("1967", date(2027, 6, 1), 59),
        ("../1970", date(2027, 1, 1), 56),
        ("", date(2027, 1, 1), None),
        ("2030", date(2027, 1, 1), None),
    ],
)
def test_years_are_only_those_that_have_surely_passed(since: str, on: date, years: int | None) -> None:
    partner = replace(edition("en").partners[0], since=Fact(since))

    counted = {figure.code: figure.value for figure in figures((partner,), (), (), on=on)}

    assert counted.get("years") == years


@pytest.mark.django_db
def test_a_register_without_a_home_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="twinbook init"):
        make_editions(("en",), at=datetime(2026, 1, 1, tzinfo=UTC))
