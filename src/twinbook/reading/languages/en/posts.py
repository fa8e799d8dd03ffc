"""The posts of people in English: stated before the name or after it, in base form, and of which place or body."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from twinbook.reading.languages.en.runs import Line
from twinbook.reading.languages.en.words import UPPER, alternatives, word_set

NOUN = alternatives("posts")

MODIFIERS = alternatives("post_modifiers")

MODIFIED = re.compile(rf"\b(?:(?:{MODIFIERS})\s+)+\Z")

POST = rf"(?:(?:{MODIFIERS})(?:\s+|-)(?:(?:and|&)\s+(?:{MODIFIERS})\s+)?)*(?:{NOUN})s?"

# A post in small letters that ends before the name: "its deputy mayor, ", "said organiser ", "Odesa’s mayor ".
POST_BEFORE = re.compile(
    rf"(?<![\w-])(?P<post>{POST})(?P<of>\s+(?:of|for|at|from|in)\s+[^,;:()“”\"]{{2,70}}?)?(?P<mark>,?\s+|,\s+the\s+|\s+[–—-]\s+)\Z",
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
    rf"|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    rf"|said|says|has|was|is|will)\b)[^,;:.()–—“”\"]){{2,80}}?)?)(?=\s*[,;:.()–—]|\s+(?:who|and|said"
    rf"|says|has|was|is|will|told|to|on)\b|\s*\Z)",
    re.IGNORECASE,
)

AND_MORE = re.compile(r"\s*,\s*and\s")  # …, and six pupils: others, no post

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


@cache
def _post_words() -> frozenset[str]:
    words = set()
    for phrase in word_set("posts") | word_set("post_modifiers"):
        words |= {*re.split(r"[\s-]", phrase), *phrase.split()}
    return frozenset(words)


PLURAL = re.compile(r".*[^s]s\Z")
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


def is_plural(line: Line, run: int) -> bool:
    """Whether the post before the run is in the plural: "their teachers Katrin Bruhn and …"."""
    if PLURAL.match(line.words[run].base) and is_post(line, run):
        return True
    before = line.before(run, 110)
    found = POST_BEFORE.search(before) if _names_a_post(before) else None
    return found is not None and bool(PLURAL.match(found["post"]))


def is_weak(role: str, after: tuple[str, str | None] | None) -> bool:
    return after is not None and role.lower() in (
        "professor",
        "prof",
        "councillor",
        "ald",
        "alderman",
        "cr",
        "coun",
        "cllr",
        "captain",
        "father",
        "bishop",
        "colleague",
        "counterpart",
    )


def is_post(line: Line, j: int) -> bool:
    base = line.words[j].base
    lowered = base.lower()
    if not {lowered, lowered.removesuffix("s")} & _post_words() or (base.isupper() and len(base) > 3):
        return base in ("CEO", "MEP", "MP")
    return lowered in _post_nouns() or lowered.rstrip("s") in _post_nouns()


def post_before(line: Line, first: int, run: int, post_end: int, title: str | None) -> tuple[str, str | None] | None:
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
        return _role(written.rstrip(".")), owner
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
    if re.search(r"\b(?:are|is|was|were|include[sd]?)\b", of):
        return None
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
        words = owner["owner"].split()
        while len(words) > 1 and words[0] in word_set("not_names"):
            words = words[1:]  # Then Kumagaya mayor
        head = " ".join(words)
        if words[0] not in word_set("not_names"):
            return _role(f"{head} {role}"), re.sub(r"[’']s?\Z", "", head)
    return _role(role), (of.split(None, 1)[1].strip() if of else None)


def _ends_in_place(of: str) -> bool:
    return bool(re.search(rf"[{UPPER}][\w-]+\s*\Z", of))


def _owner_of(line: Line, start: int) -> str | None:
    found = OWNER_BEFORE.search(line.before(start))
    return re.sub(r"[’']s?\Z", "", found["owner"].strip()) if found else None


def post_after(line: Line, end: int) -> tuple[str, str | None] | None:
    after = line.after(end, 160)
    found = POST_AFTER.match(after) if OPENS_POST.match(after) and _names_a_post(after) else None
    if found and not (AND_MORE.match(after) and PLURAL.match(found["post"])):
        of = " ".join(found["of"].split())
        return _role(f"{found['post']} {of}".strip()), (re.sub(r"^\w+ (?:the |its |our )?", "", of) or None)
    if chairs := CHAIRS.match(after):
        what = " ".join(chairs["what"].split()[:7])
        return f"{DOER[chairs['verb']]} {what}", what.removeprefix("the ")
    return None


def _role(written: str) -> str:
    """The post in its base form: singular, single spaces, without an article."""
    words = " ".join(written.split())
    words = re.sub(r"\s+of (?:both|the two|their|its|our|these|those)\b.*", "", words)
    words = re.sub(r"^(?:the|a|an|its|their|our|his|her|said|says)\s+", "", words, flags=re.IGNORECASE)
    return re.sub(rf"\b({NOUN})s\b(?=\s+(?:of|for|at|from|in)\b|\Z)", r"\1", words, count=1)
