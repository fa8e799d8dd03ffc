"""Stems: the fast stemmer gives what the plain one gives, so that a register is found by the same tokens with both."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import snowballstemmer
from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.russian_stemmer import RussianStemmer

CASES = Path(__file__).resolve().parents[2] / "reading" / "cases"


@pytest.mark.parametrize(("language", "plain"), [("english", EnglishStemmer()), ("russian", RussianStemmer())])
def test_the_fast_stemmer_gives_the_same(language: str, plain: object) -> None:
    pages = sorted((CASES / language[:2]).glob("*.html"))[:30]
    text = " ".join(page.read_text("utf-8", errors="ignore") for page in pages)
    words = sorted({word.casefold() for word in re.findall(r"[^\W_]+", text)})
    fast = snowballstemmer.stemmer(language)

    assert len(words) > 500
    assert [fast.stemWord(word) for word in words] == [plain.stemWord(word) for word in words]  # type: ignore[attr-defined]  # the package has no types
