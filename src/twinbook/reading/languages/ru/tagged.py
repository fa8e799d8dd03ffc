"""Names that a model finds where the rules left capital words open: as mentions in base form, by our own morphology."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from twinbook.reading.languages.ru import gazetteer
from twinbook.reading.languages.ru.gazetteer import Known
from twinbook.reading.languages.ru.lines import Line
from twinbook.reading.languages.ru.mentions import Mention, mention_of
from twinbook.reading.languages.ru.morphology import Base, bases_by_ending, is_common, is_known
from twinbook.reading.languages.ru.name_words import has_post_word
from twinbook.reading.languages.ru.people import PATRONYMIC, Shape, shape_at
from twinbook.reading.languages.ru.phrases import base_form
from twinbook.reading.languages.ru.places import PageContext, place_at
from twinbook.reading.languages.ru.posts import Post, post_after, post_before
from twinbook.reading.languages.ru.surroundings import PLACE_PREPOSITIONS, cases_wanted, preposition_before, title
from twinbook.reading.languages.ru.words import Word
from twinbook.reading.story import NameMention, TaggedName, Tagger

LONGEST_NAME = 5  # words of a person's name
BESIDE = frozenset(["в", "во", "на", "у", "около", "возле", "близ"])  # a body after them only tells where


@dataclass
class SecondLook:
    """What the model's names gave: people as mentions to be joined with the rules', places and bodies ready.

    `nobody` are people of the rules that the model takes for something else.
    """

    people: list[Mention] = field(default_factory=list)
    nobody: list[Mention] = field(default_factory=list)
    places: list[NameMention] = field(default_factory=list)
    organisations: list[NameMention] = field(default_factory=list)


def second_look(
    lines: Sequence[Line], people: Sequence[Mention], tagger: Tagger, context: PageContext, text: str
) -> SecondLook:
    """Ask the model about the sentences with open capital words; what the rules have taken stays theirs.

    Only where the rules took one word for a person whom the page names nowhere in full, the model may say otherwise.
    """
    found = SecondLook()
    alone = _alone(people)
    open_lines = [line for line in lines if _is_open(line, alone)]
    spans = [(line.words[0].start, line.words[-1].end) for line in open_lines]
    waiting = deque(tagger(text, spans) if spans else ())
    for line in open_lines:
        end = line.words[-1].end
        while waiting and waiting[0].end <= end:
            name = waiting.popleft()
            found.nobody += _denied(name, alone, line)
            _add(found, name, line, context, text)
    return found


def _alone(people: Sequence[Mention]) -> dict[int, Mention]:
    """By their start, mentions whose bare surname is all that the page has of its bearer."""
    introduced = {surname for mention in people if mention.given for surname in mention.surname}
    return {
        mention.start: mention
        for mention in people
        if not (mention.given or mention.initials or mention.patronymic or introduced & mention.surname.keys())
    }


def _is_open(line: Line, alone: Mapping[int, Mention]) -> bool:
    """Whether the rules left a capital word that no dictionary knows as a common one, or took one that stands alone."""
    return any(_is_open_at(line, at) or word.start in alone for at, word in enumerate(line.words))


def _denied(name: TaggedName, alone: Mapping[int, Mention], line: Line) -> list[Mention]:
    """People of the rules that the model takes for a place or a body; their words are free again."""
    denied: list[Mention] = []
    for at in _inside(line, name) if name.kind != "person" else ():
        mention = alone.get(line.words[at].start)
        if mention is not None and mention.end <= name.end:
            line.taken[at] = ""
            denied.append(mention)
    return denied


def _inside(line: Line, name: TaggedName) -> range:
    """Positions of the line's words that lie in the model's span."""
    starts = [word.start for word in line.words]
    first, last = bisect_left(starts, name.start), bisect_left(starts, name.end)
    return range(first, last if last <= first or line.words[last - 1].end <= name.end else last - 1)


def _is_open_at(line: Line, at: int) -> bool:
    word = line.words[at]
    if not word.is_letters or not word.is_capital or len(word.text) < 2 or line.taken[at] or at in line.blocked:
        return False
    if line.places.get(at) is not None:
        return False
    return not (word.is_first and is_common(word.lower))


def _add(found: SecondLook, name: TaggedName, line: Line, context: PageContext, text: str) -> None:
    words = line.words
    inside = _inside(line, name)
    if not inside or any(line.taken[at] or at in line.blocked for at in inside):
        return
    first, last = inside[0], inside[-1] + 1
    if name.kind == "person":
        if mention := _person(words, first, last, text):
            found.people.append(mention)
            line.taken[first:last] = ["person"] * (last - first)
    elif name.kind == "place":
        if (place := _place(line, first, last, context, text)) is not None:
            start, end = words[first].start, words[last - 1].end
            known = NameMention("place", start, end, place.name, country=place.country, place_kind=place.kind)
            found.places.append(known)
    elif body := _body(words, first, last, text):
        found.organisations.append(body)
        line.taken[first:last] = ["body"] * (last - first)


def _person(words: Sequence[Word], first: int, last: int, text: str) -> Mention | None:
    """A person by two words or more: one alone is a surname that nobody introduced, or no person at all."""
    nobody = [False] * len(words)
    shape = shape_at(words, first, has_post=True, is_place=nobody)
    if shape is None or shape.last != last:
        shape = _plain_shape(words, first, last)
    if shape is None:
        return None
    post = post_before(words, first, text, 0) or post_after(words, last, text)
    if last - first == 1 and not (post and post.last <= first):
        return None
    if words[first].is_first and has_post_word(words[first].text):
        return None
    cases, gender = (post.cases, post.gender) if post and post.last <= first else (frozenset(), "")
    mention = mention_of(words, shape, cases, gender, frozenset())
    if post is not None:
        mention.role = post.name
        mention.represents = _town_in(words, post)
    return mention


def _plain_shape(words: Sequence[Word], first: int, last: int) -> Shape | None:
    """First name, perhaps a father's name, surname, as the words stand in the model's span."""
    if not 2 <= last - first <= LONGEST_NAME or not all(word.is_letters for word in words[first:last]):
        return None
    if not all(words[at].is_capital for at in (first, last - 1)):
        return None
    patronymic = first + 1 if last - first == 3 and PATRONYMIC.search(words[first + 1].text) else None
    rest = tuple(at for at in range(first + 1, last) if at != patronymic)
    return Shape(first, last, (first,), patronymic, rest)


def _town_in(words: Sequence[Word], post: Post) -> str | None:
    for at in range(post.first, post.last):
        if words[at].is_capital and (found := place_at(words, at, PageContext())):
            return found.place.name
    return None


def _place(line: Line, first: int, last: int, context: PageContext, page: str) -> Known | None:
    """The place by the rules' own look at these words, else by a base form that the gazetteer knows."""
    words = line.words
    if any(line.places.get(at) is not None for at in range(first, last)):
        return None
    if (found := place_at(words, first, context)) is not None:
        return found.place if found.last == last else None
    if last - first > 1 or words[first].text.isupper() or _is_abbreviated(words, first):
        return None
    text = title(words[first].text)
    wanted = cases_wanted(words, first)
    known = [
        place
        for base, cases in gazetteer.base_words(text).items()
        if (not wanted or wanted & set(cases)) and base not in gazetteer.tables().never
        for place in gazetteer.look_up(base)[:1]
    ]
    if known:
        return max(known, key=lambda place: place.people)
    return _unlisted(words, first, text, page)


def _is_abbreviated(words: Sequence[Word], at: int) -> bool:
    """«Корр. агентства»: a full stop that ends no sentence, or a short word before one."""
    if at + 1 >= len(words) or words[at + 1].text != "." or words[at + 1].start != words[at].end:
        return False
    return at + 2 < len(words) or len(words[at].text) < 5


def _unlisted(words: Sequence[Word], at: int, text: str, page: str) -> Known | None:
    """A town that no list or dictionary knows, where a preposition of place stands before it.

    Of its possible base forms one that the page has elsewhere is preferred.
    """
    if preposition_before(words, at) not in PLACE_PREPOSITIONS or is_known(words[at].lower):
        return None  # what dictionaries know and the gazetteer does not is a river, a continent, a mountain
    wanted = cases_wanted(words, at)

    def likelihood(base: Base) -> float:
        is_seen = base.word != text and re.search(rf"\b{re.escape(base.word)}\b", page) is not None
        of_both = 1.0 if base.word.endswith("о") else 0.0  # Тэтова, seen too, is a form of Тэтово
        return base.weight + (1.0 if base.case in wanted else 0.0) + (1.0 + of_both if is_seen else 0.0)

    return Known(max(bases_by_ending(text), key=likelihood).word, "city", None)


def _body(words: Sequence[Word], first: int, last: int, text: str) -> NameMention | None:
    """A body named in several words or between quotation marks."""
    if last - first < 2 or (first and words[first - 1].lower in BESIDE):
        return None
    start, end = words[first].start, words[last - 1].end
    return NameMention("organisation", start, end, base_form(text[start:end]))


def with_tagged_places(places: Sequence[NameMention], tagged: Sequence[NameMention]) -> list[NameMention]:
    """The rules' places and the model's that overlap none of them, in order."""
    taken = {at for place in places for at in range(place.start, place.end)}
    added = [place for place in tagged if not taken.intersection(range(place.start, place.end))]
    return sorted([*places, *added], key=lambda place: place.start) if added else list(places)
