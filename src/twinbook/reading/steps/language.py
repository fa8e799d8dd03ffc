"""The language of a page: told by its letters and commonest words; what the page declares decides only close cases."""

from __future__ import annotations

import re
from collections import Counter

from twinbook.reading.language import LanguagePack, language_pack, languages
from twinbook.reading.page import Page

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000  # characters
# Shares of letters: a text of the language has at least LEAST_OWN letters of it (menus may be of another), and of
# these at most MOST_FOREIGN that it does not write; from LONG letters on it has some of its telling letters.
# Where these abound (kana), foreign letters are names written the old way.
LEAST_OWN, MOST_FOREIGN, LONG, LEAST_TELLING, PLENTY = 0.25, 0.012, 200, 0.001, 0.05
SHORT = 2 * LONG
# Shares of words: a text of LONG_WORDS has at least LEAST_COMMON of the language's commonest; a word
# of a neighbour weighs RIVAL times as much against it.
LONG_WORDS, LEAST_COMMON, RIVAL = 12, 0.04, 1.5
OFTEN = 0.01  # telling letters of an ordinary page
SURE = 0.2  # of so large a share of commonest words foreign letters are names (Görlitz, Wrocław) on a page of its own
DECLARED = 1.5  # how much more a language weighs that the page declares


def find_language(page: Page) -> str | None:
    """The code of the pack that fits the page's letters and words; None where none fits."""
    sample = page.text[:SAMPLE]
    letters = Counter(sample)
    words = Counter(WORD.findall(sample.casefold()))
    total = sum(len(word) * count for word, count in words.items())
    declared = re.split(r"[-_]", (page.language or "").strip().lower())[0]
    best, most = None, 0.0
    for code in languages():
        fit = _fit(language_pack(code), sample, letters, total, words, declared)
        if fit > most:
            best, most = code, fit
    return best


def _fit(
    pack: LanguagePack, sample: str, letters: Counter[str], total: int, words: Counter[str], declared: str
) -> float:
    """How well the pack fits (its letters, weighed by its words); 0 where something speaks against it."""
    own = _count(pack.letters, letters)
    if not own or own < LEAST_OWN * total:
        return 0.0
    number = words.total()
    common = sum(words[word] for word in pack.common_words if word in words)
    rivals = sum(words[word] for word in pack.foreign_words if word in words)
    if pack.common_words and (RIVAL * rivals > common or (number >= LONG_WORDS and common < LEAST_COMMON * number)):
        return 0.0
    spoken = common / max(1, number)
    telling = len(pack.telling_letters.findall(sample))
    foreign = _count(pack.foreign_letters, letters)
    is_sure = spoken >= SURE and telling >= OFTEN * own
    if foreign > max(MOST_FOREIGN * own, 0.5 if own < LONG else 0) and telling < PLENTY * own and not is_sure:
        return 0.0
    is_short = own < SHORT and spoken >= SURE  # so few letters may lack the telling ones by chance
    if own >= LONG and telling < LEAST_TELLING * own and not is_short:
        return 0.0
    if not telling and not pack.common_words and declared not in ("", pack.code):
        return 0.0  # kanji alone are of the language that the page says
    fit = float(own)
    if pack.common_words:
        fit *= 0.2 + (common - rivals) / max(1, number)
    return fit * (DECLARED if declared == pack.code else 1.0)


def _count(letter: re.Pattern[str], letters: Counter[str]) -> int:
    """How many of the letters the pattern of one letter matches."""
    return sum(letters[found] for found in letter.findall("".join(letters)))
