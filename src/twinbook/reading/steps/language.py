"""The language of a page: what it declares, else its letters and commonest words."""

from __future__ import annotations

import re

from twinbook.reading.language import language_pack, languages
from twinbook.reading.page import Page

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000  # characters


def find_language(page: Page) -> str | None:
    """The code of the pack that fits the page's letters and words best; None where none fits."""
    sample = page.text[:SAMPLE]
    words = [word.lower() for word in WORD.findall(sample)]
    best, most = None, 0.0
    for code in languages():
        pack = language_pack(code)
        letters = len(pack.letters.findall(sample))
        if pack.script == "japanese":
            score = float(letters)
        else:
            common = sum(word in pack.common_words for word in words)
            score = letters * (0.2 + common / max(1, len(words)))
        if score > most:
            best, most = code, score
    return best
