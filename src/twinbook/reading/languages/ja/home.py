"""The town that a Japanese page speaks for (本市, 市は): its site's name, its footer, else the town it names most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from twinbook.reading.languages.ja.atlas import meanings
from twinbook.reading.languages.ja.words import KANJI, KATAKANA
from twinbook.reading.story import NameMention, Story

TOWN = rf"(?P<name>[{KANJI}ぁ-ゖ{KATAKANA}]{{1,12}}?(?:市|町|村|区|県|都|府))"
BEHIND = (
    r"(?:公式|の?(?:ホームページ|ウェブサイト|Web ?サイト|WEB ?サイト|HP)|役所|役場|県?庁(?!舎)"
    r"|国際交流(?:課|協会|室)|国際(?:課|室)|広報|教育委員会|シティプロモーション)"
)
SITE_OF = re.compile(TOWN + BEHIND)
LABELLED = re.compile(rf"(?:自治体名?|発行|発信元|発表|市区町村)[：:\s]*{TOWN}(?![{KANJI}])")
ADDRESS = re.compile(rf"〒\s?\d{{3}}[-‐－]\d{{4}}\s*(?:[{KANJI}]{{2,3}}[都道府県])?{TOWN}")
# A line that is a prefecture and its town, as municipal papers on the web have it.
OWN_LINE = re.compile(rf"^[ 　]*(?:東京都|北海道|(?:京都|大阪)府|[一-鿿]{{2,3}}県){TOWN}[ 　]*$", re.MULTILINE)
PREFECTURE = re.compile(r"^(?:東京都|北海道|(?:京都|大阪)府|[一-鿿]{2,3}県)(?=.)")
OTHERS = frozenset(["姉妹", "友好", "各", "両", "本", "当", "同", "全", "近隣"])
REACH = 6_000  # characters at each end of the page that are looked at


def find_home(story: Story, places: Iterable[NameMention]) -> str | None:
    """The bare name of the town (or the prefecture) that the page speaks for; None where nothing says so."""
    places = list(places)
    for text in (story.home or "", story.title or ""):
        if found := _named(SITE_OF, text) or (text == story.home and _site_town(text)):
            return found
    head, foot = story.text[:REACH], story.text[-REACH:]
    for pattern in (LABELLED, OWN_LINE, SITE_OF, ADDRESS):
        votes = Counter(
            name
            for text in dict.fromkeys((head, foot))
            for found in pattern.finditer(text)
            if (name := _bare(found["name"])) and not (pattern is OWN_LINE and _is_told(story, found[0].strip()))
        )
        if votes:
            return votes.most_common(1)[0][0]
    return _most_named(story, places)


def _is_told(story: Story, line: str) -> bool:
    """Whether the line is one of the story: then it is no mark of its site."""
    return any(story.words_of(sentence).strip() == line for sentence in story.sentences)


def _named(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return _bare(found["name"]) if found else None


def _site_town(site: str) -> str | None:
    """A site called 金沢市 or 金沢市 Kanazawa City."""
    found = re.match(TOWN + r"(?:[\s　|｜:：（(]|$)", site.strip())
    return _bare(found["name"]) if found else None


def _bare(name: str) -> str | None:
    """福岡県北九州市 → 北九州; what precedes the town's own name is cut where the table knows the rest."""
    name = PREFECTURE.sub("", name)
    if name[-1] in "県都府":
        return name if meanings(name) else None
    for start in range(len(name) - 1):
        rest = name[start:-1]
        if rest not in OTHERS and (meanings(rest + name[-1]) or any(one.country == "JP" for one in meanings(rest))):
            return rest if name[-1] != "区" else name[start:]
    return None


def _most_named(story: Story, places: list[NameMention]) -> str | None:
    towns = Counter(place.name for place in places if place.country == "JP" and place.place_kind == "city")
    regions = Counter(place.name for place in places if place.country == "JP" and place.place_kind == "region")
    for votes in (towns, regions):
        if votes:
            return votes.most_common(1)[0][0]
    return None
