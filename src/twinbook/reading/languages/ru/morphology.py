"""Russian word forms: what a form may be, and the nominatives that a declined name may come from.

Dictionary words come from pymorphy3 (OpenCorpora); names it does not know go through ending rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

import pymorphy3

OPENING_LETTERS = 3
KEPT = 5_000  # word forms remembered; a page has some 300, and what is known of one takes 14 kB
RARE_PARTS = frozenset(["ADJS", "PRTS", "GRND", "COMP", "INTJ"])  # short forms: seldom what a capital word is
NAME_MARKS = frozenset(["Name", "Surn", "Patr"])
OBLIQUE = ("gent", "datv", "accs", "ablt", "loct")
CASES = ("nomn", *OBLIQUE)
HUSHING = "жшчщц"
VELAR = "гкх"
VOWELS = "аеёиоуыэюя"


@dataclass(frozen=True)
class Form:
    """One reading of a word form: lemma, part of speech, case, gender, number (OpenCorpora codes), marks, weight."""

    lemma: str
    part: str
    case: str
    gender: str
    number: str
    marks: frozenset[str]
    weight: float
    is_known: bool


@dataclass(frozen=True)
class Base:
    """A nominative that a name's form may come from, with the case and gender in which the form stands ("" = any)."""

    word: str
    case: str
    gender: str
    weight: float


@cache
def _analyser() -> Any:
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(KEPT)
def _parses(word: str) -> tuple[Any, ...]:
    try:
        return tuple(_analyser().parse(word)[:12])
    except ValueError:  # pymorphy3 asks every letter for its Unicode name, and some have none
        return tuple(_analyser().parse("а")[:1])


@lru_cache(KEPT)
def forms(word: str) -> tuple[Form, ...]:
    """The readings of a word form, the likeliest first."""
    known = is_known(word)
    return tuple(_form(parse, known) for parse in _parses(word.lower()))


def _form(parse: Any, known: bool) -> Form:
    return Form(parse.normal_form, *_told_by(parse.tag), float(parse.score), known)


@lru_cache(KEPT)
def _told_by(tag: Any) -> tuple[str, str, str, str, frozenset[str]]:
    """Part of speech, case, gender, number and marks of a tag: a few hundred serve all words."""
    case = str(tag.case or "")
    return (
        str(tag.POS or ""),
        {"loc2": "loct", "gen2": "gent"}.get(case, case),
        str(tag.gender or ""),
        str(tag.number or ""),
        frozenset(str(mark) for mark in tag.grammemes),
    )


@lru_cache(KEPT)
def is_known(word: str) -> bool:
    """Whether the dictionary has this form."""
    return bool(_analyser().word_is_known(word.lower()))


class Lexicon:
    """Words that are looked for in all their forms; ё counts as е.

    Only a word that begins like one of them is analysed: a text has few of those, and analysis is what costs time.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(word.replace("ё", "е") for word in words)
        fleeting = {word[:2] + word[3:4] for word in self.words if word[2:] in {"ец", "ок", "ел"}}  # отец, отца
        openings = {word[:OPENING_LETTERS] for word in self.words} | fleeting
        self._openings = {"".join(letters) for opening in openings for letters in product(*map(_as_written, opening))}
        self._known: dict[str, str | None] = {}

    def lemma_of(self, word: str) -> str | None:
        """The word of the list that this (in lower case) is a form of; None where it is none."""
        if word[:OPENING_LETTERS] not in self._openings:
            return None
        if word not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[word] = next((lemma for lemma in lemmas(word) if lemma in self.words), None)
        return self._known[word]

    def may_have(self, word: str) -> bool:
        """Whether the word begins like one of the list."""
        return word[:OPENING_LETTERS] in self._openings


def _as_written(letter: str) -> str:
    return "её" if letter == "е" else letter


@lru_cache(KEPT)
def lemmas(word: str) -> frozenset[str]:
    """Every dictionary form that the word may belong to."""
    return frozenset(form.lemma.replace("ё", "е") for form in forms(word))


@lru_cache(KEPT)
def marks(word: str) -> frozenset[str]:
    """Every mark (Name, Surn, Patr, Geox, Orgn, NOUN, ADJF …) of the word's known readings."""
    return frozenset(mark for form in forms(word) if form.is_known for mark in form.marks)


@lru_cache(KEPT)
def is_common(word: str) -> bool:
    """Whether the dictionary knows the form as an ordinary word: no name of a person or place in any reading."""
    known = [form for form in forms(word) if form.is_known and form.part not in RARE_PARTS]
    return bool(known) and not any(form.marks & (NAME_MARKS | {"Geox"}) for form in known)


@lru_cache(KEPT)
def cases(word: str) -> frozenset[str]:
    """The cases in which the form may stand."""
    return frozenset(form.case for form in forms(word) if form.case)


@lru_cache(KEPT)
def noun_form(word: str, case: str = "", lemma: str = "") -> Form | None:
    """The likeliest reading as a noun (of this case and lemma where given)."""
    for form in forms(word):
        is_noun = form.part == "NOUN" or (form.part in {"ADJF", "PRTF"} and lemma)
        if is_noun and case in {"", form.case} and lemma.replace("ё", "е") in {"", form.lemma.replace("ё", "е")}:
            return form
    return None


@lru_cache(KEPT)
def inflect(word: str, lemma: str, case: str, number: str = "", gender: str = "") -> str | None:
    """The form's word in another case (number, gender), written as the dictionary writes it; None where it has none."""
    wanted = {code for code in (case, number, gender if number != "plur" else "") if code}
    for parse in _parses(word.lower()):
        if parse.normal_form.replace("ё", "е") == lemma.replace("ё", "е"):
            found = parse.inflect(wanted)
            if found is not None:
                return str(found.word)
    return None


def like(model: str, word: str) -> str:
    """The word with the capitals of the model (first letter, and letters after hyphens; all of ВСЕ)."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    parts, models = word.split("-"), model.split("-")
    if len(parts) != len(models):
        return word[:1].upper() + word[1:] if model[:1].isupper() else word
    return "-".join(
        part[:1].upper() + part[1:] if pattern[:1].isupper() else part
        for part, pattern in zip(parts, models, strict=True)
    )


@lru_cache(KEPT)
def adjective_base(word: str, gender: str, number: str = "sing") -> str:
    """An adjective's nominative in the gender and number of its noun."""
    parses = _parses(word.lower())
    if gender == "masc":  # «Заводского» is of Заводской, though the dictionary has заводский too
        parses = tuple(sorted(parses, key=lambda parse: not _ends_stressed(parse.is_known, parse.normal_form)))
    for parse in parses:
        if parse.tag.POS in {"ADJF", "PRTF"} or "Apro" in parse.tag:
            wanted = {"nomn", "plur"} if number == "plur" else {"nomn", "sing", gender or "masc"}
            found = parse.inflect(wanted)
            if found is not None and (parse.is_known or "-" not in word):
                return like(word, str(found.word))
    return like(word, _adjective_by_ending(word.lower(), gender, number))


def _ends_stressed(is_known: bool, lemma: str) -> bool:
    return is_known and lemma.endswith("ой") and lemma not in ARCHAIC


ADJECTIVE_ENDINGS: tuple[str, ...] = (
    "ого",
    "его",
    "ому",
    "ему",
    "ыми",
    "ими",
    "ою",
    "ею",
    "ой",
    "ей",
    "ую",
    "юю",
    "ая",
    "яя",
)
ADJECTIVE_ENDINGS += ("ое", "ее", "ые", "ие", "ых", "их", "ым", "им", "ом", "ем", "ый", "ий")


def _adjective_by_ending(word: str, gender: str, number: str) -> str:
    for ending in ADJECTIVE_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            soft = ending[0] in "еюя" or (ending[0] == "и" and stem[-1] not in VELAR + HUSHING)
            if number == "plur":
                return stem + ("ие" if soft or stem[-1] in VELAR + HUSHING else "ые")
            if gender == "femn":
                return stem + ("яя" if soft else "ая")
            if gender == "neut":
                return stem + ("ее" if soft else "ое")
            return stem + ("ий" if soft or stem[-1] in VELAR + HUSHING else "ый")
    return word


ARCHAIC = frozenset(["псковской", "московской", "азовской", "польской"])  # the dictionary has them, nobody writes so
# (ending of the form, what stands for it in the nominative, case, gender, weight). Longer endings first within a case.
# Weight: how often a foreign name with this ending came from that nominative.
_RULES: tuple[tuple[str, str, str, str, float], ...] = (
    ("а", "", "gent", "masc", 1.0),
    ("а", "", "accs", "masc", 0.8),
    ("я", "й", "gent", "masc", 1.0),
    ("я", "ь", "gent", "masc", 0.9),
    ("ы", "а", "gent", "femn", 1.0),
    ("и", "а", "gent", "femn", 0.8),
    ("и", "я", "gent", "femn", 0.8),
    ("и", "ь", "gent", "femn", 0.4),
    ("и", "ь", "loct", "femn", 0.4),
    ("и", "ь", "datv", "femn", 0.3),
    ("ии", "ия", "loct", "femn", 1.0),
    ("ии", "ия", "datv", "femn", 0.9),
    ("у", "", "datv", "masc", 1.0),
    ("у", "а", "accs", "femn", 1.0),
    ("ю", "й", "datv", "masc", 1.0),
    ("ю", "ь", "datv", "masc", 0.8),
    ("ю", "я", "accs", "femn", 1.0),
    ("ом", "", "ablt", "masc", 1.0),
    ("ем", "й", "ablt", "masc", 1.0),
    ("ем", "ь", "ablt", "masc", 0.9),
    ("ем", "", "ablt", "masc", 0.4),
    ("ём", "ь", "ablt", "masc", 0.8),
    ("ой", "а", "ablt", "femn", 1.0),
    ("ою", "а", "ablt", "femn", 0.9),
    ("ей", "я", "ablt", "femn", 1.0),
    ("ей", "а", "ablt", "femn", 0.5),
    ("ью", "ь", "ablt", "femn", 1.0),
    ("е", "", "loct", "masc", 1.0),
    ("е", "а", "loct", "femn", 1.0),
    ("е", "а", "datv", "femn", 0.9),
    ("е", "я", "loct", "femn", 0.8),
    ("е", "я", "datv", "femn", 0.7),
    ("е", "й", "loct", "masc", 0.8),
    ("е", "ь", "loct", "masc", 0.7),
    # surnames and place names declined like adjectives, and those in -ов, -ин
    ("ого", "ий", "gent", "masc", 1.2),
    ("ого", "ый", "gent", "masc", 1.1),
    ("ого", "ой", "gent", "masc", 0.9),
    ("ого", "ое", "gent", "neut", 0.9),
    ("ому", "ий", "datv", "masc", 1.2),
    ("ому", "ый", "datv", "masc", 1.1),
    ("ому", "ой", "datv", "masc", 0.9),
    ("ому", "ое", "datv", "neut", 0.9),
    ("ом", "ий", "loct", "masc", 0.6),
    ("ом", "ый", "loct", "masc", 0.6),
    ("ом", "ое", "loct", "neut", 0.7),
    ("им", "ий", "ablt", "masc", 1.2),
    ("ым", "ый", "ablt", "masc", 1.1),
    ("им", "ое", "ablt", "neut", 0.8),
    ("ым", "ое", "ablt", "neut", 0.8),
    ("ым", "ой", "ablt", "masc", 0.7),
    ("ым", "", "ablt", "masc", 0.8),
    ("его", "ий", "gent", "masc", 1.0),  # Нижний Новгород, Верхний Уфалей
    ("ему", "ий", "datv", "masc", 1.0),
    ("ем", "ий", "loct", "masc", 0.4),
    ("ой", "ая", "gent", "femn", 0.9),
    ("ой", "ая", "datv", "femn", 0.8),
    ("ой", "ая", "ablt", "femn", 0.8),
    ("ой", "ая", "loct", "femn", 0.8),
    ("ую", "ая", "accs", "femn", 1.1),
    ("ой", "а", "gent", "femn", 0.6),
    ("ой", "а", "datv", "femn", 0.6),
    # plural names of places: Великие Луки, Набережные Челны, Минеральные Воды, Афины
    ("ых", "ые", "gent", "plur", 0.7),
    ("их", "ие", "gent", "plur", 0.7),
    ("ым", "ые", "datv", "plur", 0.5),
    ("им", "ие", "datv", "plur", 0.5),
    ("ыми", "ые", "ablt", "plur", 0.7),
    ("ими", "ие", "ablt", "plur", 0.7),
    ("ых", "ые", "loct", "plur", 0.7),
    ("их", "ие", "loct", "plur", 0.7),
    ("ов", "ы", "gent", "plur", 0.5),
    ("ов", "и", "gent", "plur", 0.5),
    ("", "ы", "gent", "plur", 0.5),
    ("", "и", "gent", "plur", 0.3),
    ("ам", "ы", "datv", "plur", 0.6),
    ("ам", "и", "datv", "plur", 0.6),
    ("ами", "ы", "ablt", "plur", 0.7),
    ("ами", "и", "ablt", "plur", 0.7),
    ("ах", "ы", "loct", "plur", 0.7),
    ("ах", "и", "loct", "plur", 0.7),
    # fleeting vowels: Череповца, Орла, Городка
    ("ца", "ец", "gent", "masc", 0.7),
    ("цу", "ец", "datv", "masc", 0.7),
    ("цом", "ец", "ablt", "masc", 0.7),
    ("цем", "ец", "ablt", "masc", 0.7),
    ("це", "ец", "loct", "masc", 0.7),
    ("ла", "ёл", "gent", "masc", 0.4),
    ("лу", "ёл", "datv", "masc", 0.4),
    ("лом", "ёл", "ablt", "masc", 0.4),
    ("ле", "ёл", "loct", "masc", 0.4),
    ("ка", "ок", "gent", "masc", 0.3),
    ("ку", "ок", "datv", "masc", 0.3),
    ("ком", "ок", "ablt", "masc", 0.3),
    ("ке", "ок", "loct", "masc", 0.3),
    ("и", "ы", "gent", "plur", 0.1),
    # neuter: Иваново, Сараево, Косово; Поволжье
    ("а", "о", "gent", "neut", 0.5),
    ("у", "о", "datv", "neut", 0.5),
    ("ом", "о", "ablt", "neut", 0.5),
    ("е", "о", "loct", "neut", 0.5),
    ("ья", "ье", "gent", "neut", 1.1),
    ("ью", "ье", "datv", "neut", 0.9),
    ("ьем", "ье", "ablt", "neut", 1.1),
    ("я", "е", "gent", "neut", 0.2),
    ("ем", "е", "ablt", "neut", 0.2),
)
_BY_ENDING: dict[str, list[tuple[str, str, str, float]]] = {}
for _ending, _base, _case, _gender, _weight in _RULES:
    _BY_ENDING.setdefault(_ending, []).append((_base, _case, _gender, _weight))
INDECLINABLE_ENDINGS = ("о", "е", "ё", "и", "у", "ю", "э", "ы")


@lru_cache(KEPT)
def bases_by_ending(word: str) -> tuple[Base, ...]:
    """Nominatives that a name unknown to the dictionary may come from, itself among them, by its ending alone."""
    lower = word.lower()
    found = [Base(word, "nomn", "", 1.0)]
    if lower.endswith(INDECLINABLE_ENDINGS):
        found += [Base(word, case, "", 0.7) for case in OBLIQUE]
    elif lower[-1:] not in VOWELS + "й":
        found += [Base(word, case, "femn", 0.5) for case in OBLIQUE]
    for length in range(4):
        ending = lower[len(lower) - length :] if length else ""
        stem = word[: len(word) - length]
        if len(stem) >= 2 and (length < len(word)):
            found += [
                Base(stem + base, case, gender, weight)
                for base, case, gender, weight in _BY_ENDING.get(ending, ())
                if _fits(stem.lower(), ending, base)
            ]
    return tuple(found)


def _fits(stem: str, ending: str, base: str) -> bool:
    """Whether Russian spelling allows the stem before both endings."""
    last = stem[-1]
    if base == "" and (last in VOWELS or last in "ьй"):
        return False
    if base in {"ь", "й"} and ((last in VOWELS) != (base == "й")):
        return False
    if last in VELAR + HUSHING and base[:1] in {"ы", "я"}:
        return last == "ц" and base == "ы"
    if ending == "и" and base == "а":
        return last in VELAR + HUSHING
    if ending == "ей" and base == "а":
        return last in HUSHING
    if ending == "ем" and base == "":
        return last in HUSHING
    if ending == "ым" and base == "":
        return stem.endswith(("ов", "ев", "ёв", "ин", "ын"))
    if ending == "ой" and base == "а" and last in VOWELS:
        return False
    if base in {"ый", "ые"} and last in VELAR:
        return False
    if base in {"ий", "ие"} and ending in {"ого", "ому", "ом"}:
        return last in VELAR + HUSHING
    return True
