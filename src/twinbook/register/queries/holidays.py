"""Public holidays of countries, by the package `holidays` (decision 0018); no day off of one office or region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from twinbook.register.queries.values import Words
from twinbook.vocabulary.holiday_names import holiday_names

LANGUAGES = {"en": "en_US", "ru": "ru", "ja": "ja"}  # the desk's languages as the package calls them


@dataclass(frozen=True)
class Holiday:
    """A day off in a country (ISO 3166-1); `names` in English, in the country's own language, and in ours if known."""

    day: date
    country: str
    names: Words


def holidays_between(country: str, first: date, last: date) -> tuple[Holiday, ...]:
    """The country's public holidays between two days, both counted; none for a country that is not known."""
    years = range(first.year, last.year + 1)
    return tuple(one for year in years for one in _of_year(country.upper(), year) if first <= one.day <= last)


@lru_cache(maxsize=512)
def _of_year(country: str, year: int) -> tuple[Holiday, ...]:
    from holidays import country_holidays  # half a second, and most pages show no holiday

    try:
        known = country_holidays(country, years=[year])
    except NotImplementedError:  # the package says so of a country that it does not know
        return ()
    own = known.default_language or ""
    wanted = {tag: name for tag, name in LANGUAGES.items() if name in known.supported_languages}
    wanted.setdefault(own.partition("_")[0] or "en", own)
    told: dict[date, dict[str, str]] = {}
    for tag, name in wanted.items():
        for day, label in country_holidays(country, years=[year], language=name or None).items():
            told.setdefault(day, {})[tag] = label
    return tuple(
        Holiday(day, country, {**holiday_names(told[day].get("en", "")), **told[day]})
        for day in sorted(told)
        if day.year == year
    )
