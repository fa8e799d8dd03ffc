"""A sentence at work: its words, what is taken, and which of them only name a street or honour somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from twinbook.reading.languages.ru import gazetteer
from twinbook.reading.languages.ru.name_words import name_words
from twinbook.reading.languages.ru.organisations import Body
from twinbook.reading.languages.ru.places import Found
from twinbook.reading.languages.ru.words import Word

# «Дальнего Востока», «Западного побережья»: a quarter of the world, neither a person nor a place that acts.
QUARTER = re.compile(
    r"(?:Дальн|Ближн|Средн)\w{2,3} Восток\w{0,2}\Z|Крайн\w{2,3} Север\w{0,2}\Z"
    r"|(?:Западн|Восточн|Южн|Северн)\w{2,3} побереж\w{2,3}\Z"
)


# People of the past after whom universities, churches and squares are called.
OF_OLD = re.compile(r"(?:П[её]тр\w* Велик|Екатерин\w* Велик|Александр\w* Невск|Иван\w* Грозн|Сергия Радонежск)\w+\Z")


@dataclass
class Line:
    """One sentence at work: its words, which are taken, and what was found in it."""

    words: list[Word]
    bodies: list[Body] = field(default_factory=list)
    quoted: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    places: dict[int, Found | None] = field(default_factory=dict)  # by word: what was looked for already
    taken: list[str] = field(default_factory=list)


def block(line: Line) -> None:
    """Marks words that name a street or honour somebody: no person or place of the story stands there."""
    words = line.words
    honours = name_words().honours
    for at, word in enumerate(words):
        if not word.is_letters:
            continue
        if name_words().streets.lemma_of(word.lower):
            if (
                at
                and words[at - 1].is_capital
                and words[at - 1].is_letters
                and gazetteer.adjective_stem(words[at - 1].lower)
            ):
                line.taken[at - 1] = "street"
            _mark_run(line, at + 1, "street")
        elif word.lower in honours or word.is_first and word.lower in name_words().written_by:
            _mark_run(line, at + 1, "honoured")
        elif word.lower in name_words().bylines and at + 1 < len(words) and words[at + 1].text in ":—–-":
            _mark_run(line, at + 2, "honoured")
        elif name_words().waters.lemma_of(word.lower):
            _mark_run(line, at + 1, "street")
        elif word.is_capital and word.lower.startswith("конфуци"):
            line.taken[at] = "honoured"  # the institutes that bear his name
        elif word.is_capital and at + 1 < len(words) and OF_OLD.match(f"{word.text} {words[at + 1].text}"):
            line.taken[at : at + 2] = ["honoured"] * 2
        elif word.is_capital and at + 1 < len(words) and QUARTER.match(f"{word.text} {words[at + 1].text}"):
            line.taken[at : at + 2] = ["street"] * 2
    depth = 0
    opened = 0
    for at, word in enumerate(words):
        if word.text in "«„":
            depth, opened = depth + 1, at
        elif word.text in "»”" and depth:
            depth -= 1
            if _is_title(words, opened, at):
                for inside in range(opened + 1, at):
                    line.taken[inside] = line.taken[inside] or "title"
                    line.quoted.add(inside)


def _is_title(words: Sequence[Word], opened: int, closed: int) -> bool:
    """Whether «…» holds a name or title rather than speech: short, without a full stop, nobody speaking after it."""
    inside = words[opened + 1 : closed]
    if not inside or len(inside) > 8 or any(word.text in ".!?…" for word in inside[:-1]):
        return False
    after = [word.text for word in words[closed + 1 : closed + 3]]
    return not (after[:1] == [","] and len(after) > 1 and after[1] in "—–-")


def _mark_run(line: Line, at: int, mark: str) -> None:
    """Marks the run of capital words (initials, numbers, «города X» not) that begins here."""
    words = line.words
    position = at
    while position < len(words):
        word = words[position]
        is_name = word.is_letters and word.is_capital and (not word.is_first or position == at)
        is_initial_stop = word.text == "." and len(words[position - 1].text) <= 2 and words[position - 1].is_capital
        if word.text == "." and words[position - 1].lower in {"им", "ул", "пл"}:
            is_initial_stop = True
        if is_name or is_initial_stop or word.lower in {"имени", "им"}:
            line.taken[position] = mark
            line.blocked.add(position)
            position += 1
        elif word.text.isdigit() and position == at:
            position += 1
        else:
            break
