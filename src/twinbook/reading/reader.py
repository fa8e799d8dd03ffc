"""What a reader is; finds the readers."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from twinbook.reading.finding import Reading
from twinbook.reading.story import Story, Tagger

FOLDER = Path(__file__).parent / "readers"
DEFAULT = "rules"


class ReaderLacksError(Exception):
    """A reader cannot work here; the words say what is missing and how to get it."""


@dataclass(frozen=True)
class Question:
    """What a reader asks a language model: the rules of the answer, and the page's text as data."""

    rules: str
    page: str


@dataclass(frozen=True)
class Reader:
    """One way of reading, on top of the rules that every reader begins with.

    `taggers` has, by language, what loads a names model: it is given the folder that the office keeps the model's
    files in (None: as its package brings them), opens them, and gives a Tagger that opens nothing any more, or
    raises ReaderLacksError.
    `question` and `hear` belong to a reader that asks a language model: what to ask about a page that the rules have
    read (None where there is nothing to ask), and the Reading with what was answered, checked against the story.
    Neither asks anybody: the register does, through its own door.
    """

    code: str
    version: int
    summary: str
    taggers: Mapping[str, Callable[[Path | None], Tagger]] = field(default_factory=dict)
    question: Callable[[Story, Reading], Question | None] | None = None
    hear: Callable[[str, Story, Reading], Reading] | None = None

    @property
    def is_asking(self) -> bool:
        """Whether the text of pages is sent to a language model."""
        return self.question is not None


@cache
def readers() -> dict[str, Reader]:
    """The readers found, by code."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(FOLDER)]))
    found = [importlib.import_module(f"twinbook.reading.readers.{name}").READER for name in names]
    return {reader.code: reader for reader in found}


def find_reader(code: str) -> Reader:
    """The reader of that code; ValueError names the known ones."""
    if code not in readers():
        raise ValueError(f"no reader {code!r}; known: {', '.join(readers())}")
    return readers()[code]


def load_taggers(reader: Reader, models: Path | None) -> dict[str, Tagger]:
    """The reader's names models by language, loaded; ReaderLacksError where one cannot be."""
    return {language: load(models) for language, load in reader.taggers.items()}
