"""Organisations in Russian text by their head words, with quoted names, chains of genitives and «имени …»."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from twinbook.reading.languages.ru import gazetteer
from twinbook.reading.languages.ru.declension import first_name_bases
from twinbook.reading.languages.ru.gazetteer import adjective_stem, city_adjectives, fold
from twinbook.reading.languages.ru.morphology import (
    Form,
    Lexicon,
    adjective_base,
    cases,
    forms,
    inflect,
    is_common,
    is_known,
    like,
    marks,
)
from twinbook.reading.languages.ru.name_words import name_words
from twinbook.reading.languages.ru.words import DASHES, Word

DATA = Path(__file__).parent / "organisations.toml"
LONGEST_CHAIN = 7  # words in genitive after the head
LONGEST_QUOTED = 9  # words between quotation marks
KEPT = 8_000
CHAMBER = re.compile("торгов|обществ|сч[её]т|контрольн|книжн|адвокат|нотариальн|молод[её]жн")


@dataclass(frozen=True)
class Heads:
    """The words of organisations.toml."""

    heads: frozenset[str]
    named_only: frozenset[str]
    beside: frozenset[str]
    known: frozenset[str]
    legal_forms: frozenset[str]


@dataclass(frozen=True)
class Body:
    """An organisation at words[first:last], in base form; `is_beside` says that it only tells where something is."""

    first: int
    last: int
    name: str
    is_beside: bool = False


@cache
def head_words() -> Heads:
    """The data of organisations.toml, ready to be asked."""
    data = tomllib.loads(DATA.read_text("utf-8"))
    return Heads(**{key: frozenset(data[key]) for key in Heads.__dataclass_fields__})


@cache
def head_lexicon() -> Lexicon:
    """The heads as words to be looked for."""
    return Lexicon(head_words().heads)


@lru_cache(KEPT)
def head_form(word: str) -> Form | None:
    """The reading of a word as a head («яхт-клубом» by its last part or first part)."""
    heads = head_words().heads
    if not any(head_lexicon().may_have(part) for part in word.split("-")):
        return None
    for form in forms(word):
        parts = form.lemma.split("-")
        if form.part == "NOUN" and (
            form.lemma in heads or (len(parts) > 1 and (parts[-1] in heads or parts[0] in heads))
        ):
            return form
    return None


def find_organisations(words: Sequence[Word], text: str) -> list[Body]:
    """Named bodies in one sentence, in order; of two that overlap the one that begins first."""
    found: list[Body] = []
    covered = 0
    for at, word in enumerate(words):
        if at < covered or not word.is_letters or _is_second_half(words, at):
            continue
        if word.text in head_words().legal_forms and (after := _name_end(words, at + 1)) > at + 1:
            found.append(Body(at, after, text[word.start : words[after - 1].end]))
            covered = after
        elif word.text in head_words().known:
            found.append(Body(at, at + 1, word.text))
            covered = at + 1
        elif form := head_form(word.lower):
            body = _body(words, at, form, text, covered)
            if body is not None:
                found.append(body)
                covered = body.last
    return found


def _is_second_half(words: Sequence[Word], at: int) -> bool:
    """Whether a dash joins the word to the one before: «пресс–центра мэрии»."""
    return (
        at > 1
        and words[at - 1].text in DASHES
        and words[at - 1].end == words[at].start
        and words[at - 2].end == words[at - 1].start
    )


def _body(words: Sequence[Word], at: int, form: Form, text: str, floor: int) -> Body | None:
    first = _first_adjective(words, at, floor)
    case = _case_of(words, first, at, form)
    chain = _chain_end(words, at + 1)
    after = _name_end(words, chain)
    is_named = after > chain
    if not is_named and chain > at + 1 and (direct := _name_end(words, at + 1)) > at + 1:
        chain, after, is_named = at + 1, direct, True
    has_capital = any(_is_proper_adjective(words[i]) for i in range(first, at))
    owner = next((i for i in range(at + 1, chain) if words[i].is_capital), None)
    is_titled = words[at].is_capital and not words[at].is_first and not words[at].text.isupper()
    lemma = form.lemma.split("-")[-1]
    is_plain = form.lemma in head_words().named_only or lemma in head_words().named_only
    if form.number == "plur" and not is_named:
        return None
    if form.lemma == "центр" and first < at and words[at - 1].lower.startswith(("административн", "областн", "районн")):
        return None  # a town
    if form.lemma == "палата" and not CHAMBER.match(words[at - 1].lower if first < at else ""):
        return None  # Грановитая палата is a hall
    if is_plain and any(head_form(words[i].lower) for i in range(at + 1, chain)):
        return None
    if is_named or has_capital and not is_plain:
        last = after if is_named else _proper_end(words, at + 1, chain, is_of_town=_is_of_town(words, first, at))
    elif (owner is not None and not is_plain) or (is_titled and chain > at + 1):
        last = chain if is_titled else _through(words, at + 1, chain)
    elif has_capital and is_plain and chain > at + 1:
        last = chain
    else:
        return None
    if (
        first < at
        and last == at + 1
        and form.lemma in {"федерация", "союз", "королевство"}
        and _is_country(words, first, last, form)
    ):
        return None
    name = _base_form(words, first, at, last, form, case, text)
    before = words[first - 1].lower if first else ""
    return Body(first, last, name, before in head_words().beside)


def _is_country(words: Sequence[Word], first: int, last: int, form: Form) -> bool:
    """«Российской Федерации» is a country, no federation."""
    name = " ".join([*(adjective_base(word.text, form.gender) for word in words[first : last - 1]), form.lemma])
    return fold(name).lower() in {known.lower() for known in gazetteer.tables().names}


def _is_proper_adjective(word: Word) -> bool:
    """A capital adjective that belongs to a name: not just a sentence's first word, unless made of a place name."""
    return word.is_capital and (not word.is_first or adjective_stem(word.lower) is not None)


def _first_adjective(words: Sequence[Word], at: int, floor: int) -> int:
    first = at
    head = words[at].lower
    while first > floor and words[first - 1].is_letters and _agrees(words[first - 1].lower, head):
        if words[first].is_capital and not words[first - 1].is_capital and first != at:
            break
        first -= 1
    while first < at and not words[first].is_capital and any(words[i].is_capital for i in range(first, at)):
        first += 1
    return first


@lru_cache(KEPT)
def _agrees(word: str, head: str) -> bool:
    """Whether an adjective stands in a case, number and gender in which the head may stand."""
    if not _is_adjective(word):
        return False
    nouns = {(form.case, form.number, form.gender) for form in forms(head) if form.part == "NOUN"}
    if not any(form.is_known for form in forms(word)):
        return True
    return any(
        (form.case, form.number, gender) in nouns
        for form in forms(word)
        for gender in ([form.gender] if form.number == "sing" and form.gender else ["masc", "femn", "neut", ""])
    )


@lru_cache(KEPT)
def _is_adjective(word: str) -> bool:
    found = forms(word)
    if not found:
        return False
    if "-" in word and adjective_stem(word):
        return True
    return found[0].part == "ADJF" and "Apro" not in found[0].marks


def _case_of(words: Sequence[Word], first: int, at: int, form: Form) -> str:
    if first < at:
        own = cases(words[first].lower)
        for other in forms(words[at].lower):
            if other.lemma == form.lemma and other.case in own:
                return other.case
    return form.case


def _chain_end(words: Sequence[Word], at: int) -> int:
    """Where the genitives after a head end: «народного танца», «Северного морского музея», «Канадзавы»."""
    last, position = at, at
    while position < len(words) and position - at < LONGEST_CHAIN:
        word = words[position]
        if not word.is_letters:
            break
        if word.lower in {"и", "а", "по"} and position + 1 < len(words) and position > at:
            position += 1
            if not (
                words[position].is_letters and "gent" in cases(words[position].lower) and not words[position].is_capital
            ):
                break
            continue
        if not _is_genitive(word) or _begins_person(words, position):
            break
        position += 1
        if word.lower == "республики" and word.is_capital and _is_country_name(words, position):
            position += 1  # «Посольства Республики Польша»
        last = position
    return last


def _is_country_name(words: Sequence[Word], at: int) -> bool:
    if at >= len(words) or not words[at].is_capital:
        return False
    known = gazetteer.tables().names.get(fold(words[at].text))
    return known is not None and known.kind == "country"


def _begins_person(words: Sequence[Word], at: int) -> bool:
    """Whether a name begins here: «… города Даляня Лэн Сюэфэн», «… горисполкома Сачик Николай Ильич»."""
    if at + 1 >= len(words) or not words[at].is_capital:
        return False
    if at + 2 < len(words) and first_name_bases(words[at + 1].text) and "Patr" in marks(words[at + 2].lower):
        return True
    if fold(words[at].text) not in name_words().east_surnames:
        return False
    return words[at + 1].is_capital and words[at + 1].is_letters and not is_known(words[at + 1].lower)


def _is_genitive(word: Word) -> bool:
    found = forms(word.lower)
    if word.lower in {"имени", "им"}:
        return False
    if word.text.isupper() and len(word.text) > 1:
        return True
    if word.is_capital and not is_common(word.lower):
        return len(word.text) > 1 and not first_name_bases(word.text) and not _is_nominative_only(word.lower)
    if not found or found[0].part in {"VERB", "ADVB", "PREP", "CONJ", "PRCL", "NPRO", "INFN", "PRTS", "GRND", "NUMR"}:
        return False
    return any(
        form.case == "gent" and form.part in {"NOUN", "ADJF", "PRTF"} and "Apro" not in form.marks for form in found
    )


def _is_of_town(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether an adjective of the name is one of a town or country."""
    known = gazetteer.tables()
    stems = [stem for word in words[first:at] if (stem := adjective_stem(word.lower))]
    return any(stem in known.countries or stem in known.adjectives or stem in city_adjectives() for stem in stems)


@lru_cache(KEPT)
def _is_nominative_only(word: str) -> bool:
    """Whether the dictionary's readings of a name leave no genitive (Ведерников, Ружников)."""
    known = [form for form in forms(word) if form.is_known or "Surn" in form.marks]
    return bool(known) and not any(form.case == "gent" and form.number != "plur" for form in known)


def _proper_end(words: Sequence[Word], at: int, chain: int, *, is_of_town: bool) -> int:
    """Genitives that still belong to a body whose adjective is its name; a place does where no adjective names one."""
    if not is_of_town and chain > at and words[chain - 1].is_capital and chain == at + 1:
        return chain
    last = at
    while last < chain and not words[last].is_capital:
        last += 1
    return last


def _through(words: Sequence[Word], at: int, chain: int) -> int:
    """Through the last capital word of the chain; where that is an adjective, through its noun."""
    last = max(i for i in range(at, chain) if words[i].is_capital)
    while last + 1 < chain and _is_adjective(words[last].lower):
        last += 1
    return last + 1


def _name_end(words: Sequence[Word], at: int) -> int:
    """Where a quoted name, a number or «имени …» that begins here ends; `at` itself where none does."""
    if at >= len(words):
        return at
    if words[at].text in '«„“"':
        closing = next(
            (i for i in range(at + 1, min(len(words), at + LONGEST_QUOTED + 2)) if words[i].text in '»”"'), None
        )
        if closing is not None and closing > at + 1 and (words[at + 1].is_capital or words[at + 1].text[0].isdigit()):
            return closing + 1
        return at
    if words[at].text == "№" and at + 1 < len(words) and words[at + 1].text.isdigit():
        return _name_end(words, at + 2) if at + 2 < len(words) and words[at + 2].text in "«" else at + 2
    if words[at].lower in {"имени", "им"}:
        last = at + 1
        while last < len(words) and (words[last].text == "." or (words[last].is_letters and words[last].is_capital)):
            if words[last].text == "." and words[last - 1].lower != "им" and len(words[last - 1].text) > 1:
                break
            if last > at + 1 and len(words[last - 1].text) > 2 and _begins_name(words, last):
                break
            last += 1
        return last if last > at + 1 and words[last - 1].text != "." else at
    return at


def _begins_name(words: Sequence[Word], at: int) -> bool:
    """Whether a first name in the nominative and a further capital word stand here: a person after the body."""
    is_first = any(base.case == "nomn" for base in first_name_bases(words[at].text))
    return is_first and at + 1 < len(words) and words[at + 1].is_letters and words[at + 1].is_capital


def _base_form(words: Sequence[Word], first: int, at: int, last: int, form: Form, case: str, text: str) -> str:
    """The name with its adjectives and head in the nominative; what follows the head stays as it is."""
    number = form.number or "sing"
    head = like(words[at].text, _head_base(words[at].lower, form, case))
    adjectives = [adjective_base(words[i].text, form.gender, number) for i in range(first, at)]
    if words[first].is_first and first < at and not _is_proper_adjective(words[first]):
        adjectives[0] = adjectives[0].lower()
    rest = text[words[at].end : words[last - 1].end]
    if words[at].is_first and words[at].is_capital:
        head = head[:1].lower() + head[1:]
    return " ".join((" ".join([*adjectives, head]) + rest).split())


def _head_base(word: str, form: Form, case: str) -> str:
    if "-" in word:
        return "-".join(_part_base(part) for part in word.split("-"))
    return inflect(word, form.lemma, "nomn", form.number) or form.lemma


@lru_cache(KEPT)
def _part_base(part: str) -> str:
    heads = head_words().heads
    for form in forms(part):
        if form.lemma in heads:
            return form.lemma
    return part
