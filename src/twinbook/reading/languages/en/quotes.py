"""Direct speech in English: quotation marks or dashes, words of saying around them, and who the speaker is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace

from twinbook.reading.finding import Span
from twinbook.reading.languages.en.words import alternatives, given_names
from twinbook.reading.story import NameMention, QuoteMention, Story

SAYS = rf"(?:{alternatives('speech_verbs')})"
# Fragments need a verb of saying beside them: said the visit was "…", spoke of "…", according to X, "…".
FRAGMENT_BEFORE = re.compile(
    r"\b(?:said|says|spoke|speaks|called|calls|described|describes|added|explained|told|recalled"
    r"|remarked|noted|stressed"
    r"|emphasi[sz]ed|praised|hailed|thanked|wrote|joked|promised|admitted|insisted|declared|stated"
    r"|reminded|concluded)\b"
    r"(?:(?!\b(?:to|wants?|hopes?|plans?)\b)[^.!?“”\"]){0,45}\Z|[,:]\s*\Z",
    re.IGNORECASE,
)
ATTRIBUTED_AFTER = re.compile(
    rf"\s{{0,3}},?\s{{0,3}}(?:as\s+)?(?P<words>(?:(?:{SAYS})\b[^.!?“”\"]{{0,140}})"
    rf"|(?:[^\s.!?“”\"][^.!?“”\"]{{0,170}}?\s(?:{SAYS})\b[^.!?“”\"]{{0,90}}))"
)
ATTRIBUTED_BEFORE = re.compile(
    rf"(?P<words>[^.!?“”\"\n]{{0,160}}\b(?:{SAYS}|answer\w*|words?|response|reply|motto|put it|message"
    rf"|speech|statement)\b[^.!?“”\"\n]{{0,80}}[,:]?)\s*\Z"
)
ACCORDING = re.compile(r"(?P<words>\b(?:[Aa]ccording to|[Ff]or|[Ii]n the words of|[Aa]s)\s[^.!?“”\"\n]{2,80},?)\s*\Z")
TOLD = re.compile(r"\s*(?P<who>(?:an?|one|the)\s+[^,.;“”\"]{2,50}?)\s+told\b")
# What a paper says is no speech.
PAPER = (
    r"(?:web ?site|release|resolution|agreement|memorandum|mou|charter|plaque|report|proclamation|letter|inscription)"
)
DOCUMENT_BEFORE = re.compile(
    rf"\b(?:[Aa]ccording to [^.,;“”\"]{{0,40}}\b{PAPER}|{PAPER}(?: reads| read| says| states| stated)?)"
    rf"[,:]?(?: [^.;“”\"]{{1,40}})?\s?\Z",
    re.IGNORECASE,
)
DOCUMENT_AFTER = re.compile(
    rf"\s?,?\s?(?:[–—-]\s)?(?:(?:reads?|says|states|stated) )?(?:the |its |this |a )?(?:[a-z]+ )?{PAPER}\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    rf"(?:\b(?P<before>[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\s+(?:\w+ly\s+|also\s+|has\s+|then\s+"
    rf"|had\s+)?{SAYS}\b|\b{SAYS}\s+(?P<after>he|she|they)\b)"
)
POST_SPEAKS = re.compile(r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir)\s+(?P<post>(?:[A-Za-z-]+\s+){0,2}[A-Za-z-]+)\b")
# Points that end no sentence, hidden from the patterns above: Coun. Roe, J. Roe.
ABBREVIATED = re.compile(r"\b(Coun|Cllr|Mr|Mrs|Ms|Dr|St|Rev|Sen|Rep|Gov|Prof|Hon|Jr|Sgt|Lt|Col|Gen|Capt|Ald|[A-Z])\.")
HIDDEN = "\u2024"
DASH = re.compile(r"[–—-]\s+(?=\S)")
DASH_SAID = re.compile(
    rf",\s+(?P<words>(?:{SAYS})\s+[^.!?–—]{{2,100}}"
    rf"|[^.!?,–—]{{2,60}}\s(?:{SAYS}))\s*(?P<close>[.,]\s*(?:[–—-]\s*|\Z)|\Z)"
)
OPENING = re.compile(r"[“«„\"]|(?<!\w)[‘'](?=\w)")
PAIRS = {"“": "”", "«": "»", "„": "”", "‘": "’"}
SENTENCE_END = re.compile(r"[.!?][”\"’']?(?:\s|\Z)")
ASKS = re.compile(
    r"\b(?:(?:asked|asks|put|answer(?:s|ed)?)\b[^.]{0,25}\bquestions|interview(?:ed)? (?:by|with)"
    r"|(?:spoke|talked) (?:to|with) (?:us|our)|we (?:met|spoke|talked|asked))\b",
    re.IGNORECASE,
)
NEAR, FAR, NEAR_QUOTES = 4_000, 20_000, 20  # how far back a speaker is looked for: characters, for a post, quotes
DOCUMENT_REACH = 100  # characters before a quotation in which words may say that a paper says it
LEAST_WORDS = 6  # of a fragment without its own sentence


@dataclass
class _Piece:
    """Words between two quotation marks: offsets inside the marks, and whether the closing mark is missing."""

    start: int
    end: int
    open_ended: bool
    paragraph: int
    single: bool = False


def find_quotes(story: Story) -> list[QuoteMention]:
    """Direct speech in the story; pieces of one utterance around its attribution are one quote."""
    story = replace(story, text=ABBREVIATED.sub(rf"\1{HIDDEN}", story.text))
    people = [name for name in story.names if name.kind == "person"]
    found: list[QuoteMention] = []
    waiting: QuoteMention | None = None  # opened and not closed: the next paragraph goes on
    for number, (start, end) in enumerate(story.paragraphs):
        if dashed := _dashed(story, start, end, people):
            found.append(dashed)
            continue
        pieces = _pieces(story.text, start, end, number)
        if waiting and pieces and pieces[0].start - start <= 2:
            found[-1] = QuoteMention(waiting.start, pieces[0].end, waiting.speaker, waiting.attribution)
            opened = pieces[0].open_ended
            pieces = pieces[1:]
            waiting = found[-1] if opened else None
            if not pieces:
                continue
        new = _utterances(story, pieces, (start, end), people, found)
        found += new
        waiting = found[-1] if new and pieces and pieces[-1].open_ended else None
    return found


def _pieces(text: str, start: int, end: int, paragraph: int) -> list[_Piece]:
    pieces = []
    at = start
    while found := OPENING.search(text, at, end):
        at = found.start()
        mark = text[at]
        if mark in PAIRS and mark != "‘":
            close = text.find(PAIRS[mark], at + 1, end)
            if mark == "„" and close < 0:
                close = text.find("“", at + 1, end)
        elif mark == '"':
            close = text.find('"', at + 1, end)
        elif mark in "‘'" and _opens_single(text, start, at):
            close = _single_close(text, at + 1, end)
            if close < 0:
                at += 1
                continue
        else:
            at += 1
            continue
        stop = close if close >= 0 else end
        pieces.append(_Piece(at + 1, stop, close < 0, paragraph, mark in "‘'"))
        at = stop + 1
    return [piece for piece in pieces if text[piece.start : piece.end].strip()]


def _opens_single(text: str, start: int, at: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1 : at + 2]
    return (before.isspace() or before in "(—–") and after.isalnum()


def _single_close(text: str, start: int, end: int) -> int:
    """The mark that closes single quotation: after a point or comma, else before white space or a mark."""
    for found in re.finditer(r"[’'](?=[\s.,;:!?)—–]|\Z)", text[start:end]):
        at = start + found.start()
        if text[at - 1] in ".,!?…" or text[at - 1] != "s":
            return at
    return -1


def _utterances(
    story: Story, pieces: list[_Piece], paragraph: Span, people: list[NameMention], before: list[QuoteMention]
) -> list[QuoteMention]:
    found: list[QuoteMention] = []
    last_end = paragraph[0]
    for number, piece in enumerate(pieces):
        following = pieces[number + 1].start - 1 if number + 1 < len(pieces) else paragraph[1]
        lead = story.text[last_end : piece.start - 1]
        tail = story.text[piece.end + 1 : following]
        if DOCUMENT_BEFORE.search(lead[-DOCUMENT_REACH:]) or DOCUMENT_AFTER.match(tail):
            last_end = piece.end + 1
            continue
        own = _attribution(story, piece, lead, tail, last_end, people)
        if found and _goes_on(story, found[-1], piece, lead, own):
            found[-1] = QuoteMention(found[-1].start, piece.end, found[-1].speaker, found[-1].attribution)
        elif (own or _stands_free(lead)) and (quote := _quote(story, piece, own, people, [*before, *found], paragraph)):
            found.append(quote)
        last_end = piece.end + 1
    return found


def _stands_free(lead: str) -> bool:
    """Whether a quotation without attribution opens a sentence: the theme was “…” is a title."""
    before = lead.rstrip(" \n–—-")
    return not before or before[-1] in '.!?:…”"’)'


@dataclass
class _Attribution:
    span: Span
    speaker: str | None
    pronoun: str | None
    is_fragment_verb: bool = False


def _attribution(
    story: Story, piece: _Piece, lead: str, tail: str, lead_start: int, people: list[NameMention]
) -> _Attribution | None:
    """The words that say who speaks: after the quotation, else before it."""
    closing = story.text[piece.end - 1]
    after = ATTRIBUTED_AFTER.match(tail) if closing in ",!?…-—–" or tail[:1].strip(" ") != "." else None
    if after and closing == "." and not tail.lstrip().startswith(("said", "says", "–", "—")):
        after = None
    if (
        after
        and closing not in ",!?…—–."
        and not tail.startswith(",")
        and not _is_sentence(story.text[piece.start : piece.end])
    ):
        after = None
    if after:
        start = piece.end + 1 + after.start("words")
        span = (start, piece.end + 1 + after.end("words"))
        if attributed := _speaker_in(story, span, people):
            return attributed
    for pattern in (ATTRIBUTED_BEFORE, ACCORDING):
        if match := pattern.search(lead):
            span = (lead_start + match.start("words"), lead_start + match.end("words"))
            if attributed := _speaker_in(story, span, people, last=True):
                attributed.is_fragment_verb = bool(FRAGMENT_BEFORE.search(lead)) or pattern is ACCORDING
                return attributed
    return None


def _speaker_in(story: Story, span: Span, people: list[NameMention], *, last: bool = False) -> _Attribution | None:
    words = story.text[slice(*span)]
    inside = _between(people, *span)
    pronoun = PRONOUN.search(words)
    if pronoun and not (inside and not last):
        return _Attribution(span, None, (pronoun["before"] or pronoun["after"]).lower())
    if inside:
        return _Attribution(span, _subject(words, span[0], inside), None)
    for found in POST_SPEAKS.finditer(words):
        if speaker := _by_post(found["post"], span[0], story):
            return _Attribution(span, speaker, None)
    if re.search(rf"\b{SAYS}\b", words):
        return (
            _Attribution(span, None, None)
            if (unnamed := _unnamed(words)) is None
            else _Attribution(span, unnamed, None)
        )
    return None


def _between(people: list[NameMention], start: int, end: int) -> list[NameMention]:
    """The mentions inside the span; they are in order."""
    first = bisect_left(people, start, key=lambda name: name.start)
    last = bisect_right(people, end, key=lambda name: name.start)
    return [name for name in people[first:last] if name.end <= end]


def _subject(words: str, offset: int, inside: list[NameMention]) -> str:
    """Of several people the one beside the verb of saying: "said X of Y", "X told Z"."""
    verb = re.search(rf"\b{SAYS}\b", words)
    if verb is None:
        return inside[0].name
    before = [name for name in inside if name.end - offset <= verb.start()]
    after = [name for name in inside if name.start - offset >= verb.end()]
    if before:
        return before[0].name if len(before) == 1 else before[-1].name
    return after[0].name


def _unnamed(words: str) -> str | None:
    """The words used for a speaker without a name: "a teacher", "one of the girls"."""
    found = re.search(rf"\b(?!told\b){SAYS}\s+(?P<who>(?:an?|one|the)\s+[^,.;]{{2,50}})", words) or TOLD.match(words)
    return " ".join(found["who"].replace(HIDDEN, ".").split()) if found else None


def _by_post(post: str, at: int, story: Story) -> str | None:
    """The person last named before whose post holds the words: the Mayor, the vice mayor, the consul general."""
    key = post.casefold().split()
    for width in (3, 2, 1):
        wanted = " ".join(key[:width]) if len(key) >= width else None
        if wanted is None:
            continue
        pattern = re.compile(rf"\b{re.escape(wanted)}\b")
        fitting = [held for role, held in story.people_by_post.items() if pattern.search(role.casefold())]
        if fitting:
            named_before = bisect_left(story.people, at, key=lambda name: name.start)
            earlier = [held[number - 1] for held in fitting if (number := bisect_left(held, named_before))]
            return story.people[max(earlier) if earlier else min(held[0] for held in fitting)].name
    return None


def _quote(
    story: Story,
    piece: _Piece,
    own: _Attribution | None,
    people: list[NameMention],
    before: list[QuoteMention],
    paragraph: Span,
) -> QuoteMention | None:
    words = story.text[piece.start : piece.end]
    count = len(words.split())
    is_sentence = _is_sentence(words)
    if own is None and (piece.single or not is_sentence or count < (3 if words.rstrip()[-1] in ".!?" else 5)):
        return None
    if _is_title(words):
        return None
    if own and not is_sentence and (count < LEAST_WORDS or not (own.is_fragment_verb or words.rstrip()[-1] in ",!?")):
        return None
    if own and is_sentence and count < 2:
        return None
    speaker = own.speaker if own else None
    if speaker is None:
        speaker = _nearest(story, piece, own.pronoun if own else None, people, before, paragraph, own)
    if speaker is None and own is None:
        return None
    start, end = piece.start, piece.end
    while start < end and story.text[start].isspace():
        start += 1
    return QuoteMention(start, end, speaker, own.span if own else None)


def _is_title(words: str) -> bool:
    """“Prairie and Baltic,”: every longer word with a capital, no mark that ends a sentence."""
    longer = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return len(longer) > 1 and all(word[0].isupper() for word in longer) and words.rstrip()[-1:] not in ".!?"


def _is_sentence(words: str) -> bool:
    stripped = words.strip()
    opens = stripped[:1].isupper() or stripped[:1] in "…‘'“" or stripped[:1].isdigit()
    return opens and (stripped[-1:] in ".!?,…—–-’'" or len(stripped.split()) >= 8)


def _nearest(
    story: Story,
    piece: _Piece,
    pronoun: str | None,
    people: list[NameMention],
    before: list[QuoteMention],
    paragraph: Span,
    own: _Attribution | None,
) -> str | None:
    """Who "he" or nobody is: the subject of the sentence before, else who spoke last."""
    spoken = [(quote.start, quote.end) for quote in before[-NEAR_QUOTES:]] + [(piece.start, piece.end)]
    near = _between(people, piece.start - NEAR, piece.start)
    outside = [name for name in near if not any(a <= name.start < b for a, b in spoken)]
    if pronoun in ("he", "she"):
        outside = [name for name in outside if _fits(name.name, pronoun)] or outside
    if not outside:
        return before[-1].speaker if before else None
    last = outside[-1]
    sentence = story.sentences[bisect_right(story.sentences, last.start, key=lambda item: item.start) - 1]
    same = [name for name in outside if sentence and sentence.start <= name.start]
    if pronoun is None and own is None:
        if asked := _interviewee(story, paragraph, people):
            return asked
        in_paragraph = [name for name in outside if name.start >= paragraph[0]]
        if not in_paragraph and before and piece.start - before[-1].end < 400:
            return before[-1].speaker
        if piece.start - last.start > 600:
            return None
    with_role = [name for name in same if name.role]
    return (same[0] if same and not with_role else with_role[0] if with_role else last).name


def _interviewee(story: Story, paragraph: Span, people: list[NameMention]) -> str | None:
    """Who answers: of a paragraph behind a question the person in the headline, else who is named most and asks not."""
    number = bisect_left(story.paragraphs, paragraph[0], key=lambda span: span[0]) - 1
    before = story.text[slice(*story.paragraphs[number])] if number >= 0 else ""
    if not before.rstrip().endswith("?") and not ASKS.search(before):
        return None
    for headline in (sentence for sentence in story.sentences[:3] if sentence.is_headline):
        for name in _between(people, headline.start, headline.end):
            return name.name
    answering = [
        name
        for name in _between(people, 0, FAR)
        if not ASKS.search(story.text[max(0, name.start - 30) : name.end + 30])
    ]
    counted = Counter(name.name for name in answering)
    return counted.most_common(1)[0][0] if counted else None


def _fits(name: str, pronoun: str) -> bool:
    gender = given_names().get(name.split()[0], "")
    return not gender or gender == ("m" if pronoun == "he" else "f")


def _goes_on(story: Story, earlier: QuoteMention, piece: _Piece, lead: str, own: _Attribution | None) -> bool:
    """Whether the piece goes on with the quote before it: only the attribution stands between."""
    if own and own.speaker and own.speaker != earlier.speaker:
        return False
    if earlier.end >= piece.start or not _is_sentence(story.text[piece.start : piece.end]):
        joined = lead.strip(" \n") and earlier.attribution and earlier.attribution[0] >= earlier.end and len(lead) < 120
        return bool(joined) and not SENTENCE_END.search(lead.rstrip()[:-1]) and story.text[piece.end - 1] in ".!?,"
    ends = len(SENTENCE_END.findall(lead))
    if earlier.attribution and earlier.attribution[0] >= earlier.end:
        return ends <= 1 and len(lead) < 260
    return ends == 0 and (len(lead.strip()) == 0 or bool(PRONOUN.search(lead)) or bool(re.search(rf"\b{SAYS}\b", lead)))


def _dashed(story: Story, start: int, end: int, people: list[NameMention]) -> QuoteMention | None:
    """– I have read it, said X. – Nobody notices. The dash opens the paragraph, a verb of saying is there."""
    opening = DASH.match(story.text, start, end)
    if not opening:
        return None
    said = DASH_SAID.search(story.text, opening.end(), end)
    if not said:
        return None
    attributed = _speaker_in(story, said.span("words"), people)
    if attributed is None:
        return None
    closing = end if said["close"].strip(" .,") else said.start() + 1
    return QuoteMention(opening.end(), closing, attributed.speaker, said.span("words"))
