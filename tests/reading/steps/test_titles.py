import pytest

from reading.told import read


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        (
            "ru",
            "Томск и Монтрё\n\nТомск и Монтрё — города-побратимы. "
            "А в мае 2019 года в Томске пройдут Дни швейцарской культуры.",
            "В Томске пройдут Дни швейцарской культуры",
        ),
        (
            "en",
            "Leeds and Dortmund\n\nLeeds and its sister city Dortmund are close. "
            "On 10 June 2019 a choir from Dortmund will give a concert in Leeds, organisers said.",
            "A choir from Dortmund will give a concert in Leeds",
        ),
        (
            "ja",
            "金沢市とイルクーツク市\n\n金沢市とイルクーツク市は姉妹都市である。令和2年10月には金沢市でロシア音楽の演奏会を開催した。",
            "金沢市でロシア音楽の演奏会を開催",
        ),
    ],
)
def test_a_title_is_the_clause_without_its_date_and_leavings(language: str, text: str, title: str) -> None:
    titles = [activity.title for activity in read(language, text).activities]

    assert title in titles


def test_a_noun_that_a_verb_governed_stands_in_base_form() -> None:
    text = "Томск и Монтрё\n\nТомск и Монтрё — города-побратимы. Обсуждается возможность обмена тренерами с Монтрё."

    assert [found.title for found in read("ru", text).activities] == ["Обмен тренерами с Монтрё"]
