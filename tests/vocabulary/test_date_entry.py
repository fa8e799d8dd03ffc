"""Dates as officers type them: the office's own habits in, EDTF out, and no guess."""

import pytest

from twinbook.vocabulary.date_entry import edtf_of
from twinbook.vocabulary.date_words import edtf_words


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2019", "2019"),
        ("2019-05", "2019-05"),
        ("2019-05-17", "2019-05-17"),
        ("1994/..", "1994/.."),
        ("17.05.2019", "2019-05-17"),
        ("7.5.2019 г.", "2019-05-07"),
        ("05.2019", "2019-05"),
        ("2019/5/17", "2019-05-17"),
        ("2019年", "2019"),
        ("2019年5月", "2019-05"),
        ("2019年5月17日", "2019-05-17"),
        ("2018年夏", "2018-22"),
        ("17 мая 2019 г.", "2019-05-17"),
        ("май 2019", "2019-05"),
        ("Лето 2018 года", "2018-22"),
        ("17 May 2019", "2019-05-17"),
        ("May 17, 2019", "2019-05-17"),
        ("summer 2018", "2018-22"),
        ("since 1994", "1994/.."),
        ("с мая 2018", "2018-05/.."),
        ("1994年から", "1994/.."),
        ("до 2022", "../2022"),
        ("2022年5月まで", "../2022-05"),
        ("около 2013", "2013~"),
        ("2013年頃", "2013~"),
        ("1994–1999", "1994/1999"),
        ("1994-1999", "1994/1999"),
        ("17.05.2019 – 20.05.2019", "2019-05-17/2019-05-20"),
        ("  2019　", "2019"),
    ],
)
def test_what_is_typed_becomes_edtf(typed: str, edtf: str) -> None:
    assert edtf_of(typed) == edtf


@pytest.mark.parametrize(
    "typed", ["", "soon", "94", "03/04", "31.02.2019", "2019-13", "1999–1994", "в будущем году", "2" * 500]
)
def test_nothing_is_guessed(typed: str) -> None:
    with pytest.raises(ValueError):
        edtf_of(typed)


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
@pytest.mark.parametrize(
    "edtf", ["2018", "2018-05", "2018-05-07", "2018-22", "1994/..", "2018-05/..", "../2022-05", "2013~"]
)
def test_a_date_as_the_desk_shows_it_can_be_typed_back(edtf: str, language: str) -> None:
    assert edtf_of(edtf_words(edtf, language)) == edtf
