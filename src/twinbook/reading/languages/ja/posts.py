"""Posts and occupations in a Japanese sentence (副市長, 実行委員会の委員長, 画家), with what stands before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from twinbook.reading.languages.ja.atlas import country_code, meanings, prefecture_of, region_of
from twinbook.reading.languages.ja.words import (
    IS_KATAKANA,
    JOINT,
    KANJI,
    KATAKANA,
    NAME_KINDS,
    PLACE_KINDS,
    Line,
    Word,
    any_of,
    data,
)
from twinbook.vocabulary.concept import concepts

NOT_AFTER = r"(?![長官館室団職]|表敬|訪問団|会談|公邸|官邸|同士|どうし|経験|選挙)"
RUN_END = re.compile(f"[{KATAKANA}]+(?:[{JOINT}][{KATAKANA}]+)*$")
JOINTS = re.compile(f"[{JOINT}]")
BEFORE_POST = frozenset([*data("names")["before_post"], *data("names")["ranks"]])
NOT_IN_POST = frozenset(data("names")["not_in_post"])


@dataclass(frozen=True)
class Post:
    """A post in a line: where its own word begins, where its name with all before it begins, and its end.

    会長 in ホノルル・パドリング協会会長 has `word_start` at 会, `start` at ホ.
    """

    start: int
    word_start: int
    end: int
    is_office: bool


def find_posts(line: Line, bodies: dict[int, int]) -> list[Post]:
    """Posts in order; `bodies` maps the end of each organisation's name in the line to its start."""
    found: list[Post] = []
    for match in _office().finditer(line.text):
        if _stands_alone(line, match.start(), match.end()):
            found.append(Post(_beginning(line, match.start(), bodies), match.start(), match.end(), True))
    covered = {offset for post in found for offset in range(post.word_start, post.end)}
    for match in _occupation().finditer(line.text):
        if match.start() not in covered and _stands_alone(line, match.start(), match.end()):
            found.append(Post(_beginning(line, match.start(), bodies), match.start(), match.end(), False))
    return sorted(found, key=lambda post: post.word_start)


def _stands_alone(line: Line, start: int, end: int) -> bool:
    """Whether the match begins and ends with words (長 of 会長 is not in 会長室) and nothing is joined behind it."""
    following = line.by_start.get(end)
    if (
        following
        and following.kind in ("suffix", "noun")
        and following.text in ("団", "室", "職", "会", "選", "杯", "賞", "制")
    ):
        return False
    return line.text[max(0, start - 1) : start] not in ("両", "各", "諸")


def _beginning(line: Line, start: int, bodies: dict[int, int]) -> int:
    """Where the post begins with the places, bodies and departments joined to it."""
    begin = start
    while True:
        if begin in bodies and bodies[begin] < begin:
            begin = bodies[begin]
            continue
        word = line.by_end.get(begin)
        if word is None or not _belongs_to_post(line, word):
            return begin
        begin = word.start


def _is_town_behind_name(line: Line, word: Word) -> bool:
    """幸田 in 大須賀一誠（おおすが・いっせい）幸田町長: a family's name too, but here a town behind a name."""
    follows_name = line.text[word.start - 1 : word.start] in (")", "）", "・")
    suffix = line.text[word.end : word.end + 1]
    is_town = any(one.country == "JP" for one in meanings(word.text + suffix))
    return follows_name and suffix in "市町村" and (is_town or line.text[word.start - 1] != "・")


def _belongs_to_post(line: Line, word: Word) -> bool:
    if word.kind in NAME_KINDS and _is_town_behind_name(line, word):
        return True
    if word.kind == "place" and not _is_real_place(line, word):
        return False
    if word.kind in PLACE_KINDS or word.text in BEFORE_POST:
        return not _is_end_of_run(line, word) or is_place_run(line, word.end)
    if re.fullmatch("[A-ZＡ-Ｚ]{2,8}", word.text):  # 西上俊彦SIA副会長
        return True
    if word.text in NOT_IN_POST or word.kind in NAME_KINDS or not word.known:
        return False
    if word.text in JOINT or _is_end_of_run(line, word) or (word.kind == "proper" and IS_KATAKANA.match(word.text)):
        return False
    return (
        word.kind in ("noun", "suffix", "proper", "prefix")
        and (
            len(word.text) >= 2 or word.text in ("課", "部", "局", "室", "会", "係", "院", "校", "館", "園", "社", "党")
        )
        and bool(re.fullmatch(f"[{KANJI}{KATAKANA}A-Z]+", word.text))
    )


def _is_real_place(line: Line, word: Word) -> bool:
    """Whether a word that the dictionary calls a place is one (英彦, a hill, is also part of a name)."""
    following = line.by_start.get(word.end)
    has_suffix = following is not None and following.text in BEFORE_POST
    return has_suffix or bool(meanings(word.text)) or prefecture_of(word.text) is not None


def is_place_run(line: Line, end: int) -> bool:
    """Whether the katakana run that ends there is a place: known as a whole, or behind a country."""
    run = RUN_END.search(line.text[:end])
    if not run:
        return False
    first = JOINTS.split(run[0])[0]
    return bool(meanings(run[0])) or country_code(first) is not None or region_of(first) is not None


def _is_end_of_run(line: Line, word: Word) -> bool:
    """The end of a katakana name that the tokenizer cut in two (コルスン + スキー)."""
    before = line.by_end.get(word.start)
    return bool(IS_KATAKANA.match(word.text) and before and (IS_KATAKANA.match(before.text) or before.text in JOINT))


@cache
def _office() -> re.Pattern[str]:
    cues = [cue for concept in concepts("posts").values() if (words := concept.words.get("ja")) for cue in words.cues]
    return re.compile(f"{_opening(cues)}(?:{'|'.join(cues)})(?:代理|代行|夫妻|夫人|補佐|待遇)?{NOT_AFTER}")


@cache
def _occupation() -> re.Pattern[str]:
    words = data("names")["occupations"]
    return re.compile(f"{_opening(words)}(?:{any_of(words)}){NOT_AFTER}")


def _opening(patterns: list[str]) -> str:
    """A look ahead at the letters that a match may begin with, so that most places of a text cost one step."""
    letters = {letter for pattern in patterns for letter in _first_letters(pattern)}
    return "" if "" in letters else f"(?=[{''.join(sorted(letters))}])"


def _first_letters(pattern: str) -> set[str]:
    """The first letters of a pattern made of letters and of (?:a|b) groups with or without ?; {""} where unknown."""
    if not pattern:
        return {""}
    if not pattern.startswith("("):
        return {pattern[0]} if pattern[0] not in "[.\\^$" and pattern[1:2] != "?" else {""}
    group = re.match(r"\(\?:([^()\[\]]*)\)(\??)", pattern)
    if not group:
        return {""}
    found = {letter for branch in group[1].split("|") for letter in _first_letters(branch)}
    return found | _first_letters(pattern[group.end() :]) if group[2] else found
