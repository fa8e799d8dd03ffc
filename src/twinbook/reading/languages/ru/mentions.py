"""A mention of a person with the base forms of its parts, in the case that its words agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from twinbook.reading.languages.ru.declension import (
    best_case,
    first_name_bases,
    joined,
    patronymic_bases,
    surname_bases,
    weights,
)
from twinbook.reading.languages.ru.morphology import Base, bases_by_ending, forms, marks
from twinbook.reading.languages.ru.name_words import name_words
from twinbook.reading.languages.ru.people import Shape
from twinbook.reading.languages.ru.surroundings import PREPOSITION_CASES
from twinbook.reading.languages.ru.words import Word


@dataclass
class Mention:
    """One mention of a person: offsets, weighted base forms of its parts, the case it stands in, its post."""

    start: int
    end: int
    given: dict[str, float] = field(default_factory=dict)
    surname: dict[str, float] = field(default_factory=dict)
    patronymic: str = ""
    initials: str = ""
    is_eastern: bool = False
    case: str = "nomn"
    gender: str = ""
    role: str | None = None
    represents: str | None = None


def mention_of(
    words: Sequence[Word], shape: Shape, post_cases: frozenset[str], post_gender: str, before: frozenset[str]
) -> Mention:
    """The mention with the base forms of its parts, in the case that its words and what stands before them agree on.

    `before` are the cases of a person named just before and joined by «и» or a comma.
    """
    given = [first_name_bases(words[at].text) or bases_by_ending(words[at].text) for at in shape.given]
    surname = [_part_bases(words, at) for at in shape.surname]
    patronymic = [patronymic_bases(words[shape.patronymic].text)] if shape.patronymic is not None else []
    parts = [*given, *surname, *patronymic]
    if shape.is_eastern:
        parts = [bases_by_ending(words[shape.last - 1].text)]
    wanted = post_cases or before or _cases_before(words, shape.first)
    gender_hint = post_gender or _gender_of_verb(words, shape)
    case, gender = best_case(parts, wanted, bool(post_cases), gender_hint)
    mention = Mention(
        words[shape.first].start, words[shape.last - 1].end, initials=shape.initials, case=case, gender=gender
    )
    mention.is_eastern = shape.is_eastern
    if shape.is_eastern:
        fixed = " ".join(words[at].text for at in range(shape.first + 1, shape.last - 1))
        mention.surname = {words[shape.first].text: 1.0}
        mention.given = {f"{fixed} {name}".strip(): weight for name, weight in weights(parts[0], case, gender).items()}
        return mention
    mention.given = joined([weights(part, case, gender) for part in given])
    mention.surname = joined([weights(part, case, gender) for part in surname])
    if patronymic:
        mention.patronymic = max(weights(patronymic[0], case, gender).items(), key=lambda item: item[1])[0]
    return mention


def _part_bases(words: Sequence[Word], at: int) -> tuple[Base, ...]:
    text = words[at].text
    if text.lower() in name_words().particles and not words[at].is_capital:
        return (Base(text, "", "", 1.0),)
    return surname_bases(text)


def _cases_before(words: Sequence[Word], at: int) -> frozenset[str]:
    if at == 0:
        return frozenset()
    before = words[at - 1].lower
    if before in PREPOSITION_CASES:
        return frozenset(PREPOSITION_CASES[before].split())
    kinds = marks(before)
    if "VERB" in kinds:
        return frozenset(["accs", "datv"] if _has_subject(words, at - 1) else ["nomn"])
    if "NOUN" in kinds and words[at - 1].is_letters:
        return frozenset(["gent"])
    return frozenset()


def _has_subject(words: Sequence[Word], verb: int) -> bool:
    """Whether a noun in the nominative stands before the verb in its clause: who follows it is then its object."""
    for back in range(verb - 1, max(-1, verb - 8), -1):
        if not words[back].is_letters:
            return False
        first = forms(words[back].lower)[:1]
        if first and first[0].part in {"NOUN", "NPRO"} and first[0].case == "nomn":
            return True
    return False


def _gender_of_verb(words: Sequence[Word], shape: Shape) -> str:
    """The gender of a past verb beside the name; empty where there is none."""
    for at in (shape.first - 1, shape.last, shape.last + 1):
        if 0 <= at < len(words):
            for form in forms(words[at].lower)[:2]:
                if form.part == "VERB" and form.is_known and form.gender in {"masc", "femn"}:
                    return form.gender
    return ""
