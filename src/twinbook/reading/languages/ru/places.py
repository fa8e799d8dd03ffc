"""Places in Russian text: a form's nominative by ending rules × gazetteer × what else stands on the page."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from twinbook.reading.languages.ru import gazetteer
from twinbook.reading.languages.ru.gazetteer import Known
from twinbook.reading.languages.ru.morphology import (
    NAME_MARKS,
    adjective_base,
    bases_by_ending,
    forms,
    is_common,
    is_known,
    lemmas,
    like,
    marks,
)
from twinbook.reading.languages.ru.surroundings import (
    COUNTRY_REGION,
    PLACE_PREPOSITIONS,
    SURE,
    cases_of,
    cases_of_list,
    cases_wanted,
    country_after,
    country_before,
    goes_on_list,
    head_before,
    is_listed_with_places,
    preposition_before,
    title,
)
from twinbook.reading.languages.ru.words import Word

TINY = 1_000


OF_BODY = {"райисполком": "район", "райсовет": "район"}  # «председатель Лидского райисполкома» is of the district
SAINTS = ("святой", "святого", "мучени", "великомучени", "преподобн", "апостол")
FAMOUS = 250_000  # a town of this size is believed though its name is also a person's


@dataclass(frozen=True)
class Found:
    """A place at words[first:last] of a sentence."""

    first: int
    last: int
    place: Known


@dataclass
class PageContext:
    """What the page as a whole tells of its places: how often each base form fits, and the countries it speaks of."""

    support: Counter[str] = field(default_factory=Counter)
    headed: set[str] = field(default_factory=set)
    countries: Counter[str] = field(default_factory=Counter)


def page_context(sentences: Iterable[Sequence[Word]]) -> PageContext:
    """Base forms that the page's capital words fit, and countries by their names and adjectives."""
    context = PageContext()
    seen: set[str] = set()
    tables = gazetteer.tables()
    for words in sentences:
        for at, word in enumerate(words):
            if not word.is_letters:
                continue
            if stem := gazetteer.adjective_stem(word.lower):
                if code := tables.countries.get(stem):
                    context.countries[code] += 1
                continue
            if not word.is_capital:
                continue
            if head_before(words, at):
                context.headed |= gazetteer.base_words(title(word.text)).keys()
            if word.text not in seen:
                seen.add(word.text)
                for base in gazetteer.base_words(title(word.text)):
                    if known := gazetteer.look_up(base):
                        context.support[base] += 1
                        if known[0].kind == "country" and known[0].country:
                            context.countries[known[0].country] += 2
    return context


def place_at(words: Sequence[Word], at: int, context: PageContext) -> Found | None:
    """The place that begins with the word at this position; None where none does."""
    word = words[at]
    if not word.is_letters or not word.is_capital:
        return None
    return _long_place(words, at, context) or _region(words, at, context) or _short_place(words, at, context)


def _long_place(words: Sequence[Word], at: int, context: PageContext) -> Found | None:
    if at + 1 >= len(words) or not words[at + 1].is_letters:
        return None
    names = gazetteer.long_names()
    stems = (gazetteer.fold(title(words[at].text))[:3], gazetteer.fold(title(words[at + 1].text))[:3])
    for count in (5, 4, 3, 2):
        for name in names.get((*stems, count), ()):
            part = words[at : at + count]
            if len(part) < count or not all(_may_be(word, base) for word, base in zip(part, name, strict=True)):
                continue
            if found := gazetteer.look_up(" ".join(name)):
                return Found(at, at + count, _choose(found, context))
    return None


def _may_be(word: Word, base: str) -> bool:
    if not word.is_letters:
        return False
    text = word.text.capitalize() if word.text.isupper() and base[:1].isupper() and not base.isupper() else word.text
    folded = gazetteer.fold(base)
    if text[0].isupper() != folded[0].isupper():
        return False
    return gazetteer.fold(text) == folded or folded in gazetteer.base_words(text)


def _region(words: Sequence[Word], at: int, context: PageContext) -> Found | None:
    """Иркутской области, Ангарского района, Кабардино-Балкарской Республики: adjective and head."""
    word = words[at]
    last = at + 1
    while last < len(words) and words[last].lower in {"автономный", "автономного", "автономном", "муниципальный",
                                                       "муниципального", "муниципальном", "городской",
                                                       "городского", "городском", "уйгурский"}:  # fmt: skip
        last += 1
    if last >= len(words) or not words[last].is_letters or words[last].text.isupper():
        return None
    heads = gazetteer.tables().adjective_heads
    head = next((OF_BODY.get(lemma, lemma) for lemma in lemmas(words[last].lower) if lemma in heads), None)
    if head is None or not gazetteer.adjective_stem(word.lower):
        return None
    gender = {"республика": "femn", "область": "femn", "губерния": "femn", "провинция": "femn", "префектура": "femn"}
    middle = [adjective_base(item.lower, gender.get(head, "masc")) for item in words[at + 1 : last]]
    adjective = adjective_base(title(word.text), gender.get(head, "masc"))
    name = " ".join([adjective, *middle, like(words[last].text, head) if head == "республика" else head])
    found = gazetteer.look_up(name)
    if found:
        return Found(at, last + 1, found[0])
    stem = gazetteer.adjective_stem(word.lower)
    if head == "республика" and stem and (code := gazetteer.tables().countries.get(stem)):
        return Found(at, last + 1, Known(name, "country", code, is_listed=True))
    if any(word.lower.startswith("городск") for word in words[at + 1 : last]):
        stem = gazetteer.adjective_stem(word.lower)
        town = gazetteer.city_adjectives().get(stem) if stem else None
        if town and (known := gazetteer.look_up(town)):
            return Found(at, last + 1, known[0])  # «Петрозаводский городской округ» is the town
    kind = heads[head] if not middle else "district"
    country = _country_of_region(words, last + 1, context) or _country_of_town(word) or _only_country(context)
    return Found(at, last + 1, Known(name, kind, country))


def _country_of_region(words: Sequence[Word], at: int, context: PageContext) -> str | None:
    """The country of the region named right behind a district: «Горецкий район Могилёвской области»."""
    if at + 1 >= len(words) or not words[at].is_capital or not words[at].is_letters:
        return None
    region = _region(words, at, context)
    return region.place.country if region and region.place.kind == "region" else None


def _country_of_town(word: Word) -> str | None:
    """The country of the town whose adjective names a district: Мытищинский район."""
    stem = gazetteer.adjective_stem(word.lower)
    town = gazetteer.city_adjectives().get(stem) if stem else None
    known = gazetteer.look_up(town) if town else ()
    return known[0].country if known else None


def _short_place(words: Sequence[Word], at: int, context: PageContext) -> Found | None:
    word = words[at]
    text = title(word.text)
    never = gazetteer.tables().never
    if len(text) < 2 or (text in never and not head_before(words, at)) or _is_of_saint(words, at):
        return None
    head = head_before(words, at)
    if word.is_first and head is None and _opens_as_adverb(words, at):
        return None
    best, best_score = None, 0.0
    wanted = cases_wanted(words, at)
    for base, cases in gazetteer.base_words(text).items():
        found = gazetteer.look_up(base)
        if not found or (base in never and not head):
            continue
        place = _of_kind(found, head, context) or _choose(found, context)
        score = _score(place, text, base, cases, wanted, context)
        if score > best_score and (head or _is_believed(words, at, place, base, context)):
            best, best_score = place, score
    if best is not None:
        return Found(at, at + 1, _as_written(best, text))
    if head or country_before(words, at) or goes_on_list(words, at) or _is_explained(words, at):
        return _unlisted(words, at, head or "city", context)
    return None


def _is_of_saint(words: Sequence[Word], at: int) -> bool:
    """«икона святой мученицы Софии»: the saint, not the town."""
    return at > 0 and words[at - 1].lower.startswith(SAINTS)


def _opens_as_adverb(words: Sequence[Word], at: int) -> bool:
    """«Ровно тридцать лет назад»: an adverb that a town's name looks like, before a number or preposition."""
    if at + 1 >= len(words) or "ADVB" not in marks(words[at].lower):
        return False
    after = words[at + 1]
    return after.text.isdigit() or (after.is_letters and bool(marks(after.lower) & {"NUMR", "PREP", "ADVB"}))


def _as_written(place: Known, text: str) -> Known:
    """The place with the page's own ё, which gazetteers leave out."""
    if "ё" not in text or "ё" in place.name:
        return place
    letters = [
        "ё" if written == "ё" and letter == "е" else letter
        for letter, written in zip(place.name, text.ljust(len(place.name)), strict=False)
    ]
    return Known("".join(letters), place.kind, place.country, place.people, place.is_listed)


def _score(
    place: Known, text: str, base: str, cases: tuple[str, ...], wanted: frozenset[str], page: PageContext
) -> float:
    score = 5.0 + math.log10(max(place.people, 10)) + (2.0 if place.is_listed else 0.0)
    if wanted:
        score += 2.0 if wanted & set(cases) else -2.5
    elif "nomn" in cases:
        score += 1.0
    score += min(3, page.support[base] - 1)
    if place.country and page.countries[place.country]:
        score += 1.0
    known = [form for form in forms(text) if form.is_known and "Geox" in form.marks]
    if known:
        score += 2.0 if any(gazetteer.fold(form.lemma) == gazetteer.fold(base.lower()) for form in known) else -2.0
    return max(score, 0.1)


def _is_believed(words: Sequence[Word], at: int, place: Known, base: str, context: PageContext) -> bool:
    """Whether a capital word that may be a place is one, with no head word before it."""
    word = words[at]
    signs = marks(word.lower)
    preposition = preposition_before(words, at)
    if place.is_listed:
        return not (word.is_first and is_common(word.lower)) or preposition is not None
    after = country_after(words, at)
    if base in context.headed or after is not None and after.country == place.country:
        return True
    if "ADJF" in signs and at + 1 < len(words) and _is_noun(words[at + 1]):
        return False
    if "Geox" in signs:
        return place.people >= TINY
    if is_common(word.lower):
        return place.people >= FAMOUS and preposition in {"в", "из"} and not word.is_first
    if signs & NAME_MARKS:
        if (
            at
            and place.people >= SURE
            and gazetteer.tables().place_nouns.lemma_of(words[at - 1].lower)
            and "gent" in cases_of(base, word.text)
        ):
            return True
        if place.people >= SURE and (is_listed_with_places(words, at) or country_after(words, at)):
            return True
        return place.people >= FAMOUS or (place.people >= SURE and preposition in {"в", "во", "из"})
    if place.people >= SURE:
        return True
    return preposition in PLACE_PREPOSITIONS or bool(place.country and context.countries[place.country])


def _is_noun(word: Word) -> bool:
    """Whether an adjective before it would be this word's: «между Хабаровском и Ниигатой» has none."""
    if not word.is_letters or word.is_capital:
        return False
    found = forms(word.lower)
    return bool(found) and found[0].part in {"NOUN", "ADJF", "PRTF"}


def _unlisted(words: Sequence[Word], at: int, kind: str, context: PageContext) -> Found | None:
    """A place that no list knows, told by what stands before it: городом Энмацу, японский Мацуока, Харбина и Пучона."""
    word = words[at]
    text = title(word.text)
    if len(text) < 3 or word.text.isupper() and len(text) < 6:
        return None
    if is_known(word.lower) and not marks(word.lower) & {"Geox"} and kind != "city":
        return None
    if is_common(word.lower) or marks(word.lower) & {"ADJF"}:
        return None
    wanted = cases_wanted(words, at) or cases_of_list(words, at)
    best = max(
        bases_by_ending(text),
        key=lambda base: (
            base.weight + (1.0 if base.case in wanted else 0.0) + 0.5 * context.support.get(base.word, 0)
            + (0.8 if base.word == text and not wanted else 0.0)
        ),
    )  # fmt: skip
    after = country_after(words, at)
    country = country_before(words, at) or (after.country if after else None)
    return Found(at, at + 1, Known(best.word, kind, country))


def _is_explained(words: Sequence[Word], at: int) -> bool:
    """Whether a word that is no person's name is said to lie somewhere: «Вальмиера (Латвия)»."""
    if marks(words[at].lower) & NAME_MARKS or (at and words[at - 1].is_capital and words[at - 1].is_letters):
        return False
    return country_after(words, at) is not None


def _choose(found: tuple[Known, ...], context: PageContext) -> Known:
    """Of several bearers of a name the listed one, else one in a country the page speaks of, else the largest."""
    if found[0].is_listed and not (len(found) > 1 and found[1].people > 300_000 and found[0].kind == "region"):
        return found[0]
    towns = [place for place in found if not place.is_listed]
    named = [place for place in towns if place.country and place.country != "RU" and context.countries[place.country]]
    if named and named[0].people * 60 >= towns[0].people and towns[0].country != "RU":
        return max(named, key=lambda place: (context.countries[place.country or ""], place.people))
    return towns[0]


def _of_kind(found: tuple[Known, ...], kind: str | None, context: PageContext) -> Known | None:
    if kind is None:
        return None
    for place in found:
        if place.kind == kind:
            return place
    if kind in COUNTRY_REGION or kind == "district":
        first = found[0] if found[0].is_listed else _choose(found, context)
        return Known(first.name, first.kind if first.kind in COUNTRY_REGION else kind, first.country)
    return None


def _only_country(context: PageContext) -> str | None:
    return "RU" if not context.countries else None


def find_adjectives(
    words: Sequence[Word], towns: dict[str, Known], stems: dict[str, str]
) -> list[tuple[int, Word, Known]]:
    """Towns named by an adjective or by their people: иркутские легкоатлеты, иркутяне.

    `towns` maps base forms to the page's towns, `stems` adjective stems to base forms.
    """
    found: list[tuple[int, Word, Known]] = []
    people = [(gazetteer.people_stem(name), place) for name, place in towns.items()]
    openings = {stem[:3] for stem, _ in people}
    for at, word in enumerate(words):
        if not word.is_letters or (word.is_capital and not word.is_first):
            continue
        lower = gazetteer.fold(word.lower)
        if adjective := gazetteer.adjective_stem(word.lower):
            if place := _town_of(adjective, towns, stems):
                found.append((at, word, place))
            continue
        if lower[:3] not in openings:
            continue
        place_of = next((place for stem, place in people if gazetteer.is_people_of(lower, stem)), None)
        if place_of is not None and not is_common_people(lower):
            found.append((at, word, place_of))
    return found


def is_common_people(word: str) -> bool:
    """Words that only look like a town's people (птицы, улицы)."""
    return any(form.is_known and form.part == "NOUN" and "inan" in form.marks for form in forms(word))


def _town_of(stem: str, towns: dict[str, Known], stems: dict[str, str]) -> Known | None:
    tables = gazetteer.tables()
    if stem in tables.countries:
        return None
    if stem in stems:
        return towns[stems[stem]]
    if stem in tables.adjectives:
        return tables.adjectives[stem]
    name = gazetteer.city_adjectives().get(stem)
    return gazetteer.look_up(name)[0] if name else None
