"""Names of persons in Japanese sentences: fused with posts, with honorifics, readings and ages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from twinbook.reading.languages.ja.atlas import LARGE, country_code, meanings, prefecture_of, region_of
from twinbook.reading.languages.ja.kanji_names import name_beginning_at, name_ending_at
from twinbook.reading.languages.ja.posts import Post
from twinbook.reading.languages.ja.words import IS_KANJI, JOINT, KANJI, KATAKANA, NAME_KINDS, Line, any_of, data

KATAKANA_NAME = re.compile(
    f"(?:[A-ZＡ-Ｚ][.．]?[{JOINT}]?|[{KATAKANA}]+[{JOINT}])*[{KATAKANA}]{{2,}}(?:[ 　][{KATAKANA}]{{2,}})?$"
)
KATAKANA_NAME_AHEAD = re.compile(f"[{KATAKANA}]+(?:[{JOINT}](?:[A-Z][.．]?|[{KATAKANA}]+))+")
JOINTS = re.compile(f"[{JOINT}]")
LATIN_NAME = re.compile(r"[A-Z][\w'’.-]*(?: (?:(?:de|van|von|del|der|la|di|al|bin) )?[A-Z][\w'’.-]*){1,3}$", re.ASCII)
NAME_READ_ALOUD = re.compile(f"(?<![{KANJI}々])[{KANJI}]{{1,4}}[{KATAKANA}]{{0,4}}$")
IS_KANA = re.compile("[ぁ-ゖァ-ヺー]+")
READING = re.compile(r"[（(][ぁ-ゖァ-ヺー・･＝=\s　A-Za-z,.'’-]{2,40}[）)]$")
AGE = re.compile(r"[（(](?:[^（()）]{1,20}[、,・])?[0-9０-９]{1,3}歳?[)）]")
TO_NAME = re.compile(r"(?:の|である|を(?:務|つと)める|を(?:務|つと)めた|、|・|：|:|　| |は|で、)?")
FROM_POST = re.compile(
    r"(?:も|を)?(?:の|である|だった|として知られる|(?:務|つと)め(?:る|た|ている)(?:の(?:は|が))?|で)?[、・：:　 「]?$"
)
NAME_ENDS = re.compile(r"[はがもと、。，,）)（(」』：:；;\s　／/]|ら(?![れ])|から|より|による|です|だ|に|を|の|$")
ACTS = re.compile(r"[はがもと、（(]|ら(?![れ])|から|に(?:よる|よると)")


@dataclass(frozen=True)
class PersonSpan:
    """A person named in a line: offsets of the name alone, the name, and the post's words.

    `is_full` where it is more than a family name; `is_sure` where nothing but a person can be meant (福島知事 is not).
    """

    start: int
    end: int
    name: str
    is_full: bool
    is_sure: bool = True
    family: str | None = None
    role: tuple[int, int] | None = None


def find_people(line: Line, posts: list[Post], taken: set[int]) -> list[PersonSpan]:
    """Persons of the line in order; `taken` are offsets that belong to organisations."""
    found: list[PersonSpan] = []
    for sign in _honorific().finditer(line.text):
        if name := _name_before(line, sign.start(), with_honorific=True):
            found.append(name)
    for age in AGE.finditer(line.text):
        if (name := _name_before(line, age.start(), with_honorific=True)) and name.is_full:
            found.append(name)
    for post in posts:
        found += _around_post(line, post)
    found += _bare_names(line)
    people = _without_overlap(found, taken)
    return [_with_role(line, person, posts) for person in people]


def find_known_people(line: Line, shorts: dict[str, str], posts: list[Post], taken: set[int]) -> list[PersonSpan]:
    """Further mentions of the page's people by a family or given name; `shorts` as bearers.full_names gives them."""
    if not shorts:
        return []
    found = []
    for match in re.finditer(any_of(tuple(shorts)), line.text):
        start, end = match.span()
        if start in taken or end - 1 in taken or not _stands_free(line, start, end):
            continue
        post = next((post for post in posts if post.word_start >= end and post.start <= end), None)
        titled = post or _honorific().match(line.text, end)
        if match[0] == shorts[match[0]] or titled or (end - start > 1 and ACTS.match(line.text, end)):
            role = (max(end, post.start), post.end) if post else None
            found.append(PersonSpan(start, end, match[0], False, True, None, role))
    return [_with_role(line, person, posts) for person in found]


def _stands_free(line: Line, start: int, end: int) -> bool:
    """Whether no letter of the same script is joined before it, or behind it but a post or an honorific."""
    before = line.text[max(0, start - 1) : start]
    if IS_KANJI.match(line.text[start]):
        word = line.by_end.get(start)
        return (
            not before
            or not IS_KANJI.match(before)
            or bool(word and len(word.text) > 1 and word.kind not in NAME_KINDS)
        )
    return not re.match(f"[{KATAKANA}{JOINT}]", before) and not re.match(
        f"[{KATAKANA}{JOINT}]", line.text[end : end + 1]
    )


def _around_post(line: Line, post: Post) -> list[PersonSpan]:
    found = []
    if post.is_office and (name := _name_before_post(line, post)):
        found.append(name)
    gap = TO_NAME.match(line.text, post.end)
    if gap and (name := _name_after(line, gap.end(), directly=gap[0] in ("", "の", "・", "　", " ", "：", ":"))):
        found.append(replace(name, role=(post.start, post.end)))
    return found


# Posts of a town or country: what stands before them may be its name (福島知事, カルガリー市長).
OF_PLACE = re.compile(
    "(?:副|前|元|現)?(?:市長|郡長|郡守|町長|村長|区長|州長|省長|県知事|州知事|知事|副知事|議長|総領事|領事|大使|首相|大統領|外相|市議|県議|市議会議長)"
)


def _name_before_post(line: Line, post: Post) -> PersonSpan | None:
    """寺岡悟・広島市長, 宮下剛知事, 山野之義金沢市長, クズネツォフ州知事."""
    role = (post.start, post.end)
    begin = post.start
    joined = line.text[begin - 1 : begin] in ("・", " ", "　") and begin < post.word_start
    name = _name_before(line, begin - 1 if joined else begin, with_honorific=joined)
    may_hold_name = begin < post.word_start and not joined and (name is None or len(name.name) == 1)
    if may_hold_name and (
        whole := _chinese_name(line, begin, post.word_start)
    ):  # 曲福田市長: the town is the given name
        return replace(whole, role=(post.word_start, post.end))
    if name is None or (joined and not name.is_full):
        return None
    of_place = OF_PLACE.match(line.text, post.word_start)
    name = replace(name, role=role, is_sure=name.is_sure or not of_place or not _may_be_place(name.name))
    return _without_town(line, name, post) if of_place else name


def _may_be_place(name: str) -> bool:
    """Whether a town, division or country has the name: 福島 before 知事; 渡辺 before 市長 is only a family's."""
    return bool(meanings(name) or meanings(name + "市") or prefecture_of(name) or region_of(name) or country_code(name))


def _chinese_name(line: Line, start: int, end: int) -> PersonSpan | None:
    """A family name of one letter before what the dictionary takes for a town."""
    family, given = line.text[start - 1 : start], line.text[start:end]
    is_alone = not IS_KANJI.match(line.text[max(0, start - 2) : start - 1] or " ")
    if start and is_alone and family in data("names")["chinese_surnames"] and 1 <= len(given) <= 2:
        return PersonSpan(start - 1, end, family + given, True, True, family)
    return None


def _without_town(line: Line, name: PersonSpan, post: Post) -> PersonSpan:
    """清元秀泰姫路市長, ティム・ケラー・アルバカーキ市長: the town that ends the name belongs to the post."""
    words = re.split("[ 　]", name.name)
    if len(words) == 2 and JOINTS.search(words[0]) and meanings(words[1]):
        end = name.start + len(words[0])
        return replace(name, name=words[0], end=end, is_full=True, role=(end + 1, post.end))
    joints = list(JOINTS.finditer(name.name))
    if joints:
        town, rest = name.name[joints[-1].end() :], name.name[: joints[-1].start()]
        known = meanings(town)
        least = LARGE if len(joints) > 1 else 10 * LARGE
        if any(one.population >= least or one.population == 0 for one in known):
            return replace(
                name, name=rest, end=name.start + len(rest), is_full=True, role=(name.end - len(town), post.end)
            )
        return name
    for size in range(2, len(name.name) - 2):
        town = name.name[-size:]
        if IS_KANJI.fullmatch(name.name) and any(one.country == "JP" for one in meanings(town + "市")):
            end = name.end - size
            family = name.family if name.family and len(name.family) < end - name.start else None
            return replace(name, name=name.name[:-size], end=end, family=family, role=(end, post.end))
    return name


def _name_before(line: Line, end: int, *, with_honorific: bool) -> PersonSpan | None:
    """The name that ends at the offset (a reading or an age in brackets between is skipped)."""
    text = line.text[:end]
    if text.endswith(("）", ")")):
        bracket = READING.search(text) or re.search(AGE.pattern + "$", text)
        if not bracket:
            return None
        text = text[: bracket.start()]
        if bracket.re is READING and (read := _name_with_reading(text, bracket[0])):
            return read
    text = text.rstrip(" 　")
    if latin := LATIN_NAME.search(text[-60:]):
        start = len(text) - len(latin[0])
        return PersonSpan(start, len(text), latin[0], True)
    if katakana := KATAKANA_NAME.search(text[-60:]):
        return _katakana_name(line, len(text) - len(katakana[0]), len(text), with_honorific=with_honorific)
    if found := name_ending_at(line, len(text), with_honorific=with_honorific):
        return PersonSpan(found.start, found.end, found.name, found.is_full, found.is_sure, found.family)
    return None


def _name_with_reading(text: str, reading: str) -> PersonSpan | None:
    """元喜龍 before (ウォン・ヒリョン), 李妍 before (りえん): letters of a name that the dictionary has not."""
    found = NAME_READ_ALOUD.search(text)
    parts = [part for part in re.split(r"[・･=＝\s　,]+", reading.strip("（()）")) if part]
    if not found or meanings(found[0]) or not all(IS_KANA.fullmatch(part) for part in parts):
        return None
    is_name = len(parts) > 1 or found[0][0] in data("names")["chinese_surnames"]
    return PersonSpan(found.start(), found.end(), found[0], True, True, found[0][0]) if is_name else None


def _katakana_name(line: Line, start: int, end: int, *, with_honorific: bool) -> PersonSpan | None:
    while (joint := JOINTS.search(line.text, start, end)) and country_code(line.text[start : joint.start()]):
        start = joint.end()  # ロシア・イワノフ外相
    name = line.text[start:end]
    before = line.by_end.get(start)
    if before and before.kind == "surname" and IS_KANJI.fullmatch(before.text) and not JOINTS.search(name):
        return PersonSpan(before.start, end, before.text + name, True, True, before.text)  # 松永フミ
    if JOINTS.search(name) or " " in name or "　" in name:
        is_place = bool(meanings(name) or country_code(name)) and not with_honorific
        return None if is_place or _is_phrase(line, start, end, with_honorific) else PersonSpan(start, end, name, True)
    if country_code(name) or name in data("names")["not_names"]:
        return None
    words = line.words_in(start, end)
    if len(words) == 1 and words[0].known and words[0].kind not in NAME_KINDS | {"place", "proper"}:
        return None
    is_sure = with_honorific or not meanings(name)
    return PersonSpan(start, end, name, False, is_sure)


def _is_phrase(line: Line, start: int, end: int, with_honorific: bool) -> bool:
    """スーパー・マーケット: nothing but ordinary words."""
    words = [word for word in line.words_in(start, end) if word.kind != "mark"]
    return not with_honorific and bool(words) and all(word.known and word.kind in ("noun", "suffix") for word in words)


def _name_after(line: Line, start: int, *, directly: bool) -> PersonSpan | None:
    """A full name that begins at the offset and needs no honorific (ナント副市長ソフィー・マルタン)."""
    if katakana := KATAKANA_NAME_AHEAD.match(line.text, start):
        name = katakana[0]
        if country_code(JOINTS.split(name)[0]) or meanings(name):
            return None
        words = [word for word in line.words_in(start, katakana.end()) if word.kind != "mark"]
        if any(word.known and word.kind in ("noun", "place", "country") for word in words) and not any(
            word.kind in NAME_KINDS for word in words
        ):
            return None
        ends = NAME_ENDS.match(line.text, katakana.end()) or _honorific().match(line.text, katakana.end())
        return PersonSpan(start, katakana.end(), name, True) if ends else None
    if directly and (found := name_beginning_at(line, start)) and NAME_ENDS.match(line.text, found.end):
        return PersonSpan(found.start, found.end, found.name, True, True, found.family)
    return None


def _bare_names(line: Line) -> list[PersonSpan]:
    """Full names that act and carry neither post nor honorific, as in sport: 村瀬拓人が, マイク・ジョーンズは."""
    found = []
    for word in line.words:
        if word.kind == "surname" and not _joined_before(line, word.start):
            name = name_beginning_at(line, word.start)
            if name and ACTS.match(line.text, name.end):
                found.append(PersonSpan(name.start, name.end, name.name, True, True, name.family))
    for run in KATAKANA_NAME_AHEAD.finditer(line.text):
        words = [word for word in line.words_in(*run.span()) if word.kind != "mark"]
        if (
            ACTS.match(line.text, run.end())
            and not meanings(run[0])
            and words
            and any(word.kind in NAME_KINDS and word.known for word in words)
            and not any(word.known and word.kind not in NAME_KINDS for word in words)
        ):
            found.append(PersonSpan(run.start(), run.end(), run[0], True))
    return found


def _joined_before(line: Line, start: int) -> bool:
    before = line.by_end.get(start)
    return bool(before and IS_KANJI.search(before.text[-1:]) and before.kind not in ("particle", "mark", "verb"))


def _without_overlap(found: list[PersonSpan], taken: set[int]) -> list[PersonSpan]:
    """Of names that overlap the longer; names inside an organisation's name are none."""
    kept: list[PersonSpan] = []
    for person in sorted(found, key=lambda person: (-(person.end - person.start), person.role is None, person.start)):
        if person.start in taken or any(person.start < other.end and other.start < person.end for other in kept):
            continue
        kept.append(person)
    return sorted(kept, key=lambda person: person.start)


def _with_role(line: Line, person: PersonSpan, posts: list[Post]) -> PersonSpan:
    """The post joined to the name, else the one that stands before it (団長を務める教諭の…), offices first."""
    after = [post for post in posts if post.word_start >= person.end and post.start <= _name_tail(line, person.end)]
    if person.role is None and after and after[0].is_office:
        return replace(person, role=(max(person.end, after[0].start), after[0].end))
    before = [post for post in posts if post.end <= person.start and _leads_to(line, post, person)]
    if before and person.role is None:
        best = max(before, key=lambda post: (post.is_office, post.end))
        return replace(person, role=(best.start, best.end))
    return person


def _name_tail(line: Line, end: int) -> int:
    """Where the name with its reading in brackets and one joint ends."""
    bracket = re.compile(r"(?:[（(][^（()）]{1,40}[）)])?[・ 　]?").match(line.text, end)
    return bracket.end() if bracket else end


def _leads_to(line: Line, post: Post, person: PersonSpan) -> bool:
    between = line.text[post.end : person.start]
    return len(between) <= 40 and bool(
        FROM_POST.fullmatch(between) or re.fullmatch(r"を(?:務|つと)める[^、。「]{1,20}の", between)
    )


@cache
def _honorific() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(data('names')['honorifics'])})(?![々民側])")
