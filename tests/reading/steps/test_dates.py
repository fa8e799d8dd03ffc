from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinbook.reading.language import language_pack, languages
from twinbook.reading.steps.dates import find_dates
from twinbook.reading.story import Sentence, Story


def story_of(text: str, language: str) -> Story:
    """A story of one paragraph that is the text."""
    pack = language_pack(language)
    sentences = tuple(Sentence(a, b, 0) for a, b in pack.grammar.find_sentences(text, 0, len(text)))
    return Story(text, language, ((0, len(text)),), ((0, len(text)),), sentences)


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("ru", "С 1994 года проходят обмены, 3 мая 2018 года подписан план.", ["1994/..", "2018-05-03"]),
        (
            "ru",
            "Регата пройдёт 12–15 сентября 2018 г., визит — в октябре 2019 года",
            ["2018-09-12/2018-09-15", "2019-10"],
        ),
        ("ru", "Гости приедут 9 июня.", ["XXXX-06-09"]),
        (
            "ja",
            "令和元年10月に調印し、1967年3月20日に議決した。平成2年から続く。",
            ["2019-10", "1967-03-20", "1990/.."],
        ),
        (
            "en",
            "Signed on 4 July 1992; since 1994 pupils travel, and in 2020 none did.",
            ["1992-07-04", "1994/..", "2020"],
        ),
    ],
)
def test_dates_are_no_finer_than_written(language: str, text: str, dates: list[str]) -> None:
    mentions, notes = find_dates(story_of(text, language), language_pack(language))

    assert ([mention.when.edtf for mention in mentions], notes) == (dates, [])


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("en", "They met on Monday and will meet again on Friday.", ["2012-09-17", "2012-09-21"]),
        ("en", "The choir flew out in May. In January it is to sing here.", ["2012-05", "2013-01"]),
        ("en", "The swap should have started in October but was called off.", ["2012-10"]),
        ("en", "Last summer ten came; next spring ours go over.", ["2012-22", "2013-21"]),
        ("en", "Twenty years ago we learned. In the same year they signed.", ["1992", "1992"]),
        ("en", "Flights run from 25 May to 14 September 2013.", ["2013-05-25/2013-09-14"]),
        ("en", "From 30 December to 3 January 2014 the hall was shut.", ["2013-12-30/2014-01-03"]),
        ("en", "Between November 30 and December 4 they will play.", ["2012-11-30/2012-12-04"]),
        ("en", "The prints hang there until 15 November.", ["../2012-11-15"]),
        ("en", "It was laid out in the 1970s and rebuilt in late October 1998.", ["197X", "1998-10-2X"]),
        ("en", "Work may start in the second half of 2014.", ["2014-07/2014-12"]),
        ("en", "Each April workers leave, and guests come every other year.", ["XXXX-04", "XXXX"]),
        ("en", "Posted 9/17/2012, corrected 5/6/2012.", ["2012-09-17", "2012"]),
        ("ru", "Делегация приедет в октябре.", ["2012-10"]),
        ("ru", "В конце октября прошлого года вышла книга, в том же году открыт сквер.", ["2011-10-2X", "2011"]),
        ("ru", "Выставка пройдёт с 21 по 24 ноября.", ["2012-11-21/2012-11-24"]),
        ("ja", "来年5月に訪問し、昨年10月下旬に調印した。", ["2013-05", "2011-10-2X"]),
        ("ja", "7月18日（水）から24日まで滞在した。", ["2012-07-18/2012-07-24"]),
    ],
)
def test_the_day_of_publication_settles_what_the_words_leave_open(language: str, text: str, dates: list[str]) -> None:
    story = replace(story_of(text, language), published=date(2012, 9, 17))

    mentions, notes = find_dates(story, language_pack(language))

    assert ([mention.when.edtf for mention in mentions], notes) == (dates, [])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They met on Monday, last month and yesterday. It may march on."),
        ("en", "2019 people and 1,950 trees for $2000"),
        ("ru", "Встретились вчера и на прошлой неделе."),
        ("ja", "先月と昨日に会った。"),
    ],
)
def test_without_a_day_of_publication_no_relative_day_is_worked_out(language: str, text: str) -> None:
    assert find_dates(story_of(text, language), language_pack(language)) == ([], [])


def test_a_day_that_cannot_exist_is_a_note() -> None:
    mentions, notes = find_dates(story_of("Встреча 31 июня 2019 года.", "ru"), language_pack("ru"))

    assert mentions == []
    assert [note.evidence.quote for note in notes if note.evidence] == ["31 июня 2019 года"]


def test_an_unknown_language_is_named_beside_the_known() -> None:
    with pytest.raises(ValueError, match=f"'kk'; known: {', '.join(languages())}"):
        language_pack("kk")


@given(st.sampled_from(languages()), st.text(alphabet="0129 -–.年月日元令和мая года since May", max_size=60))
def test_any_text_gives_dates_with_evidence(language: str, text: str) -> None:
    mentions, notes = find_dates(story_of(text, language), language_pack(language))

    assert all(mention.evidence.stands_in(text) for mention in mentions)
    assert all(note.evidence and note.evidence.stands_in(text) for note in notes)
