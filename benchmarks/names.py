"""Names against what a user would put together today: the same stories, one pinned core, CPU time, in one run.

    .venv/bin/python benchmarks/names.py [--models] [--ru PYTHON] [--ja PYTHON] [--en PYTHON] [--repeat N]

Each PYTHON is the interpreter of an environment that holds the peer (docs/how-to/measure-against-peers.md); a
language without one is left out, and the table says so. Stories are the article of each development page, as its
gold has it, so that nobody gains by finding the story. Twinbook does its whole reading, the peers find names only.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "reading" / "cases"
PEERS = {"ru": "natasha_reader", "ja": "ginza_reader", "en": "spacy_reader"}
KINDS = ("people", "places", "organisations")


def stories(language: str) -> Iterator[tuple[str, str]]:
    """The text of each relevant page's story by its source, made of the gold's spans."""
    sys.path.insert(0, str(ROOT / "src"))
    from twinbook.reading.formats import read_bytes

    for gold_path in sorted((CASES / language).glob("*.gold.json")):
        gold = json.loads(gold_path.read_text("utf-8"))
        path = next(gold_path.parent.glob(gold_path.name.removesuffix(".gold.json") + ".[ht][tx][mt]*"))
        text = read_bytes(path.read_bytes(), name=path.name).text
        lines = [between(text, span["from"], span["to"], span.get("nth", 1)) for span in gold["article"]]
        if gold["relevant"] and any(lines):
            yield f"{language}/{path.name}", "\n".join(lines)


def between(text: str, first: str, last: str, nth: int) -> str:
    """The words from the nth occurrence of `first` to the next one of `last`, whatever the white space."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    flat = "".join(text[place] for place in places)
    first, last = re.sub(r"\s", "", first), re.sub(r"\s", "", last)
    at = -1
    for _ in range(nth):
        at = flat.find(first, at + 1)
    end = flat.find(last, at) if at >= 0 else -1
    return text[places[at] : places[end + len(last) - 1] + 1] if end >= 0 else ""


def measure(python: str, reader: str, texts: list[tuple[str, str]], repeat: int) -> dict[str, Any]:
    """One reader in its own environment, on one core where the system can pin."""
    words = [python, str(ROOT / "benchmarks" / "peers" / "worker.py"), reader, str(repeat)]
    if taskset := shutil.which("taskset"):
        words = [taskset, "-c", "0", *words]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src") if reader.startswith("twinbook") else ""}
    done = subprocess.run(words, input=json.dumps(texts), capture_output=True, text=True, check=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def key(name: str) -> str:
    """A name as it is compared: no case, no quotation marks, no dots and dashes, ё as е."""
    name = re.sub(r"[\"'«»“”„「」『』’‘`]", "", name.casefold().replace("ё", "е"))
    return " ".join(re.sub(r"[・･＝=\-‐–—.,]", " ", name).split())


def scores(found: dict[str, dict[str, list[str]]], language: str) -> dict[str, float]:
    """F1 of names a kind over the language's pages; other spellings that gold allows count, optional ones do not."""
    result = {}
    for kind in KINDS:
        hit = read = wanted = 0
        for source, names in found.items():
            gold = json.loads((CASES / language / (Path(source).stem + ".gold.json")).read_text("utf-8"))
            left = {key(name) for name in names[kind]}
            for item in gold[kind]:
                if kind == "places" and item.get("kind") == "country":
                    continue
                spellings = {key(name) for name in [item["name"], *item.get("also", [])]}
                same = left & spellings
                left -= same
                if not item.get("optional"):
                    wanted += 1
                    hit += bool(same)
                    read += bool(same)
            read += len(left)
        result[kind] = 2 * hit / (read + wanted) if read + wanted else 1.0
    return result


def row(name: str, figures: dict[str, Any], score: dict[str, float]) -> str:
    per_second = figures["pages"] / figures["seconds"]
    marks = " ".join(f"{score[kind]:.3f}" for kind in KINDS)
    millions = figures["characters"] / figures["seconds"] / 1e6
    return (
        f"{name:<22}{per_second:>9.1f}{millions:>9.3f}{1000 * figures['p50']:>9.1f}"
        f"{1000 * figures['p99']:>9.1f}{figures['load_seconds']:>8.2f}{figures['peak_mb']:>8.0f}   {marks}"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for language in PEERS:
        options.add_argument(f"--{language}", metavar="PYTHON", help=f"interpreter with {PEERS[language]}'s packages")
    options.add_argument("--models", action="store_true", help="measure the reader `models` for Russian as well")
    options.add_argument("--repeat", type=int, default=3)
    given = options.parse_args()
    heads = f"{'pages/s':>9}{'Mchar/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'load s':>8}{'MB':>8}"
    print(f"{'CPU time, one core':<22}{heads}   F1 people places organisations")
    for language, reader in PEERS.items():
        texts = list(stories(language))
        ours = measure(sys.executable, "twinbook_reader", texts, given.repeat)
        our_scores = scores(ours["found"], language)
        print(row(f"{language} twinbook", ours, our_scores))
        if language == "ru" and given.models:
            with_model = measure(sys.executable, "twinbook_models_reader", texts, given.repeat)
            print(row("ru twinbook, models", with_model, scores(with_model["found"], language)))
        python = getattr(given, language)
        if not python:
            print(f"{language} {reader}: left out, no --{language} PYTHON was given")
            continue
        theirs = measure(python, reader, texts, given.repeat)
        print(row(f"{language} {reader}", theirs, scores(theirs["found"], language)))
        ratio = (ours["pages"] / ours["seconds"]) / (theirs["pages"] / theirs["seconds"])
        print(f"{language} ratio twinbook : peer {ratio:>9.1f} ×")
        if language == "ru" and given.models:
            ratio = (with_model["pages"] / with_model["seconds"]) / (theirs["pages"] / theirs["seconds"])
            print(f"{language} ratio twinbook, models : peer {ratio:>4.1f} ×")


if __name__ == "__main__":
    main()
