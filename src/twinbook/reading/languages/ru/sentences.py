"""Where Russian sentences end: full stops that are none (г., ул., initials), lost spaces, dashes of speech."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from twinbook.reading.finding import Span

DATA = Path(__file__).parent / "sentences.toml"
LONGEST_TITLE = 60  # characters of a name in quotation marks that holds a full stop
LONGEST = 2_000  # characters; what is longer is cut at a mark or a space
END = re.compile(r"(?:[.!?…]+|(?<=\w) [.!?…]+)[»”\"')\]]*(?=\s|[«„\"(]?[А-ЯЁ—–])|\n+")
LAST_WORD = re.compile(r"([A-Za-zА-Яа-яЁё]+(?:\.\s?[а-яё]+)*)$")
NEXT = re.compile(r"\s*([—–-]\s*)?(.)", re.DOTALL)


# A day that opens an item of a digest: «17 марта. Подписано соглашение …», «11–13 марта 2017 года. …».
DAY = re.compile(
    r"\s*\d{1,2}(?:\s?[-–—]\s?\d{1,2})?\s(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[яа]"
    r"(?:\s\d{4}(?:\sг(?:ода|\.)?)?)?(?:,\s\w+)?\.\s*\Z"
)


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """The data of sentences.toml: before_name, after_number, may_end."""
    return {key: frozenset(words) for key, words in tomllib.loads(DATA.read_text("utf-8")).items()}


def find_sentences(text: str, start: int, end: int) -> list[Span]:
    """Sentences of the paragraph text[start:end], in order, without outer white space."""
    spans: list[Span] = []
    begin = start
    for found in END.finditer(text, start, end):
        if found.end() < end and _ends_here(text, begin, found, end) and not DAY.match(text, begin, found.end()):
            spans.append((begin, found.end()))
            begin = found.end()
    spans.append((begin, end))
    stripped = (_strip(text, a, b) for a, b in spans)
    return [piece for a, b in stripped if a < b for piece in _cut(text, a, b)]


def _ends_here(text: str, begin: int, found: re.Match[str], end: int) -> bool:
    mark = found[0].strip()
    if not mark:
        return True
    if _is_in_title(text, begin, found.end(), end):
        return False
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


def _is_in_title(text: str, begin: int, stop: int, end: int) -> bool:
    """Whether the mark stands in a short name in quotation marks that its sentence goes on behind: «Мир. Труд. Май»."""
    opened = text.rfind("«", max(begin, stop - LONGEST_TITLE), stop)
    if opened <= begin or text[opened - 2] in ":.!?" or text.find("»", opened, stop) >= 0:
        return False
    closed = text.find("»", stop, min(end, opened + LONGEST_TITLE))
    behind = text[closed + 1 : closed + 3].strip()
    return closed >= 0 and (behind[:1] in {",", "–"} or behind[:1].islower())


def _is_abbreviation(text: str, begin: int, stop: int, following: str) -> bool:
    last = LAST_WORD.search(text, max(begin, stop - 24), stop)
    if last is None:
        return False
    word = last[1]
    if last.start() > begin and text[last.start() - 1] in "-‑–":  # «в 1998-м.»
        return False
    if len(word) == 1 and word.isupper():
        return following.isupper() or following in "«—–-"
    lower = word.lower()
    if lower in _abbreviations()["may_end"]:
        return False
    if lower in _abbreviations()["after_number"]:
        before = text[max(begin, last.start() - 3) : last.start()].rstrip()
        return not (before[-1:].isdigit() and following.isupper())
    return (
        lower in _abbreviations()["before_name"]
        and not following.isdigit()
        or lower in {"стр", "рис", "тел", "кв", "корп", "д"}
    )


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
