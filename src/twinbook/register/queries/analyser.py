"""How words become search tokens and names become comparable, the same in every script and on both databases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import snowballstemmer

LONGEST_TOKEN = 60
WORD = re.compile(r"[^\W_]+")
CJK = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
KANA = re.compile(r"[\u3040-\u30ff]")
HANGUL = re.compile(r"[\uac00-\ud7af]")
BETWEEN_NAMES = re.compile(r"[·・‧•=＝\-‐‑–—’'`ʼ\".,，、()（）«»„“”]+")
MARKS = re.compile("[\u0300-\u0304\u0307-\u036f]")  # not U+0306 nor U+0305: й is a letter of its own


def script_of(text: str) -> str:
    """The script of a name as ISO 15924: Jpan where kana stands, Hani for kanji alone, Kore, Cyrl, else Latn."""
    if KANA.search(text):
        return "Jpan"
    if HANGUL.search(text):
        return "Kore"
    if CJK.search(text):
        return "Hani"
    return "Cyrl" if CYRILLIC.search(text) else "Latn"


def normal(text: str) -> str:
    """The form in which names are compared: NFKC, case folded, ё as е, no accents, no marks between parts."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    bare = unicodedata.normalize("NFC", MARKS.sub("", unicodedata.normalize("NFD", folded)))
    return " ".join(BETWEEN_NAMES.sub(" ", bare).split())[:300]


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language)


@lru_cache(maxsize=150_000)  # the towns of the world's ties and the words of a large register's titles
def _stem(word: str) -> str:
    language = "russian" if CYRILLIC.search(word) else "english"
    return str(_stemmer(language).stemWord(word))[:LONGEST_TOKEN]


@lru_cache(maxsize=2_000)
def tokens(text: str) -> tuple[str, ...]:
    """Stems of words (Russian and English), and overlapping pairs of characters of CJK runs, with repeats."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[str]:
    for word in WORD.findall(normal(text)):
        position = 0
        for run in CJK.finditer(word):
            if run.start() > position:
                yield _stem(word[position : run.start()])
            yield from _pairs(run[0])
            position = run.end()
        if position < len(word):
            yield _stem(word[position:])


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    else:
        yield from (run[index : index + 2] for index in range(len(run) - 1))
