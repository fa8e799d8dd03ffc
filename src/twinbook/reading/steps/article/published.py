"""The day of publication where a page's words say it: date lines near the headline or at the end of the story."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from twinbook.reading.language import LanguagePack, language_pack
from twinbook.vocabulary.partial_date import PartialDate

Territory = Callable[[], str | None]  # whose way of writing days the page follows; asked only where that decides
LONGEST_DATE_LINE = 140  # characters
MOST_OTHER_LETTERS = 14
YEAR = r"(?:19|20)\d\d"
AFTER_YEAR = r"(?!\d)(?!\.\d)|(?=\d\d:\d\d)"  # "201816:40": the space between day and time may be lost
NUMBERS = (
    rf"(?<!\d)(?P<year>{YEAR})\s?[-/.]\s?(?P<month>\d{{1,2}})\s?[-/.]\s?(?P<day>\d{{1,2}})(?!\d)"
    rf"|(?<![\d.])(?P<first>\d{{1,2}})[./-](?P<second>\d{{1,2}})[./-](?P<year2>{YEAR})(?:{AFTER_YEAR})"
)
SHORT_YEAR = re.compile(r"(?<![\d./-])(?P<first>\d\d)[./](?P<second>\d\d)[./](?P<year>[0-4]\d)(?![\d./-])")
HOURS = re.compile(
    r"\d\s?(?:[:.]\d\d|時(?:\d\d分|半)?)\s?(?:から|[-–—~〜～])\s?(?:午後|正午)?\d{1,2}\s?(?:[:.]\d\d|時)"
)
# Days of an event: 30日(水)~9月1日; its end, or that of a time for asking: 29日(金曜日)まで.
DAYS = re.compile(
    r"\d\s?日\s?(?:[(（][^()（）]{1,8}[)）])?\s?(?:(?:から|[~〜～])\s?(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}\s?日|まで)"
)
LABEL = re.compile(r"(?<![開新載稿信示])(?:日時|開催日|実施日|期日|会期|期間|とき)\s?[:：]?\s?(?=\d|平成|令和)")
EVENT_SIGNS = (HOURS, DAYS, LABEL)
TIME = re.compile(r"\d{1,2}\s?(?:[:.]|時)\s?\d\d(?:\s?分|:\d\d)?")
DATELINE = re.compile(r"\W{0,3}[^\W\d_a-zа-яё][^!?\n]{2,60}(?:[-–—―:]\s|\s\(|г\.\s|\)\s)")
# A place, a whole date and a full stop: «КРАСНОЯРСК, 14 марта 2019 года. /…», «Тверь, 20 июля 2021. …».
DATED_PLACE = re.compile(
    r"\W{0,3}[^\W\d_a-zа-яё][^!?\n,.\d]{1,24}[,.]\s(?=\d)[^!?\n.,]{8,26}?(?:(?<=\d)|\sгода|\sг)\.\s"
)
DIGIT = re.compile(r"\d")
LETTER = re.compile(r"[^\W\d_]")
GROUP = re.compile(r"\(\?P<(\w+)>")
DIGITS = "0123456789"  # numbers behind the names of groups: the ways of one pattern have groups of their own
EARLIEST, LATEST = 1990, 2100
UPDATE_WORDS = 16  # characters before a day in which a word tells that it is one of change
ASCII_DIGITS = str.maketrans("０１２３４５６７８９／．－：", "0123456789/.-:")


def is_date_line(text: str, pack: LanguagePack) -> bool:
    """Whether the line holds a day with its year and little else (time, weekday, "posted", a section's name).

    A day with hours from and to is one of an event, and so is one with a day up to which it lasts.
    """
    if len(text) > LONGEST_DATE_LINE or not DIGIT.search(text) or any(sign.search(text) for sign in EVENT_SIGNS):
        return False
    found = _pattern(pack.code).search(text := text.translate(ASCII_DIGITS)) or SHORT_YEAR.search(text)
    return found is not None and _other_letters(text, found, pack.code) <= MOST_OTHER_LETTERS


def opens_with_date(text: str, pack: LanguagePack) -> bool:
    """Whether the line begins with a day and its year, after words like "posted" at most."""
    text = text[:LONGEST_DATE_LINE].translate(ASCII_DIGITS)
    found = _pattern(pack.code).search(text)
    return (
        found is not None
        and not _is_of_event(text, found)
        and len(LETTER.findall(_furniture(pack.code).sub("", text[: found.start()]))) == 0
    )


def day_in(text: str, pack: LanguagePack, territory: Territory) -> str | None:
    """The first day (EDTF) that the text names with its year, one of publication before one of a later change.

    None where it names none, or where day and month cannot be told apart.
    """
    plain = text[: 4 * LONGEST_DATE_LINE].translate(ASCII_DIGITS)
    matches = [found for found in _pattern(pack.code).finditer(plain) if not _is_of_event(plain, found)]
    if not matches and is_date_line(text, pack) and (short := SHORT_YEAR.search(plain)):
        matches = [short]
    if not matches:
        return None
    found = next((match for match in matches if not _is_update(plain, match, pack)), matches[0])
    parts = {name.rstrip(DIGITS): value for name, value in found.groupdict().items() if value}
    year = _era_year(parts, pack) if "era" in parts else _full_year(parts["year"])
    if "first" in parts:
        order = _month_and_day(int(parts["first"]), int(parts["second"]), pack, territory)
        return _day(year, *order) if order else None
    month = parts["month"] if "month" in parts else str(_months(pack.code)[_folded(parts["name"])])
    return _day(year, int(month), int(parts["day"]))


def _is_of_event(text: str, found: re.Match[str]) -> bool:
    """Whether a day is one of several from and to, the last one, or stands behind a label like "日時"."""
    before = LABEL.search(text, max(0, found.start() - UPDATE_WORDS), found.start() + 2)
    return DAYS.match(text, found.end() - 2) is not None or (before is not None and before.end() >= found.start())


def is_update(text: str, pack: LanguagePack) -> bool:
    """Whether the first day that the text names is said to be that of a later change."""
    found = _pattern(pack.code).search(text.translate(ASCII_DIGITS))
    return found is not None and _is_update(text, found, pack)


def _is_update(text: str, found: re.Match[str], pack: LanguagePack) -> bool:
    return pack.article.updates.search(text, max(0, found.start() - UPDATE_WORDS), found.start()) is not None


def territory_of(language: str | None, text: str, pack: LanguagePack) -> str | None:
    """Whose way of writing days the page follows: the tag's territory, else one that the page's words speak for."""
    tag = (language or "").replace("_", "-").partition("-")[2]
    if tag or not pack.article.month_first:
        return tag or None
    day, month = (len(signs.findall(text)) for signs in (pack.article.day_first_signs, pack.article.month_first_signs))
    known = pack.article.day_first if day > month else pack.article.month_first if month > day else frozenset()
    return min(known, default=None)


def month_in(text: str, pack: LanguagePack) -> str | None:
    """The month and year (EDTF) of a line that says little else: a monthly's issue, the crumbs of an archive."""
    if len(text) > LONGEST_DATE_LINE:
        return None
    text = text.translate(ASCII_DIGITS)
    found = _month_pattern(pack.code).search(text)
    if not found or len(LETTER.findall(text[: found.start()])) > 2 * MOST_OTHER_LETTERS:
        return None
    parts = {name.rstrip(DIGITS): value for name, value in found.groupdict().items() if value}
    month = parts["month"] if "month" in parts else str(_months(pack.code)[_folded(parts["name"])])
    year = _era_year(parts, pack) if "era" in parts else int(parts["year"])
    return f"{year:04}-{int(month):02}" if EARLIEST <= year <= LATEST and 1 <= int(month) <= 12 else None


def season_in(text: str, pack: LanguagePack) -> str | None:
    """The season and year (EDTF) of a line that says little else: the issue of a quarterly."""
    found = _season_pattern(pack.code).search(text) if len(text) <= LONGEST_DATE_LINE else None
    if not found or _other_letters(text, found, pack.code) > 2 * MOST_OTHER_LETTERS:
        return None
    season = pack.date_writing.tables["season"][_folded(found["season"])]
    return f"{found['year']}-{season}"


def day_without_year(text: str, pack: LanguagePack) -> str | None:
    """The month and day (MM-DD) that the text names; None where it names none or more than one."""
    found = [
        {name.rstrip(DIGITS): value for name, value in match.groupdict().items() if value}
        for match in _yearless_pattern(pack.code).finditer(text[:LONGEST_DATE_LINE].translate(ASCII_DIGITS))
    ]
    if len(found) != 1:
        return None
    month = found[0]["month"] if "month" in found[0] else str(_months(pack.code)[_folded(found[0]["name"])])
    return f"{int(month):02}-{int(found[0]['day']):02}"


def whole_day(month: str, rest: str) -> str | None:
    """A day of a month: 2014-02 and 02-07 make 2014-02-07; None where they are of different months."""
    year, _, number = month.partition("-")
    return _day(int(year), int(number), int(rest[3:])) if rest[:2] == number else None


def dateline_day(text: str, pack: LanguagePack, territory: Territory) -> str | None:
    """The day in a dateline ("TOKYO, Sept. 16, 2019 -") that opens a first paragraph."""
    opening = DATELINE.match(text) or DATED_PLACE.match(text)
    return day_in(opening[0], pack, territory) if opening else None


def same_or_next(day: str, other: str) -> bool:
    """Whether the two days are one, or neighbours: a moment in another time zone."""
    first, second = (PartialDate.parse(text).first for text in (day, other))
    return first is not None and second is not None and abs((first - second).days) <= 1


def _month_and_day(first: int, second: int, pack: LanguagePack, territory: Territory) -> tuple[int, int] | None:
    if first > 12:
        return second, first
    if second > 12:
        return first, second
    places = {"*", (territory() or "").upper()}
    if places & pack.article.day_first or first == second:
        return second, first
    return (first, second) if places & pack.article.month_first else None


def _era_year(parts: dict[str, str], pack: LanguagePack) -> int:
    first = pack.date_writing.tables["era"][parts["era"]]
    return first + (pack.date_writing.tables.get("era_year", {}).get(parts["number"]) or int(parts["number"]))


def _full_year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day(year: int, month: int, day: int) -> str | None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        PartialDate.parse(text)
    except ValueError:
        return None
    return text if EARLIEST <= year <= LATEST else None


@cache
def _pattern(code: str) -> re.Pattern[str]:
    ways = [NUMBERS]
    ending = language_pack(code).article.day_endings
    if months := _months(code):
        name = _either(months)
        ways.append(rf"(?<!\d)(?P<day2>\d{{1,2}}){ending}?\.?[\s-]+(?P<name>{name})\.?,?[\s-]+(?P<year3>{YEAR})")
        ways.append(rf"(?<![^\W\d_])(?P<name2>{name})\.?\s+(?P<day3>\d{{1,2}}){ending}?,?\s+(?P<year4>{YEAR})")
    ways = [*_ways(code, language_pack(code).article.days), *ways]
    return re.compile("|".join(ways), re.IGNORECASE)


def _ways(code: str, patterns: Iterable[str]) -> list[str]:
    """A pack's own ways of writing a day, with their placeholders filled and their groups numbered from 11."""
    eras = _either(language_pack(code).date_writing.tables.get("era", ())) or "(?!)"
    filled = [pattern.replace("{year}", YEAR).replace("{era}", eras) for pattern in patterns]
    return [GROUP.sub(rf"(?P<\g<1>{number}>", pattern) for number, pattern in enumerate(filled, 11)]


@cache
def _month_pattern(code: str) -> re.Pattern[str]:
    ways = _ways(code, language_pack(code).article.months)
    if months := _months(code):
        ways.append(rf"(?<![^\W\d_])(?P<name>{_either(months)})\.?,?\s+(?P<year2>{YEAR})(?!\d)")
    return re.compile("|".join(ways) or "(?!)", re.IGNORECASE)


@cache
def _season_pattern(code: str) -> re.Pattern[str]:
    seasons = language_pack(code).date_writing.tables.get("season", {})
    name = _either(seasons) or "(?!)"
    return re.compile(rf"(?<![^\W\d_])(?P<season>{name}),?\s(?P<year>{YEAR})(?!\d)", re.IGNORECASE)


@cache
def _yearless_pattern(code: str) -> re.Pattern[str]:
    ways = _ways(code, language_pack(code).article.yearless)
    if months := _months(code):
        name, ending = _either(months), language_pack(code).article.day_endings
        ways += [
            rf"(?<!\d)(?P<day>\d{{1,2}}){ending}?\s+(?P<name>{name})(?![^\W\d_])|(?<![^\W\d_])(?P<name2>{name})\.?\s+(?P<day2>\d{{1,2}})(?!\d)"
        ]
    return re.compile("|".join(ways) or "(?!)", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


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
