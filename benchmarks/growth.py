"""How Twinbook's reading grows: seconds by a page's length, memory by the number of pages, the worst page's time."""

from __future__ import annotations

import random
import resource
import sys
import time
from math import log
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from twinbook.child.reading import CPU_SECONDS, Child  # noqa: E402  found by the path set above
from twinbook.reading.formats import read_bytes  # noqa: E402  found by the path set above
from twinbook.reading.pipeline import read_page  # noqa: E402  found by the path set above

KILOBYTE = 1024
LETTERS = {"en": "abcdefghiklmnoprstuw", "ru": "абвгдежзиклмнопрстую", "ja": "市町友好交流都人山川田中村本木"}
ATTACKS = ("<div>" * 100_000, "<b>" * 50_000 + "x", "<table><tr><td>" * 20_000, "(" * 400_000, "1994 " * 300_000)


def seconds_by_kilobytes(paths: list[Path], sizes: list[int]) -> list[tuple[int, float]]:
    """CPU seconds of one page made of the language's plain stories over and over, its lines numbered apart."""
    story = "\n".join(path.read_text("utf-8") for path in paths if path.suffix == ".txt")
    found = []
    for size in sizes:
        wanted = size * KILOBYTE
        copies = [f"{n}. {line}" for n in range(wanted // len(story.encode()) + 1) for line in story.splitlines()]
        raw = "\n".join(copies).encode()[:wanted]
        begun = time.process_time()
        read_page(read_bytes(raw, name="long.txt"))
        found.append((size, time.process_time() - begun))
    return found


def slope(points: list[tuple[int, float]]) -> float:
    """The power of its length with which a page's time grows (1 is a line), by least squares."""
    xs, ys = [log(size) for size, _ in points], [log(seconds) for _, seconds in points]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    both = sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True))
    return both / sum((x - middle_x) ** 2 for x in xs)


def memory_by_pages(paths: list[Path], pages: int, steps: int = 10) -> list[tuple[int, float]]:
    """(pages read, megabytes held) after each tenth; every page has six words that no page had before."""
    chance = random.Random(1)
    texts = [(path.parent.name, read_bytes(path.read_bytes(), name=path.name).text) for path in paths]
    found = []
    for number in range(1, pages + 1):
        language, text = texts[number % len(texts)]
        raw = with_new_words(text, LETTERS[language], chance).encode()
        read_page(read_bytes(raw, name="page.txt"))
        if number % max(1, pages // steps) == 0:
            found.append((number, held_megabytes()))
    return found


def with_new_words(text: str, letters: str, chance: random.Random) -> str:
    words = text.split(" ")
    for _ in range(6):
        words.insert(chance.randrange(len(words) + 1), "".join(chance.choices(letters, k=8)).capitalize())
    return " ".join(words)


def held_megabytes() -> float:
    """Memory that the process holds now; where the system does not tell, the most it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE
    return pages * resource.getpagesize() / KILOBYTE**2


def worst_in_child(paths: list[Path]) -> tuple[str, float, float]:
    """(the page, its seconds, the limit): the slowest of the pages and of pages made to be slow, by the clock."""
    child = Child()
    child.read(b"1994", name="first.txt")
    items = [(path.name, path.read_bytes()) for path in paths]
    items += [(f"attack {number}.html", raw.encode()) for number, raw in enumerate(ATTACKS, 1)]
    worst = ("", 0.0)
    for name, raw in items:
        begun = time.monotonic()
        child.read(raw, name=name)
        worst = max(worst, (name, time.monotonic() - begun), key=lambda one: one[1])
    child.close()
    return (*worst, CPU_SECONDS)
