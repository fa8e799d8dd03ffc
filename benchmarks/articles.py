"""How well and how fast the story is found in real news pages, beside trafilatura where that is installed.

    python benchmarks/articles.py DATA [--worst N] [--page KEY]

DATA is a checkout of github.com/scrapinghub/article-extraction-benchmark (181 English pages; their rights are their
publishers', nothing of it is kept here). Its ground truth is the body alone, so ours is measured without what our
contract counts as story beside it: headline and captions of pictures. F1 over 4-grams of words as the data set's own
evaluate.py counts it; times are CPU time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from twinbook.reading.formats import read_bytes
from twinbook.reading.language import language_pack
from twinbook.reading.page import Block
from twinbook.reading.steps.article import find_article

WORD = re.compile(r"\w+")
Extractor = Callable[[bytes], str]


def twinbook(raw: bytes) -> str:
    """The body of the story that the article step finds."""
    page = read_bytes(raw, name="page.html")
    article = find_article(page, language_pack("en"))
    chosen = set(article.spans)
    story = [block for block in page.blocks if (block.start, block.end) in chosen]
    texts = [page.text[block.start : block.end] for block in story if not is_caption(block)]
    return "\n".join(words for words in texts if words != article.title)


def is_caption(block: Block) -> bool:
    return any("caption" in label for label in block.path)


def peers() -> dict[str, Extractor]:
    """The extractors that are installed, by name."""
    found: dict[str, Extractor] = {"twinbook": twinbook}
    try:
        import trafilatura
    except ImportError:
        print("trafilatura is not installed: measuring alone")
        return found
    found[f"trafilatura {trafilatura.__version__}"] = lambda raw: (
        trafilatura.extract(raw.decode("utf-8", "replace"), include_comments=False) or ""
    )
    return found


def grams(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def shares(true: str, read: str) -> tuple[float, float]:
    """Precision and recall of one page."""
    gold, ours = grams(true), grams(read)
    both = sum((gold & ours).values())
    precision = both / sum(ours.values()) if read else float(not true)
    return precision, both / sum(gold.values()) if true else 1.0


def measure(name: str, extract: Extractor, pages: dict[str, bytes], truth: dict[str, str]) -> dict[str, float]:
    began = time.process_time()
    read = {key: extract(raw) for key, raw in pages.items()}
    seconds = time.process_time() - began
    scores = {key: shares(truth[key], read[key]) for key in pages}
    precision = mean(p for key, (p, _) in scores.items() if read[key])
    recall = mean(r for _, r in scores.values())
    f1 = 2 * precision * recall / (precision + recall)
    weak = sum(2 * p * r < 0.5 * (p + r) or not p + r for p, r in scores.values())
    rate = len(pages) / seconds
    print(f"{name:20} F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}  under .5: {weak:2}  {rate:6.0f} pages/s")
    return {key: 2 * p * r / (p + r) if p + r else 0.0 for key, (p, r) in scores.items()}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--worst", type=int, default=0, help="list our N weakest pages")
    options = arguments.parse_args()
    gold = json.loads((options.data / "ground-truth.json").read_text("utf-8"))
    truth = {key: item.get("articleBody", "") for key, item in gold.items()}
    pages = {key: gzip.decompress((options.data / "html" / f"{key}.html.gz").read_bytes()) for key in truth}
    for name, extract in peers().items():
        extract(next(iter(pages.values())))  # what is loaded once is not counted
        scores = measure(name, extract, pages, truth)
        if name == "twinbook":
            for key in sorted(scores, key=scores.__getitem__)[: options.worst]:
                print(f"  {scores[key]:.3f}  {key}  {gold[key]['url'][:100]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
