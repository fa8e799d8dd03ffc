"""People named in Russian text: which words are one name, in which case they stand, and the base form behind it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from twinbook.reading.languages.ru.gazetteer import fold
from twinbook.reading.languages.ru.morphology import (
    CASES,
    Base,
    Lexicon,
    bases_by_ending,
    forms,
    inflect,
    is_common,
    is_known,
    like,
    marks,
)
from twinbook.reading.languages.ru.places import PREPOSITION_CASES
from twinbook.reading.languages.ru.words import Word

DATA = Path(__file__).parent / "names.toml"
KEPT = 20_000
PATRONYMIC = re.compile(r"(?:[оеё]вич|ьич|мич|ич|[оеё]вн|ичн|инична)(?:а|у|ем|ом|е|ы|ой|и)?\Z", re.IGNORECASE)
SURNAME_END = re.compile(
    r"(?:ов|ев|ёв|ин|ын|ск|цк)(?:а|у|ым|им|ом|е|ой|ую|ий|ого|ому|ая|ых|их)?\Z|(?:енко|ук|юк|чук|дзе|швили|ян|ых|их)\Z",
    re.I,
)


# Surnames that end in a consonant when a man bears them: -а, -у, -ом after these are endings.
MASCULINE_DECLINED = re.compile(
    r"(?:штейн|берг|бург|ман|сон|хауз|бах|хаус|майер|фельд|вальд|ович|евич)(?:а|у|ом|ем|е)\Z|(?:ов|ев|ёв|ин|ын)(?:у|ым|ой|е)\Z|(?:ск|цк)(?:ого|ому|им|ую)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Words:
    """The words of names.toml, by what they do."""

    posts: Lexicon
    before_posts: frozenset[str]
    titles: Lexicon
    particles: frozenset[str]
    honours: frozenset[str]
    first_names: frozenset[str]
    east_surnames: frozenset[str]
    streets: Lexicon
    waters: Lexicon
    bylines: frozenset[str]


@cache
def name_words() -> Words:
    """The data of names.toml, ready to be asked; ё is folded."""
    data = tomllib.loads(DATA.read_text("utf-8"))
    rows = {key: frozenset(fold(word) for word in words) for key, words in data.items()}
    return Words(
        Lexicon(rows["posts"]),
        rows["before_posts"],
        Lexicon(rows["titles"]),
        rows["particles"],
        rows["honours"],
        rows["first_names"],
        rows["east_surnames"],
        Lexicon(rows["streets"]),
        Lexicon(rows["waters"]),
        rows["bylines"],
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


def is_initial(words: Sequence[Word], at: int) -> bool:
    """Whether an initial with its full stop stands here («О.», «Дж.»)."""
    if at + 1 >= len(words) or words[at + 1].text != "." or not words[at].is_capital:
        return False
    return len(words[at].text) == 1 or words[at].text in {"Дж", "Ю", "Ст"}


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
            found.append(Base(base.word, base.case, base.gender, 2.5 * min(base.weight, 1.0)))
    for form in forms(word):
        if form.is_known and "Name" in form.marks and form.number != "plur":
            name = inflect(word, form.lemma, "nomn", "sing") or form.lemma
            found.append(Base(like(word, name), form.case, form.gender, 2.2))
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
        found += [
            Base(base.word, base.case, base.gender, 0.1) if is_declined and base.word == word else base
            for base in bases_by_ending(word)
            if base.gender not in {"neut", "plur"}
        ]
    return tuple(found)


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
        or _eastern(words, at, is_place)
        or (_unknown_pair(words, at, is_place) if has_post or _acts(words, at) else None)
        or (_single(words, at, is_place) if has_post else None)
    )


def _is_name_word(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].is_letters and words[at].is_capital and len(words[at].text) > 1


def _may_start(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if not _is_name_word(words, at) and not (word.text in {"У", "Е", "О", "И"} and _is_name_word(words, at + 1)):
        return False
    if word.text.isupper() and len(word.text) > 1 and len(word.text) < 5:
        return False
    if word.is_first and (has_post_word(word.text) or _is_small_word(word.lower)):
        return False
    return not (is_common(word.lower) and not first_name_bases(word.text) and not _is_east(word.text))


@lru_cache(KEPT)
def _is_small_word(word: str) -> bool:
    """Prepositions, conjunctions, pronouns, adverbs: what opens a sentence and is no name."""
    if fold(word.capitalize()) in name_words().first_names or fold(word.capitalize()) in name_words().east_surnames:
        return False
    small = {"PREP", "CONJ", "PRCL", "NPRO", "ADVB", "NUMR", "VERB", "INFN", "PRTS", "GRND", "PRED"}
    return any(form.is_known and form.part in small for form in forms(word)[:2])


def _is_east(text: str) -> bool:
    return fold(text) in name_words().east_surnames


def _after_initials(words: Sequence[Word], at: int) -> Shape | None:
    position, initials = at, ""
    while is_initial(words, position) and len(initials) < 3:
        initials += words[position].text[0]
        position += 2
    if not _is_name_word(words, position):
        return None
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
    if not ("Surn" in marks(text.lower()) or SURNAME_END.search(text)):
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


def _eastern(words: Sequence[Word], at: int, is_place: Sequence[bool]) -> Shape | None:
    """Сунь Хайян, Ким Чжон Ын, Нгуен Ван Хай: surname first."""
    if not _is_east(words[at].text) or not _is_name_word(words, at + 1):
        return None
    third = _is_name_word(words, at + 2) and len(words[at + 2].text) < 6 and not PATRONYMIC.search(words[at + 2].text)
    is_word = is_common(words[at + 1].lower) or (is_place[at + 1] and is_known(words[at + 1].lower))
    if not third and (is_word or first_name_bases(words[at + 1].text)):
        return None
    last = at + 3 if third and len(words[at + 1].text) < 6 else at + 2
    return Shape(at, last, tuple(range(at + 1, last)), None, (at,), is_eastern=True)


def _unknown_pair(words: Sequence[Word], at: int, is_place: Sequence[bool]) -> Shape | None:
    """Two or three capital words that no dictionary knows, where a post or a verb says that somebody acts."""
    if is_place[at] and not _is_name_word(words, at + 1):
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
    if is_common(words[at].lower):
        return None
    return Shape(at, last, (at,), None, tuple(range(at + 1, last)))


def _single(words: Sequence[Word], at: int, is_place: Sequence[bool]) -> Shape | None:
    text = words[at].text
    if is_place[at] or is_common(words[at].lower) or "ADJF" in marks(words[at].lower) and not SURNAME_END.search(text):
        return None
    if first_name_bases(text) and not marks(words[at].lower) & {"Surn"}:
        return Shape(at, at + 1, given=(at,))
    return Shape(at, at + 1, surname=(at,))


def _acts(words: Sequence[Word], at: int) -> bool:
    """Whether a verb stands right before the words or right after two of them."""
    before = words[at - 1].lower if at else ""
    after = words[at + 2].lower if at + 2 < len(words) else ""
    return any(_is_past_verb(word) for word in (before, after))


@lru_cache(KEPT)
def _is_past_verb(word: str) -> bool:
    return len(word) > 2 and any(form.part == "VERB" and form.is_known for form in forms(word)[:2])


def mention_of(
    words: Sequence[Word], shape: Shape, post_cases: frozenset[str], post_gender: str, before: frozenset[str]
) -> Mention:
    """The mention with the base forms of its parts, in the case that its words and what stands before them agree on.

    `before` are the cases of a person named just before and joined by «и» or a comma.
    """
    given = [first_name_bases(words[at].text) or bases_by_ending(words[at].text) for at in shape.given]
    surname = [_part_bases(words, at) for at in shape.surname]
    patronymic = [_patronymic_bases(words[shape.patronymic].text)] if shape.patronymic is not None else []
    parts = [*given, *surname, *patronymic]
    if shape.is_eastern:
        parts = [bases_by_ending(words[shape.last - 1].text)]
    wanted = post_cases or before or _cases_before(words, shape.first)
    gender_hint = post_gender or _gender_of_verb(words, shape)
    case, gender = _best_case(parts, wanted, bool(post_cases), gender_hint)
    mention = Mention(
        words[shape.first].start, words[shape.last - 1].end, initials=shape.initials, case=case, gender=gender
    )
    mention.is_eastern = shape.is_eastern
    if shape.is_eastern:
        fixed = " ".join(words[at].text for at in range(shape.first + 1, shape.last - 1))
        mention.surname = {words[shape.first].text: 1.0}
        mention.given = {f"{fixed} {name}".strip(): weight for name, weight in _weights(parts[0], case, gender).items()}
        return mention
    mention.given = _joined([_weights(part, case, gender) for part in given])
    mention.surname = _joined([_weights(part, case, gender) for part in surname])
    if patronymic:
        mention.patronymic = max(_weights(patronymic[0], case, gender).items(), key=lambda item: item[1])[0]
    return mention


def _part_bases(words: Sequence[Word], at: int) -> tuple[Base, ...]:
    text = words[at].text
    if text.lower() in name_words().particles and not words[at].is_capital:
        return (Base(text, "", "", 1.0),)
    return surname_bases(text)


@lru_cache(KEPT)
def _patronymic_bases(text: str) -> tuple[Base, ...]:
    found = [
        Base(like(text, inflect(text, form.lemma, "nomn", "sing") or form.lemma), form.case, form.gender, 2.0)
        for form in forms(text)
        if "Patr" in form.marks and form.number != "plur"
    ]
    return tuple(found) or bases_by_ending(text)


def _best_case(
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


def _weights(bases: Sequence[Base], case: str, gender: str) -> dict[str, float]:
    """Base forms with their weights: full where case and gender fit, a tenth elsewhere."""
    found: dict[str, float] = {}
    for base in bases:
        fits = base.case in {case, ""} and base.gender in {gender, ""}
        loosely = base.case in {case, ""}
        weight = base.weight * (1.0 if fits else 0.3 if loosely else 0.08)
        found[base.word] = max(found.get(base.word, 0.0), weight)
    return found


def _joined(parts: Sequence[dict[str, float]]) -> dict[str, float]:
    """Weighted names of several words out of the words' own weights; only the best words but of the last one."""
    if not parts:
        return {}
    head = " ".join(max(part.items(), key=lambda item: item[1])[0] for part in parts[:-1])
    return {f"{head} {word}".strip(): weight for word, weight in parts[-1].items()}


def _cases_before(words: Sequence[Word], at: int) -> frozenset[str]:
    if at == 0:
        return frozenset()
    before = words[at - 1].lower
    if before in PREPOSITION_CASES:
        return frozenset(PREPOSITION_CASES[before].split())
    kinds = marks(before)
    if "VERB" in kinds:
        return frozenset(["nomn"])
    if "NOUN" in kinds and words[at - 1].is_letters:
        return frozenset(["gent"])
    return frozenset()


def _gender_of_verb(words: Sequence[Word], shape: Shape) -> str:
    """The gender of a past verb beside the name; empty where there is none."""
    for at in (shape.first - 1, shape.last, shape.last + 1):
        if 0 <= at < len(words):
            for form in forms(words[at].lower)[:2]:
                if form.part == "VERB" and form.is_known and form.gender in {"masc", "femn"}:
                    return form.gender
    return ""


def one_name_each(mentions: list[Mention]) -> dict[int, str]:
    """The full base form of each mention by its position in the list: mentions of one bearer get one name."""
    clusters: list[list[int]] = []
    order = sorted(range(len(mentions)), key=lambda at: (-_fullness(mentions[at]), at))
    for at in order:
        home = next(
            (cluster for cluster in clusters if all(_same(mentions[at], mentions[other]) for other in cluster)), None
        )
        if home is None:
            clusters.append([at])
        else:
            home.append(at)
    names: dict[int, str] = {}
    for cluster in clusters:
        name = _name_of([mentions[at] for at in cluster])
        names |= dict.fromkeys(cluster, name)
    return names


def _fullness(mention: Mention) -> int:
    return 4 * bool(mention.given) * bool(mention.surname) + 2 * bool(mention.surname) + bool(mention.initials)


def _same(one: Mention, other: Mention) -> bool:
    if one.surname and other.surname and not _share(one.surname, other.surname):
        return False
    if one.given and other.given and not _share(one.given, other.given):
        return False
    for short, full in ((one, other), (other, one)):
        if short.initials and full.given and not _begins(full, short.initials):
            return False
    if one.initials and other.initials and one.initials[0] != other.initials[0]:
        return False
    if not (one.surname and other.surname):
        return bool(one.given and other.given)
    return True


def _begins(full: Mention, initials: str) -> bool:
    return any(name.startswith(initials[0]) for name in full.given)


def _share(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two parts may be one name: a base form that is likely in one of them and possible in the other."""
    folded = {fold(name): weight for name, weight in one.items()}
    second = {fold(name): weight for name, weight in other.items()}
    return any(max(weight, second[name]) >= 0.5 for name, weight in folded.items() if name in second)


def _name_of(mentions: list[Mention]) -> str:
    given = _elect([mention.given for mention in mentions])
    surname = _elect([mention.surname for mention in mentions])
    patronymic = next((mention.patronymic for mention in mentions if mention.patronymic), "")
    if not given:
        initials = max((mention.initials for mention in mentions), key=len, default="")
        given = " ".join(f"{letter}." for letter in initials)
    if any(mention.is_eastern for mention in mentions):
        return f"{surname} {given}".strip()
    return " ".join(part for part in (given, patronymic, surname) if part)


def _elect(votes: list[dict[str, float]]) -> str:
    total: dict[str, float] = {}
    for vote in votes:
        most = max(vote.values(), default=1.0)
        for name, weight in vote.items():
            total[name] = total.get(name, 0.0) + weight / most
    return max(total.items(), key=lambda item: item[1])[0] if total else ""


def has_post_word(word: str) -> bool:
    """Whether the word is the head of a post in some case."""
    return name_words().posts.lemma_of(word.lower()) is not None
