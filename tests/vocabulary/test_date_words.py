"""Dates in words: every shape that partial_date.py allows, in the three languages."""

import tomllib

import pytest

from twinbook.vocabulary.date_words import FORMS, edtf_words

SHAPES = [
    ("2018", "2018", "2018 г.", "2018年"),
    ("2018-05", "May 2018", "май 2018 г.", "2018年5月"),
    ("2018-05-07", "7 May 2018", "7 мая 2018 г.", "2018年5月7日"),
    ("2018-22", "summer 2018", "лето 2018 г.", "2018年夏"),
    ("2018-24", "winter 2018/19", "зима 2018/19 г.", "2018～19年冬"),
    ("1999-24", "winter 1999/00", "зима 1999/00 г.", "1999～00年冬"),
    ("2019-10-0X", "early October 2019", "начало октября 2019 г.", "2019年10月上旬"),
    ("2019-10-1X", "mid-October 2019", "середина октября 2019 г.", "2019年10月中旬"),
    ("2019-10-2X", "late October 2019", "конец октября 2019 г.", "2019年10月下旬"),
    ("XXXX-10", "October (year not known)", "октябрь (год неизвестен)", "10月(年は不明)"),
    ("XXXX-10-2X", "late October (year not known)", "конец октября (год неизвестен)", "10月下旬(年は不明)"),
    ("XXXX-05-07", "7 May (year not known)", "7 мая (год неизвестен)", "5月7日(年は不明)"),
    ("XXXX-22", "summer (year not known)", "лето (год неизвестен)", "夏(年は不明)"),
    ("197X", "1970s", "1970-е гг.", "1970年代"),
    ("19XX", "20th century", "XX в.", "20世紀"),
    ("20XX", "21st century", "XXI в.", "21世紀"),
    ("1994/..", "since 1994", "с 1994 г.", "1994年から"),
    ("2018-22/..", "since summer 2018", "с лета 2018 г.", "2018年夏から"),
    ("2018-24/..", "since winter 2018/19", "с зимы 2018/19 г.", "2018～19年冬から"),
    ("2018-05/..", "since May 2018", "с мая 2018 г.", "2018年5月から"),
    ("2018-05-2X/..", "since late May 2018", "с конца мая 2018 г.", "2018年5月下旬から"),
    ("199X/..", "since the 1990s", "с 1990-х гг.", "1990年代から"),
    ("../2022-05", "until May 2022", "до мая 2022 г.", "2022年5月まで"),
    ("../2022-05-09", "until 9 May 2022", "до 9 мая 2022 г.", "2022年5月9日まで"),
    ("2018/2019", "2018–2019", "2018–2019 гг.", "2018～2019年"),
    ("2018-06/2018-08", "June–August 2018", "июнь – август 2018 г.", "2018年6月～8月"),
    ("2019-10-25/2019-10-28", "25–28 October 2019", "25–28 октября 2019 г.", "2019年10月25～28日"),
    (
        "2019-10-30/2019-11-02",
        "30 October – 2 November 2019",
        "30 октября – 2 ноября 2019 г.",
        "2019年10月30日～11月2日",
    ),
    ("2018-12/2019-01", "December 2018 – January 2019", "декабрь 2018 г. – январь 2019 г.", "2018年12月～2019年1月"),
    ("2018-12-30/2019", "30 December 2018 – 2019", "30 декабря 2018 г. – 2019 г.", "2018年12月30日～2019年"),
    ("2018-21/2018-22", "spring 2018 – summer 2018", "весна 2018 г. – лето 2018 г.", "2018年春～2018年夏"),
    ("2013~", "about 2013", "около 2013 г.", "2013年頃"),
    ("2013-05~", "about May 2013", "около мая 2013 г.", "2013年5月頃"),
    ("2013?", "2013 (?)", "2013 г. (?)", "2013年(?)"),
    ("2013%", "about 2013 (?)", "около 2013 г. (?)", "2013年頃(?)"),
    ("", "date not known", "дата неизвестна", "日付不明"),
]


@pytest.mark.parametrize(("edtf", "english", "russian", "japanese"), SHAPES)
def test_a_date_is_said_in_each_language(edtf: str, english: str, russian: str, japanese: str) -> None:
    assert [edtf_words(edtf, language) for language in ("en", "ru", "ja")] == [english, russian, japanese]


def test_none_is_not_known() -> None:
    assert edtf_words(None, "en") == "date not known"


@pytest.mark.parametrize("text", ["in the spring", "2018-13-45/..x", "1994/", "<b>2018</b>"])
def test_what_is_no_date_is_shown_as_stored(text: str) -> None:
    assert edtf_words(text, "ru") == text


def test_a_language_without_forms_falls_back_to_english() -> None:
    assert edtf_words("2018-22", "ko") == "summer 2018"


def test_a_regional_tag_uses_its_language() -> None:
    assert edtf_words("2018-22", "ru-RU") == "лето 2018 г."


def test_every_language_has_the_same_forms() -> None:
    optional = {"decade_of", "century_ordinals"}
    keys = {path.stem: set(tomllib.loads(path.read_text("utf-8"))) - optional for path in FORMS.glob("*.toml")}

    assert set(keys) >= {"en", "ru", "ja"}
    assert len({frozenset(found) for found in keys.values()}) == 1
