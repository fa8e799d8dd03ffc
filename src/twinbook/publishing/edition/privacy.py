"""Whose name may stand in public: only people in public posts; everybody else's is masked or its sentence withheld.

Two nets, since each has holes: names that the register knows and must not show, in any of their inflected forms; and
names that the reader finds in a sentence and that belong to nobody public. See docs/decisions/ on names in quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from twinbook.reading.language import language_pack, languages
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


@dataclass
class Discretion:
    """What may be named: the names of public people, and texts (of landmarks, organisations) that may hold names."""

    public: Sequence[str] = ()
    permitted: Sequence[str] = ()
    hidden: Sequence[Hidden] = ()

    def __post_init__(self) -> None:
        self._public_words = frozenset(word for name in self.public for word in _parts(name))
        self._public_names = frozenset(map(_joined, self.public))
        self._nets = [(_probes(name), _forms(name), one.is_child) for one in self.hidden for name in one.names if name]
        self._judged: dict[tuple[str, str], tuple[list[Span], bool]] = {}

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
        """Where names stand that must not be seen, and whether a child's is among them; each text is judged once."""
        if (text, language) not in self._judged:
            self._judged[text, language] = self._judge(text, language)
        return self._judged[text, language]

    def _judge(self, text: str, language: str) -> tuple[list[Span], bool]:
        mentions = _people_in(text, language)
        caught = [
            (match.span(), is_child)
            for probes, forms, is_child in self._nets
            if any(probe in text for probe in probes)
            for match in forms.finditer(text)
        ]
        if not mentions and not caught:
            return [], False
        kept = [span for words in (*self.permitted, *self.public) for span in _places(words, text)]
        kept += [(one.start, one.end) for one in mentions if self._may_be_named(one, text)]
        seen = [(one.start, one.end) for one in mentions]
        children = [span for span, is_child in caught if is_child and not _inside(span, kept)]
        spans = [span for span in (*seen, *(span for span, _ in caught)) if not _inside(span, kept)]
        return spans, bool(children)

    def _may_be_named(self, mention: NameMention, text: str) -> bool:
        written = text[mention.start : mention.end]
        if any(mention.name in words or written in words for words in self.permitted):
            return True
        parts = _parts(mention.name)
        return bool(parts) and (parts <= self._public_words or _joined(mention.name) in self._public_names)


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _places(words: str, text: str) -> list[Span]:
    """Where the words stand in the text, whatever their case."""
    return [match.span() for match in re.finditer(re.escape(words), text, re.IGNORECASE)] if words else []


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


def _probes(name: str) -> frozenset[str]:
    """Beginnings of which one stands in each text that has a form of the name: looked for first, since that is fast."""
    starts = {name[:2], *(part[:2] for part in BREAKS.split(name) if len(part) > 1), *_halves(name)}
    starts |= {start.replace("ё", "е") for start in starts} | {start.replace("е", "ё") for start in starts}
    return frozenset(starts | {start.upper() for start in starts})


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
    """A word as names are written, capitalised or in capitals; a Russian one with any ending, ё or е alike."""
    if not re.search("[а-яё]", word, re.IGNORECASE):
        return rf"\b(?:{re.escape(word)}|{re.escape(word.upper())})(?:['’]?[sS])?\b"
    stem = word.rstrip(CYRILLIC_ENDINGS)
    stem = stem if len(stem) >= 2 else word
    either = [re.sub("[её]", "[её]", re.escape(stem)), re.sub("[ЕЁ]", "[ЕЁ]", re.escape(stem.upper()))]
    return rf"\b(?:{'|'.join(either)})\w{{0,3}}\b"


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
    if language not in languages():
        return ()
    pack = language_pack(language)
    whole = ((0, len(text)),)
    sentences = tuple(Sentence(start, end, 0) for start, end in pack.grammar.find_sentences(text, 0, len(text)))
    found = pack.grammar.find_names(Story(text, language, whole, whole, sentences))
    return tuple(mention for mention in found if mention.kind == "person")
