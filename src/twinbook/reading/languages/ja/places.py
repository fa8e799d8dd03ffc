"""Names of places in Japanese sentences: suffixes, the gazetteer, countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from twinbook.reading.languages.ja.atlas import LARGE, Meaning, country_code, meanings, prefecture_of, region_of
from twinbook.reading.languages.ja.locating import country_before, korean_county, letter_before
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

CITY = ("特別市", "広域市", "直轄市", "市", "町", "村", "郡")
TOWN = ("市", "町", "村", "区")
LARGE_CITY = ("特別", "広域", "直轄")
REGION = (
    "自治共和国",
    "共和国",
    "特別自治道",
    "特別自治市",
    "自治区",
    "自治州",
    "準州",
    "県",
    "州",
    "省",
    "府",
    "道",
    "都",
)
REGION_WORD = "地方"
DISTRICT = ("区",)
SUFFIXES = (*CITY, *REGION, REGION_WORD, *DISTRICT)
JOINTS = re.compile(f"[{JOINT}]")
KATAKANA_PART = re.compile(f"[{KATAKANA}]+")
BARE_NAME = re.compile(f"[{KANJI}ぁ-ゖ]{{2,}}")
KATAKANA_RUN = re.compile(f"[{KATAKANA}]+(?:[{JOINT}][{KATAKANA}]+)*")
SUFFIX_AFTER = re.compile(f"(?:{any_of(SUFFIXES)})(?![場況価街並立])")
# A bare name before one of these is part of another name or word: 金沢駅, ロシア語, タコマ通り.
PART_OF_WORD = re.compile(
    r"(?:\d+日)?(?:聯合|共同|時事)(?:ニュース|】|=)|同[市町村県州国区]|地方(?!政府|政治|都市|自治|銀行)|語|内海|・関西|人(?!口)|系|料理|民謡|民族|製|産(?!業|地)|式(?!典)|風(?!景)|酒|派|通り|通(?![っるじ])|広場|公園|橋|駅|港|空港|川|湖|山|島|湾|海|半島|運河|盆地|平野"
    "|像|電車|祭|杯|カップ|号|戦|城|寺|神社|大聖堂|音頭|焼(?![いきけ])|塗|箔|友禅|牛|茶|菓子|米(?!国)|弁|文字|映画|音楽|文学|美術|正教|王国|帝国|時代|条約|五輪|オリンピック"
)
# Behind a name alone these make it a family's: 富岡議長, 福島会長.
NO_TOWN_S_POST = re.compile(
    "副?(?:議長|団長|会長|理事長|委員長|教育長|学長|校長|園長|館長|所長|部長|課長|室長|局長|社長)|氏|様|さん"
)
IS_KANJI_BEFORE = re.compile(f"[{KANJI}{KATAKANA}]")
CALLED_TOWN = re.compile("(?:州都|首都|県都|省都|古都|港町|都市|保養地|郊外の|の街|市街地の)$")
WARD_OF_CITY = re.compile(f"([{KANJI}]{{1,4}}?)区(?![域分間切議])")
WRITTEN_AT = re.compile(f"^[^【】]{{0,40}}【(?P<name>[{KANJI}ぁ-ゖ]{{1,5}})】")  # 【小山】, where a paper writes
NO_WARDS = frozenset(["地区", "学区", "全区", "各区", "同区", "特区"])
NO_TOWN_BEFORE = frozenset(data("places")["before_suffix"]["words"])


@dataclass(frozen=True)
class PlaceSpan:
    """A place named in a line: offsets into the line, the bare name, its suffix ("" for none) and kind."""

    start: int
    end: int
    bare: str
    suffix: str
    kind: str
    country_before: str | None = None


def kind_of_suffix(suffix: str) -> str:
    return "city" if suffix in CITY else "district" if suffix in DISTRICT else "region"


def suffixed_places(line: Line, taken: set[int]) -> list[PlaceSpan]:
    """Places with a suffix (金沢市, ワシントン州, 小倉北区); `taken` are offsets that belong to other names."""
    found = [*_suffixed_katakana(line, taken), *_suffixed_words(line, taken)]
    return list({(span.start, span.end): span for span in found}.values())


def known_places(line: Line, taken: set[int], known: dict[str, set[str]]) -> list[PlaceSpan]:
    """Names with a suffix that another line of the page showed to be places (麻浦区, found behind ソウル市)."""
    found = []
    for bare, suffixes in known.items():
        for suffix in suffixes:
            if bare + suffix not in line.text:
                continue
            for match in re.finditer(re.escape(bare + suffix), line.text):
                if match.start() not in taken and not IS_KANJI_BEFORE.match(line.text[: match.start()][-1:]):
                    found.append(PlaceSpan(match.start(), match.end(), bare, suffix, kind_of_suffix(suffix)))
    return found


def bare_places(line: Line, taken: set[int], known: dict[str, set[str]]) -> list[PlaceSpan]:
    """Places without a suffix; `known` maps bare names that the page gives a suffix elsewhere to these suffixes."""
    letters = [
        PlaceSpan(found.start(), found.end(), data("places")["abbreviations"][found[0]], "", "country")
        for found in COUNTRY_LETTERS.finditer(line.text)
        if found.start() not in taken
    ]
    written = [
        PlaceSpan(*found.span("name"), found["name"], "", "city")
        for found in (WRITTEN_AT.finditer(line.text) if "【" in line.text else ())
        if found.start("name") not in taken and _is_japanese_town(found["name"])
    ]
    bare = [*_bare_katakana(line, taken, known), *_bare_words(line, taken, known)]
    return [*letters, *written, *(span for span in bare if span.start not in {one.start for one in written})]


def _is_japanese_town(bare: str) -> bool:
    return any(one.country == "JP" for suffix in ("市", "町", "村") for one in meanings(bare + suffix))


def _suffixed_katakana(line: Line, taken: set[int]) -> Iterator[PlaceSpan]:
    for run in KATAKANA_RUN.finditer(line.text):
        suffix = SUFFIX_AFTER.match(line.text, run.end())
        if not suffix or run.start() in taken or run.end() in taken:
            continue
        start, country = _after_country(line.text, run.start(), run.end())
        joined, country = _after_joined_country(line.text, start, run.end(), suffix[0], country)
        if joined > start:
            yield PlaceSpan(start, joined, line.text[start:joined], "", "country")
        start = joined
        bare = line.text[start : run.end()]
        if len(bare) < 2:
            continue
        country = country or letter_before(line.text, start) or country_before(line.text, start)
        if _is_person_s(line, start, suffix.end(), bare) or _is_name_of_mayor(line, start, suffix, bare):
            continue
        if _is_common(line, start, run.end()) and not meanings(bare) and not meanings(bare + suffix[0]):
            continue
        if (shi := suffix[0]) in ("村", "町", "道", "府", "都", "市") and _is_event(line, start, run.end(), bare):
            continue
        yield PlaceSpan(start, suffix.end(), bare, shi, kind_of_suffix(shi), country)


def _after_joined_country(text: str, start: int, end: int, suffix: str, country: str | None) -> tuple[int, str | None]:
    """アメリカカリフォルニア州: a country without a joint before a division that the pack knows, or before a town."""
    for size in range(2, end - start - 1):
        code = country_code(text[start : start + size])
        if code and (meanings(text[start + size : end] + suffix) or meanings(text[start + size : end])):
            return start + size, code
    return start, country


def _is_person_s(line: Line, start: int, end: int, bare: str) -> bool:
    """リコ・メディナ市長: a joint inside, no such place, and 長 behind."""
    has_joint = any(joint in bare for joint in JOINT)
    return has_joint and line.text[end : end + 1] == "長" and not meanings(bare)


def _is_name_of_mayor(line: Line, start: int, suffix: re.Match[str], bare: str) -> bool:
    """ニコルズ市長: no town that the table knows. A line that tells of ニコルズ市 without its mayor makes it one."""
    is_post = suffix[0] in TOWN and line.text[suffix.end() : suffix.end() + 1] == "長"
    return is_post and not meanings(bare) and not meanings(bare + suffix[0]) and not line.text[:start].endswith("国")


def _is_event(line: Line, start: int, end: int, bare: str) -> bool:
    """クリスマス市, テーマ村: the last part is an ordinary word."""
    last = max(bare.rfind(joint) for joint in JOINT) + 1
    word = line.by_end.get(end)
    return bool(
        word and word.known and word.kind in ("noun", "suffix", "time") and word.start <= start + last
    ) and not (meanings(bare))


def _is_common(line: Line, start: int, end: int) -> bool:
    word = line.by_start.get(start)
    return bool(word and word.end == end and word.known and word.kind in ("noun", "time", "suffix", "number"))


def _after_country(text: str, start: int, end: int) -> tuple[int, str | None]:
    """Where the name begins behind a country or division and a joint (ドイツ・ハノーバー), and that country."""
    country = None
    while joint := JOINTS.search(text, start, end):
        first = text[start : joint.start()]
        code = country_code(first)
        if code is None and not (region_of(first) and end > joint.end() and not meanings(text[start:end])):
            break
        country, start = code or country, joint.end()
    return start, country


def _suffixed_words(line: Line, taken: set[int]) -> Iterator[PlaceSpan]:
    for word in line.words:
        if word.text in SUFFIXES and word.start not in taken:
            found = _words_before_suffix(line, word, taken)
            if found:
                yield found
            ward = WARD_OF_CITY.match(line.text, word.end) if word.text in CITY else None
            if ward and word.end not in taken and ward[1] + "区" not in NO_WARDS:  # ソウル特別市麻浦区
                city = meanings(found.bare if found else _katakana_before(line.text[: word.start]))
                country = city[0].country if city else None
                yield PlaceSpan(word.end, ward.end(), ward[1], "区", "district", country)
            if word.text == "郡" and (county := korean_county(line.text, word.end)):
                yield PlaceSpan(county.start(1), word.end, county[1], "郡", "city", "KR")
        elif word.kind == "place" and prefecture_of(word.text) == word.text and word.start not in taken:
            yield PlaceSpan(word.start, word.end, word.text, "", "region")


def _katakana_before(text: str) -> str:
    """ソウル of ソウル特別; "" where none ends there."""
    run = re.search(f"([{KATAKANA}]+)(?:特別|広域|直轄)?$", text[-24:])
    return run[1] if run else ""


def _words_before_suffix(line: Line, suffix: Word, taken: set[int]) -> PlaceSpan | None:
    start, best_start = suffix.start, None
    for _ in range(4):
        word = line.by_end.get(start)
        if word is None or word.start in taken or not _can_name_place(word):
            break
        if word.text in SUFFIXES or IS_KATAKANA.match(word.text):
            break
        start = word.start
        bare = line.text[start : suffix.start]
        if bare[:1] in "旧" and len(bare) > 1:
            return None
        first = word.end == suffix.start
        is_name = first and (word.kind in PLACE_KINDS or _is_unknown_name(word, suffix.text))
        if word.kind == "country" and not first:
            break
        if meanings(bare + suffix.text) or meanings(bare) or (is_name and best_start is None):
            best_start = start
    if best_start is None or _is_family_name(line, best_start, suffix) or _is_given_name(line, best_start, suffix):
        return None
    bare = re.sub(r"[（(].*", "", line.text[best_start : suffix.start])  # 呼和浩特(フフホト)市
    before = line.text[max(0, best_start - 1) : best_start]
    if (bare, suffix.text) == ("中国", REGION_WORD):  # the west of Honshu
        return None
    if bare in NO_TOWN_BEFORE or before == "旧" or IS_KATAKANA.fullmatch(bare):
        return None
    if suffix.text in ("町", "村") and before in ("市", "区", "町"):  # an address: 津市広明町
        return None
    if len(bare) == 1 and not meanings(bare + suffix.text) and suffix.text != "区":
        return None
    if suffix.text in ("道", "都", "府", "省", "郡") and not meanings(bare + suffix.text):
        return None
    if suffix.text == "市" and bare.endswith(LARGE_CITY) and len(bare) > 3:  # 釜山広域市
        bare = bare[:-2]
    return PlaceSpan(best_start, suffix.end, bare, suffix.text, kind_of_suffix(suffix.text))


def _is_family_name(line: Line, start: int, suffix: Word) -> bool:
    """渡辺 in 渡辺市長: a family name that no town bears, before the post of a town."""
    word = line.by_start.get(start)
    bare = line.text[start : suffix.start]
    is_post = line.text[suffix.end : suffix.end + 1] == "長"
    is_name = word is not None and word.end == suffix.start and word.kind in NAME_KINDS
    towns = [*meanings(bare), *meanings(bare + suffix.text)]  # 横山町長: the dictionary's family before a town abroad
    return is_post and is_name and not any((town.country == "JP") == bool(town.population) for town in towns)


def _is_given_name(line: Line, start: int, suffix: Word) -> bool:
    """武豊 in 渡具知武豊市長: behind letters that are no word for a place, before the post of a town it is not."""
    bare, before = line.text[start : suffix.start], line.by_end.get(start)
    is_post = line.text[suffix.end : suffix.end + 1] == "長"
    if not is_post or before is None or not IS_KANJI_BEFORE.match(before.text[-1:]) or meanings(bare + suffix.text):
        return False
    return not meanings(bare) and before.kind not in PLACE_KINDS and before.text not in SUFFIXES


def _can_name_place(word: Word) -> bool:
    return (
        word.kind in PLACE_KINDS
        or word.kind in NAME_KINDS
        or word.kind in ("noun", "proper", "time", "suffix", "prefix", "number")
    )


def _is_unknown_name(word: Word, suffix: str) -> bool:
    """A word that names nothing the dictionary calls ordinary, before a suffix that only names take."""
    if word.text in NO_TOWN_BEFORE or not re.fullmatch(f"[{KANJI}ぁ-ゖ]{{2,5}}", word.text):
        return False
    if word.kind in NAME_KINDS or word.kind == "proper":
        return suffix in ("市", "町", "村", "県", "州", "省")
    return not word.known and suffix in ("市", "県", "州", "省")


def _bare_katakana(line: Line, taken: set[int], known: dict[str, set[str]]) -> Iterator[PlaceSpan]:
    for run in KATAKANA_RUN.finditer(line.text):
        if run.start() in taken:
            continue
        start, country = _after_country(line.text, run.start(), run.end())
        if country and start > run.start():
            first = JOINTS.split(run[0])[0]
            yield PlaceSpan(run.start(), run.start() + len(first), first, "", "country")
        bare = line.text[start : run.end()]
        if start in taken:
            continue
        if PART_OF_WORD.match(line.text, run.end()) and not country_code(bare):
            continue
        if _is_bare_place(line, start, run.end(), bare, known):
            yield _bare_span(start, run.end(), bare, country)
        elif any(joint in bare for joint in JOINT):
            parts = _parts(line, start, run.end())
            if all(_is_bare_place(line, a, b, line.text[a:b], known) for a, b in parts):
                yield from (_bare_span(a, b, line.text[a:b], country) for a, b in parts)


def _parts(line: Line, start: int, end: int) -> list[tuple[int, int]]:
    return [found.span() for found in KATAKANA_PART.finditer(line.text, start, end)]


def _bare_span(start: int, end: int, bare: str, country: str | None) -> PlaceSpan:
    kind = "country" if country_code(bare) else "city"
    return PlaceSpan(start, end, bare, "", kind, country)


def _is_bare_place(line: Line, start: int, end: int, bare: str, known: dict[str, set[str]]) -> bool:
    if bare in known or country_code(bare):
        return True
    found = meanings(bare)
    if len(bare) < 2 or not found or found[0].country == "JP":  # the table's readings of Japanese names (ナハ)
        return False
    if CALLED_TOWN.search(line.text[max(0, start - 4) : start]):  # 州都プロビデンス
        return True
    words = line.words_in(start, end)
    if len(words) == 1 and words[0].kind in PLACE_KINDS:
        return True
    if found[0].population == 0:  # the pack's own list
        return not (len(words) == 1 and words[0].known and words[0].kind == "noun")
    if any(word.known and word.kind in ("noun", "time", *NAME_KINDS) for word in words):
        return len(words) == 1 and words[0].kind in NAME_KINDS and found[0].population >= 10 * LARGE
    return found[0].population >= LARGE


def _bare_words(line: Line, taken: set[int], known: dict[str, set[str]]) -> Iterator[PlaceSpan]:
    skip_until = 0
    for number, word in enumerate(line.words):
        if word.start < skip_until or word.start in taken or not _can_begin_place(word):
            continue
        group = [word]
        for following in line.words[number + 1 : number + 3]:
            if following.start in taken or following.start != group[-1].end or not _can_begin_place(following):
                break
            group.append(following)
        while group:
            if span := _bare_group(line, group, known):
                skip_until = span.end
                yield span
                break
            group.pop()


def _can_begin_place(word: Word) -> bool:
    return _can_name_place(word) and not IS_KATAKANA.match(word.text) and word.kind != "number"


def _bare_group(line: Line, group: list[Word], known: dict[str, set[str]]) -> PlaceSpan | None:
    start, end = group[0].start, group[-1].end
    bare = line.text[start:end]
    found = meanings(bare)
    if not found and bare not in known and not (len(group) == 1 and prefecture_of(bare)):
        return _town_of_head(line, group[0]) if len(group) == 1 else None
    if (
        not BARE_NAME.fullmatch(bare)
        or NO_TOWN_S_POST.match(line.text, end)
        or line.text[max(0, start - 1) : start] == "旧"
        or PART_OF_WORD.match(line.text, end)
    ):
        return None
    if country_code(bare):
        return PlaceSpan(start, end, bare, "", "country")
    if len(group) > 1:
        joins = group[0].kind not in ("country", "suffix") and (_is_large(found) or (found and bare in known))
        return PlaceSpan(start, end, bare, "", "city") if joins else None
    if bare in known or group[0].kind == "place":
        return PlaceSpan(start, end, bare, "", "city")
    is_ordinary = group[0].known and (group[0].kind in ("noun", "time") or group[0].kind in NAME_KINDS)
    if found and found[0].population == 0 and not is_ordinary:
        return PlaceSpan(start, end, bare, "", "city")
    return None


def _town_of_head(line: Line, word: Word) -> PlaceSpan | None:
    """三田 in 三田市長: the head's word has taken the suffix by which the town is known."""
    suffix = line.text[word.end : word.end + 1]
    is_head = suffix in TOWN and line.text[word.end + 1 : word.end + 2] == "長" and word.kind == "place"
    is_known = is_head and any(one.country == "JP" for one in meanings(word.text + suffix))
    return PlaceSpan(word.start, word.end + 1, word.text, suffix, kind_of_suffix(suffix)) if is_known else None


def _is_large(found: tuple[Meaning, ...]) -> bool:
    return bool(found) and (found[0].population == 0 or found[0].population >= 2 * LARGE)


COUNTRY_LETTERS = re.compile(f"[{''.join(data('places')['abbreviations'])}](?=[{KATAKANA}]{{2,}})")
