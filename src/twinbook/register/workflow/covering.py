"""Covering a person's name in texts: blocks of the same length, in every case ending, with the initials beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from twinbook.register.queries.analyser import CJK, CYRILLIC, WORD, normal, tokens
from twinbook.register.queries.erased import erased_names_in, has_tombstones, is_tombstoned
from twinbook.register.workflow.errors import NotPossibleError

BLOCK = "█"
SHORTEST = 3  # letters of a name's word that is covered where it stands alone
INITIALS_BEFORE = re.compile(r"(?:[^\W\d_]\.\s?){1,2}$")
INITIALS_AFTER = re.compile(r"^\s(?:[^\W\d_]\.\s?){1,2}")
NEIGHBOURS = 3  # characters that may stand between two words of one name


class Cover:
    """Covers all that names one person; `spans`: places in sources (by id) that speak of the person."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = tuple(sorted(names))
        self.spans: dict[int, list[tuple[int, int]]] = {}
        words = [word for name in self.names for word in WORD.findall(name) if not CJK.search(word)]
        self._words = {stem for word in words if len(word) >= SHORTEST for stem in tokens(word)}
        self._runs = sorted(self._cjk_runs(), key=len, reverse=True)
        self.pieces = sorted({*self._runs, *(form for word in words for form in _beginnings(word))})

    def __bool__(self) -> bool:
        return bool(self._words or self._runs)

    def _cjk_runs(self) -> set[str]:
        """Names in CJK letters, and their parts where a mark or blank parts them."""
        parts = {part for name in self.names for part in re.split(r"[\s·・‧=＝]+", name) if CJK.fullmatch(part)}
        whole = {"".join(CJK.findall(name)) for name in self.names if CJK.search(name)}
        return {run for run in parts | whole if len(run) >= 2}

    def spans_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a text names the person; start and end in code points."""
        for run in self._runs:
            for found in re.finditer(re.escape(run), text):
                yield found.span()
        for found in WORD.finditer(text):
            word = found[0]
            if len(word) >= SHORTEST and word[:1].isupper() and self._words.intersection(tokens(word)):
                before = INITIALS_BEFORE.search(text[: found.start()])
                after = INITIALS_AFTER.search(text[found.end() : found.end() + 8])
                start = before.start() if before else found.start()
                yield start, found.end() + (len(after[0].rstrip()) if after else 0)

    def is_named_in(self, text: str) -> bool:
        """Whether a text has the whole name: two of its words side by side, or the name in CJK letters."""
        if any(run in text for run in self._runs):
            return True
        spans = sorted(self.spans_in(text))
        pairs = zip(spans, spans[1:], strict=False)
        is_beside = any(second[0] - first[1] <= NEIGHBOURS for first, second in pairs)
        has_initials = any(BLOCK not in text[s:e] and "." in text[s:e] for s, e in spans)
        return is_beside or has_initials or (len(self._words) == 1 and bool(spans))

    def text(self, text: str) -> str:
        """The text with every word of the name covered."""
        covered = list(text)
        for start, end in self.spans_in(text):
            covered[start:end] = self.block(text[start:end])
        return "".join(covered)

    def block(self, text: str) -> str:
        """Blocks in the place of every character that is no blank."""
        return "".join(letter if letter.isspace() else BLOCK for letter in text)

    def value(self, value: Any) -> Any:
        """A JSON value with every text in it covered."""
        return _each(value, self.text)

    def named_value(self, value: Any) -> Any:
        """A JSON value in which texts that have the whole name are covered; a namesake's first name stays."""
        return _each(value, lambda text: self.text(text) if self.is_named_in(text) else text)

    def blank(self, value: Any) -> Any:
        """A JSON value of claims with every told value and quote covered whole; its codes and places stay."""
        if isinstance(value, dict):
            told = ("value", "as_written", "quote", "said_by", "prefix", "suffix")
            return {k: _each(v, self.block) if k in told else self.blank(v) for k, v in value.items()}
        return [self.blank(one) for one in value] if isinstance(value, list) else value

    def is_in_address(self, address: str) -> bool:
        """Whether an address spells one of the name's words in Latin letters."""
        words = set(re.split(r"[^a-z]+", normal(address)))
        return any(len(word) > SHORTEST and word in words for word in self._words)


def _beginnings(word: str) -> Iterator[str]:
    """What every case ending of a word begins with, as written in texts: capital first, or all capitals."""
    stem = next(iter(tokens(word)), "")
    if len(word) >= SHORTEST and stem:
        beginning = word[: len(stem)] if CYRILLIC.search(word) else word[: min(len(stem), len(word))]
        yield beginning[:1].upper() + beginning[1:].lower()
        yield beginning.upper()


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    return [_each(one, change) for one in value] if isinstance(value, list) else value


def cover_of_erased(text: str) -> Cover | None:
    """What covers the erased people that a text names; None where it names none."""
    names = erased_names_in(text) if has_tombstones() else set()
    return Cover(names) if names else None


def without_erased(text: str) -> str:
    """A text that comes in, with the names of erased people covered."""
    cover = cover_of_erased(text)
    return cover.text(text) if cover else text


def refuse_erased(names: Collection[str]) -> None:
    """NotPossibleError where one of these names is that of a person whose data was erased."""
    if names and has_tombstones() and any(is_tombstoned(name) for name in names):
        raise NotPossibleError("this person's data was erased on request", code="erased-person")
