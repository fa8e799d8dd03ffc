"""Everything named in a Japanese story, one base form a bearer: bodies first, then people, then places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from twinbook.reading.languages.ja.atlas import countries_in, meanings
from twinbook.reading.languages.ja.bearers import full_names, joined_name, long_names
from twinbook.reading.languages.ja.home import find_home
from twinbook.reading.languages.ja.organisations import BodySpan, find_bodies
from twinbook.reading.languages.ja.people import PersonSpan, find_known_people, find_people
from twinbook.reading.languages.ja.places import PlaceSpan, bare_places, known_places, suffixed_places
from twinbook.reading.languages.ja.posts import Post, find_posts
from twinbook.reading.languages.ja.references import find_references
from twinbook.reading.languages.ja.resolving import Resolver
from twinbook.reading.languages.ja.words import IS_KANJI, JOINT, KANJI, KATAKANA, Line, any_of, data, words_of
from twinbook.reading.story import NameMention, Story

NAME_WITH_POST = re.compile(
    f"(?P<name>[{KATAKANA}]+(?:[{JOINT}][{KATAKANA}]+)+)(?:氏|さん|[副前元]?(?:市長|知事|議長|会長|団長|大使|総領事))"
)


# モジ・ダス・クルーゼス市(以下、モジ市), 蔚珍(ウルチン)郡: a further name of the place, without its suffix.
CALLED = re.compile(
    f"[（(]以下[、,]?\\s?[「『]?(?P<short>[{KANJI}{KATAKANA}{JOINT}]{{1,12}}?)[市町村県州省区郡]?[」』]?(?:と(?:いう|する|記載|表記|略す?))?[)）]"
)
READ_ALOUD = re.compile(f"[{KANJI}]{{1,6}}[（(](?P<short>[{KATAKANA}{JOINT}]{{2,12}})[)）]")
TOWNSHIP = re.compile(
    f"(?:台湾(?:の|[{JOINT}])?|(?:花蓮|彰化|屏東|南投|嘉義|雲林|苗栗|新竹|台東|宜蘭|桃園|台中|台南|高雄)県)(?P<name>[{KANJI}]{{1,3}}[郷鎮])"
)
HIRAGANA_TWIN = re.compile(f"[べぺ](?=[{KATAKANA}])")
SEATED = frozenset(["在", "駐"])
OF_COUNTRY = re.compile("領事|大使|公使")
OF_REGION = re.compile("(?:常務|前|元)?副?(?:州|県|道)?知事|(?:常務)?副?[省州道]長")
OF_TOWN = re.compile(
    "(?:常務|筆頭)?(?:副|前|元|新)?(?:市|町|村|区|郡|鎮|郷|県)長|郡守|区庁長|(?:市|町|村)議会(?:副)?議長|教育長"
)
KATAKANA_ONLY = re.compile(f"[{KATAKANA}]{{2,}}")
OF_TIME = re.compile("^(?:前|元|新|現|次期|初代)")
MOST_ALONE = 20  # family names that are looked for outside the story
FAR = 20_000  # characters before and behind the story
TOWN_POST = re.compile("[市町村](?=長$)")


@dataclass(frozen=True)
class LineNames:
    """What one line names: bodies, people, places."""

    line: Line
    posts: list[Post]
    bodies: list[BodySpan]
    people: list[PersonSpan]
    places: list[PlaceSpan]


def find_names(story: Story) -> list[NameMention]:
    """People, places and bodies named in the story, in order; 本市, 両市 … as the places they stand for."""
    lines = [Line.of(_in_one_script(story.words_of(sentence)), sentence.start) for sentence in story.sentences]
    read = _with_townships([_first_reading(line) for line in lines])
    outside = _names_outside(story, read)
    read = _with_bare_places(read, outside)
    countries = countries_in("".join(line.text for line in lines)) + _countries_of_regions(read)
    resolver = Resolver((span for one in read for span in one.places), countries)
    places = [
        resolver.mention(span, one.line.start)
        for one in read
        for span in one.places
        if one.line.text[max(0, span.start - 1) : span.start] not in SEATED  # 在ハバロフスク総領事: only its seat
    ]
    places = _without_parts(sorted(places, key=lambda place: (place.start, -place.end)))
    home = find_home(story, places)
    places += find_references(lines, places, home)
    if not any(place.country == "JP" for place in places):
        places += _places_of_bodies(read)
    places = _by_one_name(story, places)
    people = _with_towns(_people(read, {place.name for place in places}, outside), places, home)
    return sorted([*_bodies(read), *people, *places], key=lambda name: (name.start, name.end, name.kind, name.name))


def _without_parts(places: list[NameMention]) -> list[NameMention]:
    """The places without those that are a part of another's name: 呉区 in 新呉区."""
    kept: list[NameMention] = []
    for place in places:
        is_part = any(other.start <= place.start and place.end <= other.end for other in kept[-2:])
        if not (is_part and any(place.name != other.name and other.name.endswith(place.name) for other in kept[-2:])):
            kept.append(place)
    return kept


def _with_townships(read: list[LineNames]) -> list[LineNames]:
    """The lines with the townships of Taiwan that the page places there once (台湾の…郷, …県…鎮), wherever named."""
    named = {found["name"] for one in read for found in TOWNSHIP.finditer(one.line.text)}
    if not named:
        return read
    pattern = re.compile(any_of(tuple(named)))
    return [
        replace(
            one,
            people=[
                person
                for person in one.people
                if not any(person.start < found.end() and found.start() < person.end for found in here)
            ],
            places=[
                *(span for span in one.places if not any(found.start() <= span.start < found.end() for found in here)),
                *(PlaceSpan(*found.span(), found[0], "", "city", "TW") for found in here),
            ],
        )
        for one in read
        for here in [list(pattern.finditer(one.line.text))]
    ]


def _countries_of_regions(read: list[LineNames]) -> list[str]:
    """Countries that the page names by their divisions only (慶尚北道, 浙江省)."""
    regions = (
        found for one in read for span in one.places if span.suffix for found in meanings(span.bare + span.suffix)
    )
    return list(dict.fromkeys(found.country for found in regions if found.kind == "region" and found.country))


def _by_one_name(story: Story, places: list[NameMention]) -> list[NameMention]:
    """The places, those called by a short name that the page gives (モジ市 for …) or by a reading under their own."""
    own: dict[str, NameMention] = {}
    for place in places:
        if found := CALLED.match(story.text, place.end) or READ_ALOUD.match(story.text, place.start):
            own.setdefault(found["short"], place)
    return [
        replace(place, name=main.name, country=main.country, place_kind=main.place_kind)
        if (main := own.get(place.name)) and main.name != place.name
        else place
        for place in places
    ]


def _in_one_script(text: str) -> str:
    """べアシュ → ベアシュ: a letter of the other script that looks alike, typed before katakana."""
    return HIRAGANA_TWIN.sub(lambda found: chr(ord(found[0]) + 0x60), text)


def _first_reading(line: Line) -> LineNames:
    bodies = find_bodies(line)
    inside = {offset for body in bodies for offset in range(body.start, body.end)}
    posts = find_posts(line, {body.end: body.start for body in bodies})
    people = find_people(line, posts, inside)
    taken = inside | {offset for person in people if person.is_full for offset in range(person.start, person.end)}
    places = suffixed_places(line, taken)
    places += [town for person in people if (town := _town_of_post(line, person, places))]
    return LineNames(line, posts, bodies, people, places)


def _town_of_post(line: Line, person: PersonSpan, places: list[PlaceSpan]) -> PlaceSpan | None:
    """姫路 in 清元秀泰姫路市長: a town that the words of the sentence do not show, for it is fused with a name."""
    if not person.role or any(span.start < person.role[1] and person.role[0] < span.end for span in places):
        return None
    role = line.text[slice(*person.role)]
    post = TOWN_POST.search(role)
    bare = OF_TIME.sub("", role[: post.start()].strip("・ 　")) if post else ""
    if not bare or not (meanings(bare) or meanings(bare + "市")):
        return None
    start = person.role[0] + role.index(bare)
    return PlaceSpan(start, start + len(bare) + 1, bare, role[role.index(bare) + len(bare)], "city")


def _names_outside(story: Story, read: list[LineNames]) -> list[PersonSpan]:
    """Full names that stand outside the story's spans (captions, lists of those present) for family names inside."""
    outside = _gaps(story)
    found = [
        PersonSpan(match.start(), match.end(), match["name"], True)
        for start, end in outside
        for match in NAME_WITH_POST.finditer(story.text, start, end)
    ]
    people = [(one.line, person) for one in read for person in one.people]
    full = {person.family for _, person in people if person.is_full}
    alone = {
        (person.name, line.text[slice(*person.role)][-2:])
        for line, person in people
        if person.role and not person.is_full and person.name not in full and IS_KANJI.fullmatch(person.name)
    }
    for family, post in sorted(alone)[:MOST_ALONE]:
        found += _full_names_of(family, post, story.text, outside)
    return found


def _gaps(story: Story) -> list[tuple[int, int]]:
    """The parts of the page outside the story, as far as names are looked for there."""
    gaps, begin = [], max(0, story.spans[0][0] - FAR) if story.spans else 0
    for start, end in story.spans:
        if begin < start:
            gaps.append((begin, start))
        begin = end
    return [*gaps, (begin, min(len(story.text), begin + FAR))]


def _full_names_of(family: str, post: str, text: str, outside: list[tuple[int, int]]) -> list[PersonSpan]:
    """Full names with this family name and post in the lines of the page outside the story."""
    pattern = re.compile(re.escape(family))
    for match in (match for span in outside for match in pattern.finditer(text, *span)):
        start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.start())
        line = Line.of(text[max(start, match.start() - 100) : min(end if end > 0 else len(text), match.start() + 100)])
        people = find_people(line, find_posts(line, {}), set())
        fitting = [one for one in people if one.is_full and one.name.startswith(family) and one.role]
        fitting = [one for one in fitting if one.role and line.text[slice(*one.role)].endswith(post)]
        if fitting:
            return fitting[:1]
    return []


def _with_bare_places(read: list[LineNames], outside: list[PersonSpan]) -> list[LineNames]:
    """Bare names are looked for when the page's names with suffixes and its full names of persons are known."""
    known: dict[str, set[str]] = {}
    for one in read:
        for span in one.places:
            if span.suffix:
                known.setdefault(span.bare, set()).add(span.suffix)
    full = full_names([*(person for one in read for person in one.people), *outside])
    result = []
    for one in read:
        people = [person for person in one.people if person.is_full or joined_name(person, full, set(known))]
        taken = {offset for body in one.bodies for offset in range(body.start, body.end)}
        taken |= {offset for person in people for offset in range(person.start, person.end)}
        people += find_known_people(one.line, full, one.posts, taken)
        taken |= {offset for person in people for offset in range(person.start, person.end)}
        suffixed = [span for span in one.places if not taken & set(range(span.start, span.end))]
        taken |= {offset for span in suffixed for offset in range(span.start, span.end)}
        suffixed += known_places(one.line, taken, known)
        taken |= {offset for span in suffixed for offset in range(span.start, span.end)}
        result.append(
            LineNames(one.line, one.posts, one.bodies, people, [*suffixed, *bare_places(one.line, taken, known)])
        )
    return result


def _places_of_bodies(read: list[LineNames]) -> list[NameMention]:
    """千葉 out of 千葉市国際交流協会, where the story names no other place in Japan."""
    return [
        NameMention(
            "place", body.start + one.line.start, body.end + one.line.start, place, country="JP", place_kind="city"
        )
        for one in read
        for body in one.bodies
        if (place := (body.place or "").removesuffix("市")) and any(found.country == "JP" for found in meanings(place))
    ]


def _people(read: list[LineNames], places: set[str], outside: list[PersonSpan]) -> list[NameMention]:
    full = full_names([*(person for one in read for person in one.people), *outside])
    found = []
    for one in read:
        for person in one.people:
            if name := joined_name(person, full, places):
                start, end = person.start + one.line.start, person.end + one.line.start
                found.append(
                    NameMention(
                        "person", start, end, name, role=_role(one.line, person), represents=_represents(one, person)
                    )
                )
    return found


def _with_towns(people: list[NameMention], places: list[NameMention], home: str | None) -> list[NameMention]:
    """A mayor of no named town is home's; one with a foreign name is the only foreign town's."""
    known = {one.name for one in people if one.represents}
    foreign = [one for one in places if one.country not in ("JP", None)]
    towns = {one.name for one in foreign if one.place_kind in ("city", "district")}
    regions = {one.name for one in foreign if one.place_kind == "region"}
    return [
        replace(one, represents=_town_of(one, towns, regions, home)) if one.name not in known and one.role else one
        for one in people
    ]


ABROAD_ONLY = re.compile("(?:郡守|郡長|鎮長|郷長)$")  # posts that no town in Japan has


def _town_of(person: NameMention, towns: set[str], regions: set[str], home: str | None) -> str | None:
    is_of_region = OF_REGION.fullmatch(person.role or "")
    if not is_of_region and not OF_TOWN.fullmatch(person.role or ""):
        return None
    abroad = regions if is_of_region else towns
    if ABROAD_ONLY.search(person.role or ""):
        return next(iter(abroad)) if len(abroad) == 1 else None
    if KATAKANA_ONLY.search(person.name):
        return next(iter(abroad)) if len(abroad) == 1 else None
    if not is_of_region and home and home.endswith(("道", "都", "府", "県")):
        return None  # a town's head, of a town that the page does not name
    words = words_of(person.name)
    is_family = len(words) == 1 and words[0].kind == "surname" and len(person.name) > 1  # 石原 is no 石 of China
    is_chinese = person.name[0] in data("names")["chinese_surnames"] and len(person.name) <= 3 and not is_family
    if is_chinese and abroad:
        return next(iter(abroad)) if len(abroad) == 1 else None
    return home


def _role(line: Line, person: PersonSpan) -> str | None:
    return line.text[slice(*person.role)].strip(" 　・") if person.role else None


def _represents(one: LineNames, person: PersonSpan) -> str | None:
    """The body or place in the post's name, else the place or body that stands before the person with の."""
    begin = min(person.start, person.role[0]) if person.role else person.start
    end = max(person.end, person.role[1]) if person.role else person.end
    for body in one.bodies:
        if begin <= body.start < end or (body.end + 1 >= begin > body.start):
            return body.name
    inside = [place for place in one.places if begin <= place.start < end]
    if OF_COUNTRY.search(_role(one.line, person) or "") and (
        country := next((place for place in inside if place.kind == "country"), None)
    ):
        return country.bare
    for place in one.places:
        if begin <= place.start < end or (place.end + 1 >= begin > place.start):
            return place.bare + (place.suffix if place.kind != "city" else "")
    return None


def _bodies(read: list[LineNames]) -> list[NameMention]:
    long = long_names(body for one in read for body in one.bodies)
    return [
        NameMention(
            "organisation", body.start + one.line.start, body.end + one.line.start, long[body.name], place=body.place
        )
        for one in read
        for body in one.bodies
    ]
