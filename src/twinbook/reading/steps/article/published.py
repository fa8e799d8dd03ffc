"""The day of publication where a page's words say it: date lines near the headline or at the end of the story."""

from __future__ import annotations

import re
from functools import cache

from twinbook.reading.language import LanguagePack, language_pack
from twinbook.vocabulary.partial_date import PartialDate

LONGEST_DATE_LINE = 140  # characters
MOST_OTHER_LETTERS = 14
YEAR = r"(?:19|20)\d\d"
AFTER_YEAR = r"(?!\d)(?!\.\d)|(?=\d\d:\d\d)"  # "201816:40": the space between day and time may be lost
NUMBERS = (
    rf"(?<!\d)(?P<year>{YEAR})\s?(?:[-/.]|年)\s?(?P<month>\d{{1,2}})\s?(?:[-/.]|月)\s?(?P<day>\d{{1,2}})(?!\d)日?"
    rf"|(?<![\d.])(?P<first>\d{{1,2}})[./-](?P<second>\d{{1,2}})[./-](?P<year2>{YEAR})(?:{AFTER_YEAR})"
)
SHORT_YEAR = re.compile(r"(?<![\d./-])(?P<first>\d\d)[./](?P<second>\d\d)[./](?P<year>[0-4]\d)(?![\d./-])")
TIME = re.compile(r"\d{1,2}\s?(?:[:.]|時)\s?\d\d(?:\s?分|:\d\d)?")
DATELINE = re.compile(r"\W{0,3}[^\W\d_a-zа-яё][^!?\n]{2,60}(?:[-–—―:]\s|\s\(|[гy]\.\s|\)\s)")
LETTER = re.compile(r"[^\W\d_]")
EARLIEST, LATEST = 1990, 2100


def is_date_line(text: str, pack: LanguagePack) -> bool:
    """Whether the line holds a day with its year and little else (time, weekday, "posted", a section's name)."""
    if len(text) > LONGEST_DATE_LINE or not any(mark.isdigit() for mark in text):
        return False
    found = _pattern(pack.code).search(text) or SHORT_YEAR.search(text)
    return found is not None and _other_letters(text, found, pack.code) <= MOST_OTHER_LETTERS


def opens_with_date(text: str, pack: LanguagePack) -> bool:
    """Whether the line begins with a day and its year, after words like "posted" at most."""
    found = _pattern(pack.code).search(text[:LONGEST_DATE_LINE])
    return found is not None and len(LETTER.findall(_furniture(pack.code).sub("", text[: found.start()]))) == 0


def day_in(text: str, pack: LanguagePack, territory: str | None) -> str | None:
    """The first day (EDTF) that the text names with its year; None where it names none or cannot be told apart."""
    found = _pattern(pack.code).search(text[: 4 * LONGEST_DATE_LINE])
    if not found and is_date_line(text, pack):
        found = SHORT_YEAR.search(text)
    if not found:
        return None
    parts = {name.rstrip("234"): value for name, value in found.groupdict().items() if value}
    tables = pack.date_writing.tables
    if "era" in parts:
        year = tables["era"][parts["era"]] + (1 if parts["number"] == "元" else int(parts["number"]))
    else:
        year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    if "first" in parts:
        order = _month_and_day(int(parts["first"]), int(parts["second"]), pack, territory)
        return _day(year, *order) if order else None
    month = parts["month"] if "month" in parts else str(_months(pack.code)[_folded(parts["name"])])
    return _day(year, int(month), int(parts["day"]))


def dateline_day(text: str, pack: LanguagePack, territory: str | None) -> str | None:
    """The day in a dateline ("TOKYO, Sept. 16, 2019 -") that opens a first paragraph."""
    opening = DATELINE.match(text)
    return day_in(opening[0], pack, territory) if opening else None


def same_or_next(day: str, other: str) -> bool:
    """Whether the two days are one, or neighbours: a moment in another time zone."""
    first, second = (PartialDate.parse(text).first for text in (day, other))
    return first is not None and second is not None and abs((first - second).days) <= 1


def _month_and_day(first: int, second: int, pack: LanguagePack, territory: str | None) -> tuple[int, int] | None:
    if first > 12:
        return second, first
    if second > 12:
        return first, second
    places = {"*", (territory or "").upper()}
    if places & pack.article.day_first or first == second:
        return second, first
    return (first, second) if places & pack.article.month_first else None


def _day(year: int, month: int, day: int) -> str | None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        PartialDate.parse(text)
    except ValueError:
        return None
    return text if EARLIEST <= year <= LATEST else None


@cache
def _pattern(code: str) -> re.Pattern[str]:
    tables = language_pack(code).date_writing.tables
    ways = [NUMBERS]
    if months := _months(code):
        name = "|".join(re.escape(word) for word in sorted(months, key=len, reverse=True))
        ways.append(
            rf"(?<!\d)(?P<day2>\d{{1,2}})(?:st|nd|rd|th|-?го)?\.?[\s-]+(?:of\s+)?(?P<name>{name})\.?,?[\s-]+(?P<year3>{YEAR})"
        )
        ways.append(rf"(?<![^\W\d_])(?P<name2>{name})\.?\s+(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year4>{YEAR})")
    if eras := tables.get("era"):
        name = "|".join(map(re.escape, eras))
        ways.append(rf"(?P<era>{name})\s?(?P<number>元|\d{{1,2}})年\s?(?P<month2>\d{{1,2}})月\s?(?P<day4>\d{{1,2}})日")
    return re.compile("|".join(ways), re.IGNORECASE)


@cache
def _months(code: str) -> dict[str, int]:
    """Numbers of the months by their names and the first three or four letters of them, in lower case."""
    found: dict[str, int] = {}
    for name, number in language_pack(code).date_writing.tables.get("month", {}).items():
        for word in (name, name[:4], name[:3]):
            if len(word) > 2:
                found.setdefault(word.casefold(), number)
    return found


@cache
def _furniture(code: str) -> re.Pattern[str]:
    """Times, weekdays and the words that stand beside a day of publication."""
    pack = language_pack(code)
    weekdays = sorted(pack.date_writing.tables.get("weekday", ()), key=len, reverse=True)
    names = "|".join(map(re.escape, weekdays)) or "(?!)"
    words = pack.article.dates.pattern
    return re.compile(rf"{TIME.pattern}|(?<![^\W\d_])(?:{words}|{names})(?![^\W\d_])", re.IGNORECASE)


def _other_letters(text: str, found: re.Match[str], code: str) -> int:
    rest = _furniture(code).sub(" ", f"{text[: found.start()]} | {text[found.end() :]}")
    return len(LETTER.findall(rest))


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())
