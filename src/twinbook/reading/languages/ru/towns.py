"""Places of a Russian story as mentions: towns by name, by adjective and by their people; capitals by paraphrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from twinbook.reading.languages.ru import gazetteer
from twinbook.reading.languages.ru.gazetteer import Known, fold
from twinbook.reading.languages.ru.lines import Line
from twinbook.reading.languages.ru.morphology import forms, lemmas
from twinbook.reading.languages.ru.places import Found, PageContext, find_adjectives, place_at
from twinbook.reading.languages.ru.words import Word
from twinbook.reading.story import NameMention

SEATED = re.compile(r"(?:ген|вице-)?консул|пос(?:ол|л[аоуе]м?)\Z|торгпред|посольств")


CAPITAL_WORDS = frozenset(["столица", "центр"])
DISTRICT_BODIES = ("райисполком", "райсовет")
PRESENT = ("нынешн", "нов", "современн", "официальн")  # beside these a capital is the country's


def places_of(
    lines: Sequence[Line], context: PageContext, home: str | None
) -> tuple[dict[str, Known], list[NameMention]]:
    towns: dict[str, Known] = {}
    mentions: list[NameMention] = []
    for line in lines:
        at = 0
        while at < len(line.words):
            if at in line.blocked or (line.taken[at] and line.taken[at] != "body"):
                at += 1
                continue
            if not line.words[at].is_capital:
                at += 1
                continue
            found = line.places[at] if at in line.places else place_at(line.words, at, context)
            if found is None and (pair := _pair_of_places(line.words[at], context)):
                mentions += pair
                towns |= {item.name: Known(item.name, item.place_kind or "city", item.country) for item in pair}
            if found is None or (line.taken[at] == "body" and not _is_owner(line, found)):
                at += 1
                continue
            if _is_seat(line.words, found):
                at = found.last
                continue
            mentions.append(_place_mention(line.words, _capital(line.words, found)))
            towns[mentions[-1].name] = Known(mentions[-1].name, mentions[-1].place_kind or "city", mentions[-1].country)
            at = found.last
    cities = {name: place for name, place in towns.items() if place.kind == "city"}
    if home and home not in cities:
        known = gazetteer.look_up(home)
        if known:
            cities[home] = known[0]
    stems = {stem: name for name in cities for stem in gazetteer.adjective_stems(name.split()[-1])}
    for line in lines:
        for at, word, place in find_adjectives(line.words, cities, stems):
            if line.taken[at] not in {"street", "honoured"} and at not in line.quoted:
                mentions.append(
                    NameMention("place", word.start, word.end, place.name, country=place.country, place_kind=place.kind)
                )
    return towns, _with_long_names(_without_overlaps(mentions))


def _with_long_names(mentions: list[NameMention]) -> list[NameMention]:
    """Towns by the longer name that the page has too: Ростов as Ростов-на-Дону, Новгород as Великий Новгород."""
    names = {mention.name for mention in mentions if mention.place_kind == "city"}
    longer = {
        short: long
        for short in names
        for long in names
        if long.startswith((f"{short}-", f"{short} ")) or long.endswith(f" {short}")
    }
    return [
        replace(mention, name=longer[mention.name], country=_country_of(longer[mention.name], mention, mentions))
        if mention.place_kind == "city" and mention.name in longer
        else mention
        for mention in mentions
    ]


def _country_of(name: str, mention: NameMention, mentions: Sequence[NameMention]) -> str | None:
    return next((other.country for other in mentions if other.name == name), mention.country)


def _pair_of_places(word: Word, context: PageContext) -> list[NameMention]:
    """Two places joined by a hyphen: «рейс Иркутск-Токио»."""
    left, hyphen, right = word.text.partition("-")
    if not hyphen or not left[:1].isupper() or not right[:1].isupper():
        return []
    middle = word.start + len(left)
    parts = [Word(left, word.start, middle), Word(right, middle + 1, word.end)]
    found = [place_at([part], 0, context) for part in parts]
    if any(item is None for item in found):
        return []
    return [_place_mention([part], item) for part, item in zip(parts, found, strict=True) if item is not None]


def _is_seat(words: Sequence[Word], found: Found) -> bool:
    """Where a consul or ambassador only resides: «Генеральный консул Японии в Хабаровске»."""
    at = found.first - 1
    while at >= 0 and words[at].lower in {"г", ".", "город", "городе"}:
        at -= 1
    if at < 1 or words[at].lower != "в":
        return False
    return any(SEATED.match(word.lower) for word in words[max(0, at - 5) : at]) and words[at - 1].is_capital


def _is_owner(line: Line, found: Found) -> bool:
    """A place inside a body's name counts where the body is of it (Университет Канадзавы, Лидский райисполком)."""
    if found.place.kind == "district" and line.words[found.last - 1].lower.startswith(DISTRICT_BODIES):
        return True
    return found.place.kind == "city" and not line.words[found.first].is_first


def _capital(words: Sequence[Word], found: Found) -> Found:
    """«столица Приангарья» is Иркутск."""
    if (
        found.first
        and found.place.kind in {"region", "country"}
        and lemmas(words[found.first - 1].lower) & CAPITAL_WORDS
    ):
        capital = gazetteer.tables().capitals.get(fold(found.place.name))
        if capital and "столиц" in words[found.first - 1].lower and not _is_of_a_kind(words, found.first - 1):
            known = gazetteer.look_up(capital)
            place = known[0] if known else Known(capital, "city", found.place.country)
            place = next((item for item in known if item.kind == "city"), place)
            return Found(found.first - 1, found.last, place)
    return found


def _is_of_a_kind(words: Sequence[Word], at: int) -> bool:
    """Whether an adjective makes of a capital another town: «космической столицы России», «древней столицы Японии»."""
    before = words[at - 1] if at else None
    if before is None or not before.is_letters or before.is_capital or before.lower.startswith(PRESENT):
        return False
    return any(form.part == "ADJF" and "Apro" not in form.marks for form in forms(before.lower)[:1])


def _place_mention(words: Sequence[Word], found: Found) -> NameMention:
    place = found.place
    return NameMention(
        "place",
        words[found.first].start,
        words[found.last - 1].end,
        place.name,
        country=place.country,
        place_kind=place.kind,
    )


def _without_overlaps(mentions: list[NameMention]) -> list[NameMention]:
    kept: list[NameMention] = []
    for mention in sorted(mentions, key=lambda item: (item.start, -item.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
