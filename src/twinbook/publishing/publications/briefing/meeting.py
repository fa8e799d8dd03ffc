"""The meeting that a briefing is for, and how the people at it are told: posts on that day, names written and said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from twinbook.publishing.edition import Holding, Name, Person, Text
from twinbook.publishing.rendering.paper import Line, Numbered, Run, joined, words_run
from twinbook.publishing.rendering.words import Words
from twinbook.vocabulary.partial_date import PartialDate

POSTS, WRITINGS = 2, 3  # of one person


@dataclass(frozen=True)
class Meeting:
    """What an officer says of a meeting; all of it may be left empty.

    `guests` and `own` are keys of people of the register, `others` lines as typed, in `language`, as are the rest.
    """

    day: date | None = None
    place: str = ""
    aims: str = ""
    guests: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    language: str = ""


def post_on(holdings: Iterable[Holding], day: date) -> tuple[tuple[Holding, ...], bool]:
    """The posts that a person held on a day, and whether their terms say so.

    Where no term includes the day, the posts that have not ended by then, the latest seen first.
    """
    listed = list(holdings)
    within = [one for one in listed if one.since and _begun(one, day) and not _ended(one, day)]
    if within:
        return tuple(within), True
    open_ones = [one for one in listed if _begun(one, day) and not _ended(one, day)]
    return tuple(sorted(open_ones, key=lambda one: one.seen_on, reverse=True)), False


def person_line(person: Person, words: Words, notes: Numbered, day: date) -> Line:
    """One person: name in the paper's language, as written and as said elsewhere, how to address, posts on the day."""
    language = words.language
    parts: list[Line] = [(words_run(person.name, language, is_strong=True), *_writings(person, words))]
    if person.pronunciation:
        parts.append((Run(f"{words.say('said')}: ", is_quiet=True), words_run(person.pronunciation, language)))
    if person.salutation:
        parts.append((Run(f"{words.say('to be addressed')}: ", is_quiet=True), words_run(person.salutation, language)))
    holdings, is_sure = post_on(person.holdings, day)
    if person.holdings and not holdings:
        parts.append((Run(words.say("post on that day not known"), is_quiet=True),))
    parts += [_post(one, words, notes, is_sure=is_sure) for one in holdings[:POSTS]]
    return joined(parts)


def _writings(person: Person, words: Words) -> Iterator[Run]:
    """The name in other languages and scripts; those that a rule made say so."""
    seen = {person.name.text}
    shown = 0
    for name in sorted(person.names, key=_order):
        if name.text in seen or name.kind == "former" or shown == WRITINGS:
            continue
        seen.add(name.text)
        shown += 1
        by_rule = f" ({words.say('by rule')})" if name.kind == "computed" else ""
        yield Run(f"  {name.text}{by_rule}", name.language, is_quiet=True)


def _order(name: Name) -> tuple[bool, str]:
    return name.kind == "computed", name.language


def _post(holding: Holding, words: Words, notes: Numbered, *, is_sure: bool) -> Line:
    post = [words_run(holding.title, words.language)] if holding.title else [Run(words.label("posts", holding.post))]
    told = ""
    if is_sure:
        told = words.since(holding.since) if not holding.until else ""
    elif holding.seen_on:
        told = words.say("seen {date}", date=words.date(holding.seen_on))
    if told:
        post.append(Run(f" ({told})", is_quiet=True))
    return (*post, *notes.marks(holding.footnotes))


def typed(lines: Iterable[str], language: str, page_language: str) -> Iterator[Line]:
    """Lines as an officer typed them."""
    for line in lines:
        yield (words_run(Text(line, language), page_language),)


def _begun(holding: Holding, day: date) -> bool:
    first = PartialDate.parse(holding.since).first if holding.since else None
    return first is None or first <= day


def _ended(holding: Holding, day: date) -> bool:
    last = PartialDate.parse(holding.until).last if holding.until else None
    return last is not None and last < day
