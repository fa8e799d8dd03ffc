"""Where German sentences end: not after ordinals (am 10. Mai), abbreviations (z. B., Dr.) and initials."""

from __future__ import annotations

import re

from twinbook.reading.finding import Span

END = re.compile(r"[.!?…]+[”“\"’‘'»«›‹)\]]*(?=\s)")
ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Prof|Hr|Fr|Frl|St|Str|Nr|Mio|Mrd|Mill|Tel|Abb|Bd|Hrsg|geb|gest|verh|ca|bzw|evtl|ggf|inkl|exkl|zzgl|vgl|usw|etc"
    r"|sog|Dipl|Ing|Mag|med|phil|jur|rer|nat|pol|habil|Jh|Jhdt|Jan|Feb|Apr|Jun|Jul|Aug|Sept|Sep|Okt|Nov|Dez|Mo|Di|Mi|Do|Fr|Sa|So"
    r"|stv|stellv|Vors|OB|Bgm|allg|insb|Co|e\.\s?V|i\.\s?V|z|B|d|h|u|a|v|l|n|r|o|i|s|S|D|Chr|Kfz|max|min|gegr)|(?<![\w.])[A-ZÄÖÜ])\.\Z"
)
SOFT = re.compile(r"(?:\b(?:usw|etc|e\.\s?V|Mio|Mrd|a\.\s?D|Jh|Str|Co|u\.\s?a))\.\Z")  # may end a sentence as well
ORDINAL = re.compile(r"(?<![\d.,])\d{1,2}\.\Z")
NUMBERED = re.compile(
    r"\s*(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|[a-zäöüß\d]"
    r"|Jan|Feb|Apr|Aug|Sept|Okt|Nov|Dez|Jahrhundert|Jubiläum|Jahrestag|Geburtstag|Mal|Auflage|Bezirk|FC|Klasse|[–—-])"
)
AMID = re.compile(
    r"\b(?:am|vom|zum|der|die|das|den|dem|des|beim|im|ihr|ihre[mnrs]?|sein\w*|unser\w*|bis|und|dem)\s+\d{1,2}\.\Z"
)
OPENER = re.compile(
    r"[„“\"»‚(\[]*(?:Der|Die|Das|Den|Dem|Ein|Eine|Es|Er|Sie|Wir|Ich|In|Im|Am|An|Auf|Aus|Bei|Beim|Bis|Für|Mit|Nach|Seit"
    r"|Von|Vor|Zu|Zum|Zur|Als|Auch|Und|Aber|Doch|Dort|Dabei|Danach|Dann|Während|Wenn|Weil|Diese|Dieser|Beide)\b"
)
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
    following = after.lstrip()[:1]
    if not following:
        return True
    if following.islower():
        return False  # „Wirklich?“ fragte er.
    mark = found[0]
    if not mark.startswith("."):
        return True
    before = text[max(begin, found.start() - 16) : found.start() + 1]
    if ORDINAL.search(before):
        return not (NUMBERED.match(after) or AMID.search(before))
    if SOFT.search(before):
        return bool(OPENER.match(after.lstrip()))
    return not (len(mark) == 1 and ABBREVIATION.search(before))


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
