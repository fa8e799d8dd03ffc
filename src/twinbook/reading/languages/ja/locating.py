"""What stands beside a Japanese name of a place and tells the country it lies in."""

from __future__ import annotations

import re

from twinbook.reading.languages.ja.atlas import country_code, meanings
from twinbook.reading.languages.ja.words import JOINT, KANJI, KATAKANA, data

# 蔚珍郡, 蔚珍（ウルチン）郡: Korea's counties, whose heads are 郡守; Japan's stand before a town or village.
KOREAN_COUNTY = re.compile(
    f"(?:(?<![{KANJI}])|(?<=[国道市]))([{KANJI}]{{2,3}})(?:[（(][{KATAKANA}{JOINT}]{{2,12}}[)）])?郡"
)
IN_KOREA = re.compile("韓国|大韓民国|[慶全忠][尚羅清][南北]道|江原道|京畿道")
FAR = 200  # characters before a county in which its country or province stands
LONGEST_COUNTY = 18  # characters, with the reading in brackets
COUNTRY_BEFORE = re.compile(f"(?:([{KATAKANA}]+)(?:連邦)?(?:共和|合衆)?国?|(豪州|米国|英国|韓国|中国|台湾))[ 　の・]?$")


def letter_before(text: str, start: int) -> str | None:
    """The country of 仏 in 仏・ブレスト市 and 仏ブレスト市."""
    letter = text[:start].rstrip("・")[-1:]
    name = data("places")["abbreviations"].get(letter) if start - len(text[:start].rstrip("・")) <= 1 else None
    return country_code(name) if name else None


def country_before(text: str, start: int) -> str | None:
    """The country of 豪州 in 豪州リバプール市, of オーストラリア in オーストラリア ハーヴィー市."""
    found = COUNTRY_BEFORE.search(text[max(0, start - 14) : start])
    return country_code(found[1] or found[2]) if found else None


def korean_county(text: str, end: int) -> re.Match[str] | None:
    """The name of a Korean county that ends there, with its reading if it has one."""
    found = KOREAN_COUNTY.finditer(text, max(0, end - LONGEST_COUNTY), end)
    return next((one for one in found if one.end() == end and _is_in_korea(text, one)), None)


def _is_in_korea(text: str, county: re.Match[str]) -> bool:
    """Whether a county's reading, its province, its country or its head shows that it is Korean."""
    is_read = county[0][-2] in "）)"
    behind = text[county.end() : county.end() + 1]
    in_korea = IN_KOREA.search(text, max(0, county.start() - FAR), county.start())
    return is_read or behind == "守" or in_korea is not None or any(one.country == "KR" for one in meanings(county[1]))
