"""Direct speech in German: quotation marks, words of saying around them, and who the speaker is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from twinbook.reading.finding import Span
from twinbook.reading.languages.de.people import post_of
from twinbook.reading.languages.de.words import given_names, word_set
from twinbook.reading.story import NameMention, QuoteMention, Story

PAIRS = {"„": '“”"', "»": "«", "«": "»", "“": "”", '"': '"'}
OPENING = re.compile(r"[„»«“\"]")
SAYS = rf"(?:{'|'.join(sorted(word_set('speech_verbs'), key=len, reverse=True))})"
AFTER = re.compile(
    rf"\s?,?\s?(?P<words>(?:{SAYS})\b[^.!?„“»«\"]{{0,160}}|[^.!?„“»«\"\s][^.!?„“»«\"]{{0,120}}\s(?:{SAYS})\b[^.!?„“»«\"]{{0,60}})"
)
BEFORE = re.compile(
    rf"(?P<words>[^.!?„“»«\"\n]{{0,180}}\b(?:{SAYS}|Worten?|Motto|laut)\b[^.!?„“»«\"\n]{{0,100}}?[:,]?)\s*\Z"
)
COLON = re.compile(r"(?P<words>[^.!?„“»«\"\n]{3,140}):\s*\Z")
PRONOUN = re.compile(rf"\b(?:{SAYS}\s+(?P<after>er|sie)|(?P<before>[Ee]r|[Ss]ie)\s+{SAYS})\b")
POST = re.compile(r"\b(?:[Dd]er|[Dd]ie|[Dd]as|[Ee]in|[Ee]ine)\s(?:[a-zäöüß]+\s){0,2}(?P<post>[A-ZÄÖÜ][\w-]+)")
ABBREVIATED = re.compile(r"\b(Dr|Prof|St|Nr|Dipl|Ing|Mag|[A-Z])\.")
HIDDEN = "\u2024"  # stands for points that end no sentence
REACH = 3_000  # characters within which a quotation closes
NEAR = 300  # characters around a quotation in which the words of saying stand
BACK = 6_000  # characters back in which a speaker is looked for
LEAST_WORDS = 4  # of a fragment that counts as speech


@dataclass(frozen=True)
class _Said:
    """The words that say who speaks: their span, and the speaker (base form, or the words used)."""

    span: Span
    speaker: str | None


def find_quotes(story: Story) -> list[QuoteMention]:
    """Direct speech in the story; pieces of one utterance around its attribution are one quote."""
    text = ABBREVIATED.sub(rf"\1{HIDDEN}", story.text)
    found: list[QuoteMention] = []
    for start, end in story.paragraphs:
        found += _in_paragraph(story, text, start, end, found)
    return found


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """Spans between two quotation marks of the paragraph."""
    pieces = []
    at = start
    while opened := OPENING.search(text, at, end):
        limit = min(end, opened.end() + REACH)
        closes = [text.find(mark, opened.end(), limit) for mark in PAIRS[opened[0]]]
        close = min((place for place in closes if place >= 0), default=-1)
        if close < 0:
            at = opened.end()
            continue
        if text[opened.end() : close].strip():
            pieces.append((opened.end(), close))
        at = close + 1
    return pieces


def _in_paragraph(story: Story, text: str, start: int, end: int, before: list[QuoteMention]) -> list[QuoteMention]:
    found: list[QuoteMention] = []
    last = start
    pieces = _pieces(text, start, end)
    for number, (first, close) in enumerate(pieces):
        following = pieces[number + 1][0] - 1 if number + 1 < len(pieces) else end
        lead = text[max(last, first - 1 - NEAR) : first - 1]
        tail = text[close + 1 : min(following, close + 1 + NEAR)]
        said = _said(story, text, (first, close), (first - 1 - len(lead), lead), tail, [*before, *found])
        if found and _goes_on(found[-1], lead, first):
            found[-1] = QuoteMention(found[-1].start, close, found[-1].speaker, found[-1].attribution)
        elif said or _stands_free(text, first, close, lead):
            speaker = said.speaker if said else _last_speaker(story, first, [*before, *found])
            if speaker:
                found.append(QuoteMention(first, close, speaker, said.span if said else None))
        last = close + 1
    return found


def _goes_on(earlier: QuoteMention, lead: str, first: int) -> bool:
    """Whether only the attribution of the quotation before stands between: „…“, sagte sie. „…“"""
    said = earlier.attribution
    return said is not None and earlier.end <= said[0] and said[1] >= first - 8 and len(lead) < 220


def _stands_free(text: str, first: int, close: int, lead: str) -> bool:
    """A whole sentence in marks that opens one: speech without words of saying."""
    opens = not lead.strip() or lead.rstrip()[-1] in ".!?:“”«»"
    return opens and text[close - 1] in ".!?" and len(text[first:close].split()) >= LEAST_WORDS


def _said(
    story: Story, text: str, piece: Span, lead: tuple[int, str], tail: str, before: list[QuoteMention]
) -> _Said | None:
    first, close = piece
    words = text[first:close].split()
    after = AFTER.match(tail) if tail[:1] in ", " or text[close - 1] in ",!?" else None
    if after and (len(words) >= LEAST_WORDS or tail.startswith(",")):
        span = (close + 1 + after.start("words"), close + 1 + after.end("words"))
        if speaker := _speaker(story, span, before):
            return _Said(span, speaker)
    for pattern in (COLON, BEFORE):
        if (match := pattern.search(lead[1])) and (len(words) >= LEAST_WORDS or pattern is COLON):
            span = (lead[0] + match.start("words"), lead[0] + match.end("words"))
            if speaker := _speaker(story, span, before):
                return _Said(span, speaker)
    return None


def _speaker(story: Story, span: Span, before: list[QuoteMention]) -> str | None:
    """A person named in the words, else whom "er" or "die Bürgermeisterin" means, else the words used."""
    words = story.text[slice(*span)]
    people = list(story.names_in(*span, "person"))
    if people:
        return _nearest_to_verb(words, span[0], people).name
    if pronoun := PRONOUN.search(words):
        return _last_speaker(story, span[0], before, (pronoun["after"] or pronoun["before"]).lower())
    for found in POST.finditer(words):
        post = post_of(found["post"])
        if post is None:
            continue
        around = story.names_in(max(0, span[0] - BACK), span[1] + BACK, "person")
        bearers = [name for name in around if name.role and _is_post(post, name.role)]
        return bearers[0].name if bearers else found["post"]
    return None


def _nearest_to_verb(words: str, start: int, people: list[NameMention]) -> NameMention:
    verb = re.search(rf"\b{SAYS}\b", words)
    at = start + verb.start() if verb else start
    return min(people, key=lambda name: abs(name.start - at))


def _is_post(post: str, role: str) -> bool:
    short = post.casefold().removesuffix("in")
    return short in role.casefold()


def _last_speaker(story: Story, at: int, before: list[QuoteMention], pronoun: str | None = None) -> str | None:
    """Who was named last before the offset, of the pronoun's gender where the given name tells it."""
    people = list(story.names_in(max(0, at - BACK), at, "person"))
    wanted = {"er": "m", "sie": "f"}.get(pronoun or "", "")
    fitting = [name for name in people if not wanted or given_names().get(name.name.split()[0], wanted) in ("", wanted)]
    if fitting and (pronoun or at - fitting[-1].end < 400):
        return fitting[-1].name
    return before[-1].speaker if before else None
