"""Where English sentences end: not after Mr., initials, a.m. or U.S. in the middle of one."""

from __future__ import annotations

import re

from twinbook.reading.finding import Span

END = re.compile(r"[.!?…]+[”\"’'»)\]]*(?=\s)|[.!?][”\"](?=[“\"])")
# Never at the end of a sentence.
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|St|Ste|Mt|Ft|Rev|Hon|Coun|Cllr|Cr|Ald|Sen|Rep|Gov|Gen|Col|Lt|Sgt"
    r"|Capt|Maj|Cmdr|Messrs|Mme|Engr|Atty|Dipl|Ing|Fr|Br|Sr"
    r"|vs|No|Nos|approx|est|incl|ca|cf|viz|Vol|Fig|Ed|pp|Tel|Dept|Univ|Mons|Msgr"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|e\.g|i\.e)|(?<![\w.])[A-Z]|(?<![\w])[A-Z]\.[A-Z])\.\Z"
)
# At the end of a sentence only where one seems to begin after it.
SOFT = re.compile(
    r"(?:\b(?:[ap]\.m|U\.S|U\.K|U\.N|E\.U|U\.S\.A|N\.[YJCMHD]|S\.[CD]|R\.I|D\.C|B\.C|W\.Va|Inc|Ltd|Co"
    r"|Corp|Jr|Bros|etc|Ave|Blvd|Rd|al"
    r"|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ill|Ind|Kan|Kans|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb"
    r"|Nev|Okla|Ore|Pa|Tenn|Tex|Vt|Va|Wash|Wis|Wyo|Ont|Que"
    r"|min|hr|ft|lb|oz|km|sq))\.\Z",
    re.IGNORECASE,
)
OPENER = re.compile(
    r"[“\"‘'(\[]*(?:The|A|An|This|That|These|Those|It|He|She|They|We|I|You|In|On|At|By|For|From|After"
    r"|Before|During|While|When|As|But|And|Or|So"
    r"|His|Her|Their|Our|My|Its|There|Here|Since|Until|Both|All|Some|Many|Most|Each|Every|Two|Three"
    r"|Four|Five|One|If|To|With|Last|Next|Among|According|Also|However|Tickets|Entry|Admission"
    r"|Mayor)\b"
)
NEXT = re.compile(r"\s*(\S*)")
LONGEST = 2000  # characters


def find_sentences(text: str, start: int, end: int) -> list[Span]:
    """Sentences of the paragraph text[start:end], in order, without outer white space; none over 2,000 characters."""
    spans: list[Span] = []
    begin = start
    for found in END.finditer(text, start, end):
        if _ends(text, begin, found, end):
            spans.append((begin, found.end()))
            begin = found.end()
    spans.append((begin, end))
    pieces = [piece for a, b in spans for piece in _cut(text, a, b)]
    return [(a, b) for a, b in (_strip(text, a, b) for a, b in pieces) if a < b]


def _ends(text: str, begin: int, found: re.Match[str], end: int) -> bool:
    after = text[found.end() : min(end, found.end() + 30)]
    word = NEXT.match(after)
    following = word[1] if word else ""
    if not following:
        return True
    mark = found[0]
    if mark[0] in "!?" and len(mark) > 1 and _goes_on(following):
        return False  # "Really?" he asked.
    if mark.startswith("."):
        before = text[max(begin, found.start() - 12) : found.start() + 1]
        if mark.startswith("..."):
            return not following[0].islower()
        if ABBREVIATION.search(before):
            return False
        if SOFT.search(before):
            return bool(OPENER.match(after.lstrip()))
    return not _goes_on(following)


def _goes_on(following: str) -> bool:
    """Whether the next word cannot open a sentence: it begins with a small letter (a quotation mark alone may)."""
    first = following.lstrip("“\"‘'(«„[")
    return bool(first) and first[0].islower() and first == following


def _cut(text: str, start: int, end: int) -> list[Span]:
    """Pieces of at most 2,000 characters, cut at white space."""
    pieces = []
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start, start + LONGEST), text.rfind("\n", start, start + LONGEST))
        cut = cut if cut > start else start + LONGEST
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
