"""Words that were run together by a lost space: «пригласилтрёх», «Уфыи Галле»."""

from __future__ import annotations

from functools import lru_cache

from twinbook.reading.languages.ru.gazetteer import base_words, look_up
from twinbook.reading.languages.ru.morphology import forms, is_known

KEPT = 8_000
SHORTEST = 10  # letters: shorter unknown words are names and loan words
SMALL_WORDS = ("и", "в", "на", "с", "из", "от", "до", "по", "к", "о")
TOWN = 50_000  # people


@lru_cache(KEPT)
def lost_space(word: str) -> int:
    """After how many letters the word breaks in two; 0 where it is one word, or nobody can tell."""
    if "-" in word or (word[0].islower() and len(word) < SHORTEST) or is_known(word.lower()):
        return 0
    if word[0].isupper():
        return _after_town(word) if word.endswith(SMALL_WORDS) and not word.isupper() else 0
    halves = (
        cut
        for cut in range(len(word) - 4, 3, -1)
        if is_known(word[:cut]) and is_known(word[cut:]) and not _may_be_compound(word[:cut])
    )
    return next(halves, 0)


def _may_be_compound(half: str) -> bool:
    """Whether the first half is a short noun, as in спортшкола, турфирма, медцентр: no space was lost there."""
    return len(half) < 7 and any(form.part == "NOUN" and form.case == "nomn" for form in forms(half))


def _after_town(word: str) -> int:
    if any(look_up(base) for base in base_words(word)):
        return 0
    for small in SMALL_WORDS:
        if word.endswith(small) and len(word) > len(small) + 2:
            stem = word[: -len(small)]
            is_town = any(found[0].people >= TOWN for base in base_words(stem) if (found := look_up(base)))
            if (
                is_town
                and all("Geox" in form.marks for form in forms(stem) if form.is_known)
                and is_known(stem.lower())
            ):
                return len(stem)
    return 0
