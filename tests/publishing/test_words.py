"""The site's words: complete in each language, right plurals, dates and codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from twinbook.publishing.rendering.words import CODES, languages, words_of
from twinbook.register.models import properties

ROOT = Path(__file__).resolve().parents[2]


def test_catalogues_are_complete_and_compiled() -> None:
    checked = subprocess.run([sys.executable, "scripts/publishing_words.py", "--check"], cwd=ROOT, capture_output=True)

    assert (checked.returncode, checked.stdout.decode()) == (0, "")


def test_three_languages_are_found() -> None:
    assert languages() == ("en", "ja", "ru")


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("ru", 1, "принят 1 человек"),
        ("ru", 2, "принято 2 человека"),
        ("ru", 5, "принято 5 человек"),
        ("ru", 21, "принят 21 человек"),
        ("ja", 5, "受入5人"),
        ("en", 1, "1 person received"),
        ("en", 5, "5 people received"),
    ],
)
def test_plurals_follow_the_language(language: str, count: int, expected: str) -> None:
    assert words_of(language).many("{count} person received", "{count} people received", count) == expected


def test_each_code_of_the_register_has_words() -> None:
    assert set(properties.STEP_KINDS) == set(CODES["step"])
    assert set(properties.BASES) == set(CODES["basis"])
    assert set(properties.PLACE_KINDS) == set(CODES["place"])
    assert set(properties.NAME_KINDS) == set(CODES["name"])
    assert set(properties.COMMITMENT_STATES) == set(CODES["commitment"])


@pytest.mark.parametrize(
    ("language", "edtf", "expected"),
    [
        ("en", "../2022-05", "by May 2022"),
        ("ru", "../2022-05", "возникло до мая 2022 г."),
        ("ja", "../2022-05", "2022年5月までに開始"),
        ("ru", "1967", "1967 г."),
    ],
)
def test_a_beginning_known_by_its_latest_day_does_not_read_as_an_end(language: str, edtf: str, expected: str) -> None:
    assert words_of(language).since(edtf) == expected


def test_an_unknown_code_is_seen_and_not_lost() -> None:
    assert words_of("ru").code("step", "new_step") == "new_step"
    assert words_of("ja").label("areas", "new_area") == "new_area"
