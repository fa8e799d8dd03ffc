"""All names of a story: claimed in order of certainty, then given one base form a bearer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cache

from twinbook.reading.languages.en.bodies import claim_bodies, claim_things, is_head
from twinbook.reading.languages.en.demonyms import by_demonym
from twinbook.reading.languages.en.namesakes import Spot, country_of
from twinbook.reading.languages.en.people import Bearer, claim_people
from twinbook.reading.languages.en.places import claim_divisions, claim_known, claim_single, claim_unknown, often_placed
from twinbook.reading.languages.en.runs import Line, Word
from twinbook.reading.languages.en.words import (
    UPPER,
    cities,
    countries,
    demonyms,
    given_names,
    regions,
    surnames_first,
    word_set,
)
from twinbook.reading.story import NameMention, Story

SMALL = re.compile(r"(?<![\w’'-])[a-z]{2,}")
# BUFFALO, N.Y. — ; Leeds, UK (Reuters) – ; a story's place of writing.
DATELINE = re.compile(
    rf"(?P<city>[{UPPER}][\w.’'-]*(?:\s[{UPPER}][\w.’'-]*){{0,3}})(?:\s*,\s*[{UPPER}][\w.\s]{{1,25}}?)?(?:\s*\([^()]{{2,30}}\))?(?:\s*,\s*\w+\.?\s\d{{1,2}})?\s*(?:—"
    rf"|–|--|-{{1,2}}\s)\s*\S"
)
SAME_CITY = re.compile(
    r"\b(?:[Tt]his|[Oo]ur(?: own)?|[Tt]he home)\s+(?:beautiful\s+|fair\s+|small\s+|own\s+)?(?:city"
    r"|town|village|municipality|borough|community)\b(?!\s+(?:council|hall|manager|centre|center"
    r"|clerk|partner|twin))"
)
ACRONYM_IN_BRACKETS = re.compile(r"\s*\(([A-Z][A-Za-z&]{1,9})\)")
# A sentence that makes even a place named once part of the matter.
AT_ISSUE = re.compile(
    r"\b(?:twin|sister|partner|friendship|link|tie|pact|delegation|exchange|charter|flight|ferr|route"
    r"|airport|airline|cruise"
    r"|agreed|cooperat|trains|bus service|host|stay|visitors from|guests from|students from"
    r"|pupils from|teams? from|choirs? from|bands? from|cities)\w*\b",
    re.IGNORECASE,
)
BESIDE_TIE = re.compile(r"\b(?:twin(?:ned|ning|s)?|sister|partner(?:ed)?|friendship)\b[^.;]{0,40}\Z", re.IGNORECASE)
IN_PASSING = re.compile(
    r"\b(?:via|through|born|grew up|raised|living|lives|lived|studied|change(?:d|s)? planes"
    r"|stop(?:ped|ping)?|boat|passing|consul\w*|embassy"
    r"|ambassador|based|exile|fled|moved|serv(?:ed|ing)|priest|retired|drive|driving|miles|kilomet\w+"
    r"|hours?|(?-i:north|south|east|west)"
    r"|near|outside|(?:left|leaves?|leaving|bound|headed|departed)\b[^.;]{0,40}\bfor)\b"
    r"[^,.;]{0,30}\Z",
    re.IGNORECASE,
)
HOUSE_OF = re.compile(r"\b(?P<head>[A-Z][a-z]+) of (?:the )?\Z")
IN_TITLE = re.compile(
    r"\b(?:book|booklet|exhibition|show|song|film|play|album|mural|titled|entitled|called)\s[“\"‘'][^“”\"\n]{0,45}\Z"
)
ONLY_NEAR = re.compile(r"\b(?:[Nn]ear|[Cc]lose to|[Oo]utside|[Nn]ot far from)\s+\Z")
CIVIC_POST = re.compile(
    r"\b(?:mayor|mayoress|provost|councill?or|councilm\w+|alderm\w+|city manager|coun|cllr)\b", re.IGNORECASE
)
GUESTS_REACH = 80  # characters before a name in which words make its bearer a guest
GUESTS = re.compile(
    r"\b(?:delegations? from\b[^.;]{2,40}, (?:led|headed) by|(?:figures|guests|visitors|officials|representatives"
    r"|delegates),? including|counterpart from)\b"
)
RIVER_NAME = re.compile(r"(?P<bare>\S+)(?: am | an der | im | ob der | upon |-upon-| sur |-sur-)")
LIST_ITEM = re.compile(r"\s*(?:[•◦▪·*–—-]|\d{1,2}[.)])\s*")  # what stands before the name in an item of a list
OF_TIES = re.compile(
    r"(?P<town>[A-Z]\S+(?: [A-Z]\S+){0,2}?) (?:Sister (?:City|Cities)|Twinning|Twin Towns?|Town Twinning)\b"
)
SPEAKER_BEFORE = re.compile(r"\b(?:said|says|added|recalled|explained|told|noted|laughed|joked)\s+\Z")
SPEAKER_AFTER = re.compile(r"\s+(?:said|says|added|recalled|explained|told|noted|laughed|joked)\b")


def find_names(story: Story) -> list[NameMention]:
    """People, places and organisations named in the story, in order; one base form a bearer."""
    lines = [
        Line.of(story.text, sentence.start, sentence.end, is_headline=sentence.is_headline)
        for sentence in story.sentences
    ]
    ordinary = frozenset(SMALL.findall(" ".join(story.text[start:end] for start, end in story.spans)))
    for line in lines:
        claim_divisions(line)
    bodies = [(line, span) for line in lines for span in claim_bodies(line)]
    spots = [spot for line in lines for spot in claim_known(line)]
    for line in lines:
        claim_things(line)
    bearers = _people(lines, ordinary)
    persons, surname_mentions = _persons(lines, bearers)
    surnames = frozenset(name.split()[-1] for name in persons.values()) | _spoken_surnames(lines)
    spots += [spot for line in lines for spot in claim_single(line, ordinary)]
    placed = often_placed(lines) - surnames
    spots += [spot for line in lines for spot in claim_unknown(line, surnames, placed)]
    spots += _again(lines, spots)
    places = _places(story, spots)
    organisations = _organisations(story, bodies, spots)
    people = _people_mentions(story, bearers, persons, surname_mentions, places, organisations)
    others = _same_city(story, places) + by_demonym(story, places)
    taking_part = _taking_part(story, [*places, *others], organisations)
    return sorted([*people, *taking_part, *organisations], key=lambda name: (name.start, -name.end))


def _taking_part(story: Story, places: list[NameMention], bodies: list[NameMention]) -> list[NameMention]:
    """The places without those that are named once, in passing: where one changes planes, grew up, came through."""
    counted = Counter(place.name for place in places)
    names = " ".join({body.name for body in bodies})
    cities_named = {place.name for place in places if place.place_kind == "city"}
    counted.update(name for name in cities_named if re.search(rf"\b{re.escape(name)}\b", names))
    return [
        place
        for place in places
        if place.place_kind == "country" or counted[place.name] > 1 or _is_at_issue(story, place)
    ]


def _is_at_issue(story: Story, place: NameMention) -> bool:
    at = bisect_right(story.sentences, place.start, key=lambda item: item.start) - 1
    sentence = story.sentences[at] if at >= 0 else None
    if sentence and ONLY_NEAR.search(story.text, max(sentence.start, place.start - 20), place.start):
        return False
    if sentence and IN_TITLE.search(story.text, max(sentence.start, place.start - 60), place.start):
        return False
    house = HOUSE_OF.search(story.text, max(0, place.start - 30), place.start)
    if house and is_head(house["head"]):
        return False  # the National Theatre of Karelia stands in another place
    if sentence and BESIDE_TIE.search(story.text, max(sentence.start, place.start - 45), place.start):
        return True
    if sentence is None or IN_PASSING.search(story.text, max(sentence.start, place.start - 70), place.start):
        return False
    is_item = LIST_ITEM.fullmatch(story.text, sentence.start, place.start) is not None
    is_label = is_item or (story.text[place.end : place.end + 1] == ":" and place.start == sentence.start)
    return is_label or sentence.is_headline or bool(AT_ISSUE.search(story.text, sentence.start, sentence.end))


def _people(lines: list[Line], ordinary: frozenset[str]) -> list[Bearer]:
    """Two rounds: what the first makes sure of (surnames) helps the second; the headline comes last."""
    body = [line for line in lines if not line.is_headline]
    first = [bearer for line in body for bearer in claim_people(line, frozenset(), ordinary)]
    known = frozenset(bearer.name.split()[-1] for bearer in first)
    known |= _spoken_surnames(body)
    ordered = [*body, *(line for line in lines if line.is_headline)]
    return first + [bearer for line in ordered for bearer in claim_people(line, known, ordinary)]


def _spoken_surnames(lines: list[Line]) -> frozenset[str]:
    """Single capital words beside a word of saying: "said Voss" tells that Eleanor Voss is a person."""
    from_said = set()
    for line in lines:
        for i, word in enumerate(line.words):
            alone = line.is_free(i) and line.gap(i) != " " and word.base not in word_set("not_names")
            if alone and (SPEAKER_BEFORE.search(line.before(i, 14)) or SPEAKER_AFTER.match(line.after(i, 14))):
                from_said.add(word.base)
    return frozenset(from_said)


def _persons(lines: list[Line], bearers: list[Bearer]) -> tuple[dict[str, str], list[tuple[Word, str]]]:
    """Each name as written → its fullest form, and mentions by surname or given name alone."""
    full: dict[str, str] = {}
    names = sorted(dict.fromkeys(bearer.name for bearer in bearers), key=lambda name: (-len(name.split()), -len(name)))
    for name in names:
        full[name] = next((full[other] for other in full if _same_person(name, other)), name)
    by_word: dict[str, str | None] = {}
    for name in dict.fromkeys(full.values()):
        parts = name.split()
        for part in {parts[-1], parts[0]} if len(parts) > 1 else set():
            by_word[part] = None if by_word.get(part, name) != name else name
    mentions = []
    for line in lines:
        for i, word in enumerate(line.words):
            name = by_word.get(word.base) or ""
            if (
                name
                and line.is_free(i)
                and _stands_alone(line, i)
                and (
                    word.base in name.split()[-1:]
                    or _is_given(word.base, name)
                    or SPEAKER_AFTER.match(line.after(i, 14)) is not None
                )
            ):
                line.claim(i, i, "person")
                mentions.append((word, name))
    return full, mentions


def _is_given(word: str, name: str) -> bool:
    return name.split()[0] == word and (word in given_names() or word in surnames_first() or not cities(word))


def _stands_alone(line: Line, i: int) -> bool:
    left = (
        i > 0 and line.gap(i - 1) == " " and line.is_free(i - 1) and line.words[i - 1].base not in word_set("not_names")
    )
    right = line.gap(i) == " " and line.is_free(i + 1)
    return not left and not right


def _same_person(short: str, full: str) -> bool:
    """Whether a shorter way of writing may be the fuller name: Jepsen, V. Lapin, Hélène."""
    ours, theirs = short.split(), full.split()
    if ours == theirs:
        return True
    if len(ours) == 1:
        return ours[0] in (theirs[-1], theirs[0])
    if ours[-1] != theirs[-1]:
        return False
    first, other = ours[0].rstrip("."), theirs[0].rstrip(".")
    return first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])


def _again(lines: list[Line], spots: list[Spot]) -> list[Spot]:
    """The same words elsewhere are the same place: found once by a phrase, known everywhere."""
    known = {spot.name: spot.kind for spot in spots}
    for spot in spots:
        bare, _, closing = spot.name.rpartition(" ")
        if closing in ("Shire", "County", "Ward", "District") and " " not in bare:
            known.setdefault(bare, spot.kind)
    lengths = sorted({name.count(" ") for name in known}, reverse=True)
    found = []
    for line in lines:
        for i, word in enumerate(line.words):
            for length in lengths if line.is_free(i) else ():
                last = i + length
                if not all(line.is_free(at) and line.gap(at) == " " for at in range(i, last)) or not line.is_free(last):
                    continue
                name = line.written(i, last)
                name = name.title() if name.isupper() and len(name) > 3 else name
                if name in known:
                    line.claim(i, last, "place")
                    found.append(Spot(word.start, line.words[last].base_end, name, known[name]))
                    break
    return found


def _places(story: Story, spots: list[Spot]) -> list[NameMention]:
    mentioned = Counter(_countries_mentioned(story.text, story.spans))
    for spot in spots:
        if spot.country and spot.kind != "city":
            mentioned[spot.country] += 1
    settled: dict[str, str | None] = {}
    kinds: dict[str, str] = {}
    for spot in spots:
        if spot.kind == "city" and spot.name not in settled:
            settled[spot.name] = country_of(spot.name, spots, mentioned, None)
        kinds.setdefault(spot.name, spot.kind)
    merged = _merged({spot.name for spot in spots if spot.kind != "country"})
    return [
        NameMention(
            "place",
            spot.start,
            spot.end,
            merged.get(spot.name, spot.name),
            country=settled.get(merged.get(spot.name, spot.name)) or spot.country,
            place_kind=kinds.get(merged.get(spot.name, spot.name), spot.kind),
        )
        for spot in spots
    ]


def _merged(names: set[str]) -> dict[str, str]:
    """Baguio City is Baguio where the page writes both, Landsberg is Landsberg am Lech (Kansas City stays)."""
    short = {name: name.removesuffix(" City") for name in names if name.endswith(" City")}
    merged = {name: bare for name, bare in short.items() if bare in names}
    for name in names:
        bare, _, closing = name.rpartition(" ")
        if bare in names and (closing in ("Ward", "Shire", "District") or (closing == "County" and not cities(bare))):
            merged[name] = bare
        if name.startswith("Greater ") and name.removeprefix("Greater ") in names:
            merged[name] = name.removeprefix("Greater ")
        if found := RIVER_NAME.match(name):
            merged |= {found["bare"]: name} if found["bare"] in names else {}
    return merged


@cache
def _country_words() -> re.Pattern[str]:
    words = sorted([*countries(), *demonyms()], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


def _countries_mentioned(text: str, spans: Iterable[tuple[int, int]]) -> Iterable[str]:
    for start, end in spans:
        for found in _country_words().finditer(text, start, end):
            yield countries().get(found[0]) or demonyms()[found[0]]


def _organisations(story: Story, bodies: list[tuple[Line, tuple[int, int]]], spots: list[Spot]) -> list[NameMention]:
    towns = dict.fromkeys(spot.name for spot in spots if spot.kind != "country")
    cities_named = sorted(towns, key=len, reverse=True)
    written = [(line, first, last, line.written(first, last).removeprefix("The ")) for line, (first, last) in bodies]
    names = sorted(dict.fromkeys(name for *_, name in written), key=len, reverse=True)
    aliases = {name: next((longer for longer in names if _is_short_for(name, longer)), name) for name in names}
    for line, _, last, name in written:
        if found := ACRONYM_IN_BRACKETS.match(line.after(last, 14)):
            aliases[found[1]] = aliases[name]
    return [
        NameMention(
            "organisation",
            line.words[first].start,
            line.words[last].base_end,
            aliases.get(name, name),
            place=next((city for city in cities_named if city in aliases.get(name, name)), None)
            or _owner(line, first)
            or _town_of(name),
        )
        for line, first, last, name in written
    ]


def _town_of(name: str) -> str | None:
    """The town whose name opens that of a body for its ties, though the page names it nowhere else."""
    found = OF_TIES.match(name)
    town = found["town"] if found else ""
    is_wide = town in countries() or town in regions() or town in demonyms()  # China Sister Cities Committee
    return town if town and not is_wide and cities(town) else None


def _is_short_for(short: str, longer: str) -> bool:
    """Sister City Association for Buffalo-Kanazawa Sister City Association."""
    return len(longer) > len(short) and (longer.endswith(" " + short)) and len(short.split()) > 1


def _owner(line: Line, first: int) -> str | None:
    before = line.words[first - 1] if first else None
    return before.base if before and before.is_possessive and line.claims.get(first - 1) == "place" else None


def _people_mentions(
    story: Story,
    bearers: list[Bearer],
    persons: dict[str, str],
    alone: list[tuple[Word, str]],
    places: list[NameMention],
    organisations: list[NameMention],
) -> list[NameMention]:
    bodies = {name.name for name in [*organisations, *places]}
    home = home_of(story, places)
    found = [
        NameMention(
            "person",
            bearer.start,
            bearer.end,
            persons[bearer.name],
            role=bearer.role,
            represents=_represented(bearer, bodies) or (home if _is_of_home(story, bearer) else None),
        )
        for bearer in bearers
    ]
    return found + [NameMention("person", word.start, word.base_end, name) for word, name in alone]


def _is_of_home(story: Story, bearer: Bearer) -> bool:
    """Whether a post of a town is home's: it is told behind no words for guests."""
    before = story.text[max(0, bearer.start - GUESTS_REACH) : bearer.start]
    return CIVIC_POST.search(bearer.role or "") is not None and GUESTS.search(before) is None


def _represented(bearer: Bearer, bodies: set[str]) -> str | None:
    """The place or body that the post names first (of Japan in Khabarovsk: Japan), the longest of those."""
    for words in (bearer.owner, bearer.role):
        if words:
            named = [(words.index(name), -len(name), name) for name in bodies if name in words]
            if named:
                return min(named)[2]
    return None


def home_of(story: Story, places: list[NameMention]) -> str | None:
    """The city that the page speaks for: its dateline's, else the one that the site's name holds."""
    body = [sentence for sentence in story.sentences if not sentence.is_headline][:3]
    for sentence in body:
        if found := DATELINE.match(story.text, sentence.start, min(sentence.end, sentence.start + 90)):
            for place in places:
                if place.start == sentence.start and place.end <= found.end("city"):
                    return place.name
    if story.home:
        return next((place.name for place in places if place.name in story.home), None)
    return None


def _same_city(story: Story, places: list[NameMention]) -> list[NameMention]:
    """ "This city", "our town": the home of the page, where it is known."""
    home = home_of(story, places)
    bearer = next((place for place in places if place.name == home), None)
    if bearer is None:
        return []
    return [
        NameMention(
            "place", found.start(), found.end(), bearer.name, country=bearer.country, place_kind=bearer.place_kind
        )
        for start, end in story.spans
        for found in SAME_CITY.finditer(story.text, start, end)
    ]
