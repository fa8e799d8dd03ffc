"""Rules for visits: the samples are sound, deadlines keep to the working calendar, wrong profiles are told why."""

from __future__ import annotations

from datetime import date

import pytest

from twinbook.register.queries.visit_rules import Rules, RulesError, read_rules, samples

LANGUAGES = {"ru", "ja", "en"}
ARRIVAL, DEPARTURE = date(2026, 4, 30), date(2026, 5, 8)  # a Thursday; a Friday before 9 May
DAYS = {"arrival": ARRIVAL, "departure": DEPARTURE, "request": None}


def irkutsk() -> Rules:
    return read_rules(samples()["irkutsk"])


def due(rules: Rules, code: str) -> date | None:
    return rules.due(next(one for one in rules.deadlines if one.code == code), DAYS)


@pytest.mark.parametrize("name", ["cupertino", "irkutsk", "kanazawa", "rostov"])
def test_each_sample_is_read_and_says_its_deadlines_in_three_languages(name: str) -> None:
    rules = read_rules(samples()[name])

    assert rules.deadlines and rules.norms
    assert all(set(one.what) == LANGUAGES for one in (*rules.deadlines, *rules.norms))


def test_three_days_before_and_three_working_days_after() -> None:
    rules = irkutsk()

    assert due(rules, "notice") == date(2026, 4, 27)
    assert due(rules, "report") == date(2026, 5, 13), "Saturday the 9th is a holiday, the 10th a Sunday"
    assert due(rules, "answer") is None, "nobody knows when the visit was asked for"


def test_a_day_that_was_moved_counts_as_it_was_moved() -> None:
    text = samples()["irkutsk"]
    moved = text.replace("working_days = []", 'working_days = ["2026-05-10"]').replace(
        '"11-04",', '"11-04", "2026-05-11",'
    )
    rules = read_rules(moved)

    assert rules.is_working(date(2026, 5, 10)) and not rules.is_working(date(2026, 5, 11))
    assert due(rules, "report") == date(2026, 5, 13)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("keep_days = 30", "keep_days = -1", "keep_days: a number of days"),
        ("keep_days = 30", "keep_dayz = 30", "keep_dayz: unknown"),
        ("weekend = [6, 7]", "weekend = [1, 2, 3, 4, 5, 6, 7]", "not all seven"),
        ('"11-04",', '"11-31",', "'11-31' is no day"),
        ('side = "before"', 'side = "around"', "side: one of before, after"),
        ("rate = 5000", 'rate = "much"', "rate: a number"),
        ("[[norms]]", "[[norms", "TOML"),
    ],
)
def test_a_wrong_profile_is_told_where_and_why(old: str, new: str, words: str) -> None:
    with pytest.raises(RulesError, match=words):
        read_rules(samples()["irkutsk"].replace(old, new, 1))
