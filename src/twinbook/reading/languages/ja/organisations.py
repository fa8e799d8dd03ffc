"""Names of bodies in Japanese sentences: a chain of nouns up to a head word (大学, 協会, 合唱団), or words in 「」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from twinbook.reading.languages.ja.atlas import country_code, meanings, prefecture_of
from twinbook.reading.languages.ja.words import (
    IS_KATAKANA,
    JOINT,
    KANJI,
    KATAKANA,
    NAME_KINDS,
    NOUN_KINDS,
    PLACE_KINDS,
    Line,
    Word,
    any_of,
    data,
)

CHAIN_PART = re.compile(rf"[{KATAKANA}{KANJI}ぁ-ゖA-Za-zＡ-Ｚａ-ｚ0-9０-９{JOINT}&＆.'’]+")
NAMED_IN_QUOTES = re.compile(r"[「『]([^「」『』]{2,30})[」』]")
LONG_HEAD = re.compile(  # 路面電車を愛する会, 海をきれいにする会
    rf"[{KATAKANA}{KANJI}ぁ-ゖ]{{2,20}}?を(?:愛する|考える|支える|支援する|守る|つくる|創る|育てる|楽しむ|結ぶ|語る|伝える|進める|[ぁ-ゖ]{{1,6}}する)(?:市民の)?会"
)
FRIENDS = re.compile(rf"[{KATAKANA}{KANJI}・]{{2,20}}の(?:会(?![議場期員長])|家|集い|翼|友)")
ACTS_AFTER = re.compile(r"(?:[（(はがもと、]|の(?:館長|学芸員|職員|代表|園長)|など(?:が|は)|から|による)")
TIME_OR_ORDER = re.compile(r"第?[0-9０-９]+(?:周年|回|年|月|日|人|校|か所|団体|社|組)")
KIND_BEFORE = re.compile(
    "(?:グループ|団体|サークル|ユニット|メーカー|企業|会社|ボランティア|法人|コーラス|デュオ|チーム)$"
)
PARTY = re.compile("代表団|訪問団|使節団|視察団|派遣団|親善団|応援団|選手団|調査団|一団")

OF_PLACE = re.compile("(?<![両各同])[市町村県州]の$")  # モンテカルロ町のワイン協会
OF_PLACE_HEADS = frozenset(["協会", "連盟", "連合会", "振興会", "保存会", "商工会", "組合", "クラブ", "合唱団", "楽団"])
BRANCH = re.compile("(?:[一-龠]{1,4}[都道府県市])?(?:支部|支社|支店|事務所|本部)(?!長)")  # 日本赤十字社石川県支部
OF_TOWN = re.compile(f"(?:市|町|村|県|都|府|道|区)立[{KANJI}{KATAKANA}]{{2,10}}|[{KATAKANA}]{{3,}}(?:中|小|高等)")


@dataclass(frozen=True)
class BodySpan:
    """A body named in a line: offsets into the line, its name, the place in it, whether it is a bare head (友の会)."""

    start: int
    end: int
    name: str
    place: str | None = None


def find_bodies(line: Line) -> list[BodySpan]:
    """Bodies of the line in order, without overlap."""
    found = [*_quoted(line), *_behind_its_kind(line), *_long_heads(line), *_whole_names(line), *_chains(line)]
    kept: list[BodySpan] = []
    for body in found:
        if all(body.end <= other.start or other.end <= body.start for other in kept):
            kept.append(body)
    return sorted(kept, key=lambda body: body.start)


def _quoted(line: Line) -> Iterator[BodySpan]:
    """「イーザル少年合唱団」: the words in brackets end in a head."""
    for found in NAMED_IN_QUOTES.finditer(line.text):
        name = found[1]
        is_name = name not in _heads() and not PARTY.search(name) and not re.search(r"[。、！？]", name)
        if is_name and _ends_in_head(name) and not _blocked(line.text, found.end(1)):
            yield BodySpan(found.start(1), found.end(1), name, _place_in(name))


def _behind_its_kind(line: Line) -> Iterator[BodySpan]:
    """少年野球チーム「トリード・マッドヘンズ」: what it is stands before the brackets."""
    for found in NAMED_IN_QUOTES.finditer(line.text):
        before = line.text[: found.start()]
        head = _head_pattern().search(before[-8:]) or KIND_BEFORE.search(before)
        if head and head[0] not in _houses() and not re.search(r"[。、！？は]", found[1]):
            after = line.text[found.end() : found.end() + 3]
            if not re.match("(?:と|っ)?(?:の|という)?(?:題|歌|演|像|展)", after):
                yield BodySpan(found.start(1), found.end(1), found[1], _place_in(found[1]))


def _ends_in_head(name: str) -> bool:
    return bool(_head_pattern().search(name)) or bool(re.search(r"(?:を[ぁ-ゖ一-鿿]{1,6}|の)会$", name))


def _long_heads(line: Line) -> Iterator[BodySpan]:
    for pattern in (LONG_HEAD, FRIENDS):
        for found in pattern.finditer(line.text):
            start = _chain_start(line, found.start(), found.end())
            name = line.text[start : found.end()]
            if pattern is FRIENDS and not name.endswith("会"):
                continue
            if (
                start < found.end()
                and _is_named(line, start, found.end())
                and not re.match(r"[議場員長期社館談見合]", line.text[found.end() :])
            ):
                yield BodySpan(start, found.end(), name, _place_in(name))


def _chain_start(line: Line, start: int, end: int) -> int:
    """Behind the leading words that are no part of the name."""
    leading = re.compile(f"(?:{any_of(data('organisations')['leading'])})の?")
    while (word := leading.match(line.text, start)) and word.end() < end:
        start = word.end()
    return start


def _whole_names(line: Line) -> Iterator[BodySpan]:
    for found in _whole().finditer(line.text):
        if line.is_boundary(found.start()) and not _blocked(line.text, found.end()):
            branch = BRANCH.match(line.text, found.end())
            end = branch.end() if branch else found.end()
            yield BodySpan(found.start(), end, line.text[found.start() : end])


def _chains(line: Line) -> Iterator[BodySpan]:
    for chain in _noun_chains(line):
        start = chain[0].start
        for number, word in enumerate(chain):
            last = number + 1 == len(chain)
            head = _head_ending(line, start, word.end)
            if head is None or (not last and _goes_on(line, chain, number)):
                continue
            yield from _body(line, start, word.end, head)
            start = word.end


def _noun_chains(line: Line) -> Iterator[list[Word]]:
    """Runs of nouns without a gap; a joint after a head splits them (金沢大学・北陸大学)."""
    chain: list[Word] = []
    for word in line.words:
        joins = bool(chain) and chain[-1].end == word.start
        is_part = word.kind in NOUN_KINDS or word.text in JOINT or not word.known or word.text in ("ヶ", "ノ", "之")
        if word.text in JOINT and chain and _head_ending(line, chain[0].start, chain[-1].end):
            is_part = False
        if is_part and word.text not in "、。「」『』（）() 　" and (joins or not chain):
            chain.append(word)
            continue
        if chain:
            yield chain
        chain = [word] if is_part and word.text not in "、。「」『』（）() 　・" else []
    if chain:
        yield chain


def _head_ending(line: Line, start: int, end: int) -> str | None:
    found = _head_pattern().search(line.text, max(start, end - 16), end)
    return found[0] if found and line.is_boundary(found.start()) else None


def _goes_on(line: Line, chain: list[Word], number: int) -> bool:
    """Whether a later word of the chain ends in a head of the same body (大学 + 附属病院)."""
    start, here = chain[0].start, chain[number]
    following = chain[number + 1]
    if following.kind in PLACE_KINDS or following.text in JOINT:
        return False
    return any(
        _head_ending(line, start, word.end) for word in chain[number + 1 : number + 5] if word.end - here.end <= 12
    )


def _body(line: Line, start: int, end: int, head: str) -> Iterator[BodySpan]:
    start = _behind_person(line, _trimmed(line, start, end), end)
    name = line.text[start:end]
    if not name or name == head or PARTY.search(name) or _blocked(line.text, end):
        return
    prefix = line.text[start : end - len(head)]
    is_school = head in data("organisations")["schools"] and len(prefix) >= 4 and not _generic().match(prefix)
    is_maker = is_school or head in data("organisations")["makers"] and bool(IS_KATAKANA.match(line.text, start))
    of_place = head in OF_PLACE_HEADS and len(prefix) >= 2 and OF_PLACE.search(line.text[:start]) is not None
    if not (is_maker or of_place) and not _is_named(
        line, start, end - len(head), weak=head in data("organisations")["weak_heads"]
    ):
        return
    if line.text[end : end + 1] == "長" and _is_person_with_post(line, start, end - len(head)):
        return
    if line.text[end : end + 1] == "長" and head.endswith(tuple(data("organisations")["departments"])):
        return
    if head in _houses() and not ACTS_AFTER.match(line.text, end):
        return
    if head.endswith("議会") and re.match("(?:の)?(?:副|正副)?(?:議長|議員)", line.text[end:]):
        return
    yield BodySpan(start, end, name, _place_in(name))


def _is_person_with_post(line: Line, start: int, end: int) -> bool:
    """山崎武組合長: nothing but a name before the head."""
    words = line.words_in(start, end)
    return (
        bool(words)
        and words[0].kind == "surname"
        and all(word.kind in NAME_KINDS or len(word.text) == 1 for word in words)
    )


def _behind_person(line: Line, start: int, end: int) -> int:
    """遠藤忠一喜多方国際交流協会会長: a full name before the place that the body's name begins with."""
    words = line.words_in(start, end)
    if len(words) > 3 and words[0].kind == "surname" and words[1].kind in ("given", "person"):
        place = next((word for word in words[2:4] if word.kind == "place"), None)
        return place.start if place else start
    return start


def _trimmed(line: Line, start: int, end: int) -> int:
    """The name's beginning: behind numbers, words of time, 姉妹都市, legal forms, and a country with a joint."""
    while True:
        moved = _chain_start(line, start, end)
        if order := TIME_OR_ORDER.match(line.text, moved):
            moved = order.end()
        word = line.by_start.get(moved)
        if word and (
            word.text in JOINT
            or word.kind in ("number", "time", "mark")
            or word.text in "人氏ら用側内中日月年間後同両各"
        ):
            moved = word.end
        elif word and (joint := line.by_start.get(word.end)) and joint.text in JOINT and country_code(word.text):
            moved = joint.end
        if moved == start or moved >= end:
            return min(moved, end)
        start = moved


def _is_named(line: Line, start: int, end: int, *, weak: bool = False) -> bool:
    """Whether something in the chain is a proper name, or a town's own house has one (町立灯台博物館)."""
    if OF_TOWN.fullmatch(line.text, start, end):
        return True
    for word in line.words_in(start, end):
        if word.kind in PLACE_KINDS | NAME_KINDS | {"proper"} or country_code(word.text):
            return True
        if not word.known and len(word.text) >= 2 and (IS_KATAKANA.match(word.text) or not weak):
            return True
        if len(word.text) >= 2 and (
            prefecture_of(word.text) or (IS_KATAKANA.fullmatch(word.text) and meanings(word.text))
        ):
            return True
        if re.fullmatch("[A-ZＡ-Ｚ]{2,}", word.text):
            return True
    return False


def _place_in(name: str) -> str | None:
    """The place that the name begins with, bare."""
    for size in range(min(len(name), 12), 1, -1):
        if found := meanings(name[:size]):
            return found[0].name
    return None


def _blocked(text: str, end: int) -> bool:
    return bool(_blocked_pattern().match(text, end))


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(any_of(data("organisations")["generic"]))


@cache
def _heads() -> frozenset[str]:
    return frozenset(data("organisations")["heads"])


@cache
def _houses() -> frozenset[str]:
    return frozenset(data("organisations")["places_to_visit"])


@cache
def _head_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(_heads() | _houses())})$")


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(any_of(data("organisations")["whole_names"]))


@cache
def _blocked_pattern() -> re.Pattern[str]:
    return re.compile(any_of(data("organisations")["blocked_by"]))
