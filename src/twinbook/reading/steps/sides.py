"""Whom the story is about: the city at home, its partners, and the pair that "the two cities" means."""

from __future__ import annotations

import re
from collections import Counter

from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.language import LanguagePack
from twinbook.reading.story import NameMention, Sides, Story

TIES = "tie_kinds"
TOWN_KINDS = frozenset(["city", "district", "region"])
HEADLINE, DATELINE, HOME_COUNTRY, SITE, TIE_BODY = (
    2,
    3,
    3,
    6,
    4,
)  # what a mention there is worth, in mentions in the body
MOST_PARTNERS = 100  # a story that names more is a list
DATELINE_REACH = 40  # characters from the beginning of the first paragraph
AGENCY = re.compile(r"[^()\n]{0,30}\([A-Z][A-Za-z]{1,20}\)\s?(?:--|[—–-])\s")  # its town is the agency's, no home
COUNTRY_REACH = 5  # characters between a town and the country that it is said to lie in
WITHIN = frozenset(["", "in"])
EXPLAINED = 3  # what that takes from its being home
NEAR_REACH = 40  # characters before a town in which words may tell that it only is near another
LISTED = 60  # characters between "our twin towns" and the towns
BEHIND = 2  # characters between a word that introduces a town and the town


def find_sides(story: Story, pack: LanguagePack) -> Sides:
    """Home and partners out of where and how often the story names each place."""
    towns = [name for name in story.names if name.kind == "place" and (name.place_kind or "city") in TOWN_KINDS]
    scores = _scores(story, towns)
    countries = {name.name: name.country for name in towns if name.country}
    at_home = pack.findings.home_countries
    ours = _called_ours(story) | _introduced(story, towns)
    candidates = [
        name
        for name in scores
        if name == story.home or name not in ours and (not at_home or countries.get(name) in at_home)
    ]
    home = max(candidates, key=lambda name: scores[name], default=None)
    partners = [name for name in scores if home is None or _is_abroad(countries.get(name), countries.get(home))]
    regions = {name.name for name in towns if name.place_kind == "region"}
    partners.sort(key=lambda name: ((name in regions) != (home in regions), -scores[name]))
    partners = [name for name in partners if name != home]
    if home and not partners:
        partners = _twins_at_home(story, pack, towns, home)
    return Sides(home, tuple(partners[:MOST_PARTNERS]))


def _twins_at_home(story: Story, pack: LanguagePack, towns: list[NameMention], home: str) -> list[str]:
    """Towns of home's own country where no other is named: those that stand alone with home beside a word of ties."""
    found: dict[str, None] = {}
    for sentence, cues in zip(story.sentences, story.cues, strict=True):
        if any(hit.scheme == TIES for hit in cues):
            inside = [town for town in towns if sentence.start <= town.start < sentence.end]
            names = dict.fromkeys(town.name for town in without_containers(story, pack, inside))
            if home in names and len(names) == 2:
                found |= names
    return [name for name in found if name != home]


def is_town(name: NameMention) -> bool:
    """Whether a mention is of a place that can have a tie: no country, no river."""
    return name.kind == "place" and (name.place_kind or "city") in TOWN_KINDS


def _called_ours(story: Story) -> set[str]:
    """Towns that a sentence calls "our twin town": they are partners, however often they are named."""
    found: set[str] = set()
    for sentence, cues in zip(story.sentences, story.cues, strict=True):
        starts = [hit.start for hit in cues if hit.scheme == SIGNAL_SCHEME and hit.code == "ours"]
        if starts:
            towns = [name for name in story.names_in(sentence.start, sentence.end) if is_town(name)]
            found.update(town.name for town in towns if any(0 <= start - town.end <= BEHIND for start in starts))
            ends = [hit.end for hit in cues if hit.scheme == SIGNAL_SCHEME and hit.code == "ours_all"]
            found.update(town.name for town in towns if any(0 <= town.start - end <= LISTED for end in ends))
            if len({town.name for town in towns if town.place_kind != "region"}) == 1:
                found.add(towns[0].name)
    return found


def _introduced(story: Story, towns: list[NameMention]) -> set[str]:
    """Towns named right behind words like "its sister city": the partner, whoever speaks."""
    ends = _ends(story, "introducing")
    return {town.name for town in towns if any(town.start - gap in ends for gap in range(BEHIND + 1))}


def _ends(story: Story, code: str) -> set[int]:
    """Where the words of a signal end."""
    return {hit.end for cues in story.cues for hit in cues if hit.scheme == SIGNAL_SCHEME and hit.code == code}


def _is_abroad(country: str | None, home_country: str | None) -> bool:
    return country is None or home_country is None or country != home_country


def _scores(story: Story, towns: list[NameMention]) -> dict[str, int]:
    headlines = [sentence for sentence in story.sentences if sentence.is_headline]
    body = next((sentence for sentence in story.sentences if not sentence.is_headline), None)
    scores: Counter[str] = Counter()
    behind_guests = _ends(story, "hosted")
    for town in towns:
        scores[town.name] += not any(town.start - gap in behind_guests for gap in range(BEHIND + 1))
        if any(line.start <= town.start < line.end for line in headlines):
            scores[town.name] += HEADLINE
        if body and body.start <= town.start < body.start + DATELINE_REACH and _is_shouted(story, town):
            is_of_agency = AGENCY.match(story.text, town.end, body.end) is not None
            scores[town.name] += -DATELINE if is_of_agency else DATELINE
    for place in _explained(story):
        scores[place] -= EXPLAINED
    for name in story.names:  # bodies of a town that act are more often those at home
        if name.kind == "organisation" and name.place and name.place in scores:
            scores[name.place] += 1
    for place in (*_with_bodies_for_ties(story), *_owners(story, towns)):
        scores[place] += TIE_BODY
    speaking = [name for name in scores if story.home and name in story.home]  # 金沢 in 金沢市公式サイト
    if speaking:
        scores[max(speaking, key=len)] += SITE
    return dict(scores)


def _with_bodies_for_ties(story: Story) -> set[str]:
    """Towns with a body for their ties (San Carlos Sister City Association), which mostly speaks where it is named."""
    hits = [hit for cues in story.cues for hit in cues if hit.scheme == TIES]
    return {
        name.place
        for name in story.names
        if name.kind == "organisation" and name.place
        if any(name.start <= hit.start and hit.end <= name.end for hit in hits)
    }


def _owners(story: Story, towns: list[NameMention]) -> set[str]:
    """Towns whose sister cities are spoken of: «с городами-побратимами Белгорода», where no list of them begins."""
    ends = _ends(story, "owners")
    if not ends:
        return set()
    named = [town for town in towns if town.start - 1 in ends]
    return {town.name for town in named if story.text[town.end : town.end + 2] not in (", ", " и", " (")}


def _explained(story: Story) -> set[str]:
    """Towns that are told to lie in a country, which a page seldom says of its own: "Pistoia, Italy"."""
    places = sorted((name for name in story.names if name.kind == "place"), key=lambda name: name.start)
    return {
        first.name
        for first, second in zip(places, places[1:], strict=False)
        if second.place_kind == "country" and first.country == second.country and is_town(first)
        if 0 <= second.start - first.end <= COUNTRY_REACH
        and story.text[first.end : second.start].strip(" ,(（") in WITHIN
    }


def _is_shouted(story: Story, town: NameMention) -> bool:
    return story.text[town.start : town.end].isupper()


def without_containers(story: Story, pack: LanguagePack, towns: list[NameMention]) -> list[NameMention]:
    """The towns without the regions and larger places that only tell where another one lies."""
    dropped = {at for at, town in enumerate(towns) if _is_landmark(story, pack, town)}
    for at, (first, second) in enumerate(zip(towns, towns[1:], strict=False)):
        between = story.text[first.end : second.start]
        if between == " " and first.country == second.country and story.text[first.start].islower():
            dropped.add(at)  # «ставропольского Пятигорска»: the adjective of the larger place
            continue
        is_ward = (first.place_kind, second.place_kind) == ("district", "city") and _is_ward(pack, between)
        if not is_ward and not _may_hold(first, second):
            continue
        if between == ", " and _is_division(story, second):
            dropped.add(at + 1)  # Kuki, Saitama, Japan
        elif second.place_kind == "district" and first.place_kind != "district":
            if not between.strip() or pack.findings.container_before.fullmatch(between):
                dropped.add(at)
        elif second.place_kind == "region" or " in " in between:
            if first.place_kind != "region" and pack.findings.container_after.fullmatch(between):
                dropped.add(at + 1)
        elif is_ward:
            dropped.add(at + 1)  # «в Первомайском районе Минска»
        elif second.place_kind == "district" and not between and first.name != story.sides.home:
            dropped.add(at)  # a ward of a city abroad has ties of its own (ソウル市麻浦区)
        elif first.place_kind == "region" and pack.findings.container_before.fullmatch(between):
            dropped.add(at)
    return [town for at, town in enumerate(towns) if at not in dropped]


def _is_ward(pack: LanguagePack, between: str) -> bool:
    """Whether what stands between a district and a town says that it is the town's."""
    of_town = pack.findings.ward_of
    return between == " " or (of_town is not None and of_town.fullmatch(between) is not None)


def _is_landmark(story: Story, pack: LanguagePack, town: NameMention) -> bool:
    """Whether a town is only named to tell where another one lies: "Moosburg, near Munich"."""
    near = pack.findings.near
    return near is not None and near.search(story.text, max(0, town.start - NEAR_REACH), town.start) is not None


def _is_division(story: Story, town: NameMention) -> bool:
    """Whether a town with its country behind a comma only tells where the one before it lies."""
    after = story.names_in(town.end, town.end + NEAR_REACH, "place")
    return story.text[town.end : town.end + 2] == ", " and any(
        name.start == town.end + 2 and name.place_kind == "country" for name in after
    )


def _may_hold(first: NameMention, second: NameMention) -> bool:
    return first.country is None or second.country is None or first.country == second.country
