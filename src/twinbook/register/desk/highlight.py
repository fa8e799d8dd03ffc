"""A page's text cut into pieces, so that a template can light each piece of evidence; text stays text, never HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twinbook.register.queries.analyser import CJK, WORD, normal, tokens

Span = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """Evidence of one card: offsets in code points, end excluded, and the number that its card shows."""

    start: int
    end: int
    card: int


@dataclass(frozen=True)
class Piece:
    """A stretch of text with one state: the cards whose evidence it is, those that begin here, and its place."""

    text: str
    cards: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    in_story: bool = True
    is_unread: bool = False

    @property
    def card_list(self) -> str:
        """The card numbers with spaces between, as the script looks for them."""
        return " ".join(map(str, self.cards))


@dataclass(frozen=True)
class Paragraph:
    """One line of the page, as pieces in order; outside the story where no piece of it is inside."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def in_story(self) -> bool:
        return any(piece.in_story for piece in self.pieces)


def paragraphs(
    text: str, marks: Iterable[Mark], *, story: Sequence[Span] | None = None, unread: Sequence[Span] = ()
) -> list[Paragraph]:
    """The page's lines that hold anything, each cut where a mark, the story or an unread sentence begins or ends.

    The pieces of a line, joined, are the line. A mark that reaches out of the text is cut to it; an empty one is left
    out. `story` None means that the whole text is the story.
    """
    kept = [mark for mark in (_inside(mark, len(text)) for mark in marks) if mark.start < mark.end]
    spans = [(0, len(text))] if story is None else list(story)
    cuts = sorted({edge for span in [*((m.start, m.end) for m in kept), *spans, *unread] for edge in span})
    found = []
    for start, end in _lines(text):
        edges = [start, *(cut for cut in cuts if start < cut < end), end]
        pieces = [_piece(text, a, b, kept, spans, unread) for a, b in zip(edges, edges[1:], strict=False)]
        found.append(Paragraph(tuple(pieces)))
    return found


def _inside(mark: Mark, length: int) -> Mark:
    return Mark(max(0, mark.start), min(length, mark.end), mark.card)


def _lines(text: str) -> Iterable[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _piece(
    text: str, start: int, end: int, marks: Sequence[Mark], story: Sequence[Span], unread: Sequence[Span]
) -> Piece:
    here = [mark for mark in marks if mark.start <= start and end <= mark.end]
    return Piece(
        text[start:end],
        tuple(sorted({mark.card for mark in here})),
        tuple(sorted({mark.card for mark in here if mark.start == start})),
        any(a <= start and end <= b for a, b in story),
        any(a <= start and end <= b for a, b in unread),
    )


def words_lit(text: str, query: str) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is a word of the query in some form; characters of CJK as they stand."""
    wanted = set(tokens(query))
    spans = [match.span() for match in WORD.finditer(text) if _is_lit(match[0], wanted)]
    spans += [(at, at + len(run)) for run in CJK.findall(normal(query)) if (at := text.find(run)) >= 0]
    pieces, end = [], 0
    for start, stop in sorted(spans):
        if start >= end:
            pieces += [(text[end:start], False)] if start > end else []
            pieces.append((text[start:stop], True))
            end = stop
    return [*pieces, (text[end:], False)] if end < len(text) else pieces


def _is_lit(word: str, wanted: set[str]) -> bool:
    return not CJK.search(word) and bool(wanted.intersection(tokens(word)))
