"""Cities that an English story calls by their country: "the German city"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cache

from twinbook.reading.languages.en.words import demonyms
from twinbook.reading.story import NameMention, Story


def by_demonym(story: Story, places: list[NameMention]) -> list[NameMention]:
    """ "The German city" is the city of that country of which the story speaks most."""
    found = []
    leading: dict[str, str | None] = {}
    starts = sorted(place.start for place in places)
    for start, end in story.spans:
        for match in _demonym_city().finditer(story.text, start, end):
            country = demonyms()[match["word"]]
            if country not in leading:
                leading[country] = _leading_city(places, country)
            city = leading[country]
            is_named = story.text.startswith(" of ", match.end())  # the Japanese city of Setagaya
            has_place = bisect_left(starts, match.start()) < bisect_left(starts, match.end())
            if city and not is_named and not has_place:
                found.append(NameMention("place", match.start(), match.end(), city, country=country, place_kind="city"))
    return found


def _leading_city(places: list[NameMention], country: str) -> str | None:
    counted = Counter(place.name for place in places if place.place_kind == "city" and place.country == country)
    ranked = counted.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


@cache
def _demonym_city() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, demonyms()), key=len, reverse=True))
    return re.compile(
        rf"\b[Tt](?:he|heir|o the) (?:\w+ )?(?P<word>{words}) (?:\w+ )?(?:twin |sister |partner |port "
        rf"|coal |friendship )?(?:city|town|twin|capital|port|village|partner|side)\b"
    )
