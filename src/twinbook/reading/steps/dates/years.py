"""Years, months and days that a date leaves unsaid, by the calendar, the tense and the day of publication."""

from __future__ import annotations

from datetime import date

from twinbook.vocabulary.partial_date import PartialDate

UNKNOWN = "XXXX"
YEARS_BACK = 7  # years before publication in which a weekday tells the year of a day
JUST_GONE = 10  # days: what reads as to come, and was that long ago, was no year ahead


def year_of(month: int, day: int | None, weekday: int | None, toward: int, published: date | None) -> str:
    """The year of a month that is written without one: by tense, else the nearest; XXXX without a publication."""
    if published is None:
        return UNKNOWN
    here = published.year * 12 + published.month - 1
    if toward == 3:  # "this May"
        return str(published.year)
    years = [published.year - 1, published.year, published.year + 1]
    if weekday and day and (year := year_by_weekday(month, day, weekday, toward, published)):
        return str(year)
    if toward == 1 and day and 0 <= days_gone(published.year, month, day, published) <= JUST_GONE:
        return str(published.year)
    ahead = {year: year * 12 + month - 1 - here for year in years}
    if day and ahead.get(published.year) == 0:
        gap = {0: (day > published.day) - (day < published.day)}
        signs = {year: months or gap[0] for year, months in ahead.items()}
    else:
        signs = dict(ahead)
    if abs(toward) == 2:
        fitting = [year for year in years if signs[year] * toward > 0]
    elif toward:
        fitting = [year for year in years if signs[year] * toward >= 0]
    else:
        fitting = years
    return str(min(fitting or years, key=lambda year: (abs(ahead[year]), year)))


def year_by_weekday(month: int, day: int, weekday: int, toward: int, published: date) -> int | None:
    """The year in which the day is that weekday: by tense, else the nearest to the publication; None where none is."""
    years = range(published.year - YEARS_BACK, published.year + 2)
    gone = {year: days_gone(year, month, day, published) for year in years if weekday_of(year, month, day) == weekday}
    fitting = [year for year, days in gone.items() if days * toward <= 0 or toward == 0]
    return min(fitting or gone, key=lambda year: abs(gone[year]), default=None)


def days_gone(year: int, month: int, day: int, published: date) -> int:
    """Days from the day to the publication; negative where it is to come. Of no day: those of the month's first."""
    when = existing(f"{year}-{month:02}", day) or date(year, month, 1)
    return (published - when).days


def year_by_issue(month: int, toward: int, issue: PartialDate) -> str:
    """The year of a month on a page known to its month or season: the nearest that fits the tense."""
    if issue.first is None or issue.last is None:
        return UNKNOWN
    opens, closes = (12 * day.year + day.month for day in (issue.first, issue.last))
    months = [12 * year + month for year in range(issue.first.year - 1, issue.last.year + 2)]
    fitting = [at for at in months if (at >= opens if toward > 0 else at <= closes if toward < 0 else True)]
    nearest = min(fitting or months, key=lambda at: abs(2 * at - opens - closes))
    return str((nearest - 1) // 12)


def weekday_of(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).isoweekday()
    except ValueError:
        return None


def existing(month: str, day: int) -> date | None:
    try:
        return date.fromisoformat(f"{month}-{day:02}")
    except ValueError:
        return None


def shift_months(year: int, month: int, step: int) -> str:
    number = year * 12 + month - 1 + step
    return f"{number // 12}-{number % 12 + 1:02}"


def may_be(month: str, day: int, weekday: int | None) -> bool:
    """Whether the day of that month is the weekday that the words give."""
    when = existing(month, day)
    return weekday is None or when is None or when.isoweekday() == weekday
