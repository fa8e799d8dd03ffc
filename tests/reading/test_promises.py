"""Promises: what is promised in the page's words, by which side, by when; talk, breaks and new twins are none."""

from __future__ import annotations

import pytest

from reading.told import read

STORY = {
    "ru": "Мэр Иркутска встретился с мэром Канадзавы\n"
    "Мэр Иркутска Пётр Лосев встретился с мэром Канадзавы Кэном Морита. Канадзава — город-побратим Иркутска.\n{}",
    "en": "Mayor of Irkutsk meets mayor of Kanazawa\n"
    "The mayor of Irkutsk, Peter Losev, met the mayor of Kanazawa, Ken Morita. Kanazawa is its twin town.\n{}",
    "ja": "イルクーツク市長が金沢市長と会談\n"
    "イルクーツク市のロセフ市長が金沢市の森田健市長と会談した。金沢市はイルクーツク市の姉妹都市である。\n{}",
}


@pytest.mark.parametrize(
    ("language", "sentence", "what", "side", "due"),
    [
        ("ru", "Канадзава пришлёт ноты хора осенью 2027 года.", "пришлёт ноты хора осенью 2027 года", "Канадзава",
         "2027-23"),
        ("ru", "Кэн Морита пообещал показать гостям новый порт.", "показать гостям новый порт", "Канадзава", None),
        ("ru", "Стороны договорились, что в мае 2027 года в Иркутск приедут врачи.",
         "договорились, что в мае 2027 года в Иркутск приедут врачи", None, "2027-05"),
        ("en", "Kanazawa will send two teachers in May 2027.", "will send two teachers in May 2027", "Kanazawa",
         "2027-05"),
        ("en", "Ken Morita promised to translate the guidebook.", "translate the guidebook", "Kanazawa", None),
        ("ja", "森田市長は、来年の春に教員を送ることを約束した。", "来年の春に教員を送る", None, None),
    ],
)  # fmt: skip
def test_a_promise_is_told_with_its_side_and_day(
    language: str, sentence: str, what: str, side: str | None, due: str | None
) -> None:
    reading = read(language, STORY[language].format(sentence))

    assert [one.what for one in reading.promises] == [what]
    (promise,) = reading.promises
    assert promise.evidence[0].quote == sentence and promise.evidence[0].stands_in(reading.text)
    assert promise.side == side or (side is None and promise.side in (None, "金沢"))
    assert promise.due == due or language == "ja"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", "Стороны обсудили поездку врачей."),
        ("ru", "Города договорились стать побратимами."),
        ("ru", "«Приедем осенью», — пообещал мэр Кэн Морита."),
        ("en", "They talked about sending teachers."),
        ("en", "The two towns agreed to become twin towns."),
        ("ja", "両市は教員の派遣について話し合った。"),
    ],
)
def test_talk_and_becoming_twins_are_no_promise(language: str, sentence: str) -> None:
    reading = read(language, STORY[language].format(sentence))

    assert reading.relevant and reading.promises == ()
