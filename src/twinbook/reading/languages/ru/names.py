"""People, places and organisations of a Russian story: people first, places after, one base form a bearer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from twinbook.reading.languages.ru import gazetteer
from twinbook.reading.languages.ru.bearers import one_name_each
from twinbook.reading.languages.ru.declension import surname_bases
from twinbook.reading.languages.ru.gazetteer import fold
from twinbook.reading.languages.ru.lines import Line, block
from twinbook.reading.languages.ru.lost_spaces import lost_space
from twinbook.reading.languages.ru.mentions import Mention, mention_of
from twinbook.reading.languages.ru.morphology import Base, forms
from twinbook.reading.languages.ru.name_words import name_words
from twinbook.reading.languages.ru.organisations import Body, find_organisations
from twinbook.reading.languages.ru.people import Shape, has_father_s_name, is_full_name, is_initial, shape_at
from twinbook.reading.languages.ru.places import Found, PageContext, page_context, place_at
from twinbook.reading.languages.ru.posts import Post, post_after, post_before
from twinbook.reading.languages.ru.surroundings import head_before
from twinbook.reading.languages.ru.tagged import SecondLook, second_look, with_tagged_places
from twinbook.reading.languages.ru.towns import places_of
from twinbook.reading.languages.ru.words import Word, find_words
from twinbook.reading.story import NameMention, Story, Tagger

STARTS = attrgetter("start")
PAST = re.compile(r"[а-яё]{2}(?:л|ла|лся|лась)\Z")
NO_PERSON = frozenset(["street", "honoured", "title", "body"])  # what a word may be taken for


def find_names(story: Story) -> list[NameMention]:
    """Every mention of people, places and organisations in the story's sentences, in order."""
    return _find_names(story, None)


def find_names_with(story: Story, tagger: Tagger) -> list[NameMention]:
    """The same, and where the rules leave capital words open, the names that a model finds there."""
    return _find_names(story, tagger)


def _find_names(story: Story, tagger: Tagger | None) -> list[NameMention]:
    text = story.text
    lines = [Line(find_words(text, sentence.start, sentence.end, lost_space)) for sentence in story.sentences]
    context = page_context([line.words for line in lines])
    people: list[Mention] = []
    for line in lines:
        line.taken = [""] * len(line.words)
        block(line)
        line.bodies = [body for body in find_organisations(line.words, text) if not _is_blocked(line, body)]
        for body in line.bodies:
            line.taken[body.first : body.last] = ["body"] * (body.last - body.first)
        people += _people_of(line, context, text)
    people += _single_mentions(lines, people, context)
    second = second_look(lines, people, tagger, context, text) if tagger else SecondLook()
    nobody = {id(mention) for mention in second.nobody}
    people = [mention for mention in people if id(mention) not in nobody]
    if second.people:
        people += second.people
        people += _single_mentions(lines, people, context)
    names = one_name_each(people)
    _, places = places_of(lines, context, story.home)
    places = with_tagged_places(places, second.places)
    capital = {body.name.casefold(): body.name for line in lines for body in line.bodies if body.name[:1].isupper()}
    found = [_person(mention, names[at]) for at, mention in enumerate(people)]
    found = _with_represents(found, places)
    places = sorted(places, key=STARTS)
    found += places
    found += [mention for line in lines for mention in _organisations_of(line, places, capital)]
    found += second.organisations
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def _person(mention: Mention, name: str) -> NameMention:
    return NameMention("person", mention.start, mention.end, name, mention.role, mention.represents)


def _is_blocked(line: Line, body: Body) -> bool:
    return line.taken[body.first] == "title" or body.is_beside


def _people_of(line: Line, context: PageContext, text: str) -> list[Mention]:
    words = line.words
    places: list[Found | None] = [None] * len(words)
    for at, word in enumerate(words):
        if word.is_capital and not line.taken[at]:
            places[at] = line.places[at] = place_at(words, at, context)
    is_place = _strong_places(words, places)
    people: list[Mention] = []
    shared: Post | None = None  # «мэры X и Y»: the post of both
    at = floor = 0
    while at < len(words):
        if line.taken[at] in NO_PERSON or not (words[at].is_capital and words[at].is_letters):
            at += 1
            continue
        post, is_titled = _post_before(words, at, text, floor)
        place = places[at]
        if place is not None and place.last == at + 1 and _is_person_here(words, at, post, is_titled, places):
            is_place[at] = False
        elif place is not None and _is_only_place(words, at, place, is_place):
            at = place.last
            continue
        shape = shape_at(words, at, has_post=post is not None or is_titled, is_place=is_place)
        if shape is None or any(line.taken[i] in {"body", "title"} for i in range(at, shape.last)):
            at += 1
            continue
        is_joined = bool(people) and 0 < at - floor < 2 and words[at - 1].text in {"и", ",", "или"}
        mention = _mention(words, shape, post, is_titled, people[-1].case if is_joined else "")
        post = post or (shared if is_joined else None) or post_after(words, shape.last, text)
        if post is not None:
            _give_post(mention, post, words, line, places)
        shared = post if post is not None and post.is_plural else None
        people.append(mention)
        line.taken[at : shape.last] = ["person"] * (shape.last - at)
        floor = at = shape.last
    return people


def _post_before(words: Sequence[Word], at: int, text: str, floor: int) -> tuple[Post | None, bool]:
    """The post right before a name, and whether a title of courtesy stands there."""
    if at == 0:
        return None, False
    if not _is_title_word(words, at):
        return post_before(words, at, text, floor), False
    earlier = post_before(words, at - 1, text, floor)
    if earlier is None and _is_post_title(words[at - 1]):
        earlier = post_before(words, at, text, floor)
    return earlier, True


def _is_person_here(
    words: Sequence[Word], at: int, post: Post | None, is_titled: bool, places: Sequence[Found | None]
) -> bool:
    """Whether a word that a town bears too names a person here: after a title, before initials, after a post's town."""
    if is_titled or _is_initial_next(words, at):
        return True
    if post is not None and has_father_s_name(words, at + 1):
        here = places[at]
        return here is None or here.place.kind != "country"  # «… республики Беларусь Игорь Маркович»
    if post is None or not _is_after_place(places, at):
        return False
    return not is_full_name(words, at + 1) and head_before(words, at) is None


def _mention(words: Sequence[Word], shape: Shape, post: Post | None, is_titled: bool, case_before: str) -> Mention:
    cases, gender = (post.cases, post.gender) if post else (frozenset(), "")
    if post is None and is_titled:
        cases, gender = _title_cases(words, shape.first), _title_gender(words, shape.first)
    return mention_of(words, shape, cases, gender, _alike(case_before) if case_before else frozenset())


def _is_initial_next(words: Sequence[Word], at: int) -> bool:
    """«Иванову М. С.»: a surname before two initials."""
    return is_initial(words, at + 1) and is_initial(words, at + 3)


def _is_after_place(found: Sequence[Found | None], at: int) -> bool:
    """Whether a place ends right before: two places do not follow each other without a mark."""
    return any(item is not None and item.last == at for item in found[max(0, at - 5) : at])


def _strong_places(words: Sequence[Word], found: Sequence[Found | None]) -> list[bool]:
    marked = [False] * len(words)
    for place in found:
        if place is not None:
            for at in range(place.first, place.last):
                marked[at] = True
    return marked


def _is_only_place(words: Sequence[Word], at: int, found: Found, is_place: Sequence[bool]) -> bool:
    if _is_person_rather(words, at, found):
        return False
    return found.last > at + 1 or not _starts_name(words, at, is_place)


def _is_person_rather(words: Sequence[Word], at: int, found: Found) -> bool:
    """Владимир Путин, Милан Йовович: a first name before a surname, though a town bears it."""
    if head_before(words, at) and is_full_name(words, at + 1):
        return False  # «аким города Астана Имангали Тасмагамбетов»
    from_names = any(fold(base) in name_words().first_names for base in gazetteer.base_words(words[at].text))
    is_name = from_names or any(
        "Name" in form.marks and form.is_known and form.number != "plur" for form in forms(words[at].lower)
    )
    after = words[at + 1] if at + 1 < len(words) else None
    return is_name and after is not None and after.is_letters and after.is_capital and found.last == at + 1


def _starts_name(words: Sequence[Word], at: int, is_place: Sequence[bool]) -> bool:
    """Whether a place word is the eastern surname of a name (Ван Лицзюань)."""
    after = at + 1 < len(words) and words[at + 1].is_letters and words[at + 1].is_capital
    third = at + 2 < len(words) and words[at + 2].is_letters and words[at + 2].is_capital
    return after and fold(words[at].text) in name_words().east_surnames and (third or not is_place[at + 1])


def _is_title_word(words: Sequence[Word], at: int) -> bool:
    return name_words().titles.lemma_of(words[at - 1].lower) is not None


def _alike(case: str) -> frozenset[str]:
    """Cases of the next name in a list: genitive and accusative of people look alike."""
    return frozenset(["gent", "accs"]) if case in {"gent", "accs"} else frozenset([case])


def _is_post_title(word: Word) -> bool:
    """Titles that are posts too: профессор, доктор."""
    return word.lower[:4] in {"проф", "докт"}


def _title_cases(words: Sequence[Word], at: int) -> frozenset[str]:
    return frozenset(form.case for form in forms(words[at - 1].lower) if form.case and form.is_known)


def _title_gender(words: Sequence[Word], at: int) -> str:
    lower = words[at - 1].lower
    return (
        "femn"
        if lower.startswith(("госпож", "фрау", "г-ж", "миссис", "мисс", "мадам", "леди", "сеньор", "синьор"))
        else "masc"
    )


def _give_post(mention: Mention, post: Post, words: Sequence[Word], line: Line, found: Sequence[Found | None]) -> None:
    mention.role = post.name
    body = next((body for body in line.bodies if post.first <= body.first and body.last <= post.last), None)
    place = next((item for item in found[post.first : post.last] if item is not None), None)
    if body is not None and (place is None or body.first <= place.first):
        mention.represents = body.name
    elif place is not None:
        mention.represents = place.place.name


def _stands_as_place(words: Sequence[Word], at: int, context: PageContext) -> bool:
    before = words[at - 1].lower if at else ""
    return (
        before in {"в", "во", "из", "до", "города", "городе", "городом", "город"}
        and place_at(words, at, context) is not None
    )


def _single_mentions(lines: Sequence[Line], people: Sequence[Mention], context: PageContext) -> list[Mention]:
    """Later mentions by surname (or by first name alone) of people named in full elsewhere on the page."""
    surnames = {fold(name): mention for mention in people for name, weight in mention.surname.items() if weight >= 0.5}
    given = {
        fold(name): mention
        for mention in people
        if mention.surname
        for name, weight in mention.given.items()
        if weight >= 1.0
    }
    found: list[Mention] = []
    for line in lines:
        for at, word in enumerate(line.words):
            if line.taken[at] or not word.is_letters or not word.is_capital or len(word.text) < 2:
                continue
            bases = _agreeing_bases(surname_bases(word.text), line.words, at)
            match = {base.word: base.weight for base in bases if fold(base.word) in surnames}
            if match and _stands_as_place(line.words, at, context):
                continue
            if match:
                line.taken[at] = "person"
                owner = surnames[fold(max(match.items(), key=lambda item: item[1])[0])]
                if not (owner.is_eastern and len(word.text) < 3):
                    found.append(Mention(word.start, word.end, surname={base.word: base.weight for base in bases}))
                continue
            first = next((base for base in bases if fold(base.word) in given and base.weight >= 0.9), None)
            if first is not None and not _stands_as_place(line.words, at, context):
                line.taken[at] = "person"
                owner = given[fold(first.word)]
                found.append(Mention(word.start, word.end, given=dict(owner.given), surname=dict(owner.surname)))
    return found


def _agreeing_bases(bases: Sequence[Base], words: Sequence[Word], at: int) -> Sequence[Base]:
    """Bases that agree with a past verb beside the surname: «сказала Глебова» speaks of Глебова, not of Глебов."""
    beside = [words[i].lower for i in (at - 1, at + 1) if 0 <= i < len(words)]
    verb = next((word for word in beside if PAST.search(word) and forms(word)[0].part == "VERB"), None)
    if verb is None or not words[at].text.endswith(("а", "я")):
        return bases
    is_woman = verb.endswith(("ла", "лась"))
    return [base for base in bases if (base.word == words[at].text) == is_woman] or bases


def _organisations_of(line: Line, places: Sequence[NameMention], capital: dict[str, str]) -> list[NameMention]:
    """The sentence's bodies, named as the page writes them elsewhere: «Дума» though it opens a sentence.

    `places` are in order of their start.
    """
    found = []
    for body in line.bodies:
        start, end = line.words[body.first].start, line.words[body.last - 1].end
        inside = places[bisect_left(places, start, key=STARTS) : bisect_left(places, end, key=STARTS)]
        place = next((place.name for place in inside if place.end <= end and place.place_kind == "city"), None)
        name = capital.get(body.name.casefold(), body.name)
        found.append(NameMention("organisation", start, end, name, place=place))
    return found


def _with_represents(people: list[NameMention], places: Sequence[NameMention]) -> list[NameMention]:
    """One role and one body a bearer: the first mention that has them speaks for all."""
    roles: dict[str, NameMention] = {}
    for person in people:
        if person.role and person.name not in roles:
            roles[person.name] = person
    return [
        replace(person, role=roles[person.name].role, represents=roles[person.name].represents)
        if person.name in roles
        else person
        for person in people
    ]
