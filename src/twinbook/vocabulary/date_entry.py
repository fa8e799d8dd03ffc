"""A date as somebody types it, made EDTF: 17.05.2019, 05.2019, 2019年5月, since 1994, лето 2018, or EDTF itself."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from twinbook.vocabulary.date_words import FORMS
from twinbook.vocabulary.partial_date import PartialDate

SPRING = 21
YEAR = r"(?P<year>[12]\d{3})"
TAIL = r"\s*(?:г\.?г?\.?|гг\.?|год[ау]?|годов)?"
NUMERIC = (
    re.compile(rf"(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})[./]{YEAR}{TAIL}\Z"),
    re.compile(rf"(?P<month>\d{{1,2}})[./]{YEAR}{TAIL}\Z"),
    re.compile(rf"{YEAR}[./](?P<month>\d{{1,2}})[./](?P<day>\d{{1,2}})\Z"),
    re.compile(rf"{YEAR}年\s*(?:(?P<month>\d{{1,2}})月\s*(?:(?P<day>\d{{1,2}})日)?)?\Z"),
    re.compile(rf"{YEAR}{TAIL}\Z"),
)
SINCE = re.compile(
    r"(?:since|from|с|со|начиная с)\s+(?P<rest>.+)\Z|(?P<rest_ja>.+?)\s*(?:から|以来|以降)\Z", re.IGNORECASE
)
UNTIL = re.compile(r"(?:until|till|up to|до|по)\s+(?P<rest>.+)\Z|(?P<rest_ja>.+?)\s*まで\Z", re.IGNORECASE)
ABOUT = re.compile(
    r"(?:about|around|circa|ca\.?|около|примерно)\s+(?P<rest>.+)\Z|(?P<rest_ja>.+?)\s*(?:頃|ごろ)\Z", re.IGNORECASE
)
BETWEEN = re.compile(r"\s*(?:–|—|～|〜|\s-\s)\s*|(?<=\d{4})-(?=\d{4})")
LONGEST = 60  # characters; nothing longer is a date, and nothing longer is tried


def edtf_of(text: str) -> str:
    """The EDTF of what was typed, in any of the desk's languages; ValueError where it is no date.

    Nothing is guessed: two figures are no year, and 03/04 is no date.
    """
    text = " ".join(text.replace("　", " ").split())
    if not text or len(text) > LONGEST:
        raise ValueError(f"{text[:LONGEST]!r} is no date")
    found = _whole(text)
    PartialDate.parse(found)
    return found


def _whole(text: str) -> str:
    try:
        return PartialDate.parse(text).edtf
    except ValueError:
        pass
    for pattern, shape in ((SINCE, "{}/.."), (UNTIL, "../{}"), (ABOUT, "{}~")):
        if found := pattern.match(text):
            return shape.format(_point(found["rest"] or found["rest_ja"]))
    ends = BETWEEN.split(text)
    if len(ends) == 2:
        return f"{_point(ends[0])}/{_point(ends[1])}"
    return _point(text)


def _point(text: str) -> str:
    text = text.strip(" ,.")
    try:
        return PartialDate.parse(text).edtf
    except ValueError:
        pass
    for pattern in NUMERIC:
        if found := pattern.match(text):
            return _joined(**found.groupdict())
    for pattern, name in _word_patterns():
        if found := pattern.match(text):
            return _joined(found["year"], str(_word_numbers()[found[name].lower()]), found.groupdict().get("day"))
    raise ValueError(f"{text!r} is no date")


def _joined(year: str, month: str | None = None, day: str | None = None) -> str:
    parts = [year, *(f"{int(part):02d}" for part in (month, day) if part)]
    return "-".join(parts)


@cache
def _word_numbers() -> dict[str, int]:
    """Names of months and seasons in every language that has date forms, with their EDTF number."""
    numbers: dict[str, int] = {}
    for path in sorted(FORMS.glob("*.toml")):
        forms = tomllib.loads(path.read_text("utf-8"))
        for key in ("months", "months_of"):
            numbers |= {word.lower(): number for number, word in enumerate(forms[key], 1)}
        for key in ("seasons", "seasons_of"):
            numbers |= {word.lower(): SPRING + place for place, word in enumerate(forms[key])}
    return numbers | {"fall": 23, "летом": 22, "осенью": 23, "зимой": 24, "весной": 21}


@cache
def _word_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    words = "|".join(sorted(map(re.escape, _word_numbers()), key=len, reverse=True))
    return (
        (re.compile(rf"(?:(?P<day>\d{{1,2}})\s+)?(?P<word>{words})[,.]?\s+{YEAR}{TAIL}\Z", re.IGNORECASE), "word"),
        (re.compile(rf"(?P<word>{words})\s+(?P<day>\d{{1,2}}),?\s+{YEAR}\Z", re.IGNORECASE), "word"),
        (re.compile(rf"{YEAR}年\s*(?P<word>{words})\Z"), "word"),
    )
