"""What stands around a name and tells whether it is a place's: prepositions, head words, lists, countries."""

from __future__ import annotations

from collections.abc import Sequence

from twinbook.reading.languages.ru import gazetteer
from twinbook.reading.languages.ru.morphology import (
    NAME_MARKS,
    forms,
    is_known,
    marks,
)
from twinbook.reading.languages.ru.words import Word

SURE = 15_000  # people: a town of this size needs no other sign than a capital letter


PREPOSITION_CASES = {
    "в": "loct accs", "во": "loct accs", "на": "loct accs", "из": "gent", "от": "gent", "до": "gent", "у": "gent",
    "для": "gent", "около": "gent", "близ": "gent", "под": "ablt", "с": "ablt gent", "со": "ablt gent", "к": "datv",
    "ко": "datv", "по": "datv loct", "о": "loct", "об": "loct", "при": "loct", "между": "ablt gent", "над": "ablt",
    "перед": "ablt", "через": "accs", "про": "accs", "за": "accs ablt", "против": "gent", "среди": "gent",
    "кроме": "gent", "помимо": "gent", "вокруг": "gent", "мимо": "gent", "благодаря": "datv", "из-под": "gent",
}  # fmt: skip


PLACE_PREPOSITIONS = frozenset(["в", "во", "из", "между", "от", "до", "под", "из-под", "близ", "около"])


COUNTRY_REGION = frozenset(["country", "region"])


def is_listed_with_places(words: Sequence[Word], at: int) -> bool:
    """«Иркутска и Юджина»: joined to a word that a gazetteer knows and that is no person's name."""
    if at < 2 or words[at - 1].text not in {"и", ","}:
        return False
    before = words[at - 2]
    if not before.is_letters or not before.is_capital or marks(before.lower) & NAME_MARKS:
        return False
    return any(
        known[0].people >= SURE
        for base in gazetteer.base_words(title(before.text))
        if (known := gazetteer.look_up(base))
    )


def cases_of_list(words: Sequence[Word], at: int) -> frozenset[str]:
    """The cases in which the town before, in the same list, stands."""
    if at < 2 or not is_listed_with_places(words, at):
        return frozenset()
    bases = gazetteer.base_words(title(words[at - 2].text))
    return frozenset(case for base, cases in bases.items() if gazetteer.look_up(base) for case in cases)


def goes_on_list(words: Sequence[Word], at: int) -> bool:
    """Whether two words that a gazetteer knows stand before, joined by commas or «и»: «Харбина, Ниигаты и Пучона»."""
    return (
        at > 3
        and not words[at].is_first
        and not is_known(words[at].lower)
        and is_listed_with_places(words, at)
        and is_listed_with_places(words, at - 2)
        and not (at + 1 < len(words) and words[at + 1].is_capital and words[at + 1].is_letters)
    )


def country_after(words: Sequence[Word], at: int) -> gazetteer.Known | None:
    """The country or region in brackets behind a name: «Юджин (США)»."""
    if at + 2 >= len(words) or words[at + 1].text != "(":
        return None
    bases = gazetteer.base_words(words[at + 2].text) if words[at + 2].is_letters else {}
    found = (known[0] for base in bases if (known := gazetteer.look_up(base)))
    return next((known for known in found if known.kind in COUNTRY_REGION), None)


def cases_of(base: str, form: str) -> tuple[str, ...]:
    """The cases in which the form is one of this base."""
    return gazetteer.base_words(form).get(base, ())


def cases_wanted(words: Sequence[Word], at: int) -> frozenset[str]:
    """Cases that the words before the name ask for; empty where they leave it open."""
    cases: frozenset[str] = frozenset()
    for back in range(at - 1, max(-1, at - 5), -1):
        word = words[back]
        if not word.is_letters:
            break
        if word.lower in PREPOSITION_CASES:
            asked = frozenset(PREPOSITION_CASES[word.lower].split())
            return (asked & cases) or asked
        kinds = marks(word.lower)
        if "ADJF" in kinds or gazetteer.tables().head_words.lemma_of(word.lower):
            cases = cases or frozenset(form.case for form in forms(word.lower) if form.case)
            continue
        is_noun = "NOUN" in kinds and forms(word.lower)[0].part != "VERB"  # «стали» is no steel
        if not cases and is_noun and not word.is_capital:
            return frozenset(["gent"])
        break
    return cases - {""}


def preposition_before(words: Sequence[Word], at: int) -> str | None:
    return words[at - 1].lower if at and words[at - 1].lower in PREPOSITION_CASES else None


def head_before(words: Sequence[Word], at: int) -> str | None:
    """The kind that the word directly before the name gives it (город, префектура), also «г.»."""
    if at == 0:
        return None
    before = words[at - 1]
    heads = gazetteer.tables().heads
    if before.text == "." and at > 1:
        if at > 2 and words[at - 3].text.isdigit():
            return None  # «12 сентября 2018 г. Новый сквер …»
        return "city" if words[at - 2].lower in {"г", "гор", "пос", "с", "д", "дер", "пгт"} else None
    if not before.is_letters:
        return None
    if before.lower in {"города", "районы", "области", "округа"} and _is_plural(words, at - 1):
        return None
    lemma = gazetteer.tables().head_words.lemma_of(before.lower)
    if lemma in gazetteer.tables().adjective_heads and _is_of_region(words, at - 1):
        return None  # «в Первомайском районе Минска»
    return heads[lemma] if lemma else None


def _is_of_region(words: Sequence[Word], at: int) -> bool:
    """Whether the head word is that of a region named by the capital adjective before it."""
    if at == 0 or not words[at - 1].is_capital or words[at - 1].is_first:
        return False
    return gazetteer.adjective_stem(words[at - 1].lower) is not None


def _is_plural(words: Sequence[Word], at: int) -> bool:
    if at and words[at - 1].lower.endswith(("ые", "ие", "ых", "их")) and words[at - 1].is_letters:
        return True  # «Малые города Евразии»
    return any(
        word.lower in {"эти", "все", "оба", "наши", "другие", "два", "три"} for word in words[max(0, at - 2) : at]
    )


def country_before(words: Sequence[Word], at: int) -> str | None:
    """The country of the adjective before the name: «японский Мацуока», «японским городом Мацуока»."""
    tables = gazetteer.tables()
    for back in range(at - 1, max(-1, at - 4), -1):
        if not words[back].is_letters:
            return None
        stem = gazetteer.adjective_stem(words[back].lower)
        if stem and (code := tables.countries.get(stem)):
            return code
        if not tables.head_words.lemma_of(words[back].lower) and "ADJF" not in marks(words[back].lower):
            return None
    return None


def title(text: str) -> str:
    """КАНАДЗАВА → Канадзава; other words as they are (США, КНР stay)."""
    return "-".join(part.capitalize() for part in text.split("-")) if text.isupper() and len(text) > 4 else text
