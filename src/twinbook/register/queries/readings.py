"""Names that rules can give a place, person or body in a language that lacks one: offered to a person, never taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from twinbook.register.queries.values import NameShown
from twinbook.vocabulary.transliteration import (
    kana_to_latin,
    kana_to_russian,
    pinyin_to_russian,
    russian_to_katakana,
    russian_to_latin,
)

KANA = re.compile(r"[\u3040-\u30ff・ー＝\s]+\Z")
CYRILLIC = re.compile(r"[А-Яа-яЁё\s.\-]+\Z")
LATIN = re.compile(r"[A-Za-z\s'’\-]+\Z")


@dataclass(frozen=True)
class Reading:
    """A computed name: in which language, by which system, and out of which name."""

    text: str
    language: str
    system: str  # practical · hepburn · polivanov · palladius · katakana
    origin: str


def readings(names: tuple[NameShown, ...], *, country: str = "") -> tuple[Reading, ...]:
    """One reading for each of English, Russian and Japanese that has no name yet and that a rule can give.

    Pinyin is only taken for the name of what lies in China. Kanji and hanzi have readings that no rule knows.
    """
    present = {name.language for name in names}
    found: dict[str, Reading] = {}
    for name in names:
        if name.kind != "former":
            for reading in _of(name, country):
                if reading.language not in present and reading.text:
                    found.setdefault(reading.language, reading)
    return tuple(found[language] for language in sorted(found))


def _of(name: NameShown, country: str) -> Iterator[Reading]:
    text = name.text
    if KANA.match(text):
        yield Reading(kana_to_latin(text), "en", "hepburn", text)
        yield Reading(kana_to_russian(text), "ru", "polivanov", text)
    elif name.language == "ru" and CYRILLIC.match(text):
        yield Reading(russian_to_latin(text), "en", "practical", text)
        yield Reading(russian_to_katakana(text), "ja", "katakana", text)
    elif country == "CN" and LATIN.match(text):
        try:
            yield Reading(pinyin_to_russian(text), "ru", "palladius", text)
        except ValueError:
            return
