"""Stories of the development pages as their gold has them, and how well a reader's names fit that gold."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "reading" / "cases"
KINDS = ("people", "places", "organisations")


def stories(language: str) -> Iterator[tuple[str, str]]:
    """The text of each relevant page's story by its source, made of the gold's spans."""
    sys.path.insert(0, str(ROOT / "src"))
    from twinbook.reading.formats import read_bytes

    for source, path in pages(language):
        gold = json.loads((path.parent / f"{path.stem}.gold.json").read_text("utf-8"))
        text = read_bytes(path.read_bytes(), name=path.name).text
        lines = [between(text, span["from"], span["to"], span.get("nth", 1)) for span in gold["article"]]
        if gold["relevant"] and any(lines):
            yield source, "\n".join(lines)


def pages(language: str) -> Iterator[tuple[str, Path]]:
    """The file of each development page by its source."""
    for gold_path in sorted((CASES / language).glob("*.gold.json")):
        path = next(gold_path.parent.glob(gold_path.name.removesuffix(".gold.json") + ".[ht][tx][mt]*"))
        yield f"{language}/{path.name}", path


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
