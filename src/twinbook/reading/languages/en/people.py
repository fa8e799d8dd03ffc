"""People in English: a capital run with a title, a post before or after it, a given name, or a human verb beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from twinbook.reading.languages.en.bodies import is_head
from twinbook.reading.languages.en.posts import DELEGATION, is_plural, is_post, is_weak, post_after, post_before
from twinbook.reading.languages.en.runs import Line, Word
from twinbook.reading.languages.en.words import (
    UPPER,
    alternatives,
    cities,
    countries,
    demonyms,
    given_names,
    given_places,
    regions,
    surnames_first,
    word_set,
)

PARTICLE = re.compile(rf"\s(?:(?:{alternatives('particles')})\s){{1,3}}\Z")
INITIAL = re.compile(rf"(?:[{UPPER}]\.)+\Z|[{UPPER}]\Z")
OF_PLACE = re.compile(rf"\s+of\s+(?:the\s+)?(?P<place>[{UPPER}][\w’'-]+(?:\s(?:of\s)?[{UPPER}][\w’'-]+){{0,3}})")
BY = re.compile(r"\bby\s+(?:(?:the\s+)?(?:then|former|late|U\.?S\.?|American)[\s-]+){0,2}\Z", re.IGNORECASE)
AGE = re.compile(r"\s*(?:,|\()\s*(?:aged\s+)?\d{1,2}(?:\s*,|\)|\s+years)")
WHO = re.compile(r"\s*,\s+(?:who|whose)\b")
SAYS = rf"(?:{alternatives('speech_verbs')})"
SAID_AFTER = re.compile(rf"\s{{0,3}},?\s{{1,3}}(?:has\s+|had\s+|also\s+|then\s+)?(?:{alternatives('speech_verbs')})\b")
SAID_BEFORE = re.compile(rf"\b{SAYS}\s+\Z")
DOES_AFTER = re.compile(rf"\s{{0,3}}(?:,[^,]{{2,60}},)?\s{{1,3}}(?:{alternatives('human_verbs')})\b")
INTERVIEW = re.compile(
    r"\b(?:minutes|interview|talk|coffee|conversation|questions|lunch|chat|tea|meet|meeting|profile"
    r"|portrait)\b\W*(?:with|for|of|to)?\W*\Z",
    re.IGNORECASE,
)
HONOURED = re.compile(rf"\b(?:{alternatives('honoured_before')})\s+(?:the\s+)?(?:[a-z-]+\s+){{0,2}}\Z", re.IGNORECASE)
CREDIT = re.compile(
    rf"(?:(?:\A|[.(|–—-]\s*)by\s+|\b(?:{alternatives('credit_before')})\s*[:/]?\s*|[©/]\s*)\Z", re.IGNORECASE
)

STYLES = frozenset(["Mayor", "Governor", "Ambassador", "Provost", "General"])  # before a surname alone: Mayor Fargo
CLOSING_POSTS = frozenset(
    ["Mayor", "President", "Chairman", "Chairwoman", "Governor", "Consul", "Ambassador"]
)  # Ann Lee Mayor of


@dataclass(frozen=True)
class Bearer:
    """A person as named at one place: offsets of the name, its words, the post stated there."""

    start: int
    end: int
    name: str
    role: str | None
    owner: str | None = None
    title: str | None = None
    is_plural: bool = False


def claim_people(line: Line, known: frozenset[str], ordinary: frozenset[str]) -> list[Bearer]:
    """People in the line, claimed as "person". `known` are surnames that other lines make sure of."""
    found: list[Bearer] = []
    i = 0
    while i < len(line.words):
        if not line.is_free(i) or _is_plain(line, i):
            i += 1
            continue
        last = _run_end(line, i)
        beside = bool(found) and line.text[found[-1].end : line.words[i].start].strip() in ("and", ",", ", and", "&")
        bearer, end = _bearer(line, i, last, known, ordinary, beside=beside)
        if bearer:
            found.append(_with_shared_post(line, found[-1], bearer) if found else bearer)
        i = max(end, i) + 1
    return found


def _is_plain(line: Line, i: int) -> bool:
    """A capital word that names nobody and stands alone: most words that open a sentence."""
    base = line.words[i].base
    gap = line.gap(i)
    goes_on = gap == " " or gap.startswith(".") or bool(PARTICLE.fullmatch(gap))
    return base in word_set("not_names") and base not in word_set("titles") and not goes_on


def _with_shared_post(line: Line, before: Bearer, bearer: Bearer) -> Bearer:
    """ "Teachers A and B": what is said in the plural before the first is the second's post too."""
    between = line.text[before.end : bearer.start]
    shared = bearer.role is None and before.is_plural and between.strip() in ("and", ",", ", and", "&")
    return replace(bearer, role=before.role, owner=before.owner, is_plural=True) if shared else bearer


def _run_end(line: Line, i: int) -> int:
    last = i
    while last + 1 < len(line.words) and line.is_free(last + 1) and not line.words[last].is_possessive:
        gap = line.gap(last)
        dotted = gap in (". ", ".") and (
            line.words[last].base in word_set("titles") or INITIAL.match(line.words[last].base)
        )
        nickname = re.fullmatch(r"\s[“\"‘']|[”\"’']\s", gap)
        if gap == " " or dotted or PARTICLE.fullmatch(gap) or nickname:
            last += 1
        else:
            break
    return last


def _bearer(
    line: Line, i: int, last: int, known: frozenset[str], ordinary: frozenset[str], *, beside: bool
) -> tuple[Bearer | None, int]:
    """The person in the free words i..last, if one is there, and the last word looked at."""
    first, title, post_end = i, None, -1
    for j in range(i, last + 1):
        base = line.words[j].base.rstrip(".")
        if base in word_set("titles") and not (j == last and j > first):
            first, title = j + 1, base
            if base in word_set("title_posts"):
                post_end = j
        elif is_post(line, j) and j < last:
            first, post_end = j + 1, j
    if first > last:
        return None, last
    while (
        first < last
        and is_head(line.words[first].base)
        and re.search(r"\b(?:of|for)\s+(?:the\s+)?\Z", line.before(first))
    ):
        first += 1  # Deputy Head of Administration Lyudmila …
        i = first
    while first < last and _is_opener(line.words[first].base):
        first += 1
    words = line.words[first : last + 1]
    while words and (
        words[-1].base.rstrip(".") in word_set("suffixes") or len(words) > 2 and words[-1].base in CLOSING_POSTS
    ):
        words = words[:-1]
    while line.is_headline and len(words) > 2 and words[-1].base in word_set("not_names"):
        words = words[:-1]
    if not words or not _could_be_name(line, first, words, bool(title) or post_end >= 0, ordinary):
        return None, last
    end = first + len(words) - 1
    name = " ".join(line.text[words[0].start : words[-1].base_end].split())
    name = " ".join(
        part.title() if part.isupper() and len(part) > 3 and "." not in part else part for part in name.split()
    )
    post = post_before(line, first, i, post_end, title)
    after = post_after(line, end)
    is_styled = post_end == first - 1 >= 0 and line.words[post_end].base in STYLES and not line.is_headline
    score = _likelihood(line, first, end, words, bool(title) or is_styled, post or after, known)
    score += 3 if beside and len(words) > 1 else 0
    if score < 3:
        return None, last
    if CREDIT.search(line.before(i, 30)) and not (post or after):
        line.claim(i, last, "credit")
        return None, last
    if HONOURED.search(line.before(i)) or _is_statesman(line, i, last) or line.after(end, 3).startswith("/"):
        line.claim(i, last, "honoured")
        return None, last
    line.claim(i, last, "person")
    role, owner = post if post and not is_weak(post[0], after) else after or post or (None, None)
    if line.is_headline:
        role = None
    if post and after and DELEGATION.match(post[0]):
        role, owner = after
    if role and not owner and (found := OF_PLACE.match(line.after(end))):
        owner = found["place"]  # Mayor Ann Smith of Springfield
    return Bearer(words[0].start, words[-1].base_end, name, role, owner, title, is_plural(line, i)), last


def _is_statesman(line: Line, first: int, last: int) -> bool:
    """Whether a president is named as the founder of something, as in every history of sister cities."""
    if line.words[first].base != "President":
        return False
    return bool(BY.search(line.before(first))) or line.words[last].is_possessive


def _is_opener(word: str) -> bool:
    return word in word_set("not_names") and word not in given_names()


def _is_of_country(bases: list[str]) -> bool:
    """Whether a word is a country or its people, but for a surname: Kyoko French."""
    given = bases[0] in given_names()
    return any(base in demonyms() or base in countries() for base in (bases[1:-1] if given else bases))


def _could_be_name(line: Line, first: int, words: list[Word], titled: bool, ordinary: frozenset[str]) -> bool:
    if len(words) > 5:
        return False
    bases = [word.base for word in words]
    if any(is_head(base) for base in bases[1:]) or _is_of_country(bases):
        return False
    if any(any(character.isdigit() for character in base) for base in bases):
        return False
    if bases[-1] in word_set("not_names") and not (titled or bases[0] in given_names()):
        return False
    if bases[0] in word_set("not_names") and bases[0] not in given_names():
        return False
    shouted = [base for base in bases if base.isupper() and len(base) > 3]
    if shouted and not (titled and len(shouted) == 1 < len(bases)):  # Mr. NAKAGAWA Gen
        return False
    if len(bases) == 1:
        return titled or bool(SAID_BEFORE.search(line.before(first))) or bool(SAID_AFTER.match(line.after(first)))
    if line.opens(first) and bases[0].lower() in ordinary and bases[0] not in given_names():
        return False
    return " ".join(bases) not in regions() and not (cities(" ".join(bases)) and not titled)


def _likelihood(
    line: Line, first: int, end: int, words: list[Word], titled: bool, post: object, known: frozenset[str]
) -> int:
    """Points for and against; three make a person."""
    bases = [word.base for word in words]
    points = 0
    if titled:
        points += 3
    if post:
        points += 3
    if bases[0] in given_names() and (len(bases) > 1 or titled):
        points += 3
    if len(bases) > 1 and bases[0] in given_places() and bases[0] not in given_names():
        points += 2
    if len(bases) > 1 and bases[-1] in given_names() and bases[0] not in word_set("not_names"):
        points += 2
    if (
        len(bases) > 1
        and bases[0] in surnames_first()
        and (("-" in bases[1]) or len(bases) == 3 or bases[1][0].isupper())
    ):
        points += 2
    if any(INITIAL.match(base) for base in bases[:-1]) and len(bases) > 1:
        points += 3
    if bases[-1] in known:
        points += 2
    after, before = line.after(end), line.before(first)
    if SAID_BEFORE.search(before) or SAID_AFTER.match(after):
        points += 2 if len(bases) > 1 else 1
    if AGE.match(after):
        points += 3
    if WHO.match(after):
        points += 2
    if DOES_AFTER.match(after) and len(bases) > 1:
        points += 1
    if re.search(r"\b(?:the|a|an)\s+\Z", before) and not post:
        points -= 3
    if re.search(r"\b(?:in|at|near)\s+\Z", before):
        points -= 2
    if len(bases) == 1 and not titled:
        points -= 1
    if line.is_headline and len(bases) > 1 and INTERVIEW.search(before):
        points += 5
    if line.is_headline and not (titled or post):
        points -= 2
    return points
