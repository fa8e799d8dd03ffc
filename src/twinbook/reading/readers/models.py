"""Russian names by slovnet's model beside the rules (the extra twinbook[models]); nothing is fetched at run time."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from twinbook.reading.finding import Span
from twinbook.reading.reader import Reader, ReaderLacksError
from twinbook.reading.story import TaggedName, Tagger

# Both MIT, by the authors of natasha; its wheel brings them, and natasha itself is never imported.
NAMES_FILE = "slovnet_ner_news_v1.tar"
WORDS_FILE = "navec_news_v1_1B_250K_300d_100q.tar"
PACKAGE = "natasha"
KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation"}
LONGEST_ASKED = 2_000  # characters of a sentence that the model is given; real ones have far fewer
LACKING = "the reader 'models' needs the extra twinbook[models]: pip install -r requirements/models.txt"


def russian_names(models: Path | None) -> Tagger:
    """The model by its two files; a page's sentences are asked in groups of like length, which costs least."""
    try:
        from navec import Navec  # here, since the extra is installed where this reader is chosen only
        from slovnet import NER
    except ImportError as error:
        raise ReaderLacksError(LACKING) from error
    try:
        ner = NER.load(_file(NAMES_FILE, models))
        ner.navec(Navec.load(_file(WORDS_FILE, models)))
    except ReaderLacksError:
        raise
    except Exception as error:  # a damaged file: these libraries raise whatever met them in it
        raise ReaderLacksError(f"the model's files cannot be read: {type(error).__name__}: {error}"[:300]) from error
    return lambda text, spans: _tagged(ner, text, spans)


def _tagged(ner: Any, text: str, spans: Sequence[Span]) -> list[TaggedName]:
    by_length = sorted(((start, min(end, start + LONGEST_ASKED)) for start, end in spans), key=_length)
    found = [
        TaggedName(KINDS[name.type], start + name.start, start + name.stop)
        for (start, _), markup in zip(by_length, ner.map([text[start:end] for start, end in by_length]), strict=True)
        for name in markup.spans
    ]
    return sorted(found, key=lambda name: name.start)


def _length(span: Span) -> int:
    return span[1] - span[0]


def _file(name: str, models: Path | None) -> str:
    """A model file in the office's folder, else in the installed package that brings it."""
    if models is not None:
        if not (models / name).is_file():
            raise ReaderLacksError(f"{models} has no {name}; put it there or unset TWINBOOK_READER_MODELS")
        return str(models / name)
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError as error:
        raise ReaderLacksError(LACKING) from error
    place = next((file for file in files if file.name == name), None)
    if place is None:
        raise ReaderLacksError(f"{PACKAGE} as it is installed brings no {name}; set TWINBOOK_READER_MODELS")
    return str(place.locate())


READER = Reader(
    code="models",
    version=1,
    summary="the rules, and for Russian names a model of 30 MB beside them (extra twinbook[models])",
    taggers={"ru": russian_names},
)
