import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinbook.reading.language import language_pack, languages
from twinbook.reading.page import Page
from twinbook.reading.steps.article import find_article
from twinbook.reading.steps.dates import find_dates
from twinbook.reading.steps.sentences import find_sentences
from twinbook.reading.story import Story


def story_of(text: str, language: str) -> Story:
    """The story of a page of plain text."""
    page, pack = Page.of_text(text), language_pack(language)
    return find_sentences(page, find_article(page, pack), pack)


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


def test_a_day_that_cannot_exist_is_a_note() -> None:
    mentions, notes = find_dates(story_of("Встреча 31 июня 2019 года.", "ru"), language_pack("ru"))

    assert mentions == []
    assert [note.evidence.quote for note in notes if note.evidence] == ["31 июня 2019"]


def test_an_unknown_language_is_named_beside_the_known() -> None:
    with pytest.raises(ValueError, match="'kk'; known: en, ja, ru"):
        language_pack("kk")


@given(st.sampled_from(languages()), st.text(alphabet="0129 -–.年月日元令和мая года since May", max_size=60))
def test_any_text_gives_dates_with_evidence(language: str, text: str) -> None:
    mentions, notes = find_dates(story_of(text, language), language_pack(language))

    assert all(mention.evidence.stands_in(text) for mention in mentions)
    assert all(note.evidence and note.evidence.stands_in(text) for note in notes)
