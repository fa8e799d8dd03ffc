"""Organisations by the endings of their head words: Jugendorchester Würzburg, Goethe-Institut, TSV Schwaben."""

from __future__ import annotations

import re

from twinbook.reading.languages.de.line import Line
from twinbook.reading.languages.de.places import base_of, of_adjective
from twinbook.reading.languages.de.words import endings, word_set
from twinbook.reading.story import NameMention

HEAD_GENITIVE = re.compile(r"(?:es|s)\Z")
TITLE = re.compile(r"\s?[„»“\"]([^„“”»«\"\n]{2,50})[“”«\"]")
FOR = re.compile(r" (?:für|der|des|am|an der|im|in|und|zu) \Z")
ADJECTIVE = re.compile(
    r"(?:[A-ZÄÖÜ][\wäöüß]+-)?[A-ZÄÖÜ][\wäöüß-]*(?:ische|ischen|ischer|isches|liche|lichen|licher|er)\Z"
)


def claim_bodies(line: Line) -> list[NameMention]:
    """Organisations of the line in order; their words are claimed."""
    found = []
    for i, word in enumerate(line.words):
        if not line.is_free(word.start, word.end):
            continue
        span = _acronym(line, i) if word.text in word_set("body_acronyms") else _body(line, i)
        if span and line.is_free(*span):
            line.claim(*span)
            found.append(_mention(line, *span, head=word.text))
    return found


def is_head(word: str) -> bool:
    """Whether a body may be called so: the word ends as bodies do (Musikverein), or its genitive does."""
    small = word.casefold()
    return small.endswith(endings("body_ends")) or HEAD_GENITIVE.sub("", small).endswith(endings("body_ends"))


def _body(line: Line, i: int) -> tuple[int, int] | None:
    word = line.words[i]
    if not is_head(word.text):
        return None
    start, end = word.start, word.end
    has_name = "-" in word.text.rstrip("-") and word.text[0].isupper()
    last = i
    if title := TITLE.match(line.text, end, min(line.end, end + 60)):
        end, has_name = title.end(), True
    else:
        while last + 1 < len(line.words) and (line.gap(last) == " " or FOR.match(line.gap(last)) and last == i):
            following = line.words[last + 1].text
            joined = line.gap(last) == " "
            if (
                following in word_set("not_names")
                or (not joined and not _is_place(following))
                or not _may_follow(following)
            ):
                break
            if not joined and line.gap(last).strip() in ("in", "und", "im", "am"):
                break
            last, has_name = last + 1, True
            end = line.words[last].end
    if i > 0 and line.gap(i - 1) == " " and _may_precede(line, i - 1):
        start, has_name = line.words[i - 1].start, True
    return (start, end) if has_name else None


def _may_follow(word: str) -> bool:
    """A place, a pair of them, or a proper name: not a person with a post, not another body."""
    return _is_place(word) or (
        not is_head(word)
        and not word.endswith(("er", "in", "ung"))
        and len(word) > 2
        and word[0].isupper()
        and "-" in word
    )


def _is_place(word: str) -> bool:
    parts = word.split("-")
    return base_of(word) is not None or (len(parts) > 1 and all(base_of(part) for part in parts))


def _may_precede(line: Line, i: int) -> bool:
    word = line.words[i].text
    if word in word_set("not_names") and not word.startswith(
        ("Freiwillig", "Deutsch", "Japanisch", "Europäisch", "International", "Technisch")
    ):
        return False
    return bool(of_adjective(word)) or bool(
        ADJECTIVE.match(word) and not line.opens(line.words[i].start) and line.word_before(line.words[i].start) != ""
    )


def _acronym(line: Line, i: int) -> tuple[int, int] | None:
    last = i
    while last + 1 < len(line.words) and line.gap(last) == " " and last - i < 2:
        if line.words[last + 1].text in word_set("not_names"):
            break
        last += 1
    return (line.words[i].start, line.words[last].end) if last > i or line.has_article(line.words[i].start) else None


def _mention(line: Line, start: int, end: int, *, head: str) -> NameMention:
    name = " ".join(line.text[start:end].split())
    if not head.casefold().endswith(endings("body_ends")):  # des Freundeskreises Pforzheim-Irkutsk
        name = name.replace(head, HEAD_GENITIVE.sub("", head), 1)
    place = None
    for word in re.findall(r"[^\s„“»«\"]+", name):
        for part in [word, *word.split("-")]:
            place = place or base_of(part) or next(iter(of_adjective(part)), None)
    return NameMention("organisation", start, end, name, place=place)
