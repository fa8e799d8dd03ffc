"""Which capital words of a Russian sentence are one person's name: first name, patronymic, surname, initials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from twinbook.reading.languages.ru.declension import first_name_bases
from twinbook.reading.languages.ru.gazetteer import fold
from twinbook.reading.languages.ru.morphology import forms, is_common, is_known, marks
from twinbook.reading.languages.ru.name_words import has_post_word, name_words
from twinbook.reading.languages.ru.words import Word

KEPT = 8_000


PATRONYMIC = re.compile(r"(?:[оеё]вич|ьич|мич|ич|[оеё]вн|ичн|инична)(?:а|у|ем|ом|е|ы|ой|и)?\Z", re.IGNORECASE)


SURNAME_END = re.compile(
    r"(?:ов|ев|ёв|ин|ын|ск|цк)(?:а|у|ым|им|ом|е|ой|ую|ий|ого|ому|ая|ых|их)?\Z|(?:енко|ук|юк|чук|дзе|швили|ян|ых|их)\Z",
    re.I,
)


# Bodies of a town in one word: Мингорисполком, Мособлдума, Горсовет.
# Universities by their letters (НовГУ), and a town called a twin town in one word (Город-побратим).
NO_NAME = re.compile(
    r"(?:исполком|горсовет|облсовет|райсовет|горсуд|госсовет|совнарком)(?:а|у|ом|е)?\Z|(?:[Гг]ор|[Оо]бл|[Кк]рай)дум(?:а|ы|е|у|ой)\Z"
    r"|[а-яё][А-ЯЁ]{2,}\Z|\A[Гг]ород(?:а|у|ом|е|ов|ам|ами|ах)?-"
)


PLACE_ADJECTIVE = re.compile(r"(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую|ое)\Z")


# Posts after which a lone capital word is more often a company than a bearer.
OF_COMPANY = re.compile(
    r"(?:(?:со)?глав|президент|(?:ген|со)?директор|(?:со)?владел|(?:со)?основател|представител|менеджер|руководител|сотрудни|акционер|учредител)"
)


@dataclass(frozen=True)
class Shape:
    """Which words of a sentence make a name: positions of first name, patronymic, surname; initials; where it ends."""

    first: int
    last: int
    given: tuple[int, ...] = ()
    patronymic: int | None = None
    surname: tuple[int, ...] = ()
    initials: str = ""
    is_eastern: bool = False


def is_initial(words: Sequence[Word], at: int) -> bool:
    """Whether an initial with its full stop stands here («О.», «Дж.»)."""
    if at + 1 >= len(words) or words[at + 1].text != "." or not words[at].is_capital:
        return False
    return len(words[at].text) == 1 or words[at].text in {"Дж", "Ю", "Ст"}


def shape_at(words: Sequence[Word], at: int, *, has_post: bool, is_place: Sequence[bool]) -> Shape | None:
    """The name that begins here. `has_post` says that a post or title stands before; `is_place` marks place words."""
    if is_initial(words, at):
        return _after_initials(words, at)
    if not _may_start(words, at):
        return None
    return (
        _surname_initials(words, at)
        or (_eastern(words, at, is_place) if _has_third(words, at) else None)
        or _known_first_name(words, at, is_place)
        or _surname_first(words, at)
        or _eastern(words, at, is_place, has_post=has_post)
        or (_unknown_pair(words, at, is_place) if has_post or _acts(words, at) else None)
        or (_single(words, at, is_place) if has_post else None)
    )


def _is_name_word(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].is_letters and words[at].is_capital and len(words[at].text) > 1


def _may_start(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if not _is_name_word(words, at) and not (word.text in {"У", "Е", "О", "И"} and _is_name_word(words, at + 1)):
        return False
    if word.text.isupper() and len(word.text) > 1 and len(word.text) < 5 or NO_NAME.search(word.text):
        return False
    if word.is_first and (has_post_word(word.text) or _is_small_word(word.lower)):
        return False
    return not (is_common(word.lower) and not first_name_bases(word.text) and not _is_east(word.text))


@lru_cache(KEPT)
def _is_small_word(word: str) -> bool:
    """Prepositions, conjunctions, pronouns, adverbs: what opens a sentence and is no name."""
    if fold(word.capitalize()) in name_words().first_names or fold(word.capitalize()) in name_words().east_surnames:
        return False
    small = {"PREP", "CONJ", "PRCL", "NPRO", "ADVB", "NUMR", "VERB", "INFN", "PRTS", "GRND", "PRED", "COMP"}
    return any(form.is_known and form.part in small for form in forms(word)[:2])


def _is_east(text: str) -> bool:
    return fold(text) in name_words().east_surnames


def _after_initials(words: Sequence[Word], at: int) -> Shape | None:
    position, initials = at, ""
    while is_initial(words, position) and len(initials) < 3:
        initials += words[position].text[0]
        position += 2
    if not _is_name_word(words, position) or _is_small_word(words[position].lower):
        return None  # «… во главе с Ли У. Также приехали»
    last = _surname_end(words, position)
    return Shape(at, last, surname=tuple(range(position, last)), initials=initials)


def _surname_end(words: Sequence[Word], at: int) -> int:
    """Where a surname that begins at a capital word or particle ends."""
    return at + 1


def _surname_initials(words: Sequence[Word], at: int) -> Shape | None:
    if not is_initial(words, at + 1) or at + 1 >= len(words):
        return None
    position, initials = at + 1, ""
    while is_initial(words, position) and len(initials) < 2:
        initials += words[position].text[0]
        position += 2
    if len(initials) < 2 and _is_name_word(words, position):
        return None
    return Shape(at, position, surname=(at,), initials=initials)


def _known_first_name(words: Sequence[Word], at: int, is_place: Sequence[bool]) -> Shape | None:
    if not first_name_bases(words[at].text):
        return None
    position, given, patronymic = at + 1, [at], None
    while (
        _is_name_word(words, position) and first_name_bases(words[position].text) and _is_name_word(words, position + 1)
    ):
        if (
            is_place[position + 1]
            or is_common(words[position + 1].lower)
            or PATRONYMIC.search(words[position + 1].text)
        ):
            break
        given.append(position)
        position += 1
    if _is_name_word(words, position) and _is_patronymic(words[position].text):
        patronymic, position = position, position + 1
    if position < len(words) and is_initial(words, position) and _is_name_word(words, position + 2):
        position += 2  # a middle initial: Джон Ф. Кеннеди
    surname: list[int] = []
    if position < len(words) and fold(words[position].lower) in name_words().particles and words[position].text != "и":
        stop = position
        while stop < len(words) and fold(words[stop].lower) in name_words().particles and words[stop].text != "и":
            stop += 1
        if _is_name_word(words, stop):
            surname, position = list(range(position, stop + 1)), stop + 1
    if not surname and _is_surname(words, position, is_place):
        surname, position = [position], position + 1
        while (
            _is_name_word(words, position)
            and len(surname) < 3
            and not is_known(words[position].lower)
            and not is_place[position]
            and not SURNAME_END.search(words[position - 1].text)
        ):
            surname, position = [*surname, position], position + 1
    if not surname and patronymic is None:
        return None
    if not surname and patronymic is not None and "Patr" not in marks(words[patronymic].lower):
        surname, patronymic = [patronymic], None  # Виктор Жданович: a surname that only looks like a father's name
    return Shape(at, position, tuple(given), patronymic, tuple(surname))


def _is_patronymic(text: str) -> bool:
    return "Patr" in marks(text.lower()) or (PATRONYMIC.search(text) is not None and not is_known(text.lower()))


def _is_surname(words: Sequence[Word], at: int, is_place: Sequence[bool]) -> bool:
    if not _is_name_word(words, at):
        return False
    text = words[at].text
    if text.isupper() and len(text) < 5:
        return False
    if "Surn" in marks(text.lower()) or SURNAME_END.search(text):
        return True
    if is_place[at] and _is_name_word(words, at + 1) and not is_known(words[at + 1].lower):
        return True
    # «Черных», «Мороз», «Белый»: ordinary words are surnames right after a first name, unless a longer name goes on.
    return True


def _surname_first(words: Sequence[Word], at: int) -> Shape | None:
    """Петров Сергей Иванович; Петров Сергей."""
    if not _is_name_word(words, at + 1) or not first_name_bases(words[at + 1].text):
        return None
    text = words[at].text
    if not ("Surn" in marks(text.lower()) or SURNAME_END.search(text) or has_father_s_name(words, at + 1)):
        return None
    if _is_name_word(words, at + 2) and _is_patronymic(words[at + 2].text):
        return Shape(at, at + 3, (at + 1,), at + 2, (at,))
    if _is_name_word(words, at + 2):
        return None
    return Shape(at, at + 2, (at + 1,), None, (at,))


def _has_third(words: Sequence[Word], at: int) -> bool:
    """Three short words, as Korean and Vietnamese names have."""
    return all(_is_name_word(words, i) and len(words[i].text) < 7 for i in (at, at + 1, at + 2)) and not _is_name_word(
        words, at + 3
    )


def _eastern(words: Sequence[Word], at: int, is_place: Sequence[bool], *, has_post: bool = False) -> Shape | None:
    """Сунь Хайян, Ким Чжон Ын, Нгуен Ван Хай: surname first."""
    if not _is_east(words[at].text) or not _is_name_word(words, at + 1):
        return None
    third = _is_name_word(words, at + 2) and len(words[at + 2].text) < 6 and not PATRONYMIC.search(words[at + 2].text)
    is_word = is_common(words[at + 1].lower) or (is_place[at + 1] and is_known(words[at + 1].lower))
    if not third and (is_word and not has_post or first_name_bases(words[at + 1].text)):
        return None
    last = at + 3 if third and len(words[at + 1].text) < 6 else at + 2
    return Shape(at, last, tuple(range(at + 1, last)), None, (at,), is_eastern=True)


def _unknown_pair(words: Sequence[Word], at: int, is_place: Sequence[bool]) -> Shape | None:
    """Two or three capital words that no dictionary knows, where a post or a verb says that somebody acts."""
    if is_place[at] and not _is_name_word(words, at + 1) or words[at].text.isascii():
        return None
    particles = name_words().particles
    position = at + 1
    while (
        position < len(words)
        and position - at < 3
        and words[position].lower in particles
        and words[position].text != "и"
    ):
        position += 1
    if not _is_name_word(words, position) or is_common(words[position].lower):
        return None
    if is_place[at] and (is_place[position] or not _is_name_word(words, position)):
        return None
    last = position + 1
    if _is_name_word(words, last) and not is_place[last] and not is_known(words[last].lower):
        last += 1
    if is_common(words[at].lower) or is_full_name(words, position):
        return None
    return Shape(at, last, (at,), None, tuple(range(at + 1, last)))


def is_full_name(words: Sequence[Word], at: int) -> bool:
    """Whether a first name and a surname stand here: what is before them is the place of the post."""
    return _is_name_word(words, at) and bool(first_name_bases(words[at].text)) and _is_name_word(words, at + 1)


def _single(words: Sequence[Word], at: int, is_place: Sequence[bool]) -> Shape | None:
    text = words[at].text
    if _is_adjective_of(words, at) or is_full_name(words, at + 1) or text.isascii():
        return None
    if is_place[at] or is_common(words[at].lower) or "ADJF" in marks(words[at].lower) and not SURNAME_END.search(text):
        return None
    if first_name_bases(text) and not marks(words[at].lower) & {"Surn"}:
        return Shape(at, at + 1, given=(at,))
    if at and OF_COMPANY.match(words[at - 1].lower) and not (_is_listed_surname(words[at]) or _is_east(text)):
        return None  # «глава Русала» is of a company, «президент Шанель» too
    if at and _names_its_noun(words[at - 1]) and not (_is_listed_surname(words[at]) or _is_east(text)):
        return None  # «мэр на выставке Иннопром», «представитель граждан Дархан-Уул»
    return Shape(at, at + 1, surname=(at,))


def _names_its_noun(before: Word) -> bool:
    """Whether the word before is a common noun that no person bears: what follows is the name of that thing."""
    if before.is_capital or not before.is_letters or has_post_word(before.text):
        return False
    return name_words().titles.lemma_of(before.lower) is None and is_common(before.lower)


def _is_listed_surname(word: Word) -> bool:
    return SURNAME_END.search(word.text) is not None or bool(marks(word.lower) & {"Surn", "Name"})


def has_father_s_name(words: Sequence[Word], at: int) -> bool:
    """Whether a first name and a father's name stand here: what is before them is a surname (Стачик Николай Ильич)."""
    if not _is_name_word(words, at) or not _is_name_word(words, at + 1):
        return False
    return bool(first_name_bases(words[at].text)) and "Patr" in marks(words[at + 1].lower)


def _is_adjective_of(words: Sequence[Word], at: int) -> bool:
    """Whether a word like «Могилевского» goes with a noun behind it, or with further adjectives in a list."""
    if not PLACE_ADJECTIVE.search(words[at].lower) or at + 1 >= len(words):
        return False
    after = words[at + 1]
    if after.text == "," and at + 2 < len(words):
        return PLACE_ADJECTIVE.search(words[at + 2].lower) is not None
    if not after.is_letters or after.is_capital:
        return False
    cases = {form.case for form in forms(words[at].lower)}
    first = forms(after.lower)[:1]
    return any(form.part in {"ADJF", "NOUN"} and form.case in cases for form in first)


def _acts(words: Sequence[Word], at: int) -> bool:
    """Whether a verb stands right before the words or right after two of them."""
    before = words[at - 1].lower if at else ""
    last = at + 2
    if last < len(words) and _is_name_word(words, last):
        last += 1
    after = words[last].lower if last < len(words) else ""
    return any(_is_past_verb(word) for word in (before, after))


@lru_cache(KEPT)
def _is_past_verb(word: str) -> bool:
    return len(word) > 2 and any(form.part == "VERB" and form.is_known for form in forms(word)[:2])
