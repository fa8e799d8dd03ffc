"""Scores the reading on the development pages, and writes what it reached to docs/reference/reading-quality.md.

    python -m benchmarks.reading_quality [--floors] [--lower-floors] [--worst LANGUAGE] [--dry]

--floors raises benchmarks/floors.toml to a little under what is reached; a floor sinks only with --lower-floors, said
out loud. --worst prints what was missed and what was read too much on the pages of one language (not those kept aside).
Pages whose number divides by 3 were kept aside until 25 November 2026; benchmarks/blind.toml keeps what was reached
on pages at their first reading.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.scoring import FINDINGS, PageScore, cases, invention_rate, page_text, row, score_page  # noqa: E402  found by the path set above
from twinbook.reading.formats import read_bytes  # noqa: E402  found by the path set above
from twinbook.reading.pipeline import read_page  # noqa: E402  found by the path set above

CASES = ROOT / "tests" / "reading" / "cases"
FLOORS = ROOT / "benchmarks" / "floors.toml"
BLIND = ROOT / "benchmarks" / "blind.toml"
DOCUMENT = ROOT / "docs" / "reference" / "reading-quality.md"
LANGUAGES = ("en", "ja", "ru")
MEASURES = ("article", "relevant", *FINDINGS, "findings", "role", "country", "tie kind", "status", "when", "areas")
SLACK = 0.03  # a floor lies so far under what is reached: a finding more or less on one or two pages
GOALS = {"article": (0.98, 0.96), "relevant": (1.0, 0.95), "people": (0.92, 0.85), "places": (0.92, 0.85)} | {
    "ties": (0.90, 0.80),
    "quotes": (0.90, 0.80),
    "activities": (0.82, 0.70),
    "findings": (0.88, 0.78),
    "role": (0.90, None),
    "status": (0.85, None),
    "when": (0.85, None),
    "areas": (0.75, None),
}


def scored() -> dict[str, dict[str, list[PageScore]]]:
    """Scores by language and part ("tuned", "aside")."""
    found: dict[str, dict[str, list[PageScore]]] = {code: {"tuned": [], "aside": []} for code in LANGUAGES}
    for source, page, gold in cases(CASES):
        part = "aside" if is_aside(page) else "tuned"
        found[source.split("/")[0]][part].append(score_page(gold, reading_of(page), page_text(page)))
    return found


def is_aside(page: Path) -> bool:
    return page.stem.isdecimal() and int(page.stem) % 3 == 0


def reading_of(page: Path) -> dict[str, Any]:
    """Our Reading of a page as JSON values."""
    reading = read_page(read_bytes(page.read_bytes(), name=page.name))
    plain: dict[str, Any] = json.loads(json.dumps(reading.as_dict()))
    return plain


def figures(scores: dict[str, dict[str, list[PageScore]]]) -> dict[str, dict[str, dict[str, float | None]]]:
    """By language and part ("tuned", "aside", "all"): each measure, with `inventions`."""
    found = {}
    for code, parts in scores.items():
        whole = parts | {"all": parts["tuned"] + parts["aside"]}
        found[code] = {part: row(pages) | {"inventions": invention_rate(pages)} for part, pages in whole.items()}
    return found


def document(found: dict[str, dict[str, dict[str, float | None]]]) -> str:
    """The page of the reference, in Markdown."""
    head = "| | goal (aside) | " + " | ".join(f"{code} tuned | {code} aside" for code in LANGUAGES) + " |"
    lines = [
        "# How well pages are read",
        "",
        "What the reading reaches on the development pages in `tests/reading/cases`. Rules were tuned on two thirds of",
        "the pages; those whose number divides by 3 were kept aside until 25 November 2026. Then they were opened, to",
        "learn from their misses: **the columns below are all of pages that have been seen.** What to expect of new",
        "pages stands in the second table. Six pages a language are few: one finding is 3 to 4 points.",
        "Made by `python3 run.py evaluate`; do not edit.",
        "",
        head,
        "|" + " --- |" * (2 + 2 * len(LANGUAGES)),
    ]
    for measure in (*MEASURES, "inventions"):
        cells = [_cell(found[code][part].get(measure)) for code in LANGUAGES for part in ("tuned", "aside")]
        lines.append(f"| {measure} | {_goal(measure)} | " + " | ".join(cells) + " |")
    sizes = [str(found[code][part]["pages"]) for code in LANGUAGES for part in ("tuned", "aside")]
    lines.append("| pages | | " + " | ".join(sizes) + " |")
    lines += [
        "",
        "- *article*: F1 of the story's characters (5-gram shingles); *relevant*: accuracy.",
        "- *people … quotes*, *findings* (all of them): micro F1. Activities match by kind and half of the evidence.",
        "- *role … areas*: how often the attribute is right where the finding matched; *areas* is a mean overlap.",
        "- *inventions*: the part of all that was read that no gold finding is near to. The goal is under 0.1.",
        "",
        "## Pages at their first reading",
        "",
        "| language | pages | findings F1 | on |",
        "| --- | --- | --- | --- |",
        *(f"| {one['language']} | {one['pages']} | {one['findings']} | {one['on']} |" for one in blind_readings()),
        "",
        "The floors are in `benchmarks/floors.toml`; `tests/reading/test_floors.py` fails below them.",
        "",
    ]
    return "\n".join(lines)


def blind_readings() -> list[dict[str, Any]]:
    """Figures taken on pages that nobody had read with this reader before, by language; kept by hand."""
    readings: list[dict[str, Any]] = tomllib.loads(BLIND.read_text("utf-8"))["readings"]
    return sorted(readings, key=lambda one: str(one["language"]))


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _goal(measure: str) -> str:
    if measure == "inventions":
        return "≤ 0.100"
    goal, aside = GOALS.get(measure, (None, None))
    return "" if goal is None else f"{goal:.2f}" + (f" ({aside:.2f})" if aside else "")


def floors() -> dict[str, dict[str, float]]:
    return tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def below_floor(found: dict[str, dict[str, dict[str, float | None]]]) -> Iterator[str]:
    """A sentence for each figure that sank under its floor."""
    for code, measures in floors().items():
        for measure, floor in measures.items():
            value = _measured(found[code], measure)
            if measure == "inventions":
                if value > floor:
                    yield f"{code}: inventions are {value}, more than the {floor} allowed"
            elif value < floor:
                yield f"{code}: {measure} is {value}, under its floor of {floor}"


def _measured(parts: dict[str, dict[str, float | None]], measure: str) -> float:
    part, name = ("aside", measure.removeprefix("aside ")) if measure.startswith("aside ") else ("all", measure)
    return parts[part].get(name) or 0.0


def new_floors(found: dict[str, dict[str, dict[str, float | None]]], *, may_sink: bool) -> dict[str, dict[str, float]]:
    """Floors a little under what is reached; none lower than before unless `may_sink`."""
    before, after = floors(), {}
    for code in LANGUAGES:
        wanted = {}
        for measure in (*MEASURES, "aside findings", "inventions"):
            reached = _measured(found[code], measure)
            is_most = measure == "inventions"
            floor = round(reached + SLACK if is_most else max(0.0, reached - SLACK), 3)
            old = before.get(code, {}).get(measure)
            if old is not None and not may_sink:
                floor = min(floor, old) if is_most else max(floor, old)
            wanted[measure] = floor
        after[code] = wanted
    return after


def write_floors(values: dict[str, dict[str, float]]) -> None:
    lines = [
        "# Figures of the reading that may not sink (inventions: that may not rise), over all development pages of a",
        '# language; "aside" counts only the pages kept aside. --floors of benchmarks.reading_quality raises them;',
        "# they sink only with --lower-floors and a reason in the commit.",
    ]
    for code, measures in values.items():
        lines += ["", f"[{code}]", *(f'"{measure}" = {floor}' for measure, floor in measures.items())]
    FLOORS.write_text("\n".join(lines) + "\n", "utf-8")


def print_worst(code: str) -> None:
    """What was missed and what was read too much, page by page, kept-aside pages left out."""
    for source, page, gold in cases(CASES):
        if not source.startswith(f"{code}/") or is_aside(page):
            continue
        score = score_page(gold, reading_of(page), page_text(page))
        for word, findings in (("missed", score.missed), ("too much", score.unmatched)):
            for kind, item in findings:
                name = item.get("title") or item.get("name") or item.get("between") or item.get("speaker")
                print(
                    f"{source} {word} {kind} {item.get('kind', '')} {name}: {' '.join(item.get('words', '').split())}"
                )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--floors", action="store_true", help="raise the floors to what is reached")
    arguments.add_argument("--lower-floors", action="store_true", help="let them sink too")
    arguments.add_argument("--worst", choices=LANGUAGES, help="print misses and surplus of one language")
    arguments.add_argument("--dry", action="store_true", help="print the table, write nothing")
    options = arguments.parse_args()
    if options.worst:
        print_worst(options.worst)
        return
    found = figures(scored())
    text = document(found)
    print(text)
    if options.dry:
        return
    DOCUMENT.parent.mkdir(parents=True, exist_ok=True)
    DOCUMENT.write_text(text, "utf-8")
    if options.floors or options.lower_floors:
        write_floors(new_floors(found, may_sink=options.lower_floors))
    for complaint in below_floor(found):
        print(complaint, file=sys.stderr)


if __name__ == "__main__":
    main()
