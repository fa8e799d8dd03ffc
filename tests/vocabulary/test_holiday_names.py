"""Names of holidays in the desk's languages: by name, with what stands around it, two on one day, or none."""

from __future__ import annotations

import pytest

from twinbook.vocabulary.holiday_names import holiday_names


@pytest.mark.parametrize(
    ("english", "russian", "japanese"),
    [
        ("Mountain Day", "День гор", "山の日"),
        ("Victory Day (observed)", "День Победы (перенос)", "戦勝記念日(振替)"),
        ("Alternative holiday for Chuseok", "Чхусок (перенос)", "秋夕(チュソク)(振替)"),
        ("Day off (substituted from 01/04/2026)", "Перенесённый выходной", "振替の休日"),
        ("Labor Day; Women's Day", "День труда; Женский день", "労働の日; 女性の日"),
    ],
)
def test_a_holiday_has_its_names(english: str, russian: str, japanese: str) -> None:
    assert holiday_names(english) == {"ru": russian, "ja": japanese}


@pytest.mark.parametrize(
    "english", ["", "Day of the Otter", "Labor Day; Day of the Otter", "Day of the Otter (observed)"]
)
def test_what_is_not_known_has_none(english: str) -> None:
    assert holiday_names(english) == {}
