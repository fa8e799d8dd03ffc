"""Places in English: gazetteer names, regions, countries, phrases that make a place; namesakes."""

from __future__ import annotations

import re
from collections import Counter

from twinbook.reading.languages.en.bodies import is_head, is_thing
from twinbook.reading.languages.en.namesakes import Spot, country_before, state_after
from twinbook.reading.languages.en.posts import is_post
from twinbook.reading.languages.en.runs import Line
from twinbook.reading.languages.en.words import (
    cities,
    countries,
    demonyms,
    divisions,
    given_names,
    given_places,
    regions,
    table,
    word_set,
)

SURE_PEOPLE = 200_000  # a city of this size is itself also where its name is a surname
KNOWN_PEOPLE = 15_000  # below, a single word needs a sign of place
PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|from|to|near|at|into|towards?|around|across|outside|between|via|through|for|with|of"
    r"|and|visit(?:ed|s|ing)?|leaves?|left|reach(?:ed)?|toured|over|hosted by|beyond|as|both"
    r"|including|like|twins?)\s+"
    r"|\b(?:city|town|village|port|capital|municipality|district|suburb|island|state|province|region"
    r"|prefecture)\s+(?:of\s+)?"
    r"|\b(?:twinned|twinning|partnered|partnership|friendship|link(?:s|ed)?|ties)\s+(?:with|to"
    r"|between)\s+(?:the\s+\w+\s+(?:city|town)\s+of\s+)?"
    r"|\b(?:sister|twin|partner|friendship|twinned|counterpart)(?:[ -](?:city|cities|town"
    r"|towns))?,?\s+(?:of\s+)?)(?:the\s+)?\Z",
    re.IGNORECASE,
)
# A phrase that makes the name after it a place though nobody knows it.
MAKES_PLACE = re.compile(
    r"(?:\b(?:city|cities|town|towns|village|port|municipality|commune|capital|district|borough"
    r"|suburb|island|resort|community)\s+(?:of\s+)"
    r"|\b(?:twinned|twinning|partnered|paired)\s+(?:with|to)\s+"
    r"|\b(?:agreement|pact|charter|partnership|relationship|links?|twinning|ties|exchanges?|friendship)\s+with\s+"
    r"|\b(?:twinning|links?|partnership|agreement|relationship|exchange|friendship|charter)\s+(?:\w+\s+)?between\s+"
    r"|\b(?:sister|twin|partner|friendship|twinned|counterpart)[ -](?:city|cities|town|towns|council|commune|village"
    r"|parish|municipality|community)(?:,|:|\s+of|\s+to|\s+with)?\s+"
    r"|\b(?:its|our|their|the|German|French)\s+(?:twin|sister|partner),?\s+"
    r"|\b(?:delegations?|delegates|members|visitors|guests|students|pupils|teachers|musicians|mayor|group|party|team"
    r"|friends|people)\s+(?:from|of)\s+"
    r"|\b(?:mayor|governor|lord mayor)\s+of\s+)(?:the\s+)?\Z",
    re.IGNORECASE,
)
TWIN_WORDS = re.compile(
    r"\btwinn(?:ers|ing (?:group|association|committee))\b"
    r"|\b(?:twin(?:ned|ning|s)?|sister|friendship|friendly|partner)[ -]?(?:cit(?:y|ies)|towns?|communit(?:y"
    r"|ies)|agreement|charter|with|since|between)\b"
    r"|\btwinn(?:ed|ing)\b",
    re.IGNORECASE,
)
IS_TWINNED = re.compile(
    r"\s+(?:(?:has|have|had)\s+been|is|are|was|were|became|become)\s+(?:also\s+|officially\s+|formally\s+|now\s+)?"
    r"(?:twinned|(?:a\s+|our\s+|the\s+|its\s+)?(?:\w+\s+)?(?:sister|twin|partner"
    r"|friendship)[ -](?:city|town|cities|towns|municipality))\b"
)
IS_A_TOWN = re.compile(
    r",\s+(?:a|an|the|our|its)\s+(?:[\w-]+\s+){0,4}(?:city|town|village|port|municipality|resort"
    r"|capital|suburb)\b(?!\s+(?:council|hall))"
)
KIND_AFTER = {word: kind for kind, words in table("places")["kinds"].items() for word in words}
KIND_BEFORE = re.compile(
    r"\b(?P<word>region|province|prefecture|state|county|oblast|canton|department|district"
    r"|borough)\s+of\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
ARTICLE_BEFORE = re.compile(r"\b[Tt]he\s+\Z")
NO_NOUN_AFTER = re.compile(
    r"\s*(?:[.,;:)!?”\"]|\Z)|\s(?:and|or|in|at|on|to|for|with|is|was|were|has|will|by|from|near)\b"
)
IMPERATIVE_AFTER = re.compile(r"\s(?:your|our|my|us|me|it|them)\b")
SMALL_KIND = re.compile(r"\s(?:province|prefecture|oblast|region)\b")  # Gyeongsangbuk province
COUNTY = frozenset(["County", "Co", "Province", "Region"])


def claim_divisions(line: Line) -> None:
    """Abbreviated states behind a comma claimed as "place": they tell where a town lies (Great Falls, Mont.)."""
    for i in range(1, len(line.words)):
        base = line.words[i].base
        if line.gap(i - 1) != ", " or not line.is_free(i):
            continue
        is_dotted = f"{base}." in divisions() and line.after(i, 1) == "."
        if is_dotted or (len(base) == 2 and base in divisions()):
            line.claim(i, i, "place")


def claim_known(line: Line) -> list[Spot]:
    """Multiword cities, regions, countries, and names with County, Prefecture, City … claimed as "place"."""
    spots = []
    i = 0
    while i < len(line.words):
        spot, last = _known_at(line, i)
        if spot:
            line.claim(i, last, "place")
            spots.append(spot)
        i = last + 1
    return spots


def _known_at(line: Line, i: int) -> tuple[Spot | None, int]:
    if not line.is_free(i):
        return None, i
    if special := _joined_at(line, i) or _with_side(line, i) or _of_post(line, i):
        return special
    reach = i
    while (
        reach - i < 3
        and line.gap(reach) in (" ", "-")
        and line.is_free(reach + 1)
        and not line.words[reach].is_possessive
    ):
        reach += 1
    for last in range(reach, i - 1, -1):
        if last < reach and _is_first_of_more(line, i, last):
            continue  # Delaware Park, Victoria Woodards
        name = line.written(i, last)
        start, end = line.words[i].start, line.words[last].base_end
        if name in countries() and _is_country(name, line, i):
            return Spot(start, end, name, "country", countries()[name]), last
        if name in regions():
            return Spot(start, end, name, "region", regions()[name]), last
        if last == i:
            break
        closing = line.words[last].base
        if closing in KIND_AFTER and KIND_AFTER[closing] != "city" and line.words[i].base not in word_set("not_names"):
            bare = line.written(i, last - 1)
            country = regions().get(bare) or (found[0].country if (found := cities(bare)) else None)
            return Spot(start, end, bare if bare in regions() else name, KIND_AFTER[closing], country), last
        if (
            line.words[i].base in ("County", "Greater", "Metro")
            and last == i + 1
            and _may_follow(line.words[last].base)
        ):
            found = cities(line.words[last].base)
            return Spot(start, end, name, "region", found[0].country if found else None), last
        is_new = closing in ("City", "Town") and line.gap(last) == " of "  # New City of Belmont mayor
        if not is_new and (found := cities(_spelled(name))) and line.words[i].base not in ("Mayor", "The"):
            return Spot(start, end, _spelled(name), "city"), last
        is_name = line.words[i].base not in word_set("not_names")
        if (
            closing in ("City", "Town")
            and last > i
            and is_name
            and (found := cities(_spelled(line.written(i, last - 1))))
        ):
            return Spot(start, end, _spelled(line.written(i, last - 1)), "city"), last
        if (
            closing == "City"
            and last == i + 1
            and line.words[i].base not in word_set("not_names")
            and not line.opens(i)
        ):
            return Spot(start, end, line.words[i].base, "city"), last
    return None, i


def _may_follow(word: str) -> bool:
    """Whether a word can be the name behind County: Cork and Kerry, but no mayor, hall or agreement."""
    return bool(cities(word)) or word in regions() or word in word_set("county_names")


def _of_post(line: Line, i: int) -> tuple[Spot, int] | None:
    """Mayor of Pune Anil Joshi: the place of a post that the name of its holder follows."""
    word = line.words[i]
    if i == 0 or line.gap(i - 1) != " of " or line.gap(i) != " " or not line.is_free(i + 1):
        return None
    following = line.words[i + 1].base
    if not is_post(line, i - 1) or not cities(word.base) or following in KIND_AFTER or cities(line.written(i, i + 1)):
        return None
    return Spot(word.start, word.base_end, word.base, "city"), i


def _with_side(line: Line, i: int) -> tuple[Spot, int] | None:
    """East Peckham, North Buffalo: a part or a neighbour of a place that the gazetteer has."""
    if line.words[i].base not in word_set("sides_of_places") or line.gap(i) != " " or not line.is_free(i + 1):
        return None
    if (line.gap(i + 1) == " " and line.is_free(i + 2)) or is_thing(line.words[i + 1].base):
        return None
    found = cities(line.words[i + 1].base)
    if line.words[i + 1].base in word_set("lands"):
        return None
    if not found or cities(line.written(i, i + 1)) or line.written(i, i + 1) in regions():
        return None
    start, end = line.words[i].start, line.words[i + 1].base_end
    return Spot(start, end, line.written(i, i + 1), "district", None), i + 1


def _is_first_of_more(line: Line, i: int, last: int) -> bool:
    following, first = line.words[last + 1].base, line.words[i].base
    if last > i and line.words[last].base in KIND_AFTER:
        return is_thing(following)  # Newport City Harry Winthrop
    if is_thing(following) or following in given_names():
        return True
    return last == i and (first in given_names() or first in given_places()) and following not in KIND_AFTER


ROMANCE = re.compile(r" (?:de|de la|de l[’']|du|des|la|le|les|lès|sur|sous|en|della?|di|del|do|dos|am|an der|bei) ")
JOINING = re.compile(
    r" (?:am|an der|ob der|vor der|auf der|im|in der|in|bei|a|upon|on|under|de|de la|del|della|di|da"
    r"|do|dos|la|le|les|lès|sur|sous|en|nad|pod|na|van|of) "
)


def _made_compound(line: Line, i: int) -> tuple[Spot, int] | None:
    """The twin town of St Jacut de la Mer: a name with French small words inside that a phrase makes a place."""
    last = i
    while last - i < 4 and line.is_free(last + 1) and (line.gap(last) == " " or ROMANCE.fullmatch(line.gap(last))):
        last += 1
    inside = any(ROMANCE.fullmatch(line.gap(at)) for at in range(i, last))
    if not inside or line.words[i].base in word_set("not_names") or not MAKES_PLACE.search(line.before(i)):
        return None
    return Spot(line.words[i].start, line.words[last].base_end, line.written(i, last), "city"), last


def _joined_at(line: Line, i: int) -> tuple[Spot, int] | None:
    """Names with small words inside: Frankfurt am Main, Rio de Janeiro, Republic of Korea."""
    if made := _made_compound(line, i):
        return made
    if not (JOINING.fullmatch(line.gap(i)) and line.is_free(i + 1)) or line.words[i].is_possessive:
        return None
    for last in (i + 2, i + 1):
        if last >= len(line.words) or (last == i + 2 and line.gap(i + 1) != " ") or not line.is_free(last):
            continue
        name = line.written(i, last)
        start, end = line.words[i].start, line.words[last].base_end
        if name in countries():
            return Spot(start, end, name, "country", countries()[name]), last
        if name in regions():
            return Spot(start, end, name, "region", regions()[name]), last
        if cities(name) and line.gap(i) not in (" in ", " of "):
            return Spot(start, end, name, "city"), last
        own = re.fullmatch(r" (?:am|an der|ob der|vor der|auf der|im|upon|sur|nad|pod) ", line.gap(i))
        if own and (found := cities(line.words[i].base)):
            return Spot(start, end, name, "city", found[0].country), last
    return None


def _is_country(name: str, line: Line, i: int) -> bool:
    return name not in given_names() or bool(PLACE_BEFORE.search(line.before(i)))


def claim_single(line: Line, ordinary: frozenset[str]) -> list[Spot]:
    """Cities of one word that are free still: large ones, others beside a sign of place. `ordinary` are small words."""
    spots = []
    is_twin_line = bool(TWIN_WORDS.search(line.text, line.start, line.end))
    for i, word in enumerate(line.words):
        if not line.is_free(i) or word.base in word_set("not_names") or word.base in demonyms() or len(word.base) < 3:
            continue
        if (
            line.gap(i) == " "
            and line.is_free(i + 1)
            and line.words[i + 1].base not in word_set("not_names")
            and not is_head(line.words[i + 1].base)
        ):
            continue  # the first of two unknown capital words
        if line.opens(i) and IMPERATIVE_AFTER.match(line.after(i, 8)):
            continue  # Mark your calendar
        name = _spelled(word.base)
        found = cities(name)
        if not found or is_head(word.base) or is_thing(word.base) or _is_no_town(line, i):
            continue
        is_label = word.end < line.end and line.text[word.end] == ":" and line.opens(i)
        signed = (
            is_twin_line
            or is_label
            or bool(PLACE_BEFORE.search(line.before(i)))
            or state_after(line, i) is not None
            or word.is_possessive
        )
        risky = name in word_set("risky_places") or name in given_names() or name.lower() in ordinary
        if (
            risky
            and not signed
            and found[0].population < SURE_PEOPLE * (5 if name in given_names() or name.lower() in ordinary else 1)
        ):
            continue
        if found[0].population < KNOWN_PEOPLE and not signed:
            continue
        line.claim(i, i, "place")
        country, division = state_after(line, i) or (country_before(line, i), None)
        kind = "city"
        if part := KIND_BEFORE.search(line.before(i)):
            kind = "district" if part["word"].lower() in ("district", "borough") else "region"
        spots.append(Spot(word.start, word.base_end, name, kind, country, division))
    return spots


def _is_no_town(line: Line, i: int) -> bool:
    """Whether a word with an article and no noun behind it is a river: on the Angara.

    "The Leeds team" is of the town.
    """
    has_article = ARTICLE_BEFORE.search(line.before(i, 8)) is not None
    return has_article and not line.words[i].is_possessive and NO_NOUN_AFTER.match(line.after(i, 12)) is not None


def often_placed(lines: list[Line]) -> frozenset[str]:
    """Free capital words that stand twice or more behind in, from or to: places that no gazetteer has."""
    counted: Counter[str] = Counter()
    for line in lines:
        for i, word in enumerate(line.words):
            alone = line.is_free(i) and line.gap(i) != " " and word.base not in word_set("not_names")
            if alone and not line.is_headline and len(word.base) > 3 and IN_PLACE.search(line.before(i, 16)):
                counted[word.base] += 1
    return frozenset(name for name, count in counted.items() if count > 1 and name not in demonyms())


IN_PLACE = re.compile(r"\b(?:[Ii]n|[Ff]rom|(?<![Aa]ccording )[Tt]o)\s+\Z")


def claim_unknown(line: Line, people: frozenset[str], placed: frozenset[str]) -> list[Spot]:
    """Names that no gazetteer has and a phrase makes a place: the twin town of X; X in Germany; delegation from X."""
    spots = []
    for i, word in enumerate(line.words):
        if twinned := _twinned_thing(line, i):
            spots.append(twinned)
        if not line.is_free(i) or word.base in word_set("not_names") or word.base in people or len(word.base) < 3:
            continue
        if word.base in demonyms() or word.base in word_set("titles") or line.is_headline or word.base.isupper():
            continue
        last = i
        while (
            line.gap(last) in (" ", "-")
            and line.is_free(last + 1)
            and last - i < 2
            and not line.words[last].is_possessive
        ):
            last += 1
        after = line.after(last)
        made = (
            MAKES_PLACE.search(line.before(i))
            or _beside_known(line, i, last)
            or IS_TWINNED.match(after)
            or IS_A_TOWN.match(after)
            or (last == i and word.base in placed)
        )
        state = state_after(line, last)
        if not (made or state) or (i > 0 and not line.is_free(i - 1) and line.gap(i - 1) == " "):
            continue
        kind = "city"
        if SMALL_KIND.match(line.after(last, 14)):
            kind = "region"
        elif found := KIND_BEFORE.search(line.before(i)):
            kind = "district" if found["word"].lower() in ("district", "borough") else "region"
        country, division = state or (country_before(line, i), None)
        line.claim(i, last, "place")
        spots.append(Spot(word.start, line.words[last].base_end, line.written(i, last), kind, country, division))
    return spots


def _twinned_thing(line: Line, i: int) -> Spot | None:
    """Blyth Valley has been twinned with …: what seemed a valley is a place."""
    if line.claims.get(i) != "thing" or line.claims.get(i - 1) == "thing":
        return None
    last = i
    while line.claims.get(last + 1) == "thing" and line.gap(last) == " ":
        last += 1
    if not IS_TWINNED.match(line.after(last)):
        return None
    line.claim(i, last, "place")
    return Spot(line.words[i].start, line.words[last].base_end, line.written(i, last), "city")


def _beside_known(line: Line, i: int, last: int) -> bool:
    """Between X and Leeds, from X to Leeds: one of the two is known, so the other is a place."""
    first = re.search(r"\b(?:between|from)\s+\Z", line.before(i)) and line.gap(last) in (" and ", " to ")
    if first and line.claims.get(last + 1) == "place":
        return True
    second = i > 0 and line.gap(i - 1) in (" and ", " to ", ", ", ", and ") and line.claims.get(i - 1) == "place"
    if not second or line.gap(last) == " ":
        return False
    between = re.search(r"\b(?:between|from)\s+\Z", line.before(i - 1))
    return bool(between) or bool(TWIN_WORDS.search(line.text, line.start, line.words[i].start))


def _spelled(name: str) -> str:
    """BUFFALO as Buffalo (datelines); other names as they are."""
    return name.title() if name.isupper() and len(name) > 3 else name
