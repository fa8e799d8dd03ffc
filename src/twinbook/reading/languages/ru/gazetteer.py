"""Places by their Russian names: the pack's regions, countries and towns, then the shared gazetteer; adjectives too."""

from __future__ import annotations

import gzip
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from twinbook.reading import gazetteer
from twinbook.reading.languages.ru.morphology import Lexicon, bases_by_ending

DATA = Path(__file__).parent / "places.toml"
TRANSCRIBED = Path(__file__).parent / "transcribed.tsv.gz"  # made by scripts/build_transcriptions.py
MOST_BY_RULE = 10_000  # people
KEPT = 8_000
ADJECTIVE = re.compile(r"(.+?(?:ск|цк))(?:ий|ого|ому|им|ом|ая|ой|ую|ою|ое|ие|их|ими)\Z")
PEOPLE = re.compile(
    r"(?:[ия]?[ая]н(?:ин\w*|е|ам|ами|ах|к\w+|ок)?|ч[ая]н(?:ин\w*|е|ам|ами|ах|к\w+)?"
    r"|(?:им|ин|л)?(?:ец|ц(?:ы|ев|ам|ами|ах|а|у|ем))|ич(?:и|ей|ам|ами|ах|а|у|ем)?|ич[ае]н\w*)\Z"
)


@dataclass(frozen=True)
class Known:
    """A place as known: base form, kind, ISO country or None, how many live there (0 where unknown)."""

    name: str
    kind: str
    country: str | None
    people: int = 0
    is_listed: bool = False


@lru_cache(KEPT)
def fold(name: str) -> str:
    """A name as it is looked up: ё as е, hyphens and spaces alike."""
    return name.replace("ё", "е").replace("Ё", "Е").replace("‐", "-").replace("‑", "-")


@dataclass(frozen=True)
class Tables:
    """The pack's own places: names, adjectives' and peoples' stems, main towns, words before and after a name."""

    names: dict[str, Known]
    adjectives: dict[str, Known | None]
    countries: dict[str, str]
    peoples: dict[str, str]
    capitals: dict[str, str]
    heads: dict[str, str]
    adjective_heads: dict[str, str]
    never: frozenset[str]
    with_adjectives: tuple[str, ...]
    place_nouns: Lexicon
    head_words: Lexicon


@cache
def tables() -> Tables:
    """The data of places.toml, ready to be asked."""
    data = tomllib.loads(DATA.read_text("utf-8"))
    names: dict[str, Known] = {}
    countries: dict[str, str] = {}
    peoples: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for row in data["regions"]:
        place = Known(row["names"][0], "region", row["country"], is_listed=True)
        for name in row["names"]:
            own = place if _is_nickname(name, row["names"][0]) else Known(name, "region", row["country"], 0, True)
            names[fold(name)] = own
            if "capital" in row:
                capitals[fold(own.name)] = row["capital"]
    for code, row in data["countries"].items():
        first = row["names"][0]
        for name in row["names"]:
            is_short = name.isupper() or code in {"BY", "MD"}
            names[fold(name)] = Known(name if is_short else first, "country", code, is_listed=True)
            if code in data["capitals"]:
                capitals[fold(names[fold(name)].name)] = data["capitals"][code]
        countries |= dict.fromkeys(row["adjectives"], code)
        peoples |= dict.fromkeys(row["people"], code)
    for name, code in data["towns"].items():
        names[fold(name)] = Known(name, "city", code, is_listed=True)
    adjectives = {stem: (_known(name) if name else None) for stem, name in data["adjectives"].items()}
    heads = {fold(lemma): kind for kind, words in data["heads"].items() for lemma in words}
    after = {fold(lemma): kind for kind, words in data["adjective_heads"].items() for lemma in words}
    return Tables(
        names,
        adjectives,
        countries,
        peoples,
        capitals,
        heads,
        after,
        frozenset(data["never"]),
        tuple(data["with_adjectives"]),
        Lexicon(data["place_nouns"]),
        Lexicon(heads),
    )


def _is_nickname(name: str, first: str) -> bool:
    """Whether the name stands for the first one (Приангарье), rather than being another official one."""
    return first.endswith((" область", " край", " округ"))


def _known(name: str) -> Known:
    found = gazetteer.find_places(name, "cyrillic")
    return Known(name, "city", found[0].country if found else None, found[0].population if found else 0)


@lru_cache(KEPT)
def adjective_stem(word: str) -> str | None:
    """The stem of a small word that looks like a place's adjective: иркутского → иркутск; None of all others."""
    found = ADJECTIVE.match(fold(word))
    return found[1] if found else None


@lru_cache(KEPT)
def look_up(name: str) -> tuple[Known, ...]:
    """The places that bear this base form, the likeliest first."""
    own = tables().names.get(fold(name))
    spellings = [name, fold(name)] if "ё" in name else [name, name.replace("е", "ё", 1)]
    if "э" in name[1:]:
        spellings.append(name[0] + name[1:].replace("э", "е"))
    if "ее" in name:
        spellings.append(name.replace("ее", "еэ", 1))  # Хямеенлинна
    found = next((rows for spelling in spellings if (rows := gazetteer.find_places(spelling, "cyrillic"))), [])
    towns = tuple(Known(_spelling(name), "city", row.country, row.population) for row in found) or _by_rule(name)
    return (own, *towns) if own else towns


@cache
def transcribed() -> dict[str, str]:
    """Names made by rule for towns that the gazetteer has in Latin letters only, with the numbers of their bearers."""
    lines = gzip.decompress(TRANSCRIBED.read_bytes()).decode().splitlines()
    return dict(line.split("\t") for line in lines)


def _by_rule(name: str) -> tuple[Known, ...]:
    """Towns whose name by rule this is; never so many live there that the name alone makes a word a place."""
    rows = gazetteer.places_numbered(transcribed().get(fold(name), ""))
    return tuple(Known(name, "city", row.country, min(row.population, MOST_BY_RULE)) for row in rows)


def _spelling(name: str) -> str:
    return {"Орел": "Орёл", "Королев": "Королёв", "Могилев": "Могилёв", "Петербург": "Санкт-Петербург"}.get(name, name)


@cache
def long_names() -> dict[tuple[str, str, int], list[tuple[str, ...]]]:
    """Names of several words, by the first letters of the first two words and the number of words."""
    found: dict[tuple[str, str, int], list[tuple[str, ...]]] = {}
    listed = [known.name for known in tables().names.values()] + [*tables().names]
    for name in dict.fromkeys([*gazetteer.names("cyrillic"), *listed]):
        words = tuple(name.split())
        if 2 <= len(words) <= 5:
            found.setdefault((fold(words[0])[:3], fold(words[1])[:3], len(words)), []).append(words)
    return found


@lru_cache(KEPT)
def base_words(word: str) -> dict[str, tuple[str, ...]]:
    """Base forms that a form may come from, folded, with the cases in which it then stands."""
    found: dict[str, list[str]] = {}
    parts = re.split(r"([-‐‑])", word)
    if len(parts) > 3 and parts[2] in {"на", "над", "сюр", "ан", "эн"}:
        tail = "".join(parts[1:])
        options = [(base.word + tail, base.case) for base in bases_by_ending(parts[0])] if len(parts[0]) > 2 else []
        options.append((word, "nomn"))
    else:
        head = "".join(parts[:-1])
        options = [(head + base.word, base.case) for base in bases_by_ending(parts[-1])] if parts[-1] else []
        if len(parts) == 3 and parts[0] and parts[2] and not parts[0].endswith(("о", "е")):
            options += [
                (first.word + parts[1] + second.word, first.case)
                for first in bases_by_ending(parts[0])
                for second in bases_by_ending(parts[2])
                if first.case == second.case != "nomn"
            ]
    for name, case in options:
        cases = found.setdefault(fold(name), [])
        if case not in cases:
            cases.append(case)
    return {name: tuple(cases) for name, cases in found.items()}


@cache
def city_adjectives() -> dict[str, str]:
    """Adjective stems of the larger towns of Russia and its neighbours (самарск → Самара)."""
    return {stem: name for name in tables().with_adjectives for stem in adjective_stems(name)}


def adjective_stems(name: str) -> list[str]:
    """Stems that the adjective of a place may have: Канадзава → канадзавск, Чита → читинск, Иркутск → иркутск."""
    lower = fold(name).lower()
    if lower.endswith(("ск", "цк")):
        return [lower]
    if lower[-1:] in "ьй":
        return [lower[:-1] + "ск", lower + "ск"]
    if lower[-1:] in "аяыи":
        return [lower[:-1] + "ск", lower[:-1] + "инск", lower + "йск"]
    if lower[-1:] in "оеуюэ":
        return [lower[:-1] + "ск", lower + "ск", lower + "нск", lower + "йск"]
    return [lower + "ск", lower + "овск"]


def people_stem(name: str) -> str:
    """What the name of the town's people begins with: Иркутск → иркут, Самара → самар."""
    lower = fold(name).lower()
    for ending in ("ск", "цк"):
        if lower.endswith(ending):
            return lower[: -len(ending)]
    return lower[:-1] if lower[-1:] in "аяыиьйоеуэ" else lower


def is_people_of(word: str, stem: str) -> bool:
    """Whether a word names the people of the town with this stem (иркутяне, самарцы)."""
    return len(stem) > 2 and word.startswith(stem) and PEOPLE.match(word, len(stem)) is not None
