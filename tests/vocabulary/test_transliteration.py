"""Transliteration: usual spellings come out, anything goes in, and spellings of one name share a skeleton."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinbook.vocabulary.transliteration import (
    kana_to_latin,
    kana_to_russian,
    pinyin_to_russian,
    russian_to_katakana,
    russian_to_latin,
    skeleton,
)


@pytest.mark.parametrize(
    ("russian", "latin", "katakana"),
    [
        ("Дмитрий Бердников", "Dmitriy Berdnikov", "ドミトリー・ベルドニコフ"),
        ("Елена Ельцина", "Yelena Yeltsina", "エレナ・エリツィナ"),
        ("Улан-Удэ", "Ulan-Ude", "ウランウデ"),
        ("Юлия Щербакова", "Yuliya Shcherbakova", "ユリヤ・シェルバコワ"),
    ],
)
def test_russian_names(russian: str, latin: str, katakana: str) -> None:
    assert (russian_to_latin(russian), russian_to_katakana(russian)) == (latin, katakana)


def test_iso_9_goes_letter_for_letter() -> None:
    assert russian_to_latin("Щёлково", system="iso9") == "Ŝëlkovo"


@pytest.mark.parametrize(
    ("kana", "latin", "russian"),
    [
        ("かなざわ", "Kanazawa", "Канадзава"),
        ("はっとり", "Hattori", "Хаттори"),
        ("しんばし", "Shinbashi", "Симбаси"),
        ("さいとう", "Saito", "Сайто"),
        ("きょうと", "Kyoto", "Кёто"),
        ("まっちゃ", "Matcha", "Маття"),
        ("カン・ミンチョル", "Kan Minchoru", "Кан Минтёру"),
    ],
)
def test_kana_names(kana: str, latin: str, russian: str) -> None:
    assert (kana_to_latin(kana), kana_to_russian(kana)) == (latin, russian)


@pytest.mark.parametrize(
    ("pinyin", "russian"),
    [
        ("Shenyang", "Шэньян"),
        ("Ningbo", "Нинбо"),
        ("Hangzhou", "Ханчжоу"),
        ("Qingdao", "Циндао"),
        ("Chen Shaowang", "Чэнь Шаован"),
    ],
)
def test_pinyin_names(pinyin: str, russian: str) -> None:
    assert pinyin_to_russian(pinyin) == russian


def test_what_is_no_pinyin_is_said() -> None:
    with pytest.raises(ValueError, match="Harbin"):
        pinyin_to_russian("Harbin")


@pytest.mark.parametrize(
    "spellings",
    [
        ("Дмитрий Бердников", "Dmitry Berdnikov", "ドミトリー・ベルドニコフ"),
        ("Пфорцхайм", "Pforzheim", "プフォルツハイム"),
        ("Канадзава", "Kanazawa", "かなざわ"),
        ("Иркутск", "Irkutsk"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Иркутск", "Якутск"), ("Mayor Lee", "Mayor Park"), ("Каннын", "Канадзава")]
)
def test_other_names_have_another_skeleton(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(st.text(max_size=60))
def test_any_text_goes_through(text: str) -> None:
    for change in (russian_to_latin, russian_to_katakana, kana_to_latin, kana_to_russian, skeleton):
        assert isinstance(change(text), str)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=40))
def test_pinyin_of_any_letters_ends_at_once(letters: str) -> None:
    try:
        assert pinyin_to_russian(letters).isalpha() or not letters
    except ValueError as error:
        assert letters in str(error)
