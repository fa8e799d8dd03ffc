"""Places: tables, the gazetteer behind words that place something, genitives, and adjectives made of towns (Győrer)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from twinbook.reading.gazetteer import GazetteerPlace, find_places
from twinbook.reading.languages.de.line import Line
from twinbook.reading.languages.de.words import country_of_adjective, placed, word_set
from twinbook.reading.story import NameMention

# Joints inside the name of one place: Frankfurt am Main, Neustadt an der Weinstraße, Rio de Janeiro.
INSIDE = re.compile(
    r"(?: |-|/| am | an der | an die | im | in der | ob der | bei | vor der "
    r"| de | da | do | di | la | del | sur | upon | and | und |, )\Z"
)
MOST_WORDS = 4
LARGE = 60_000  # people: such a town needs no word beside it that places it
NOT_TOWN = re.compile(r"(?:ung|heit|keit|schaft|tion|ismus|rathaus|straße|platz|haus)\Z", re.IGNORECASE)
LOWER_GAP = re.compile(r"\s(?:[a-zäöüß]+\s){0,2}\Z")
ADJECTIVE_BEFORE = re.compile(r"([a-zäöüß]{4,}isch(?:e[nrms]?)?|schweizer)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)
IRREGULAR = {
    "Hannoveraner": "Hannover",
    "Basler": "Basel",
    "Zürcher": "Zürich",
    "Münchner": "München",
    "Bremer": "Bremen",
    "Pariser": "Paris",
}


@dataclass(frozen=True)
class Known:
    """What a table says of a name: its base form, kind and country."""

    name: str
    kind: str
    country: str | None
    people: int


@lru_cache(maxsize=20_000)
def known(name: str) -> tuple[Known, ...]:
    """The places of this exact name; countries, regions and the pack's own towns before the gazetteer's."""
    if name in placed("countries"):
        return (Known(name, "country", placed("countries")[name], 10**7),)
    if name in placed("regions"):
        return (Known(name, "region", placed("regions")[name], 10**7),)
    if name in placed("towns"):
        return (Known(name, "city", placed("towns")[name], 10**6),)
    return tuple(Known(name, "city", place.country, place.population) for place in _gazetteer(name))


def _gazetteer(name: str) -> list[GazetteerPlace]:
    return find_places(name, "latin")


def base_of(word: str) -> str | None:
    """The place that a word names, also in its genitive (Pforzheims); None where it names none."""
    if known(word):
        return word
    if len(word) > 4 and word.endswith("s") and known(word[:-1]):
        return word[:-1]
    if word.isupper() and len(word) > 3 and known(word.title()):  # a dateline: WEIZ/OFFENBURG.
        return word.title()
    return None


@lru_cache(maxsize=5_000)
def of_adjective(word: str) -> tuple[str, ...]:
    """Towns of which "Győrer", "Dresdner" or "Karlsruher" may be made, the likeliest first."""
    if word in IRREGULAR:
        return (IRREGULAR[word],)
    stem = re.sub(r"(?:er|ern|erin|erinnen|ers)\Z", "", word)
    if stem == word or len(stem) < 3:
        return ()
    tries = (
        stem,
        f"{stem}e",
        f"{stem}en",
        f"{stem[:-1]}en" if stem[-1] == "n" else "",
        f"{stem[:-1]}el" if stem[-1] == "l" else "",
    )
    return tuple(name for name in tries if name and (known(name) or not name.isascii()))


def claim_places(lines: list[Line]) -> list[NameMention]:
    """Mentions of all places in the lines, in order."""
    counted = Counter(word.text for line in lines for word in line.words)
    often = _often_placed(lines)
    found = [mention for line in lines for mention in _in_line(line, counted, often)]
    towns = {mention.name: mention for mention in found}
    for line in lines:
        found += _again(line, towns)
        found += _adjectives(line, towns)
    told = Counter(mention.name for mention in found)
    starts = [line.start for line in lines]
    return [
        mention
        for mention in found
        if mention.place_kind == "country"
        or told[mention.name] > 1
        or not _is_in_passing(lines[bisect_right(starts, mention.start) - 1], mention.start)
    ]


def _in_line(line: Line, counted: Counter[str], often: frozenset[str]) -> list[NameMention]:
    found: list[NameMention] = []
    i = 0
    while i < len(line.words):
        last, mentions = _longest(line, i, counted) or _told_by_word(line, i) or (i, _unknown(line, i, often))
        for mention in mentions:
            line.claim(mention.start, mention.end)
        found += mentions
        i = last + 1
    return found


def _longest(line: Line, i: int, counted: Counter[str]) -> tuple[int, list[NameMention]] | None:
    for length in range(min(MOST_WORDS, len(line.words) - i), 0, -1):
        last = i + length - 1
        if any(not INSIDE.match(line.gap(j)) for j in range(i, last)):
            continue
        start, end = line.words[i].start, line.words[last].end
        if not line.is_free(start, end):
            continue
        written = " ".join(line.text[start:end].split())
        if length > 1 and (", " in written or " und " in written) and written not in placed("countries"):
            continue
        if (base := base_of(written)) and _counts(line, i, last, base, counted):
            return last, [_mention(line, start, start + len(line.text[start:end]), base)]
        if length == 1 and (parts := _hyphened(line, i)):
            return last, parts
    return None


def _hyphened(line: Line, i: int) -> list[NameMention]:
    """Both towns of "Pforzheim-Irkutsk"."""
    word = line.words[i]
    parts = word.text.split("-")
    if len(parts) != 2 or not all(
        known(part) and len(part) > 3 and part not in word_set("risky_places") for part in parts
    ):
        return []
    middle = word.start + len(parts[0])
    return [_mention(line, word.start, middle, parts[0]), _mention(line, middle + 1, word.end, parts[1])]


def _counts(line: Line, i: int, last: int, base: str, counted: Counter[str]) -> bool:
    """Whether the words name the place here: a large one, or one behind a word that places something."""
    place = known(base)[0]
    start = line.words[i].start
    before = line.word_before(start)
    if base in word_set("not_names") or NOT_TOWN.search(base):
        return False
    if place.kind == "country":
        return before.casefold() != "des" or line.text[line.words[last].start - 4 : start] != ""
    if place.kind == "region":
        return True
    is_placed = before.casefold() in word_set("placing_words") or before in word_set("placing_words")
    if line.has_article(start) and before.casefold() not in ("vom", "am"):
        return False
    if base in word_set("risky_places"):
        return is_placed or (_beside_place(line, i) and not line.opens(start))
    if len(base) < 4 and not is_placed:
        return counted[base] > 1 and base not in word_set("not_names")
    if is_placed or last > i:
        return True
    if place.people >= LARGE:
        return not (line.opens(start) and counted[base] == 1 and line.gap(last) == " ") or place.people > 3 * LARGE
    return _beside_place(line, i) or (counted[base] > 1 and not base.endswith(("er", "en", "e")))


def _beside_place(line: Line, i: int) -> bool:
    """Whether the word stands in a row of places: in Lyon, Essen und Turin."""
    before = i > 0 and line.gap(i - 1) in (", ", " und ", " sowie ", "/", " oder ") and base_of(line.words[i - 1].text)
    after = line.gap(i) in (", ", " und ", " sowie ", "/") and base_of(line.words[i + 1].text)
    return bool(before or after)


def _told_by_word(line: Line, i: int) -> tuple[int, list[NameMention]] | None:
    """A name that no table has, behind "Partnerstadt", "Gemeinde", "Präfektur"."""
    if i + 1 >= len(line.words) or line.gap(i) != " ":
        return None
    head, word = line.words[i], line.words[i + 1]
    kinds = (("city", "city_words"), ("region", "region_words"), ("district", "district_words"))
    kind = next((kind for kind, words in kinds if head.text in word_set(words)), None)
    name = word.text
    if kind is None or not line.is_free(word.start, word.end) or name in word_set("not_names") or len(name) < 3:
        return None
    if kind == "city" and i + 2 < len(line.words) and _longest(line, i + 1, Counter()):
        return None  # Gemeinde Bad Sassendorf
    if base := base_of(name):
        if kind == "city":
            return None
        start = head.start if kind == "region" else word.start
        return i + 1, [_mention(line, start, word.end, f"{head.text} {base}" if kind == "region" else base, kind)]
    if NOT_TOWN.search(name) or name.endswith(("er", "ern")) or not name.isalpha() and "-" not in name:
        return None
    start = head.start if kind == "region" else word.start
    return i + 1, [_mention(line, start, word.end, f"{head.text} {name}" if kind == "region" else name, kind)]


def _often_placed(lines: list[Line]) -> frozenset[str]:
    """Words that no table has and that stand twice behind in, aus, nach, von without an article, seldom behind one."""
    placed_at: Counter[str] = Counter()
    with_article: Counter[str] = Counter()
    for line in lines:
        for word in line.words:
            if line.has_article(word.start):
                with_article[word.text] += 1
            elif line.word_before(word.start) in ("in", "In", "aus", "Aus", "nach", "Nach"):
                placed_at[word.text] += 1
    return frozenset(word for word, times in placed_at.items() if times > max(1, 2 * with_article[word]))


def _unknown(line: Line, i: int, often: frozenset[str]) -> list[NameMention]:
    word = line.words[i]
    is_noun = word.text in word_set("not_names") or word.text in word_set("placed_nouns") or NOT_TOWN.search(word.text)
    if word.text not in often or is_noun or len(word.text) < 4 or not line.is_free(word.start, word.end):
        return []
    return [_mention(line, word.start, word.end, word.text)]


def _mention(line: Line, start: int, end: int, base: str, kind: str | None = None) -> NameMention:
    hint = country_before(line, start)
    bearers = known(base) or known(base.rpartition(" ")[2])
    fitting = next((place for place in bearers if place.country == hint), None) if hint else None
    country = (fitting or bearers[0]).country if bearers else hint
    if hint and not fitting and bearers and bearers[0].kind == "city" and bearers[0].people < LARGE:
        country = hint
    return NameMention(
        "place", start, end, base, country=country, place_kind=kind or (bearers[0].kind if bearers else "city")
    )


def country_before(line: Line, at: int) -> str | None:
    """The country that an adjective before the offset tells: die ungarische Partnerstadt Győr."""
    found = ADJECTIVE_BEFORE.search(line.before(at, 70))
    return country_of_adjective(found[1]) if found else None


def _again(line: Line, towns: dict[str, NameMention]) -> list[NameMention]:
    """Places of the story where they stand without a word that places them, or in the genitive."""
    found = []
    for word in line.words:
        if not line.is_free(word.start, word.end):
            continue
        name = word.text if word.text in towns else word.text.removesuffix("s")
        if name in towns and name != word.text[:-2] and not line.has_article(word.start):
            found.append(_like(towns[name], word.start, word.end))
            line.claim(word.start, word.end)
    return found


def _adjectives(line: Line, towns: dict[str, NameMention]) -> list[NameMention]:
    """Győrer Platz, vierzehn Pforzheimer: towns that the story names elsewhere; others beside a civic noun only."""
    found = []
    for i, word in enumerate(line.words):
        if not word.text.endswith(("er", "ern", "erin", "erinnen", "ers")) or not line.is_free(word.start, word.end):
            continue
        names = of_adjective(word.text)
        if name := next((name for name in names if name in towns), None):
            found.append(_like(towns[name], word.start, word.end))
        elif line.gap(i) == " " and line.words[i + 1].text in word_set("civic_nouns"):
            large = (name for name in names if known(name) and known(name)[0].people >= LARGE)
            found += [_mention(line, word.start, word.end, name) for name in large][:1]
    return found


def _like(place: NameMention, start: int, end: int) -> NameMention:
    return NameMention("place", start, end, place.name, country=place.country, place_kind=place.place_kind)


def _is_in_passing(line: Line, at: int) -> bool:
    """Whether the words before the offset tell a place where one was born, changes trains, came through."""
    return bool(_passing().search(line.before(at).rstrip()))


@cache
def _passing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, word_set('passing')))})\Z")
