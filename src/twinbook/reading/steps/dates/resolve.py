"""From the words of one date form to EDTF: years from the day of publication, steps, seasons, ranges."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from twinbook.reading.date_writing import DateWriting
from twinbook.reading.steps.dates.years import (
    UNKNOWN,
    existing,
    may_be,
    shift_months,
    year_by_issue,
    year_of,
)
from twinbook.vocabulary.partial_date import SEASONS, PartialDate

Parts = dict[str, str]
SECOND = "2"  # suffix of the groups that tell the end of a range
LATE = "-2X"  # until the end of a month is until that month
HALVES = {1: (1, 6), 2: (7, 12)}
OLD_NEWS, HISTORY, AGES = (
    45,
    800,
    2900,
)  # days before publication between which days without a month lean on such a day;
# up to the last where a weekday proves it


@dataclass(frozen=True)
class Anchor:
    """What a date leans on: day of publication, tense (1 ahead, -1 back, 0 unsaid), the EDTF named before it.

    `day_before` is the last one with a day; `issue` the month or season of publication where no day is known;
    `is_near` tells that this stands in the same sentence, or is of days to come and stands in the one before.
    """

    published: date | None
    direction: int
    before: str | None
    is_near: bool = False
    day_before: str | None = None
    issue: PartialDate | None = None


def read_form(found: re.Match[str], shape: str, writing: DateWriting, anchor: Anchor) -> str | None:
    """The EDTF of a match, None where nothing settles it; ValueError where no calendar has it."""
    groups = {name.partition("__")[0]: value for name, value in found.groupdict().items() if value}
    first = {name: value for name, value in groups.items() if not name.endswith(SECOND)}
    if shape == "recurring":
        return _recurring(first, writing)
    if shape == "range":
        last = {name[:-1]: value for name, value in groups.items() if name.endswith(SECOND)}
        return _range(first, last, writing, anchor)
    edtf = _point(first, writing, anchor)
    if edtf is None:
        return None
    if shape == "since":
        return f"{edtf.partition('/')[0]}/.."
    if shape == "until":
        return f"../{edtf.rpartition('/')[2].removesuffix(LATE)}"
    return edtf


def _recurring(parts: Parts, writing: DateWriting) -> str:
    if "month" in parts:
        return f"{UNKNOWN}-{writing.number('month', parts['month']):02}"
    if "season" in parts:
        return f"{UNKNOWN}-{writing.number('season', parts['season'])}"
    return UNKNOWN


def _range(first: Parts, last: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    """a/b; what one end leaves unsaid it takes from the other (12–15 May 2019, May–June, 30 December – 3 January)."""
    if "weekday" in first and "weekday" in last and not {"day", "month"} & {*first, *last}:
        return _weekday_range(first, last, writing, anchor)
    year_is_last = "year" in last or "era" in last
    for name in ("month", "year", "era", "era_year", "year_step", "year_same", "season"):
        if name in last and name not in first and not _says(first, name):
            first = {**first, name: last[name]}
        if name in first and name not in last and not _says(last, name):
            last = {**last, name: first[name]}
    begin = _point(first, writing, anchor)
    end = _point(last, writing, anchor)
    if not begin or not end:
        return None
    begin, end = begin.partition("/")[0], end.rpartition("/")[2]
    if begin[:4].isdecimal() and end[:4].isdecimal() and end < begin:
        begin, end = _in_order(begin, end, year_is_last=year_is_last)
    return begin if begin == end else f"{begin}/{end}"


def _weekday_range(first: Parts, last: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    """From Monday to Thursday: the end by tense, the beginning in the seven days up to it."""
    end = _weekday(last, writing, anchor)
    if end is None:
        return None
    days = (writing.number("weekday", last["weekday"]) - writing.number("weekday", first["weekday"])) % 7
    return f"{date.fromisoformat(end) - timedelta(days)}/{end}"


def _says(parts: Parts, name: str) -> bool:
    """Whether the parts say their year (or month) in another way already."""
    if name == "month":
        return "season" in parts or not {"day", "part", "month"} & set(parts)
    if name == "era_year" and "era_year" not in parts:
        return "era" not in parts
    return any(other in parts for other in ("year", "era", "year_step", "year_same", "short_year"))


def _in_order(begin: str, end: str, *, year_is_last: bool) -> tuple[str, str]:
    """A range over the turn of the year: the one year it names is that of the end where it stands there."""
    year = int(begin[:4])
    if begin[:4] > end[:4]:  # no year is written, and each end leaned its own way
        end = f"{year}{end[4:]}"
    if begin[:4] == end[:4] and begin[4:7] > end[4:7]:
        return (f"{year - 1}{begin[4:]}", end) if year_is_last else (begin, f"{year + 1}{end[4:]}")
    return begin, end


def _point(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    for name, reader in _READERS:
        if name in parts:
            return reader(parts, writing, anchor)
    year = _year(parts, writing, anchor)
    if "weekday" in parts and "day" not in parts:
        return _weekday(parts, writing, anchor)
    if "month" in parts:
        return _month(parts, year, writing, anchor)
    if "season" in parts:
        return _season(parts, year, writing, anchor)
    if "day" in parts:
        return _day_of_known_month(parts, writing, anchor)
    if year and "half" in parts:
        opens, closes = HALVES[writing.number("half", parts["half"])]
        return f"{year}-{opens:02}/{year}-{closes:02}"
    if year and "quarter" in parts:
        closes = 3 * writing.number("quarter", parts["quarter"])
        return f"{year}-{closes - 2:02}/{year}-{closes:02}"
    return year


def _year(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    """The year that the words give, as four digits; None where they give none."""
    if "year" in parts:
        return "".join(
            str(unicodedata.digit(letter, None) or int(unicodedata.numeric(letter))) for letter in parts["year"]
        )
    if "era" in parts:
        return str(writing.number("era", parts["era"]) + writing.number("era_year", parts["era_year"]))
    if "short_year" in parts:
        return _full_year(int(parts["short_year"]), anchor)
    if "year_step" in parts and anchor.published:
        return str(anchor.published.year + writing.number("year_step", parts["year_step"]))
    if "year_step" in parts and anchor.issue and anchor.issue.first and anchor.issue.last:
        first, last = anchor.issue.first.year, anchor.issue.last.year
        return str(first + writing.number("year_step", parts["year_step"])) if first == last else None
    if "year_same" in parts and anchor.before:
        return str(int(anchor.before[:4]) + writing.number("year_same", parts["year_same"]))
    return None


def _full_year(short: int, anchor: Anchor) -> str:
    """’94 as 1994: the last such year that is not ten years past the publication (2030 without one)."""
    latest = anchor.published.year + 10 if anchor.published else 2030
    year = latest - latest % 100 + short
    return str(year if year <= latest else year - 100)


def _month(parts: Parts, year: str | None, writing: DateWriting, anchor: Anchor) -> str | None:
    month = writing.number("month", parts["month"])
    day = _day(parts, writing) if "day" in parts else None
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} does not exist in the calendar")
    if year is None and ("year_step" in parts or "year_same" in parts):
        return None
    if year is None:
        weekday = writing.number("weekday", parts["weekday"]) if "weekday" in parts else None
        toward = _toward(parts, writing, anchor)
        if anchor.published is None and anchor.issue:
            year = year_by_issue(month, toward, anchor.issue)
        else:
            year = year_of(month, day, weekday, toward, anchor.published)
    edtf = f"{year}-{month:02}"
    if day is not None:
        return f"{edtf}-{day:02}"
    if "part" in parts:
        return f"{edtf}-{writing.number('part', parts['part'])}X"
    return edtf


def _day_of_known_month(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    """A day without a month is of the month of the day named just before it, else the one nearest to the publication.

    Newsrooms leave out the month of publication; a programme of days to come goes on in the month it began with.
    """
    day = _day(parts, writing)
    before = re.match(r"\d{4}-(?:0\d|1[012])", anchor.before or "")
    published = anchor.published
    if published is None:
        return f"{before[0]}-{day:02}" if before else None
    weekday = writing.number("weekday", parts["weekday"]) if "weekday" in parts else None
    leans = anchor.is_near or _is_old_news(anchor, AGES if weekday else HISTORY)
    if before and leans and len(anchor.before or "") >= 10 and may_be(before[0], day, weekday):
        return f"{before[0]}-{day:02}"
    months = [shift_months(published.year, published.month, step) for step in (0, -1, 1)]
    known = [when for month in months if (when := existing(month, day))]
    known = [when for when in known if when.isoweekday() == weekday] or known
    nearest = min(known, key=lambda when: abs((when - published).days), default=None)
    return str(nearest) if nearest else f"{months[0]}-{day:02}"


def _is_old_news(anchor: Anchor, oldest: int) -> bool:
    """Whether the story tells of days long before the page was published (or changed): its days lean on one another."""
    before = re.match(r"\d{4}-\d\d-\d\d", anchor.before or "")
    if not before or not anchor.published:
        return False
    try:
        gone = (anchor.published - date.fromisoformat(before[0])).days
    except ValueError:
        return False
    return OLD_NEWS < gone < oldest


def _day(parts: Parts, writing: DateWriting) -> int:
    """The day as a number: 12, 12th, 十二."""
    digits = re.sub(r"\D", "", parts["day"])
    return int(digits) if digits else writing.number("day", parts["day"])


def _toward(parts: Parts, writing: DateWriting, anchor: Anchor) -> int:
    """2 "next", -2 "last": strictly ahead or back; 1, -1 by tense; 0 unsaid."""
    if "toward" not in parts:
        return anchor.direction
    return 2 * writing.number("toward", parts["toward"]) or 3


def _season(parts: Parts, year: str | None, writing: DateWriting, anchor: Anchor) -> str | None:
    season = writing.number("season", parts["season"])
    if year is not None:
        return f"{year}-{season}"
    if "year_step" in parts or "year_same" in parts:
        return None
    published = anchor.published
    if published is None:
        return f"{UNKNOWN}-{season}" if "toward" not in parts else None
    toward = _toward(parts, writing, anchor)
    opens, closes = SEASONS[season]
    first = 12 * published.year + opens - 1
    length = (closes - opens) % 12
    here = 12 * published.year + published.month - 1
    starts = [first - 12, first, first + 12]
    if toward == 2:
        fitting = [start for start in starts if start > here]
    elif toward == -2:
        fitting = [start for start in starts if start + length < here][-1:]
    elif toward == 1:
        fitting = [start for start in starts if start + length >= here]
    elif toward < 0:
        fitting = [start for start in starts if start <= here][-1:]
    else:
        fitting = sorted(starts, key=lambda start: abs(start + 1 - here))
    return f"{(fitting or starts)[0] // 12}-{season}"


def _weekday(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    """The nearest such day by tense; the publication's own weekday is that day. Looking back where tense is silent."""
    if anchor.published is None:
        return None
    weekday = writing.number("weekday", parts["weekday"])
    toward = _toward(parts, writing, anchor)
    gap = (weekday - anchor.published.isoweekday()) % 7
    if toward in (2, -2) and gap == 0:
        gap = 7
    if toward in (1, 2) or (toward == 3 and anchor.direction >= 0):
        return str(anchor.published + timedelta(gap))
    return str(anchor.published - timedelta((7 - gap) % 7 if gap != 7 else 7))


def _decade(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    word = parts["decade"]
    if word[:3].isdecimal() and len(word) >= 4:
        return word[:3] + "X"
    number = int(re.sub(r"\D", "", word) or writing.number("decade", word))
    return f"{_full_year(number, anchor)[:3]}X"


def _same_day(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    before = anchor.day_before
    if not before or not re.fullmatch(r"\d{4}-\d\d-\d\d", before):
        return None
    return str(date.fromisoformat(before) + timedelta(writing.number("day_same", parts["day_same"])))


def _same_month(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    found = re.match(r"(\d{4})-(0\d|1[012])", anchor.before or "")
    if not found:
        return None
    month = shift_months(int(found[1]), int(found[2]), writing.number("month_same", parts["month_same"]))
    return _with_day_or_part(month, parts, writing)


def _day_step(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    published = anchor.published
    return str(published + timedelta(writing.number("day_step", parts["day_step"]))) if published else None


def _week_step(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    """The week from Monday to Sunday, or its day where the weekday is said."""
    if anchor.published is None:
        return None
    weeks = writing.number("week_step", parts["week_step"])
    monday = anchor.published - timedelta(anchor.published.weekday()) + timedelta(weeks=weeks)
    if "weekday" in parts:
        return str(monday + timedelta(writing.number("weekday", parts["weekday"]) - 1))
    return f"{monday}/{monday + timedelta(6)}"


def _weekend(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    """Saturday and Sunday: "last" is the one before today's, "next" and "this" the one ahead."""
    if anchor.published is None:
        return None
    step = writing.number("weekend_step", parts["weekend_step"])
    saturday = anchor.published + timedelta((5 - anchor.published.weekday()) % 7)
    if anchor.published.isoweekday() == 7 and step <= 0:
        saturday -= timedelta(7)
    saturday += timedelta(weeks=step if step < 0 and anchor.published.weekday() < 5 else 0)
    return f"{saturday}/{saturday + timedelta(1)}"


def _month_step(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    published = anchor.published
    if not published:
        return None
    month = shift_months(published.year, published.month, writing.number("month_step", parts["month_step"]))
    return _with_day_or_part(month, parts, writing)


def _with_day_or_part(month: str, parts: Parts, writing: DateWriting) -> str:
    if "day" in parts:
        return f"{month}-{_day(parts, writing):02}"
    return f"{month}-{writing.number('part', parts['part'])}X" if "part" in parts else month


def _ago(parts: Parts, writing: DateWriting, anchor: Anchor) -> str | None:
    """A number of years back gives the year, of months the month, of days the day."""
    published, number = anchor.published, writing.number("ago", parts["ago"])
    if published is None or number > 1500:
        return None
    unit = writing.number("unit", parts["unit"])
    if unit == 1:
        return str(published - timedelta(number))
    if unit == 7:
        return None  # "three weeks ago" tells no day and no month
    if unit == 30:
        return shift_months(published.year, published.month, -number)
    return str(published.year - number)


# Groups that settle a date alone, tried before years and months.
_READERS = (
    ("ago", _ago),
    ("day_same", _same_day),
    ("month_same", _same_month),
    ("day_step", _day_step),
    ("week_step", _week_step),
    ("weekend_step", _weekend),
    ("month_step", _month_step),
    ("decade", _decade),
)
