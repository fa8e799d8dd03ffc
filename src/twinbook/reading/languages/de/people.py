"""People: names behind posts and titles, behind known given names, and the short forms of names told in full."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from twinbook.reading.languages.de.bodies import is_head
from twinbook.reading.languages.de.line import Line
from twinbook.reading.languages.de.places import base_of, country_before, of_adjective
from twinbook.reading.languages.de.words import (
    UPPER,
    country_of_adjective,
    endings,
    given_names,
    surnames_first,
    word_set,
)

NAME = rf"(?:[{UPPER}]\.|[{UPPER}][\w’'-]+)"
PARTICLES = r"(?:(?:von|van|de|del|della|di|da|dos|zu|vom|der|den|la|le|el|al|ten|ter|bin)\s)"
RUN = re.compile(rf"{NAME}(?:\s{PARTICLES}{{0,2}}{NAME}){{0,3}}")
TITLES = re.compile(
    r"(?:(?:Herrn?|Frau|Dr\.|Prof\.|Professorin|Professor|Dipl\.-Ing\.|Ing\.|Mag\.|Pater|h\.\s?c\.|med\.|phil\.|jur\.|rer\.|nat\.|a\.\s?D\.|(?:ehren|haupt)amtlich\w*)\s+)+"
)
COMPLEMENT = re.compile(
    rf"\s(?:(?:der|des|von|vom|für|aus|im|in|beim|bei|am|zur)\s(?:(?:der|die|das|den|dem|des|[a-zäöüß]+e[nrms]?)\s){{0,2}}[„»]?{NAME}[“«]?(?:\s{NAME}|\sund\s{NAME}){{0,2}}){{1,2}},?\s"
)
BEHIND = re.compile(
    rf"\s?(?:\([^()]{{1,30}}\))?,\s(?:(?:der|die|sein|ihr|seine|ihre|ein|eine|[a-zäöüß-]+e[rn]?)\s){{0,3}}(?P<post>{NAME})(?P<rest>[^,.;:!?]{{0,70}})"
)
FROM = re.compile(
    rf"\s(?:aus|von)\s(?:der\s)?(?:[a-zäöüß]+\s){{0,2}}(?:[A-Z]\w*stadt\s)?(?P<place>{NAME}(?:\s{NAME})?)"
)
GENITIVES = (("en", ""), ("n", ""), ("s", ""), ("es", ""))
THINGS = re.compile(
    r"(?:straße|platz|haus|park|halle|schule|brücke|preis|pokal|tag|tage|woche|fest|buch|museum|saal|weg|stadt|markt|garten|kirche|turm|orchester|chor|verein|kreis|bund|spiel|turnier|ung|schaft|heit|keit|tion)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Bearer:
    """One mention of a person: offsets of the name alone, the name as written, and what the words beside it say."""

    start: int
    end: int
    name: str
    role: str | None = None
    place: str | None = None
    body_at: int | None = None
    is_guest: bool = False
    country: str | None = None
    post: str = ""
    word_before: str = ""


@lru_cache(maxsize=20_000)
def post_of(word: str) -> str | None:
    """The post that a capital word tells, in base form (Bürgermeisters: Bürgermeister); None where it tells none."""
    small = word.casefold()
    if small.endswith(endings("post_ends")) or word in word_set("short_posts"):
        return word
    for ending, instead in GENITIVES:
        base = word.removesuffix(ending) + instead
        if base != word and base.casefold().endswith(endings("post_ends")):
            return base
    return None


def claim_people(line: Line) -> list[Bearer]:
    """People of the line, told by a post, a title or a given name; their names are claimed."""
    found: list[Bearer] = []
    for word in line.words:
        if not line.is_free(word.start, word.end):
            continue
        bearer = (
            _behind_post(line, word.start, word.end, word.text)
            or _by_title(line, word.start)
            or _by_given(line, word.start)
        )
        if bearer and line.is_free(bearer.start, bearer.end):
            if bearer.role is None:
                bearer = _with_post_behind(line, bearer)
            line.claim(bearer.start, bearer.end)
            found.append(bearer)
    return found


def _behind_post(line: Line, start: int, end: int, word: str) -> Bearer | None:
    post = post_of(word)
    if post is None:
        return None
    at, rest = end, ""
    if complement := COMPLEMENT.match(line.text, end, line.end):
        behind = _name_at(line, complement.end(), is_sure="," in complement[0])
        if behind and " " in line.text[slice(*behind)]:
            at, rest = complement.end(), line.text[end : complement.end()].strip(" ,")
    if at == end:
        comma = re.compile(r",?\s+").match(line.text, end, line.end)
        if comma is None:
            return None
        at = comma.end()
    named = _name_at(line, at, is_sure="," not in line.text[end:at])
    if named is None:
        return None
    return _with_post(line, Bearer(*named, ""), start, post, rest)


def _with_post(line: Line, bearer: Bearer, start: int, post: str, rest: str) -> Bearer:
    name = " ".join(line.text[bearer.start : bearer.end].split())
    small = post.casefold()
    place = next((base for word in re.findall(rf"{NAME}", rest) if (base := base_of(word))), None)
    before = line.word_before(start)
    town = next(iter(of_adjective(before)), None) or base_of(before) if before[:1].isupper() else None
    follows = FROM.match(line.text, bearer.end, line.end)
    if place is None and follows:
        place = base_of(follows["place"]) or base_of(follows["place"].split()[0])
    role = None if small.endswith(endings("no_roles")) else _role(post, rest, name)
    body_at = start if any(is_head(word) for word in re.findall(NAME, rest)) else None
    return replace(
        bearer,
        name=name,
        role=role,
        place=place or town,
        body_at=body_at,
        is_guest=small.endswith(endings("guest_posts")) or "elegation" in rest or "elegation" in post,
        country=country_of_adjective(before) or country_before(line, start),
        post=small,
        word_before=before,
    )


def _role(post: str, rest: str, name: str) -> str:
    """The post with what belongs to it (Leiter der Delegation), without the place or body that it is of."""
    given = given_names().get(name.split()[0]) if name else None
    if (
        post.casefold().endswith(("vorsitzende", "vorsitzender", "beigeordnete", "beauftragte", "abgeordnete"))
        and given == "m"
    ):
        post = post if post.endswith("r") else f"{post}r"
    words = re.findall(NAME, rest)
    is_own = rest.startswith(("der ", "des ", "für ")) and not any(base_of(word) or is_head(word) for word in words)
    return f"{post} {rest}" if is_own and len(rest) < 50 else post


def _with_post_behind(line: Line, bearer: Bearer) -> Bearer:
    """Renate Sommer, Vorsitzende des Freundeskreises, …"""
    behind = BEHIND.match(line.text, bearer.end, line.end)
    post = post_of(behind["post"]) if behind else None
    if behind is None or post is None:
        return bearer
    rest = re.split(r"\s(?:und|hat|haben|ist|war|wird|sagte|sagt|freut|empfing|begrüßte)\b", behind["rest"].strip())[0]
    return _with_post(line, bearer, behind.start("post"), post, rest.strip())


def _by_title(line: Line, start: int) -> Bearer | None:
    title = TITLES.match(line.text, start, line.end)
    if title is None:
        return None
    named = _name_at(line, title.end(), is_sure=True)
    return Bearer(*named, " ".join(line.text[slice(*named)].split())) if named else None


def _by_given(line: Line, start: int) -> Bearer | None:
    named = _name_at(line, start, is_sure=False)
    return Bearer(*named, " ".join(line.text[slice(*named)].split())) if named else None


def _name_at(line: Line, at: int, *, is_sure: bool) -> tuple[int, int] | None:
    """The span of the person's name at the offset; where nothing before it is sure, its first word is a given name."""
    if title := TITLES.match(line.text, at, line.end):
        at = title.end()
    run = RUN.match(line.text, at, line.end)
    if run is None:
        return None
    words = _own_words(run[0].split())
    if not words or not line.is_free(at, at + 1):
        return None
    first = words[0]
    is_given = (
        first in given_names() or first.split("-")[0] in given_names() or bool(re.fullmatch(rf"[{UPPER}]\.", first))
    )
    is_asian = first in surnames_first() and len(words) == 2
    if len(words) == 1 and not (is_sure and _may_be_surname(first)):
        return None
    if len(words) > 1 and not (is_given or is_asian or _looks_like_name(line, at, words, is_sure=is_sure)):
        return None
    end = at
    for word in words:
        end = line.text.index(word, end) + len(word)
    end -= len(words[-1]) - len(words[-1].rstrip("’'-"))
    return at, end


def _own_words(words: list[str]) -> list[str]:
    """The words of the run that belong to the name: up to a noun, a post or a body."""
    own: list[str] = []
    for word in words:
        is_particle = word in word_set("particles")
        if not is_particle and own and _ends_name(own, word):
            break
        own.append(word)
    while own and own[-1] in word_set("particles"):
        own.pop()
    if len(own) > 2 and any(word in ("von", "vom") for word in own) and base_of(own[-1]) and own[-2] in ("von", "vom"):
        own = own[:-2]  # Anna Berg von Pforzheim
    return own


def _ends_name(own: list[str], word: str) -> bool:
    """Whether the word is none of the name any more; behind a given name alone any noun is a surname."""
    if len(own) == 1 and own[0] in given_names():
        return is_head(word)
    last = own[-1]
    goes_on = last in word_set("particles") or last in given_names() or last.endswith(".") or own[0] in surnames_first()
    if len(own) > 1 and not goes_on:
        return True  # legten Dirk Hilbert und Linda Bigham Kränze nieder
    return word in word_set("not_names") or is_head(word) or len(own) > 1 and bool(THINGS.search(word) or post_of(word))


def _may_be_surname(word: str) -> bool:
    is_noun = word in word_set("not_names") or is_head(word) or bool(THINGS.search(word))
    return (
        not is_noun and post_of(word) is None and base_of(word) is None and len(word) > 2 and word not in given_names()
    )


def _looks_like_name(line: Line, at: int, words: list[str], *, is_sure: bool) -> bool:
    """Two capital words of which none is a noun, a place or an adjective: nouns seldom stand side by side."""
    if any(word in word_set("not_names") or is_head(word) or THINGS.search(word) or post_of(word) for word in words):
        return False
    if base_of(words[0]) or (base_of(words[-1]) and not is_sure) or of_adjective(words[0]):
        return False
    if is_sure:
        return True
    return line.word_before(at) in (
        "sagte",
        "sagt",
        "so",
        "mit",
        "und",
        "von",
        "erklärte",
        "betonte",
        "berichtete",
    ) and words[0][-2:] not in ("en", "er")
