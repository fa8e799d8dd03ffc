"""The development pages themselves: gold that could not be read would measure nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from twinbook.reading.page import decode_page
from twinbook.vocabulary.partial_date import PartialDate

CASES = Path(__file__).parent / "cases"
GOLD = sorted(CASES.glob("*/*.gold.json"))
DATED = ("when", "when_also", "since", "published")


def dates_in(value: Any) -> Iterator[str]:
    """Every date that a gold Reading gives, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from dates_in(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in DATED:
                yield from (text for text in (item if isinstance(item, list) else [item]) if text)
            else:
                yield from dates_in(item)


def test_there_are_twenty_pages_a_language() -> None:
    assert {folder.name: len(list(folder.glob("*.gold.json"))) for folder in CASES.iterdir()} == {
        "en": 20,
        "ja": 20,
        "ru": 20,
    }


@pytest.mark.parametrize("path", GOLD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_gold_dates_are_dates(path: Path) -> None:
    dates = list(dates_in(json.loads(path.read_text("utf-8"))))

    assert [PartialDate.parse(text).edtf for text in dates] == dates


@pytest.mark.parametrize("path", GOLD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_page_decodes_without_loss_and_holds_its_headline(path: Path) -> None:
    page_path = next(path.parent.glob(path.name.removesuffix(".gold.json") + ".[ht][tx][mt]*"))

    page = decode_page(page_path.read_bytes())

    gold = json.loads(path.read_text("utf-8"))
    first_words = gold["article"][0]["from"].split()[0]
    assert page.unreadable == 0
    assert first_words in page.text
