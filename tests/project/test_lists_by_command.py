"""twinbook import and compare with files that are no plain lists of ties, as a user runs them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from project.test_office import twinbook

INPUTS = Path(__file__).resolve().parents[1] / "reading" / "importers"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with an officer and a city and nothing else, to be copied."""
    made = tmp_path_factory.mktemp("lists") / "register"
    words = ("init", "--officer", "anna", "--password-from-input", "--city", "Irkutsk", "--country", "RU")
    assert twinbook(made, *words, given="seven-quiet-rivers\n").returncode == 0
    return made


@pytest.fixture
def home(empty: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty, tmp_path / "register"))


def test_our_own_list_is_mapped_by_its_headings_and_by_words(home: Path, tmp_path: Path) -> None:
    file, report = str(INPUTS / "activity_table" / "activities.csv"), tmp_path / "fates.csv"

    tried = twinbook(home, "import", "--importer", "activity_table", "--trial", file)
    done = twinbook(
        home, "import", "--importer", "activity_table", "--map", "note=Вид", "--set", "default_status=planned",
        "--report", str(report), file,
    )  # fmt: skip
    wrong = twinbook(home, "import", "--importer", "activity_table", "--map", "note=Nothing", file)

    assert "partner = Город-партнёр" in tried.stderr and "Trial: 9 rows (4 new, 5 trouble)" in tried.stderr
    assert "note = Вид" in done.stderr and "9 rows (4 new, 5 trouble)" in done.stderr
    assert (tried.returncode, done.returncode, wrong.returncode) == (1, 1, 2)
    rows = list(csv.DictReader(report.open(encoding="utf-8-sig", newline="")))
    assert [row["row"] for row in rows if row["outcome"] == "trouble"] == ["4", "5", "6", "7", "8"]


def test_a_calendar_takes_its_partner_from_the_words(home: Path) -> None:
    done = twinbook(
        home, "import", "--set", "partner=Kanazawa", "--set", "partner_country=JP", "--set", "kind=visit",
        str(INPUTS / "icalendar" / "plans.ics"),
    )  # fmt: skip

    assert "5 rows (4 new, 1 trouble)" in done.stderr


def test_wikidata_in_json_is_compared(home: Path) -> None:
    result = twinbook(home, "compare", str(INPUTS / "wikidata_json" / "entities.json"))

    assert result.returncode == 0, result.stderr
    assert "missing here" in result.stdout


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register without anybody or anything, to be copied."""
    made = tmp_path_factory.mktemp("bare") / "register"
    assert twinbook(made, "init").returncode == 0
    return made


@pytest.mark.parametrize("form", ["jsonl", "csv", "jsonld", "turtle"])
def test_an_export_is_written_in_each_format_and_comes_back_where_it_can(
    home: Path, bare: Path, tmp_path: Path, form: str
) -> None:
    file = tmp_path / f"register.{form}"
    result = twinbook(home, "export", "--format", form, str(file))
    assert result.returncode == 0 and file.stat().st_size > 500, result.stderr
    new = Path(shutil.copytree(bare, tmp_path / "new"))

    back = twinbook(new, "import-register", str(file))

    assert back.returncode == (0 if form in ("jsonl", "csv") else 1), back.stderr
