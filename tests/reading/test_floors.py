"""What the reading reached on the development pages may not sink, and our scorer agrees with the contract's."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.reading_quality import CASES, below_floor, figures, floors, reading_of, scored  # noqa: E402
from benchmarks.scoring import cases, page_text, row, score_page  # noqa: E402

CONTRACT = ROOT.parent / "shared" / "reading" / "score.py"


def test_no_figure_is_under_its_floor() -> None:
    assert set(floors()) == {"en", "ja", "ru"}
    assert list(below_floor(figures(scored()))) == []


def test_our_scorer_gives_the_contracts_numbers(tmp_path: Path) -> None:
    if not CONTRACT.exists():
        pytest.skip(f"the contract's scorer is not at {CONTRACT}: nothing to compare with")
    scores: dict[str, list[object]] = {}
    lines = []
    for source, page, gold in cases(CASES):
        reading = reading_of(page)
        lines.append(json.dumps(reading | {"source": source}, ensure_ascii=False))
        scores.setdefault(gold["language"], []).append(score_page(gold, reading, page_text(page)))
    readings = tmp_path / "readings.jsonl"
    readings.write_text("\n".join(lines), "utf-8")

    command = [sys.executable, str(CONTRACT), str(CASES), str(readings), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    expected = {code: {k: v for k, v in theirs[code].items() if k != "missing"} for code in scores}
    assert {code: row(pages) for code, pages in scores.items()} == expected
