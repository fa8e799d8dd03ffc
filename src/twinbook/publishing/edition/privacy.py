"""Whose name may stand in public: only people in public posts; everybody else's is masked or its sentence withheld.

Two nets, since each has holes: names that the register knows and must not show, in any of their inflected forms; and
names that the reader finds in a sentence and that belong to nobody public. See docs/decisions/ on names in quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from twinbook.reading.language import language_pack
from twinbook.reading.story import NameMention, Sentence, Story

MASK = "«…»"
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
CYRILLIC_ENDINGS = "аеёиоуыэюяйь"
HONORIFICS = "さん|君|くん|ちゃん|氏|様|さま|先生|選手|生徒|児童|学生"
BREAKS = re.compile(r"[\s\u3000·・.,、-]+")
Span = tuple[int, int]


@dataclass(frozen=True)
class Hidden:
    """Somebody who must not be named: every known form of the name; `is_child` also where nobody has said the class."""

    names: tuple[str, ...]
    is_child: bool


@dataclass(frozen=True)
class Discretion:
    """What may be named: the names of public people, and texts (of landmarks, organisations) that may hold names."""

    public: tuple[str, ...] = ()
    permitted: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    _words: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        words = frozenset(word for name in self.public for word in _parts(name))
        object.__setattr__(self, "_words", words)

    def quoted(self, text: str, language: str) -> str | None:
        """The sentence as it may be shown, names masked; None where it must not be shown at all."""
        spans, has_child = self._unwanted(text, language)
        if has_child or (spans and _speaks_of_children(text)):
            return None
        return _masked(text, spans)

    def told(self, text: str, language: str) -> str:
        """A title, a note or a speaker as it may be shown: names masked."""
        return _masked(text, self._unwanted(text, language)[0])

    def _unwanted(self, text: str, language: str) -> tuple[list[Span], bool]:
        """Where names stand that must not be seen, and whether a child's is among them."""
        kept: list[Span] = []
        spans: list[Span] = []
        for mention in _people_in(text, language):
            place = spans if not self._may_be_named(mention, text) else kept
            place.append((mention.start, mention.end))
        kept += [match.span() for words in self.permitted + self.public for match in _whole(words).finditer(text)]
        has_child = False
        for hidden in self.hidden:
            found = [match.span() for name in hidden.names for match in _forms(name).finditer(text)]
            found = [span for span in found if not any(a <= span[0] and span[1] <= b for a, b in kept)]
            has_child = has_child or (hidden.is_child and bool(found))
            spans += found
        return [span for span in spans if not any(a <= span[0] and span[1] <= b for a, b in kept)], has_child

    def _may_be_named(self, mention: NameMention, text: str) -> bool:
        written = text[mention.start : mention.end]
        if any(mention.name in words or written in words for words in self.permitted):
            return True
        parts = _parts(mention.name)
        return bool(parts) and (parts <= self._words or any(_joined(mention.name) == _joined(n) for n in self.public))


def _parts(name: str) -> frozenset[str]:
    return frozenset(part.casefold() for part in BREAKS.split(name) if part)


def _joined(name: str) -> str:
    return BREAKS.sub("", name).casefold()


def _masked(text: str, spans: Iterable[Span]) -> str:
    """The text with the spans, joined where they touch, replaced by the mask."""
    for start, end in reversed(_merged(spans, text)):
        text = text[:start] + MASK + text[end:]
    return text


def _merged(spans: Iterable[Span], text: str) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip()):
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name), re.IGNORECASE) if name else re.compile(r"(?!)")


@cache
def _forms(name: str) -> re.Pattern[str]:
    """A pattern for a name and its parts as they may be inflected or addressed."""
    parts = [part for part in BREAKS.split(name) if part]
    if CJK.search(name):
        forms = [r"[\s\u3000·・]*".join(map(re.escape, parts))]
        pieces = [part for part in parts if len(part) > 1] if len(parts) > 1 else _halves(name)
        forms += [rf"{re.escape(piece)}(?=(?:{HONORIFICS}))" for piece in pieces]
    else:
        forms = [_inflected(part) for part in parts if len(part) > 1]
    return re.compile("|".join(forms)) if forms else re.compile(r"(?!)")


def _halves(name: str) -> list[str]:
    """Where a name of four letters or so is not divided: the two that may be the family's, the two of the person."""
    return [name[:2], name[2:]] if len(name) == 4 else []


def _inflected(word: str) -> str:
    """A Russian word without its ending and with any other; other words as they are, with a possessive s."""
    if not re.search("[а-яё]", word, re.IGNORECASE):
        return rf"\b{re.escape(word)}(?:['’]?s)?\b"
    stem = word.rstrip(CYRILLIC_ENDINGS)
    stem = stem if len(stem) >= 2 else word
    return rf"\b{re.escape(stem)}\w{{0,3}}\b"


@cache
def _child_words() -> re.Pattern[str]:
    lines = (Path(__file__).parent / "child_words.txt").read_text("utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    latin = [rf"\b{re.escape(word)}" for word in words if not CJK.search(word)]
    return re.compile("|".join([*latin, *(re.escape(word) for word in words if CJK.search(word))]), re.IGNORECASE)


def _speaks_of_children(text: str) -> bool:
    return bool(_child_words().search(text))


@lru_cache(maxsize=20_000)
def _people_in(text: str, language: str) -> Sequence[NameMention]:
    """People whom the reader finds named in a text; none in a language that it does not read."""
    try:
        pack = language_pack(language)
    except ValueError:
        return ()
    whole = ((0, len(text)),)
    sentences = tuple(Sentence(start, end, 0) for start, end in pack.grammar.find_sentences(text, 0, len(text)))
    found = pack.grammar.find_names(Story(text, language, whole, whole, sentences))
    return tuple(mention for mention in found if mention.kind == "person")
