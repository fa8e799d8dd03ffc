import pytest

from reading.told import read


@pytest.mark.parametrize(
    ("language", "text", "pair"),
    [
        (
            "ru",
            "Гости из Де-Мойна\n\nДелегация города-побратима Де-Мойн прибыла в Ставрополь. "
            "Де Мойн и Ставрополь стали побратимами в 1988 году.",
            ("Ставрополь", "Де-Мойн"),
        ),
        (
            "ja",
            "倉敷市の訪問団が出発\n\n倉敷市の訪問団が姉妹都市カンザスシティ市へ出発した。カンザスシティー市は倉敷市の姉妹都市である。",
            ("倉敷", "カンザスシティ"),
        ),
    ],
)
def test_two_spellings_of_a_place_are_one(language: str, text: str, pair: tuple[str, str]) -> None:
    reading = read(language, text)

    assert [set(tie.between) for tie in reading.ties] == [set(pair)]


def test_places_that_differ_in_more_than_marks_stay_two() -> None:
    reading = read(
        "ru", "Псков и Нойс\n\nПсков и Нойс — побратимы с 1990 года. Псков и Куопио — побратимы с 1994 года."
    )

    assert len(reading.ties) == 2
