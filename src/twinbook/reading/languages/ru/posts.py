"""Posts before and after a Russian name, with their chains («исполняющий обязанности мэра Иркутска»), in base form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twinbook.reading.languages.ru.gazetteer import fold
from twinbook.reading.languages.ru.morphology import (
    Form,
    adjective_base,
    cases,
    forms,
    inflect,
    is_common,
    like,
    marks,
)
from twinbook.reading.languages.ru.name_words import PARTICIPLE, has_post_word, name_words
from twinbook.reading.languages.ru.organisations import head_form
from twinbook.reading.languages.ru.words import CLOSING, OPENING, Word

REACH = 16  # words between the head of a post and the name
INSIDE = frozenset(
    ["по", "в", "во", "на", "при", "из", "от", "для", "и", "а", "также", "со", "города", "городе", "г", "№"]
)
ADJECTIVES = frozenset(["ADJF", "PRTF"])


@dataclass(frozen=True)
class Post:
    """A post at words[first:last]: its base form, the cases and gender in which its head stands."""

    first: int
    last: int
    name: str
    cases: frozenset[str]
    gender: str
    is_plural: bool = False


def post_before(words: Sequence[Word], at: int, text: str, floor: int = 0) -> Post | None:
    """The post that ends right before the name at this position, not reaching back before `floor`."""
    at = _before_age(words, at)
    if at > 1 and words[at - 1].text in {"—", "–", "-"} and words[at - 2].is_letters:
        at -= 1  # «(руководитель – Марина Седова)»
    head = _head_before(words, at, floor)
    if head is None:
        return None
    first, lead = _leftmost(words, head, floor)
    found = _agreeing(words[lead].lower)
    return Post(
        first,
        at,
        _base_form(words, first, at, text),
        frozenset(form.case for form in found),
        _gender(words[lead].lower),
        bool(found) and all(form.number == "plur" for form in found),
    )


def _before_age(words: Sequence[Word], at: int) -> int:
    """Where the words before a name end, its bearer's age left out: «руководитель группы, 14-летний …»."""
    if at > 3 and words[at - 1].lower.startswith("летн") and words[at - 3].text.isdigit():
        return at - 4 if words[at - 4].text == "," else at - 3
    return at


def post_after(words: Sequence[Word], at: int, text: str) -> Post | None:
    """The post after a name and a comma or dash: «Мария Черных, заведующая отделением реанимации.»"""
    if at >= len(words) or words[at].text not in {",", "(", "—", "–", "-"}:
        return None
    head = next((i for i in range(at + 1, min(at + 5, len(words))) if _is_head(words, i)), None)
    if head is None or not all(_is_adjective(words[i]) or words[i].text == "-" for i in range(at + 1, head)):
        return None
    if "nomn" not in cases(words[head].lower) and words[at].text != ",":
        return None
    last = head + 1
    while last < len(words) and last - head < REACH and _goes_on(words, last):
        last += 1
    while last > head + 1 and words[last - 1].lower in INSIDE:
        last -= 1
    return Post(
        at + 1, last, _base_form(words, at + 1, last, text), cases(words[head].lower), _gender(words[head].lower)
    )


def _goes_on(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.text in OPENING + CLOSING and word.text not in "()":
        return True
    if not word.is_letters:
        return word.text in "-№" or word.text.isdigit()
    if word.is_capital or word.lower in INSIDE:
        return True
    first = forms(word.lower)[0] if forms(word.lower) else None
    if first is not None and first.part in {"VERB", "PRED", "GRND", "INFN", "PRTS"}:
        return False
    return bool(cases(word.lower) & {"gent", "datv", "ablt", "loct"})


def _head_before(words: Sequence[Word], at: int, floor: int) -> int | None:
    depth = 0
    for back in range(at - 1, max(floor - 1, at - 1 - REACH), -1):
        word = words[back]
        if word.text in '»”“"' and word.text != '"':
            depth += 1
            continue
        if word.text in "«„":
            depth -= 1
            if depth < 0:
                return None
            continue
        if depth:
            continue
        if _is_head(words, back):
            return back
        if not _is_inside(words, back, at):
            return None
    return None


def _is_inside(words: Sequence[Word], back: int, at: int) -> bool:
    word = words[back]
    if word.text == ".":
        return back > 0 and words[back - 1].lower in {"г", "зам", "им", "гор"}
    if word.text == ",":
        return back > 1 and _is_oblique(words[back - 1]) and _is_oblique(words[back + 1]) and back + 1 < at
    if not word.is_letters:
        return word.text in {"№", "-"} or word.text.isdigit()
    if word.lower in INSIDE or word.is_capital:
        return word.lower not in name_words().titles.words
    found = forms(word.lower)
    if found and found[0].part in {"VERB", "INFN", "GRND", "PRTS", "PRED", "ADVB", "CONJ", "PREP", "PRCL"}:
        return False
    return _is_oblique(word)


def _is_oblique(word: Word) -> bool:
    return word.is_letters and bool(cases(word.lower) & {"gent", "datv", "ablt", "loct"})


def _is_head(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if not word.is_letters or word.lower == "после" or not has_post_word(word.text):
        return False  # «после Чернобыля» speaks of no ambassador
    if word.lower.startswith("народн") and at + 1 < len(words) and words[at + 1].lower.startswith("республик"):
        return False
    if "голов" in word.lower and not (at and words[at - 1].lower.startswith("городск")):
        return False
    return not (word.is_capital and not word.is_first and _is_name(word))


def _is_name(word: Word) -> bool:
    return bool(marks(word.lower) & {"Surn", "Name"}) and word.text not in {"Мэр", "Глава"}


def _agreeing(word: str) -> list[Form]:
    """The readings of a post's head as that post."""
    posts = name_words().posts.words
    is_participle = PARTICIPLE.match(word) is not None
    return [
        form
        for form in forms(word)
        if form.case and (fold(form.lemma) in posts or (is_participle and form.part in {"PRTF", "ADJF"}))
    ]


def _gender(word: str) -> str:
    genders = {form.gender for form in _agreeing(word)}
    if genders == {"femn"}:
        return "femn"
    return ""


def _is_adjective(word: Word) -> bool:
    return word.is_letters and bool(forms(word.lower)) and forms(word.lower)[0].part in ADJECTIVES


def _leftmost(words: Sequence[Word], head: int, floor: int) -> tuple[int, int]:
    """Where the post begins, and its first head: adjectives, «заместитель», «исполняющий обязанности» to the left."""
    first = lead = head
    while first > floor:
        before = words[first - 1]
        if before.text == "." and first > 1:
            taken = _abbreviated(words, first, floor)
            if taken is None:
                break
            first = lead = taken
            continue
        if before.text in "—–-" and first == lead:
            further = _further_head(words, first - 1, lead, floor)
            if further is None:
                break
            first = lead = further
            continue
        if before.lower == "из" and first > floor + 1 and words[first - 2].lower.startswith(("одн", "дв", "тр")):
            further = _further_head(words, first - 2, lead, floor, is_same_case=False)
            if further is None:
                break
            first = lead = further
            continue
        if not before.is_letters:
            break
        wanted = cases(words[lead].lower)
        if _is_head(words, first - 1) and ("gent" in cases(words[first].lower) or cases(before.lower) & wanted):
            if not _could_govern(before, words[first]):
                break
            first = lead = first - 1
            continue
        if _is_adjective(before) and cases(before.lower) & wanted and _are_adjectives(words, first, lead):
            if before.is_capital and not before.is_first and marks(before.lower) & {"Surn"}:
                break
            first -= 1
            continue
        if before.lower.startswith("обязанност"):
            if first > 1 and words[first - 2].lower.startswith(("исполня", "временно")):
                first = lead = first - 2
                if first > floor and words[first - 1].lower == "временно":
                    first -= 1
                continue
            break
        if (
            before.lower == "и"
            and first > floor + 1
            and _is_adjective(words[first])
            and _is_adjective(words[first - 2])
        ):
            first -= 2
            continue
        further = _further_head(words, first, lead, floor, is_same_case=not _is_of_many(words[lead].lower))
        if further is None:
            break
        first = lead = further
    return first, lead


def _is_of_many(word: str) -> bool:
    """Whether a head only says of whom a body is: «председатель Совета депутатов»."""
    found = _agreeing(word)
    return bool(found) and all(form.number == "plur" and form.case in {"gent", "accs"} for form in found)


def _are_adjectives(words: Sequence[Word], first: int, lead: int) -> bool:
    return all(_is_adjective(word) or word.lower == "и" for word in words[first:lead])


def _could_govern(before: Word, after: Word) -> bool:
    """Whether a head before another head belongs to one post: заместителя мэра, доцент кафедры; not «мэр гостю»."""
    return "gent" in cases(after.lower) or bool(cases(before.lower) & cases(after.lower))


def _further_head(words: Sequence[Word], first: int, lead: int, floor: int, *, is_same_case: bool = True) -> int | None:
    """A head further left over genitives only, in the same case: «руководитель группы доцент»."""
    for back in range(first - 1, max(floor - 1, first - 6), -1):
        word = words[back]
        is_other = word.is_capital and not word.is_first and is_common(word.lower)
        if not word.is_letters or (is_other and head_form(word.lower) is None):
            return None
        if _is_head(words, back):
            same = {form.case for form in _agreeing(word.lower)} & cases(words[lead].lower)
            return back if same or not is_same_case else None
        if word.is_capital:
            continue
        if not {"gent", "ablt"} & cases(word.lower) or (
            forms(word.lower) and forms(word.lower)[0].part in {"VERB", "ADVB"}
        ):
            return None
    return None


def _abbreviated(words: Sequence[Word], first: int, floor: int) -> int | None:
    """«и. о. мэра», «зам. директора»: where the abbreviation begins."""
    if first >= 4 and words[first - 2].lower == "о" and words[first - 3].text == "." and words[first - 4].lower == "и":
        return first - 4 if first - 4 >= floor else None
    if first >= 2 and words[first - 2].lower in {"зам", "пом", "нач", "зав", "рук"}:
        return first - 2 if first - 2 >= floor else None
    return None


def _base_form(words: Sequence[Word], first: int, last: int, text: str) -> str:
    """The words of the post with its heads, and the adjectives before them, in the nominative singular."""
    start, end = words[first].start, words[last - 1].end
    replaced: dict[int, str] = {}
    wanted: frozenset[str] | None = None
    if words[first].lower == "и" and words[min(first + 1, last - 1)].text == ".":
        return " ".join(text[start:end].split()).strip(" ,")
    acting = next((at for at in range(first, last) if words[at].lower.startswith(("исполняющ", "временн"))), None)
    if acting is not None:
        is_woman = words[acting].lower.endswith(("ая", "ей", "ую"))
        replaced[acting] = adjective_base(words[acting].text, "femn" if is_woman else "masc")
    for at in range(first, last if acting is None else first):
        if not _is_head(words, at):
            continue
        found = _agreeing(words[at].lower)
        if wanted is not None and (not wanted & {form.case for form in found} or not _stands_apart(words, at)):
            continue
        if not found:
            continue
        wanted = wanted or frozenset(form.case for form in found)
        form = max(found, key=lambda item: (item.part == "NOUN", item.weight))
        base = inflect(words[at].lower, form.lemma, "nomn", "sing", form.gender if form.part != "NOUN" else "")
        replaced[at] = like(words[at].text, base or form.lemma)
        gender = "femn" if form.gender == "femn" and form.lemma != "голова" else "masc"
        back = at - 1
        while back >= first and back not in replaced and (_is_adjective(words[back]) or words[back].lower == "и"):
            if words[back].lower != "и":
                replaced[back] = adjective_base(words[back].text, gender)
            back -= 1
    pieces, position = [], start
    for at in range(first, last):
        if at in replaced:
            pieces += [text[position : words[at].start], replaced[at]]
            position = words[at].end
    pieces.append(text[position:end])
    name = " ".join("".join(pieces).split()).strip(" ,").removesuffix(" и")
    return name[:1].lower() + name[1:] if words[first].is_first and not name[:2].isupper() else name


def _stands_apart(words: Sequence[Word], at: int) -> bool:
    """Whether a later head is a post of its own, rather than what an earlier one is of («заместитель мэра»)."""
    return "nomn" in cases(words[at].lower) and "gent" not in {form.case for form in _agreeing(words[at].lower)}
