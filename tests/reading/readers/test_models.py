"""The reader with a names model for Russian: no worse than the rules, and nothing opened once it is loaded."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from twinbook.child.reading import Child, Choice
from twinbook.reading.formats import read_bytes
from twinbook.reading.page import Page
from twinbook.reading.pipeline import read_page
from twinbook.reading.reader import ReaderLacksError, find_reader, load_taggers, readers
from twinbook.reading.readers.models import NAMES_FILE, WORDS_FILE
from twinbook.reading.story import Tagger

CASES = Path(__file__).resolve().parents[1]
needs_model = pytest.mark.skipif(
    find_spec("slovnet") is None or find_spec("natasha") is None,
    reason="the extra twinbook[models] is not installed: pip install -r requirements/models.txt",
)
GUESTS = "Мэр Иркутска встретился с делегацией Канадзавы.\nВ составе делегации были Аско Лайтинен и Тапио Корхонен.\n"


@pytest.fixture(scope="module")
def taggers() -> dict[str, Tagger]:
    return load_taggers(find_reader("models"), None)


def test_readers_are_found_in_their_folder() -> None:
    assert list(readers()) == ["language-model", "models", "rules"]
    assert [reader.code for reader in readers().values() if reader.is_asking] == ["language-model"]


def test_an_unknown_reader_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no reader 'oracle'; known: language-model, models, rules"):
        find_reader("oracle")


def test_a_folder_without_the_models_files_is_told(tmp_path: Path) -> None:
    if find_spec("slovnet") is None:
        pytest.skip("slovnet is not installed, so the folder is not looked at")
    with pytest.raises(ReaderLacksError, match=f"has no {NAMES_FILE}; put it there or unset TWINBOOK_READER_MODELS"):
        load_taggers(find_reader("models"), tmp_path)

    (tmp_path / NAMES_FILE).write_bytes(b"no archive")
    (tmp_path / WORDS_FILE).write_bytes(b"no archive")

    with pytest.raises(ReaderLacksError, match="the model's files cannot be read"):
        load_taggers(find_reader("models"), tmp_path)


@needs_model
def test_people_whom_the_rules_leave_open_are_found_in_base_form(taggers: dict[str, Tagger]) -> None:
    page = Page.of_text(GUESTS + "Выставку обсудят с участием Аско Лайтинена и Тапио Корхонена.\n", language="ru")

    by_rules, by_model = read_page(page), read_page(page, taggers=taggers)

    assert [person.name for person in by_rules.people] == ["Аско Лайтинен"]
    assert [person.name for person in by_model.people] == ["Аско Лайтинен", "Тапио Корхонен"]
    assert [piece.quote for piece in by_model.people[1].evidence] == ["Тапио Корхонен", "Тапио Корхонена"]


@needs_model
def test_a_company_taken_for_a_person_is_none_any_more(taggers: dict[str, Tagger]) -> None:
    page = Page.of_text(GUESTS + "Инженер Русала рассказал о совместном проекте.\n", language="ru")

    assert "Русала" in [person.name for person in read_page(page).people]
    assert "Русала" not in [person.name for person in read_page(page, taggers=taggers).people]


@needs_model
def test_people_and_places_are_found_as_well_as_by_the_rules(taggers: dict[str, Tagger]) -> None:
    found = {kind: [0, 0] for kind in ("people", "places")}
    for gold_path in sorted(CASES.glob("cases*/ru/*.gold.json")):
        gold = json.loads(gold_path.read_text("utf-8"))
        path = next(path for path in gold_path.parent.glob(f"{gold_path.name.split('.')[0]}.*") if path != gold_path)
        page = read_bytes(path.read_bytes(), name=path.name)
        for which, reading in enumerate((read_page(page), read_page(page, taggers=taggers))):
            for kind, counts in found.items():
                counts[which] += _right_less_wrong(gold[kind], [item.name for item in getattr(reading, kind)])

    assert found["people"][0] > 50 and found["places"][0] > 80
    assert found["people"][1] >= found["people"][0]
    assert found["places"][1] >= found["places"][0]


def _right_less_wrong(gold: list[dict[str, object]], names: list[str]) -> int:
    """Names of gold that were read, less those read that gold has not; the same measure for both readers."""
    known = {str(name) for item in gold for name in (item["name"], *item.get("also", []))}  # type: ignore[misc]  # JSON
    return sum(1 if name in known else -1 for name in names)


@needs_model
def test_the_child_reads_with_the_model_and_opens_nothing_more() -> None:
    child = Child(Choice("models"), cpu_seconds=5, wall_seconds=60)
    try:
        reading = child.read(GUESTS.encode(), name="a.txt").reading
        assert reading is not None
        assert [person["name"] for person in reading["people"]] == ["Аско Лайтинен", "Тапио Корхонен"]
    finally:
        child.close()


def test_a_child_whose_reader_lacks_something_says_what(tmp_path: Path) -> None:
    child = Child(Choice("models", str(tmp_path)))
    try:
        outcome = child.read(GUESTS.encode(), name="a.txt")
    finally:
        child.close()

    assert outcome.refusal == "reader"
    assert "TWINBOOK_READER_MODELS" in outcome.sentence or "twinbook[models]" in outcome.sentence
