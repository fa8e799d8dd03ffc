"""Names from one script into another by the usual systems; what comes out is computed, never official.

Tables stand in tables.toml, one system a section, with its source. Kanji and hanzi have readings that no table knows: a
name in them is transliterated from its kana or its pinyin.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent / "tables.toml"
KATAKANA_FROM_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
LONG = "ー"
SMALL_TSU = "ッ"
NOT_LETTERS = re.compile(r"[^a-z]+")


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(TABLES.read_text("utf-8"))


def russian_to_latin(text: str, *, system: str = "practical") -> str:
    """Russian letters in Latin ones: `practical` as passports and news agencies do, `iso9` letter for letter."""
    table = _tables()[f"cyrillic_{system}"]
    if system == "practical":
        text = re.sub(r"(?<=[ИЫиы])й\b", "y", text)
        text = re.sub(r"(?:(?<=[аеёиоуыэюяъьАЕЁИОУЫЭЮЯЪЬ])|\b)([Ее])", _ye, text)
        text = text.replace("yy", "y")
    return "".join(_in_case(letter, table) for letter in text)


def _ye(found: re.Match[str]) -> str:
    return "Ye" if found[1] == "Е" else "ye"


def _in_case(letter: str, table: dict[str, str]) -> str:
    lower = letter.lower()
    if lower not in table:
        return letter
    written = table[lower]
    return written[:1].upper() + written[1:] if letter != lower else written


def kana_to_latin(text: str) -> str:
    """Hiragana and katakana in modified Hepburn, without marks for length: とうきょう gives Tokyo."""
    return _spaced(_shortened(_by_syllable(_katakana(text), _tables()["hepburn"]), _tables()["hepburn_long"]))


def kana_to_russian(text: str) -> str:
    """Hiragana and katakana by Polivanov's system: かなざわ gives Канадзава."""
    return _spaced(_shortened(_by_syllable(_katakana(text), _tables()["polivanov"]), _tables()["polivanov_long"]))


def pinyin_to_russian(text: str) -> str:
    """Pinyin without tones, syllables run together or apart, by Palladius' system: Shenyang gives Шэньян.

    ValueError names the letters that are no pinyin.
    """
    return " ".join(_palladius(word) for word in text.split())


def russian_to_katakana(text: str) -> str:
    """Russian letters in katakana, roughly as Japanese newspapers write names; parts are joined by ・."""
    return "・".join(_katakana_word(word.lower()) for word in text.split())


def skeleton(name: str) -> str:
    """Consonants of a name in any alphabet or kana, folded so that its spellings agree: for finding, not for showing.

    Дмитрий, Dmitry and ドミトリー have the same skeleton. Empty where nothing can be said (kanji).
    """
    latin = name
    if re.search(r"[\u3040-\u30ff]", name):
        latin = kana_to_latin(re.sub(r"[・＝=]", " ", name))
    elif re.search(r"[А-Яа-яЁё]", name):
        latin = russian_to_latin(name)
    folded = NOT_LETTERS.sub("", _plain(latin.casefold()))
    for written, kept in _tables()["skeleton"].items():
        folded = folded.replace(written, kept)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyhw]", "", folded))


def _plain(text: str) -> str:
    table = _tables()["latin_marks"]
    return "".join(table.get(letter, letter) for letter in text)


def _katakana(text: str) -> str:
    return text.translate(KATAKANA_FROM_HIRAGANA)


def _by_syllable(text: str, table: dict[str, str]) -> str:
    """The longest syllables first; ッ doubles the next consonant, ー is left out, other signs stay."""
    out: list[str] = []
    at = 0
    is_doubled = False
    while at < len(text):
        two, one = text[at : at + 2], text[at]
        written = table.get(two) if len(two) == 2 else None
        length = 2 if written is not None else 1
        if written is None:
            written = table.get(one, "" if one in {LONG, SMALL_TSU} else one)
        if is_doubled and written[:1].isalpha():
            written = table.get("ッ" + written[:2], written[:1]) + written
        is_doubled = one == SMALL_TSU
        out.append(written)
        at += length
    return _n_before_lips("".join(out), table)


def _n_before_lips(text: str, table: dict[str, str]) -> str:
    """The syllable ン before m, b, p where a system writes it otherwise (Polivanov: м)."""
    for before in ("б", "п", "м"):
        text = text.replace("н" + before, "м" + before) if table.get("ン") == "н" else text
    return text


def _shortened(text: str, table: dict[str, str]) -> str:
    """Long vowels as short ones, and vowels that run together as the system writes them."""
    for written, kept in table.items():
        text = text.replace(written, kept)
    return text


def _spaced(text: str) -> str:
    """The dot between a foreigner's names as a space, each part with a capital."""
    parts = re.split(r"[・＝=\s]+", text)
    return " ".join(part[:1].upper() + part[1:] for part in parts if part)


def _palladius(word: str) -> str:
    table = _tables()["palladius"]
    letters = NOT_LETTERS.sub("", _plain(word.casefold()))
    syllables = _pinyin_syllables(letters, table)
    if syllables is None:
        raise ValueError(f"{word!r} is not written in pinyin")
    return "".join(table[syllable] for syllable in syllables).capitalize()


def _pinyin_syllables(letters: str, table: dict[str, str]) -> tuple[str, ...] | None:
    """The letters cut into syllables, the longest possible first; None where they cannot be."""
    if not letters:
        return ()
    for length in range(min(6, len(letters)), 0, -1):
        if letters[:length] in table:
            rest = _pinyin_syllables(letters[length:], table)
            if rest is not None:
                return (letters[:length], *rest)
    return None


def _katakana_word(word: str) -> str:
    table = _tables()["cyrillic_katakana"]
    out = ""
    at = 0
    while at < len(word):
        for length in (3, 2, 1):
            if written := table.get(word[at : at + length]):
                out += written
                at += length
                break
        else:
            at += 1
    return out
