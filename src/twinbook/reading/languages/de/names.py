"""All names of a story: claimed in order of certainty, then given one base form a bearer."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import replace

from twinbook.reading.languages.de.bodies import claim_bodies
from twinbook.reading.languages.de.line import Line
from twinbook.reading.languages.de.people import Bearer, claim_people
from twinbook.reading.languages.de.places import claim_places
from twinbook.reading.languages.de.words import endings, placed, word_set
from twinbook.reading.story import NameMention, Story

HOME_COUNTRIES = frozenset(["DE", "AT", "CH", "LI"])
NEAR = 80  # characters between a post and the body that it is of
HEADLINE = 2  # what a mention in the headline is worth, in mentions in the body


def find_names(story: Story) -> list[NameMention]:
    """People, places and organisations named in the story, in order; one base form a bearer."""
    lines = [
        Line.of(story.text, sentence.start, sentence.end, is_headline=sentence.is_headline)
        for sentence in story.sentences
    ]
    bodies = [body for line in lines for body in claim_bodies(line)]
    bearers = [bearer for line in lines for bearer in claim_people(line)]
    full = _full_names(bearers)
    bearers += [bearer for line in lines for bearer in _short(line, full)]
    places = claim_places(lines)
    home, partner = _sides(story, places)
    bodies = [_with_place(body, home) for body in bodies]
    towns = frozenset(place.name for place in places)
    bearers = [_of_town_before(bearer, towns) for bearer in bearers]
    people = [_person(bearer, full, bodies, home, partner) for bearer in bearers]
    return sorted([*people, *places, *bodies], key=lambda name: (name.start, -name.end))


def _full_names(bearers: list[Bearer]) -> dict[str, str]:
    """Surname → the fullest name of its bearer; two bearers of one surname leave it to the first."""
    full: dict[str, str] = {}
    for bearer in sorted(bearers, key=lambda bearer: (-len(bearer.name.split()), bearer.start)):
        full.setdefault(_surname(bearer.name), bearer.name)
    return full


def _surname(name: str) -> str:
    return name.split()[-1]


def _short(line: Line, full: dict[str, str]) -> list[Bearer]:
    """Brandl, Brandls: the surname alone, where it is no noun with its article."""
    found = []
    for word in line.words:
        name = word.text if word.text in full else word.text.removesuffix("s")
        if name not in full or not line.is_free(word.start, word.end) or line.has_article(word.start):
            continue
        if name in word_set("not_names") and line.opens(word.start):
            continue
        line.claim(word.start, word.end)
        found.append(Bearer(word.start, word.start + len(name), name))
    return found


def _sides(story: Story, places: list[NameMention]) -> tuple[str | None, str | None]:
    """Base forms of the town at home and of the most named one elsewhere."""
    counted: Counter[str] = Counter()
    countries = {}
    headlines = [sentence for sentence in story.sentences if sentence.is_headline]
    for place in places:
        if place.place_kind == "country":
            continue
        is_headline = any(line.start <= place.start < line.end for line in headlines)
        counted[place.name] += 1 + HEADLINE * is_headline
        countries[place.name] = place.country
    order = [name for name, _ in counted.most_common()]
    at_home = [name for name in order if countries[name] in HOME_COUNTRIES]
    home = next((name for name in order if story.home and name in story.home), None) or next(iter(at_home), None)
    abroad = [name for name in order if name != home]
    partner = next((name for name in abroad if countries[name] not in HOME_COUNTRIES), None) or next(iter(abroad), None)
    return home, partner


def _of_town_before(bearer: Bearer, towns: frozenset[str]) -> Bearer:
    """Longchamps Bürgermeisterin: the post is of the town of the story that stands before it."""
    town = bearer.word_before.removesuffix("s")
    return bearer if bearer.place or town not in towns else replace(bearer, place=town)


def _with_place(body: NameMention, home: str | None) -> NameMention:
    return body if body.place else NameMention("organisation", body.start, body.end, body.name, place=home)


def _person(
    bearer: Bearer, full: dict[str, str], bodies: list[NameMention], home: str | None, partner: str | None
) -> NameMention:
    name = full.get(_surname(bearer.name), bearer.name)
    if len(bearer.name.split()) > 1:
        name = bearer.name if bearer.name.split()[0] != name.split()[0] else name
    represents = _represents(bearer, bodies, home, partner) if bearer.role else None
    return NameMention("person", bearer.start, bearer.end, name, role=bearer.role, represents=represents)


def _represents(bearer: Bearer, bodies: list[NameMention], home: str | None, partner: str | None) -> str | None:
    """Whom a post stands for: what the words say, else by the post the country, the other town, a body, or home."""
    if bearer.place:
        return bearer.place
    if bearer.post.endswith(endings("state_posts")) and bearer.country:
        return _country(bearer.country)
    if bearer.is_guest or (bearer.country and bearer.country not in HOME_COUNTRIES):
        return partner
    if bearer.post.endswith(endings("civic_posts")):
        return home
    starts = [body.start for body in bodies]
    if bearer.body_at is not None:
        behind = bisect_left(starts, bearer.body_at)
        if behind < len(bodies) and starts[behind] <= bearer.body_at + NEAR:
            return bodies[behind].name
    before = bisect_left(starts, bearer.start) - 1
    is_of_body = bool(bearer.role and bearer.role.startswith(endings("body_posts")))
    return bodies[before].name if before >= 0 and is_of_body else home


def _country(code: str) -> str:
    return next((name for name, known in placed("countries").items() if known == code), code)
