"""Russian names of people in their cases: the nominatives that a first name, patronymic or surname may come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from twinbook.reading.languages.ru.gazetteer import fold
from twinbook.reading.languages.ru.morphology import CASES, Base, bases_by_ending, forms, inflect, like
from twinbook.reading.languages.ru.name_words import name_words

KEPT = 8_000
VOWELS = "аеёиоуыэюяй"


# Surnames that end in a consonant when a man bears them: -а, -у, -ом after these are endings.
MASCULINE_DECLINED = re.compile(
    r"(?:штейн|берг|бург|ман|сон|хауз|бах|хаус|майер|фельд|вальд|ович|евич)(?:а|у|ом|ем|е)\Z"
    r"|(?:ов|ев|ёв|ин|ын)(?:у|ым|ой|е)\Z|(?:ск|цк)(?:ого|ому|им|ую)\Z",
    re.IGNORECASE,
)


@lru_cache(KEPT)
def first_name_bases(word: str) -> tuple[Base, ...]:
    """Base forms if the word is a known first name, else empty."""
    found = []
    head, _, tail = word.partition("-")
    if tail and tail[0].isupper():
        return tuple(
            Base(f"{first.word}-{second.word}", first.case, first.gender, min(first.weight, second.weight))
            for first in first_name_bases(head)
            for second in first_name_bases(tail)
            if first.case == second.case and (not first.gender or not second.gender or first.gender == second.gender)
        )
    listed = name_words().first_names
    for base in bases_by_ending(word):
        if fold(base.word) in listed and base.gender not in {"neut", "plur"}:
            gender = "" if base.gender == "femn" else base.gender  # Никита and Абдулла are declined like women's names
            found.append(Base(base.word, base.case, gender, 2.5 * min(base.weight, 1.0)))
    for form in forms(word):
        if form.is_known and "Name" in form.marks and form.number != "plur":
            name = inflect(word, form.lemma, "nomn", "sing") or form.lemma
            found.append(Base(like(word, name), form.case, form.gender, 2.2))
    if found and word.endswith("а") and all(base.word != word for base in found):
        found.append(Base(word, "nomn", "", 0.5))  # Эрика is no form of Эрик where a post stands in the nominative
    return tuple(found)


@lru_cache(KEPT)
def surname_bases(word: str) -> tuple[Base, ...]:
    """Base forms of a surname's form with case and gender, by the dictionary's surnames and by endings."""
    found: list[Base] = []
    for form in forms(word):
        if "Surn" in form.marks and form.number != "plur" and form.case:
            name = inflect(word, form.lemma, "nomn", "sing", form.gender if form.gender in {"masc", "femn"} else "")
            if name:
                weight = 2.0 if form.is_known else 1.6
                found.append(Base(like(word, name), form.case, form.gender.replace("ms-f", ""), weight))
    head, _, tail = word.rpartition("-")
    if head and len(tail) > 2 and head[0].isupper():
        for second in bases_by_ending(tail):
            options = [first for first in bases_by_ending(head) if first.case == second.case] or [
                Base(head, "", "", 0.5)
            ]
            best = max(options, key=lambda base: base.weight)
            found.append(Base(f"{best.word}-{second.word}", second.case, second.gender, second.weight))
        found += [
            Base(f"{head}-{base.word}", base.case, base.gender, base.weight * 0.9) for base in bases_by_ending(tail)
        ]
    else:
        is_declined = MASCULINE_DECLINED.search(word) is not None
        for base in bases_by_ending(word):
            if base.gender in {"neut", "plur"}:
                continue
            # A surname in -а is declined like a woman's name whoever bears it (Фукусимой).
            gender = "" if base.word != word and base.word[-1] in "ая" else base.gender
            weight = 0.1 if is_declined and base.word == word else base.weight
            found.append(Base(base.word, base.case, gender, weight))
    return tuple(found)


@lru_cache(KEPT)
def patronymic_bases(text: str) -> tuple[Base, ...]:
    found = [
        Base(like(text, inflect(text, form.lemma, "nomn", "sing") or form.lemma), form.case, form.gender, 2.0)
        for form in forms(text)
        if "Patr" in form.marks and form.number != "plur"
    ]
    return tuple(found) or bases_by_ending(text)


def best_case(
    parts: Sequence[Sequence[Base]], wanted: frozenset[str], is_strict: bool, gender_hint: str
) -> tuple[str, str]:
    best, best_score = ("nomn", gender_hint), -1.0
    for case in CASES:
        for gender in ("masc", "femn"):
            score = 0.3 if case == "nomn" else 0.0
            if wanted:
                score += (3.0 if is_strict else 1.5) if case in wanted else 0.0
            if gender_hint:
                score += 0.4 if gender == gender_hint else 0.0
            elif gender == "masc":
                score += 0.05
            for bases in parts:
                fitting = [base.weight for base in bases if base.case in {case, ""} and base.gender in {gender, ""}]
                if not fitting and case == "nomn":
                    fitting = [0.2]
                score += max(fitting, default=-1.0)
            if score > best_score:
                best, best_score = (case, gender), score
    return best


def weights(bases: Sequence[Base], case: str, gender: str) -> dict[str, float]:
    """Base forms with their weights: full where case and gender fit, a tenth elsewhere."""
    found: dict[str, float] = {}
    for base in bases:
        fits = base.case in {case, ""} and base.gender in {gender, ""}
        loosely = base.case in {case, ""}
        weight = base.weight * (1.0 if fits else 0.3 if loosely else 0.08)
        if gender == "femn" and base.gender == "masc" and not fits and base.word[-1] not in VOWELS:
            weight /= 10  # a woman's surname that ends in a consonant is not declined
        found[base.word] = max(found.get(base.word, 0.0), weight)
    return found


def joined(parts: Sequence[dict[str, float]]) -> dict[str, float]:
    """Weighted names of several words out of the words' own weights; only the best words but of the last one."""
    if not parts:
        return {}
    head = " ".join(max(part.items(), key=lambda item: item[1])[0] for part in parts[:-1])
    return {f"{head} {word}".strip(): weight for word, weight in parts[-1].items()}
