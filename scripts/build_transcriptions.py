"""Builds Russian names for towns that GeoNames names in Latin letters only, by the rules of practical transcription.

    .venv/bin/python scripts/build_transcriptions.py

Chinese by Palladius, Japanese by Polivanov, Korean by Kontsevich, and letter by letter for languages that are written
as they sound (Turkish, Italian, Finnish, Serbian and its kin). Writes languages/ru/transcribed.tsv.gz: one name a line
with the numbers of its bearers in gazetteer/places.tsv.gz; run it after build_gazetteer.py. A name made by rule is
never so sure as a listed one: the pack believes it only where the sentence says that it is a place.
"""

from __future__ import annotations

import gzip
import re
import sys
import tomllib
import unicodedata
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from twinbook.reading import gazetteer  # noqa: E402  found by the path set above
from twinbook.reading.languages.ru.morphology import is_known  # noqa: E402
from twinbook.reading.languages.ru.name_words import name_words  # noqa: E402

TARGET = ROOT / "src" / "twinbook" / "reading" / "languages" / "ru" / "transcribed.tsv.gz"
RULES = Path(__file__).with_name("transcription.toml")
SHORTEST = 4  # letters: shorter names are too often words or people
LARGE = 1_000_000  # numbers of inhabitants up to which a name made by rule is wanted: larger towns have a usual one
SYLLABIC = frozenset(["chinese", "japanese", "korean"])  # what they give is sure enough beside a listed name
SMALL = frozenset(["ди", "дель", "делла", "делле", "дельи", "деи", "да", "суль", "ин", "иль", "ла", "ле", "аль", "кон"])


def main() -> None:
    rules = tomllib.loads(RULES.read_text("utf-8"))
    listed = gazetteer.names("cyrillic")
    has_name = {number for numbers in listed.values() for number in numbers.split(",")}
    made: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(gazetteer.rows()):
        _, name, country, _, people, _, _ = row.split("\t")
        language = rules["languages"].get(country)
        if language is None or int(people) > LARGE or (str(number) in has_name and language not in SYLLABIC):
            continue
        russian = transcribed(name, rules[language])
        if russian and len(russian) >= SHORTEST and russian not in listed and not is_word(russian):
            made[russian].append(number)
    lines = [f"{name}\t{','.join(map(str, numbers))}" for name, numbers in sorted(made.items())]
    TARGET.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))
    print(f"{TARGET.name}: {len(lines)} names, {TARGET.stat().st_size // 1024} kB")


def is_word(name: str) -> bool:
    """Whether the name is a word of the dictionary, a first name or an eastern surname too."""
    first = name.split("-")[0].replace("ё", "е")
    return is_known(name.lower()) or first in name_words().first_names or first in name_words().east_surnames


def transcribed(name: str, rule: dict[str, object]) -> str | None:
    """The name in Russian letters; None where a part of it does not fit the rule's syllables or letters."""
    plain = re.sub(str(rule.get("drop", r"\Z")), "", _plain(name, rule))  # "-si" says that it is a town
    parts = [_part(part, rule) for part in re.split(r"[ -]", plain)]
    if None in parts:
        return None
    words = [str(part) for part in parts]
    return "-".join(word if at and word in SMALL else word.capitalize() for at, word in enumerate(words))


def _plain(name: str, rule: dict[str, object]) -> str:
    """Small letters, without the marks that the rule does not know."""
    kept = set("".join(rule["letters"]))  # type: ignore[call-overload]  # a table of strings, as read from TOML
    lower = unicodedata.normalize("NFC", name.lower().replace("’", "'").replace("ʻ", "'"))
    return "".join(letter if letter in kept else unicodedata.normalize("NFD", letter)[0] for letter in lower)


def _part(part: str, rule: dict[str, object]) -> str | None:
    for pattern, there in rule.get("before", []):  # type: ignore[attr-defined]  # as read from TOML
        part = re.sub(pattern, there, part)
    table: dict[str, str] = rule["letters"]  # type: ignore[assignment]  # as read from TOML
    pieces = _cut(part, table, bool(rule.get("syllables")))
    if not pieces:
        return None
    word = "".join(table[piece] for piece in pieces)
    for pattern, there in rule.get("after", []):  # type: ignore[attr-defined]  # as read from TOML
        word = re.sub(pattern, there, word)
    return word if re.fullmatch(r"[а-яё]+", word) else None


def _cut(part: str, table: dict[str, str], is_syllables: bool) -> list[str] | None:
    """The part as entries of the table, the longest first; syllables may need another cut than the longest."""
    if not part:
        return []
    for length in range(min(6, len(part)), 0, -1):
        piece, rest = part[:length], part[length:]
        if piece in table and (tail := _cut(rest, table, is_syllables)) is not None:
            return [piece, *tail]
    return None


if __name__ == "__main__":
    main()
