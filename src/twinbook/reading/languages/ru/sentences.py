"""Where Russian sentences end: full stops that are none (г., ул., initials), lost spaces, dashes of speech."""

from __future__ import annotations

import re

from twinbook.reading.finding import Span

LONGEST = 2_000  # characters; what is longer is cut at a mark or a space
END = re.compile(r"(?:[.!?…]+|(?<=\w) [.!?…]+)[»”\"')\]]*(?=\s|[«„\"(]?[А-ЯЁ—–])|\n+")
LAST_WORD = re.compile(r"([A-Za-zА-Яа-яЁё]+(?:\.\s?[а-яё]+)*)$")
NEXT = re.compile(r"\s*([—–-]\s*)?(.)", re.DOTALL)
# Abbreviations before a name or number: the sentence never ends at their full stop.
BEFORE_NAME = frozenset(
    "ул пр просп пер пл бул б-р наб ш им св пос дер р-н обл корп стр кв каб оф тел факс рис см ср напр гр тов проф акад"
    " доц канд асс ген полк майор кап лейт инж ред сост изд вып зам зав пом нач гл экс авт муз худ реж англ нем фр"
    " яп кит итал исп лат греч кор вьет монг турец туп пгт мкр респ жд ж-д ок прибл мин макс ст c о и".split()
)
# Abbreviations that may also end a sentence: they do where a capital follows a number, or «др.», «т. д.».
AFTER_NUMBER = frozenset(
    "г гг в вв с м км см мм га л кг т тыс млн млрд трлн руб коп долл евро ч мин сек чел экз".split()
)
MAY_END = frozenset(["др", "пр", "т.д", "т.п", "т. д", "т. п", "проч", "н.э", "н. э"])


def find_sentences(text: str, start: int, end: int) -> list[Span]:
    """Sentences of the paragraph text[start:end], in order, without outer white space."""
    spans: list[Span] = []
    begin = start
    for found in END.finditer(text, start, end):
        if found.end() < end and _ends_here(text, begin, found, end):
            spans.append((begin, found.end()))
            begin = found.end()
    spans.append((begin, end))
    stripped = (_strip(text, a, b) for a, b in spans)
    return [piece for a, b in stripped if a < b for piece in _cut(text, a, b)]


def _ends_here(text: str, begin: int, found: re.Match[str], end: int) -> bool:
    mark = found[0].strip()
    if not mark:
        return True
    following = NEXT.match(text, found.end(), end)
    if following is None:
        return True
    dash, letter = following[1], following[2]
    if letter.islower() or letter in ",;:)»":
        return False
    if dash and "." not in mark.rstrip("»”\"')]")[-1:] and not letter.isupper():
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    return not _is_abbreviation(text, begin, found.start(), letter)


def _is_abbreviation(text: str, begin: int, stop: int, following: str) -> bool:
    last = LAST_WORD.search(text, max(begin, stop - 24), stop)
    if last is None:
        return False
    word = last[1]
    if len(word) == 1 and word.isupper():
        return following.isupper() or following in "«—–-"
    lower = word.lower()
    if lower in MAY_END:
        return False
    if lower in AFTER_NUMBER:
        before = text[max(begin, last.start() - 3) : last.start()].rstrip()
        return not (before[-1:].isdigit() and following.isupper())
    return lower in BEFORE_NAME and not following.isdigit() or lower in {"стр", "рис", "тел", "кв", "корп", "д"}


def _cut(text: str, start: int, end: int) -> list[Span]:
    pieces: list[Span] = []
    while end - start > LONGEST:
        stop = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in ("; ", ", ", " ", "\n"))
        stop = stop + 1 if stop > 0 else start + LONGEST
        pieces.append(_strip(text, start, stop))
        start = stop
    pieces.append(_strip(text, start, end))
    return [(a, b) for a, b in pieces if a < b]


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
