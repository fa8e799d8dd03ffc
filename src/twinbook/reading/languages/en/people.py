"""People in English: a capital run with a title, a post before or after it, a given name, or a human verb beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from twinbook.reading.languages.en.bodies import is_head
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
AGE = re.compile(r"\s*(?:,|\()\s*(?:aged\s+)?\d{1,2}(?:\s*,|\)|\s+years)")
WHO = re.compile(r"\s*,\s+(?:who|whose)\b")
SAYS = rf"(?:{alternatives('speech_verbs')})"
SAID_AFTER = re.compile(rf"\s*,?\s+(?:has\s+|had\s+|also\s+|then\s+)?(?:{alternatives('speech_verbs')})\b")
SAID_BEFORE = re.compile(rf"\b{SAYS}\s+\Z")
DOES_AFTER = re.compile(rf"\s*(?:,[^,]{{2,60}},)?\s+(?:{alternatives('human_verbs')})\b")
HONOURED = re.compile(rf"\b(?:{alternatives('honoured_before')})\s+(?:the\s+)?(?:[a-z-]+\s+){{0,2}}\Z", re.IGNORECASE)
CREDIT = re.compile(
    rf"(?:(?:\A|[.(|–—-]\s*)by\s+|\b(?:{alternatives('credit_before')})\s*[:/]?\s*|[©/]\s*)\Z", re.IGNORECASE
)
NOUN = alternatives("posts")
MODIFIERS = alternatives("post_modifiers")
MODIFIED = re.compile(rf"\b(?:(?:{MODIFIERS})\s+)+\Z")
POST = rf"(?:(?:{MODIFIERS})(?:\s+|-)(?:(?:and|&)\s+(?:{MODIFIERS})\s+)?)*(?:{NOUN})s?"
# A post in small letters that ends before the name: "its deputy mayor, ", "said organiser ", "Odesa’s mayor ".
POST_BEFORE = re.compile(
    rf"(?<![\w-])(?P<post>{POST})(?P<of>\s+(?:of|for|at|from|in)\s+[^,;:()“”\"]{{2,70}}?)?(?P<mark>,?\s+)\Z",
    re.IGNORECASE,
)
IS_BEFORE = re.compile(r"\b(?:is|was|be|been|remains)\s+\Z")
POST_IS = re.compile(
    rf"(?<![\w-])(?P<post>{POST})(?P<of>\s+(?:of"
    rf"|for)\s+[^,;:()“”\"]{{2,60}}?)?(?:\s+in\s+\w+)?\s+(?:is|was|will be|has been|remains)\s+\Z",
    re.IGNORECASE,
)
OWNER_BEFORE = re.compile(rf"(?P<owner>(?:[{UPPER}][\w’'.&-]*\s+){{0,4}}[{UPPER}][\w.&-]*(?:[’']s|s[’'])?\s+)\Z")
POST_AFTER = re.compile(
    rf"(?:\s*,\s*\d{{1,2}})?\s*(?:,|\(|–|—)\s*(?:(?:the|a|an|its|their|our|his|her|who is|who’s"
    rf"|currently|then|now|then-"
    rf"|and)\s+){{0,2}}(?P<post>(?:[\w’'&.-]+\s+){{0,4}}?(?<![\w-])(?:{NOUN})s?)\b"
    rf"(?P<of>\s*(?:(?:of|for|at|from|with|in)\s+(?:the\s+|its\s+|our\s+)?(?:(?!\b(?:who|which|and"
    rf"|said|says|has|was|is|will)\b)[^,;:.()–—“”\"]){{2,80}}?)?)(?=\s*[,;:.()–—]|\s+(?:who|and|said"
    rf"|says|has|was|is|will|told|to)\b|\s*\Z)",
    re.IGNORECASE,
)
OPENS_POST = re.compile(r"(?:\s*,\s*\d{1,2})?\s*[,(–—]")
CHAIRS = re.compile(
    r"\s*,\s+who\s+(?P<verb>chairs|heads|leads|runs|directs|coordinates|co-ordinates|organises"
    r"|organizes|manages|represents|coaches|teaches|conducts)\s+(?P<what>(?:the\s+"
    r"|our\s+)?[^,;:.()“”\"]{2,60})"
)
DELEGATION = re.compile(
    r"(?:head|leader|members?) of (?:the|a|their|its|our) (?:\w+ )?(?:delegation|group|party)\Z", re.IGNORECASE
)
DOER = {
    "chairs": "chair of",
    "co-ordinates": "coordinator of",
    "coaches": "coach of",
    "conducts": "conductor of",
    "coordinates": "coordinator of",
    "directs": "director of",
    "heads": "head of",
    "leads": "leader of",
    "manages": "manager of",
    "organises": "organiser of",
    "organizes": "organizer of",
    "represents": "representative of",
    "runs": "head of",
    "teaches": "teacher of",
}


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


@cache
def _post_words() -> frozenset[str]:
    words = set()
    for phrase in word_set("posts") | word_set("post_modifiers"):
        words |= set(re.split(r"[\s-]", phrase))
    return frozenset(words)


SMALL_WORD = re.compile(r"[A-Za-zé]+")


@lru_cache(maxsize=4096)
def _names_a_post(words: str) -> bool:
    """Whether a post's noun stands in the words: a quick look before the patterns."""
    return any(
        word in _last_nouns() or word.removesuffix("s") in _last_nouns() for word in SMALL_WORD.findall(words.lower())
    )


@cache
def _last_nouns() -> frozenset[str]:
    return frozenset(SMALL_WORD.findall(phrase.lower())[-1] for phrase in word_set("posts"))


@cache
def _post_nouns() -> frozenset[str]:
    return frozenset(part for phrase in word_set("posts") for part in (phrase.split()[-1], phrase))


def claim_people(line: Line, known: frozenset[str], ordinary: frozenset[str]) -> list[Bearer]:
    """People in the line, claimed as "person". `known` are surnames that other lines make sure of."""
    found: list[Bearer] = []
    i = 0
    while i < len(line.words):
        if not line.is_free(i):
            i += 1
            continue
        last = _run_end(line, i)
        beside = bool(found) and line.text[found[-1].end : line.words[i].start].strip() in ("and", ",", ", and", "&")
        bearer, end = _bearer(line, i, last, known, ordinary, beside=beside)
        if bearer:
            found.append(_with_shared_post(line, found[-1], bearer) if found else bearer)
        i = max(end, i) + 1
    return found


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
        if base in word_set("titles"):
            first, title = j + 1, base
            if base in word_set("title_posts"):
                post_end = j
        elif _is_post(line, j) and j < last:
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
    while words and (words[-1].base.rstrip(".") in word_set("suffixes")):
        words = words[:-1]
    if not words or not _could_be_name(line, first, words, bool(title) or post_end >= 0, ordinary):
        return None, last
    end = first + len(words) - 1
    name = " ".join(line.text[words[0].start : words[-1].base_end].split())
    post = _post_before(line, first, i, post_end, title)
    after = _post_after(line, end)
    score = _likelihood(line, first, end, words, bool(title), post or after, known)
    score += 3 if beside and len(words) > 1 else 0
    if score < 3:
        return None, last
    if CREDIT.search(line.before(i, 30)) and not (post or after):
        line.claim(i, last, "credit")
        return None, last
    if HONOURED.search(line.before(i)) or line.after(end, 3).startswith("/"):
        line.claim(i, last, "honoured")
        return None, last
    line.claim(i, last, "person")
    role, owner = post if post and not _is_weak(post[0], after) else after or post or (None, None)
    if line.is_headline:
        role, owner = None, None
    if post and after and DELEGATION.match(post[0]):
        role, owner = after
    return Bearer(words[0].start, words[-1].base_end, name, role, owner, title, _is_plural(line, i)), last


def _is_plural(line: Line, run: int) -> bool:
    """Whether the post before the run is in the plural: "their teachers Katrin Bruhn and …"."""
    before = line.before(run, 110)
    found = POST_BEFORE.search(before) if _names_a_post(before) else None
    return found is not None and found["post"].endswith("s") and not found["post"].endswith("ss")


def _is_opener(word: str) -> bool:
    return word in word_set("not_names") and word not in given_names()


def _is_of_country(bases: list[str]) -> bool:
    """Whether a word is a country or its people, but for a surname: Kyoko French."""
    given = bases[0] in given_names()
    return any(base in demonyms() or base in countries() for base in (bases[:-1] if given else bases))


def _is_weak(role: str, after: tuple[str, str | None] | None) -> bool:
    return after is not None and role.lower() in (
        "professor",
        "prof",
        "councillor",
        "coun",
        "cllr",
        "captain",
        "father",
        "bishop",
        "colleague",
        "counterpart",
    )


def _is_post(line: Line, j: int) -> bool:
    base = line.words[j].base
    lowered = base.lower()
    if lowered not in _post_words() or base.isupper() and len(base) > 3:
        return base in ("CEO", "MEP", "MP")
    return lowered in _post_nouns() or lowered.rstrip("s") in _post_nouns()


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
    if any(base.isupper() and len(base) > 3 for base in bases):
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
    if line.is_headline and not (titled or post):
        points -= 2
    return points


def _post_before(line: Line, first: int, run: int, post_end: int, title: str | None) -> tuple[str, str | None] | None:
    """The post that stands before the name, as stated, and the place or body that it is of."""
    if post_end >= 0:
        start = run
        while start > 0 and line.gap(start - 1) == " " and line.claims.get(start - 1) in ("place", "organisation"):
            start -= 1
        written = " ".join(line.text[line.words[start].start : line.words[post_end].end].split())
        written = re.sub(r"^(?:The|Our|Its|Their|When|While|As|And|But|In|On|For|After)\s+", "", written)
        small = MODIFIED.search(line.before(start, 40))
        written = (small[0] + written) if small else written
        owner = line.written(start, run - 1) if start < run else _owner_of(line, start)
        if title and written.rstrip(".") == title and (outer := _small_post(line, run)):
            return outer
        return written.rstrip("."), owner
    return _small_post(line, run) or _copula(line, run)


def _copula(line: Line, run: int) -> tuple[str, str | None] | None:
    """ "Its current ambassador is Lena Hartmann"."""
    before = line.before(run, 110)
    found = POST_IS.search(before) if IS_BEFORE.search(before) else None
    return (_role(found["post"] + (found["of"] or "")), None) if found else None


def _small_post(line: Line, run: int) -> tuple[str, str | None] | None:
    before = line.before(run, 110)
    found = POST_BEFORE.search(before) if _names_a_post(before) else None
    if not found:
        return None
    if "," in found["mark"] and re.search(
        r"\b(?:and|or|many|several|some|other|with|for|as)\s+(?!(?:the|a|an|its|our|their|his"
        r"|her)\s)(?:[a-z]\w*\s+)?\Z",
        before[: found.start()],
    ):
        return None
    of = found["of"] or ""
    if (
        of
        and re.search(r"\b(?:and|to|with|who|said|says|that|was|were|will|has|had)\b", of)
        and not re.search(r"[A-Z]", of)
    ):
        return None
    if of and "," not in found["mark"]:
        return None if not _ends_in_place(of) else (_role(found["post"] + of), of.split(None, 1)[1].strip())
    owner = OWNER_BEFORE.search(before[: found.start()])
    role = found["post"] + ("" if of.lstrip().startswith(("from", "in ", "at ")) else of)
    if owner and not of and (owner["owner"].rstrip().endswith(("’s", "'s", "s’")) or "," not in found["mark"]):
        head = owner["owner"].strip()
        if head.split()[0] not in word_set("not_names"):
            return _role(f"{head} {role}"), re.sub(r"[’']s?\Z", "", head)
    return _role(role), (of.split(None, 1)[1].strip() if of else None)


def _ends_in_place(of: str) -> bool:
    return bool(re.search(rf"[{UPPER}][\w-]+\s*\Z", of))


def _owner_of(line: Line, start: int) -> str | None:
    found = OWNER_BEFORE.search(line.before(start))
    return re.sub(r"[’']s?\Z", "", found["owner"].strip()) if found else None


def _post_after(line: Line, end: int) -> tuple[str, str | None] | None:
    after = line.after(end, 160)
    found = POST_AFTER.match(after) if OPENS_POST.match(after) and _names_a_post(after) else None
    if found:
        of = " ".join(found["of"].split())
        return _role(f"{found['post']} {of}".strip()), (re.sub(r"^\w+ (?:the |its |our )?", "", of) or None)
    if chairs := CHAIRS.match(after):
        what = " ".join(chairs["what"].split()[:7])
        return f"{DOER[chairs['verb']]} {what}", what.removeprefix("the ")
    return None


def _role(written: str) -> str:
    """The post in its base form: singular, single spaces, without an article."""
    words = " ".join(written.split())
    words = re.sub(r"^(?:the|a|an|its|their|our|his|her|said|says)\s+", "", words, flags=re.IGNORECASE)
    return re.sub(rf"\b({NOUN})s\b(?=\s+(?:of|for|at|from|in)\b|\Z)", r"\1", words, count=1)
