"""Sentences of a Japanese paragraph: 。 inside brackets ends none, a list item or headline needs none."""

from __future__ import annotations

import re

from twinbook.reading.finding import Span

OPENING, CLOSING = "「『（(〈《【［[“〔", "」』）)〉》】］]”〕"
STOPS = "。！？!?｡"
# A stop that goes on: 「すごい！」と, 「本当か？」という, and Latin names or numbers with a stop in them.
GOES_ON = re.compile(r"[」』）)”]*(?:と|って|という|との|、|などと|[A-Za-z0-9])")
# A full stop as some newsrooms and universities write it: after Japanese letters only.
WIDE_STOP = re.compile(r"(?<=[ぁ-ゖァ-ヺー一-鿿）」])．(?![0-9０-９])")
MARKS = re.compile(r"[「『（(〈《【［\[“〔」』）)〉》】］\]”〕。！？!?｡．\n\r]")
BRACKET_LIMIT = 800  # characters: a bracket that stays open longer was never closed
LENGTH_LIMIT = 2_000
LIST_MARK = re.compile(
    r"^[\s　]*(?:[・●○◯◆◇■□▽▼△▲★☆※＊*◎→⇒▶►✓]|[-–—]\s|[0-9０-９]{1,2}[.．)）、]\s?"
    r"|[①-⑳]|[（(][0-9０-９一二三四五六七八九十]{1,2}[)）])[\s　]*"
)


def find_sentences(text: str, start: int, end: int) -> list[Span]:
    """Sentences of the paragraph text[start:end], in order, without outer white space and marks of a list."""
    spans: list[Span] = []
    begin = start
    closers = _matching(text, start, end)
    inside = start
    for mark in MARKS.finditer(text, start, end):
        at = mark.start()
        if at < inside:
            continue
        if at in closers:
            inside = closers[at]
        elif _ends_here(text, at, begin, end):
            stop = _after_stops(text, at, end)
            spans.append((begin, stop))
            begin = inside = stop
    spans.append((begin, end))
    return [piece for span in spans if (clean := _clean(text, *span)) for piece in _cut(text, *clean)]


def _matching(text: str, start: int, end: int) -> dict[int, int]:
    """Where the bracket that opens at an offset is closed; nothing for one that is closed too late or never."""
    stack: list[int] = []
    found: dict[int, int] = {}
    for mark in MARKS.finditer(text, start, end):
        letter = mark[0]
        if letter in OPENING:
            stack.append(mark.start())
        elif letter in CLOSING:
            closing = OPENING[CLOSING.index(letter)]
            for depth in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
                if text[stack[depth]] == closing:
                    if mark.start() - stack[depth] <= BRACKET_LIMIT:
                        found[stack[depth]] = mark.start()
                    del stack[depth:]
                    break
    return found


def _ends_here(text: str, at: int, begin: int, end: int) -> bool:
    letter = text[at]
    if letter in "\n\r":
        return _line_ends(text, at, begin, end)
    if letter in "」』":  # 「…。」 and a gap: the next sentence begins
        return text[at - 1 : at] in tuple(STOPS) and text[at + 1 : min(at + 2, end)].isspace()
    if letter == "．":
        return bool(WIDE_STOP.match(text, at))
    if letter not in STOPS:
        return False
    return letter in "。｡" or not GOES_ON.match(text, at + 1)


def _line_ends(text: str, at: int, begin: int, end: int) -> bool:
    """A line break ends a sentence unless a long line without a stop is carried on by another (wrapped mail)."""
    line_start = text.rfind("\n", begin, at) + 1 or begin
    line = text[line_start:at].strip()
    following = text[at:end].lstrip()[:1]
    wrapped = len(line) >= 30 and line[-1] not in "。！？!?｡」』）)" and not LIST_MARK.match(text[at:end].lstrip())
    return not (wrapped and following and "\n" not in text[at + 1 : at + 2] and "。" in text[at : at + 80])


def _after_stops(text: str, at: int, end: int) -> int:
    stop = at + 1
    while stop < end and text[stop] in STOPS + "．」』）)”":
        stop += 1
    return stop


def _clean(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    mark = LIST_MARK.match(text[start : min(end, start + 12)])
    if mark and start + mark.end() < end:
        start += mark.end()
    return (start, end) if start < end else None


def _cut(text: str, start: int, end: int) -> list[Span]:
    """A sentence longer than the limit in pieces, cut at a comma where there is one."""
    pieces = []
    while end - start > LENGTH_LIMIT:
        comma = text.rfind("、", start + LENGTH_LIMIT // 2, start + LENGTH_LIMIT)
        stop = comma + 1 if comma > 0 else start + LENGTH_LIMIT
        pieces.append((start, stop))
        start = stop
    return [*pieces, (start, end)]
