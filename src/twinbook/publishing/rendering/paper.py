"""What a paper holds, whatever it is printed with: sections of lines and tables, each line with its notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from twinbook.publishing.rendering.clean import clean, one_line
from twinbook.publishing.rendering.words import Words


class TextValue(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...


class SourceValue(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def published(self) -> str: ...


class NoteValue(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def said_by(self) -> str: ...
    @property
    def source(self) -> SourceValue: ...


@dataclass(frozen=True)
class Run:
    """Some words in one language; `mark` is a note's number set high, `to` the key of a section that they lead to."""

    text: str
    language: str = ""
    is_strong: bool = False
    is_quiet: bool = False
    mark: str = ""
    to: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Table:
    """Rows under a head; `shares` divide the width among the columns, 0 is as wide as its words need."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True)
class Section:
    """A heading with lines; `lead` lines stand before a list, `lines` are its items; runs may lead to its `key`.

    `picture` is an SVG that stands at its end, with its description.
    """

    heading: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    lead: tuple[Line, ...] = ()
    key: str = ""
    picture: str = ""
    picture_text: str = ""


@dataclass(frozen=True)
class Document:
    """A whole paper; `picture` is an SVG with its description."""

    language: str
    title: str
    subtitle: str = ""
    kicker: str = ""
    names: tuple[Run, ...] = ()
    facts: tuple[tuple[str, Line], ...] = ()
    sections: tuple[Section, ...] = ()
    notes_heading: str = ""
    notes: tuple[Line, ...] = ()
    colophon: tuple[Line, ...] = ()
    picture: str = ""
    picture_text: str = ""
    footer: str = ""


class Numbered:
    """The notes of one paper, numbered as it cites them; the same source and words, the same number."""

    def __init__(self, words: Words, *, with_quotes: bool) -> None:
        self._words = words
        self._with_quotes = with_quotes
        self._numbers: dict[str, int] = {}
        self._lines: list[Line] = []

    def marks(self, footnotes: Iterable[NoteValue]) -> Line:
        """The numbers of the notes as one run set high; no run for none."""
        numbers = sorted({self._number(footnote) for footnote in footnotes})
        return (Run("", mark=",".join(map(str, numbers))),) if numbers else ()

    def _number(self, footnote: NoteValue) -> int:
        key = footnote.key if self._with_quotes else footnote.source.title + footnote.source.address
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._lines.append(self._line(footnote))
        return self._numbers[key]

    def _line(self, footnote: NoteValue) -> Line:
        source = footnote.source
        title = source.title or source.address or self._words.say("Note of the office")
        date = self._words.date(source.published) if source.published else ""
        where = ", ".join(
            part for part in (title, source.publisher, date, source.address if source.title else "") if part
        )
        language = getattr(source, "language", "")
        quoted = (Run(f"«{one_line(footnote.quote)}» ", language),) if self._with_quotes and footnote.quote else ()
        said = (
            (Run(self._words.say("Said by {name}", name=one_line(footnote.said_by)) + ". "),)
            if footnote.said_by
            else ()
        )
        return (*quoted, *said, Run(one_line(where), language, is_quiet=True))

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._lines)


def words_run(value: TextValue, page_language: str, *, is_strong: bool = False) -> Run:
    """A text of the register as a run; its language is told where it is not the paper's."""
    return Run(one_line(value.text), value.language if value.language != page_language else "", is_strong)


def joined(lines: Sequence[Line], between: str = " · ") -> Line:
    """Lines as one, with something between."""
    found: list[Run] = []
    for line in lines:
        if line:
            found.extend([Run(between, is_quiet=True)] if found else [])
            found.extend(line)
    return tuple(found)


def approved(document: Document, words: Words, *, by: str, on: date) -> Document:
    """The document with the line that tells who approved it and on which day."""
    told = (words.say("Approved"), (Run(f"{by}, {words.date(on.isoformat())}"),))
    return replace(document, facts=(*document.facts, told))


def marked_as_draft(document: Document, words: Words) -> Document:
    """The document that says on its first and on each page that it is a draft."""
    draft = words.say("Draft")
    kicker = f"{draft} · {document.kicker}" if document.kicker else draft
    return replace(document, kicker=kicker, footer=f"{document.footer} · {draft}")


def as_data(document: Document) -> dict[str, Any]:
    """The document as JSON values for a template, every text cleaned."""
    return {
        "language": document.language,
        "title": clean(document.title),
        "subtitle": clean(document.subtitle),
        "kicker": clean(document.kicker),
        "names": [_run(run) for run in document.names],
        "facts": [{"label": clean(label), "line": _line(line)} for label, line in document.facts],
        "sections": [_section(section) for section in document.sections],
        "notes_heading": clean(document.notes_heading),
        "notes": [_line(line) for line in document.notes],
        "colophon": [_line(line) for line in document.colophon],
        "picture": document.picture,
        "picture_text": clean(document.picture_text),
        "footer": clean(document.footer),
    }


def _section(section: Section) -> dict[str, Any]:
    table = section.table
    return {
        "key": section.key,
        "heading": clean(section.heading),
        "lead": [_line(line) for line in section.lead],
        "lines": [_line(line) for line in section.lines],
        "table": {
            "head": list(table.head),
            "shares": list(table.shares),
            "rows": [[_line(cell) for cell in row] for row in table.rows],
        }
        if table
        else None,
        "picture": section.picture,
        "picture_text": clean(section.picture_text),
    }


def _line(line: Line) -> list[dict[str, Any]]:
    return [_run(run) for run in line]


def _run(run: Run) -> dict[str, Any]:
    return {
        "text": clean(run.text),
        "language": run.language,
        "strong": run.is_strong,
        "quiet": run.is_quiet,
        "mark": run.mark,
        "to": run.to,
    }


def from_data(data: Mapping[str, Any]) -> Document:
    """The document of what `as_data` made of one: a kept paper is printed again from this."""
    whole = dict(data)
    whole["names"] = _line_of(data["names"])
    whole["facts"] = tuple((fact["label"], _line_of(fact["line"])) for fact in data["facts"])
    whole["sections"] = tuple(map(_section_of, data["sections"]))
    for name in ("notes", "colophon"):
        whole[name] = tuple(map(_line_of, data[name]))
    return Document(**whole)


def _section_of(data: Mapping[str, Any]) -> Section:
    table = data["table"]
    rows = tuple(tuple(map(_line_of, row)) for row in table["rows"]) if table else ()
    return Section(
        data["heading"],
        tuple(map(_line_of, data["lines"])),
        Table(tuple(table["head"]), rows, tuple(table["shares"])) if table else None,
        tuple(map(_line_of, data["lead"])),
        data["key"],
        data.get("picture", ""),  # papers kept before sections had pictures have none
        data.get("picture_text", ""),
    )


def _line_of(data: Iterable[Mapping[str, Any]]) -> Line:
    return tuple(Run(run["text"], run["language"], run["strong"], run["quiet"], run["mark"], run["to"]) for run in data)
