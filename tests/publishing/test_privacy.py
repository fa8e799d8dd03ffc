"""Who may be named: two nets, inflected forms, three scripts; landmarks and officials keep their names."""

from __future__ import annotations

import pytest

from twinbook.publishing.edition.privacy import MASK, Discretion, Hidden

OFFICIALS = ("Дмитрий Образцов", "Dmitry Obraztsov", "見本 太郎", "Кэнта Хасиока")
PERMITTED = ("сквер имени Сигеки Мори", "Сигеки Мори")


def net(*names: str, is_child: bool = False) -> Discretion:
    return Discretion(OFFICIALS, PERMITTED, (Hidden(names, is_child),))


@pytest.mark.parametrize(
    "text",
    [
        "Мэр Иркутска Дмитрий Образцов открыл сквер имени Сигеки Мори.",
        "По словам Дмитрия Образцова, связи крепнут.",
        "Образцов встретился с делегацией.",
        "Иркутск и Канадзава подписали соглашение.",
    ],
)
def test_public_people_and_places_keep_their_names(text: str) -> None:
    assert net("Анна Смирнова").quoted(text, "ru") == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Вечер вели Анна Смирнова и мэр Дмитрий Образцов.", f"Вечер вели {MASK} и мэр Дмитрий Образцов."),
        ("Встречу с Анной Смирновой провели вчера.", f"Встречу с {MASK} провели вчера."),
        ("АННА СМИРНОВА ВЫСТУПИЛА.", f"{MASK} ВЫСТУПИЛА."),
        ("Про Смирнову говорили все.", f"Про {MASK} говорили все."),
    ],
)
def test_a_known_private_name_is_masked_in_each_form(text: str, shown: str) -> None:
    assert net("Анна Смирнова").quoted(text, "ru") == shown


def test_a_name_that_nobody_decided_on_is_masked_too() -> None:
    text = "Мэр Дмитрий Образцов поздравил Зарину Тайнову."

    assert Discretion(OFFICIALS).quoted(text, "ru") == f"Мэр Дмитрий Образцов поздравил {MASK}."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ученица Зарина Тайнова прочла доклад.", "ru"),
        ("生徒の佐藤さくらさんが発表した。", "ja"),
        ("Школьники Иван Тайнов и Пётр Тайнов играли.", "ru"),
    ],
)
def test_a_sentence_that_names_an_unknown_child_is_withheld(text: str, language: str) -> None:
    assert Discretion(OFFICIALS).quoted(text, language) is None


@pytest.mark.parametrize(
    "text", ["Доклад прочла Злата Минорова.", "Доклад Миноровой понравился.", "Злате вручили приз."]
)
def test_a_sentence_with_a_known_child_is_withheld_whatever_it_says(text: str) -> None:
    assert net("Злата Минорова", is_child=True).quoted(text, "ru") is None


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("山田 花子", "訪問団の山田花子さんと見本太郎市長が会った。", f"訪問団の{MASK}さんと見本太郎市長が会った。"),
        ("山田 花子", "山田さんが話した。", f"{MASK}さんが話した。"),
        ("山田花子", "花子さんが話した。", f"{MASK}さんが話した。"),
        ("山田 花子", "山田町を訪れた。", "山田町を訪れた。"),
    ],
)
def test_japanese_names_are_masked_whole_and_with_an_honorific(name: str, text: str, shown: str) -> None:
    assert net(name).quoted(text, "ja") == shown


def test_latin_names_are_masked_with_their_possessive() -> None:
    assert net("Anna Brown").quoted("Anna Brown's essay and Brown’s prize", "en") == f"{MASK} essay and {MASK} prize"


def test_yo_and_ye_are_one_letter() -> None:
    assert net("Алёна Семёнова").quoted("Семенова и Алёна пришли.", "ru") == f"{MASK} и {MASK} пришли."


def test_an_official_keeps_a_name_that_a_private_person_shares() -> None:
    text = "Дмитрий Образцов и Нина Образцова открыли выставку."

    assert net("Нина Образцова").quoted(text, "ru") == f"Дмитрий Образцов и {MASK} открыли выставку."


def test_titles_are_masked_and_never_withheld() -> None:
    assert net("Злата Минорова", is_child=True).told("Концерт Златы Миноровой", "ru") == f"Концерт {MASK}"


def test_a_text_in_a_language_nobody_reads_passes_the_net_of_known_names() -> None:
    assert net("Jana Nováková").quoted("Vystoupila Jana Nováková.", "cs") == f"Vystoupila {MASK}."
