"""Places that a Japanese story does not name again: 本市, 同市, 両市, 市 as the speaker of the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from twinbook.reading.languages.ja.words import Line
from twinbook.reading.story import NameMention

REACH = 150  # places before and behind a line that its references may mean: time stays linear
OWN = re.compile(
    r"(?:本|当|我が|わが)(?P<kind>[市町村県区])(?![長民内立役間域])|(?:本|当)(?P<inside>[市町村県区])(?=[民内立長])"
)
SAME = re.compile(r"同(?P<kind>[市町村県州省])(?!長(?!は|が|の|、))")
BOTH = re.compile(r"(?:両|二つの|2つの|２つの)(?P<kind>都市|市町村|市町|県州|市|町|村|県|州|地域|自治体)(?!場)")
ALONE = re.compile(
    r"(?<![一-鿿ァ-ヺー々ぁ-ゖ])(?P<kind>[市町県区])(?=は|が|では|と|も|から(?!れ)|の(?:担当|国際|関係|職員|幹部|代表|教育|訪問団)|に(?:よる|よると|とって)|によ)"
)
ALONE_AFTER_KANA = re.compile(
    r"(?<=[はがをにで、。」）)])(?P<kind>[市県])(?=は|が|では|から(?!れ)|によ|の(?:担当|国際|関係|職員|幹部|代表|教育|訪問団))"
)


def find_references(lines: Iterable[Line], named: list[NameMention], home: str | None) -> list[NameMention]:
    """Mentions of the places that 本市, 同市, 両市 … stand for; those that nothing settles are left out.

    両市 gives two mentions at the same offsets, one a town.
    """
    facts = {mention.name: mention for mention in named}
    found: list[NameMention] = []
    starts = [mention.start for mention in named]
    for line in lines:
        at = bisect_left(starts, line.start)
        near = named[max(0, at - REACH) : at + REACH]
        for pattern, choose in ((OWN, _own), (SAME, _same), (BOTH, _both), (ALONE, _own), (ALONE_AFTER_KANA, _own)):
            for match in pattern.finditer(line.text):
                start, end = match.start() + line.start, match.end() + line.start
                kind = match["kind"] or match.groupdict().get("inside") or ""
                found += [_mention(facts, name, start, end) for name in choose(kind, start, near, home)]
    return _distinct(found)


def _own(kind: str, start: int, named: list[NameMention], home: str | None) -> list[str]:
    if kind == "県":
        regions = [one.name for one in named if one.place_kind == "region" and one.country == "JP"]
        return [home] if home and home.endswith("県") else regions[:1]
    return [home] if home and not home.endswith("県") else []


def _same(kind: str, start: int, named: list[NameMention], home: str | None) -> list[str]:
    wanted = "city" if kind in "市町村" else "region"
    before = [one.name for one in named if one.start < start and one.place_kind == wanted]
    return before[-1:]


def _both(kind: str, start: int, named: list[NameMention], home: str | None) -> list[str]:
    wanted = "region" if kind in ("県", "州", "県州") else "city"
    fitting = [one for one in named if one.place_kind == wanted]
    if not fitting and kind in ("地域", "自治体"):
        fitting = [one for one in named if one.place_kind == "region"]
    before = _latest_first([one for one in fitting if one.start < start]) or _latest_first(fitting)[::-1]
    later = [name for name in dict.fromkeys(one.name for one in fitting) if name not in before]
    names = [*before, *later]
    countries = {one.name: one.country for one in fitting}
    if home in names:
        others = [name for name in names if name != home]
        abroad = [name for name in others if countries[name] != countries[home]]
        partner = (abroad or others)[:1]
        return sorted([home, *partner], key=names.index) if partner else []
    first = names[:1]
    second = [name for name in names[1:] if countries[name] != countries[first[0]]] or names[1:]
    return [*first, *second[:1]] if second else []


def _latest_first(mentions: list[NameMention]) -> list[str]:
    return list(dict.fromkeys(one.name for one in sorted(mentions, key=lambda one: -one.start)))


def _mention(facts: dict[str, NameMention], name: str, start: int, end: int) -> NameMention:
    fact = facts.get(name)
    own = "region" if name.endswith(("県", "州")) else "district" if name.endswith("区") else "city"
    kind = fact.place_kind if fact else own
    return NameMention("place", start, end, name, country=fact.country if fact else "JP", place_kind=kind)


def _distinct(mentions: list[NameMention]) -> list[NameMention]:
    return sorted(dict.fromkeys(mentions), key=lambda one: (one.start, one.end, one.name))
