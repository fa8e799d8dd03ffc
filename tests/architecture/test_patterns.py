"""No pattern that meets page text takes long, whatever the text: each is tried on texts made to hurt it.

Sentences are cut at 2,000 characters before patterns run on them. A pattern with one open repetition is at worst
quadratic there, which is harmless; those with two or more are tried, at half that length, where a cubic one takes long.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
TRIAL = """
import re, sys, time
seen = {}
compile_ = re._compile
def watch(pattern, flags):
    found = compile_(pattern, flags)
    seen[(found.pattern, found.flags)] = found
    return found
re._compile = watch
from twinbook.reading.language import language_pack, languages
from twinbook.reading.page import Page
from twinbook.reading.pipeline import read_page
for code in languages():
    pack = language_pack(code)
    pack.findings.index.check()
    read_page(Page.of_text("1994", language=code), language=code)
def open_repetitions(tree):
    found = 0
    for operator, argument in tree:
        if str(operator) in ("MAX_REPEAT", "MIN_REPEAT"):
            found += (str(argument[1]) == "MAXREPEAT") + open_repetitions(argument[2])
        elif str(operator) == "BRANCH":
            found += max(map(open_repetitions, argument[1]))
        elif str(operator) == "SUBPATTERN":
            found += open_repetitions(argument[3])
        elif str(operator) in ("ASSERT", "ASSERT_NOT"):
            found += open_repetitions(argument[1])
    return found
every = [p for p in seen.values() if isinstance(p.pattern, str)]
ours = [p for p in every if open_repetitions(re._parser.parse(p.pattern, p.flags)) > 1]
LENGTH = 1000
pieces = ["a", "a ", "А", "Ааа ", "слово ", "город ", "市", "の市", "アア・", "ア", "1", "1 ", "12 мая ", "-", " ",
          "\\t", "\\n", "«", "»", "\\"", "(",
          "「", "」", "Mr. ", "A. ", "А. ", "the ", "and ", "of the ", "Aa Bb ",
          "и ", "в ", "— ", ", ", "<", "年", "月", "日", "Аа-Бб ", "Ааа «Ббб» ", ". ", "im "]
texts = [(piece * (LENGTH // len(piece) + 1))[:LENGTH - 1] + "!" for piece in pieces]
slow = []
for pattern in ours:
    for text in texts:
        started = time.process_time()
        for _ in pattern.finditer(text):
            pass
        took = time.process_time() - started
        if took > LIMIT:
            slow.append((took, text[:12], pattern.pattern[:160]))
print(len(every))
for took, text, pattern in sorted(slow, reverse=True)[:20]:
    print(f"{took:.3f} s on {text!r}…: {ascii(pattern)}", file=sys.stderr)
sys.exit(1 if slow else 0)
"""
LIMIT = 1.0  # seconds for one pattern on one sentence of the greatest length


def test_no_pattern_is_slow_on_texts_made_to_hurt_it() -> None:
    trial = TRIAL.replace("LIMIT", str(LIMIT))

    done = subprocess.run(
        [sys.executable, "-c", trial], capture_output=True, text=True, check=False, env={"PYTHONPATH": str(SOURCE)}
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 100
