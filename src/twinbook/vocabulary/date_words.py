"""An EDTF date in the words of a language: "summer 2018", "лето 2018 г.", "2018年夏"; forms are data in date_forms/."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FORMS = Path(__file__).parent / "date_forms"
FALLBACK = "en"
SPRING = 21  # the first of EDTF's four seasons; months end at 12
WINTER = 24
POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d\dXX|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d|[0123]X))?)?(?P<unsure>[~?%])?\Z", re.ASCII
)
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def edtf_words(edtf: str | None, language: str) -> str:
    """The date in the language's own form; the fallback language's where that has no forms.

    None or an empty text is "date not known". What is no EDTF date of partial_date.py comes back as it is:
    a face must show what is stored, not hide it.
    """
    forms = _forms(language)
    if not edtf:
        return str(forms["unknown"])
    start, slash, end = edtf.partition("/")
    if not slash:
        point = POINT.match(edtf)
        return _point(point, forms) if point else edtf
    first, last = POINT.match(start), POINT.match(end)
    if first and end == "..":
        return str(forms["since"]).format(start=_point(first, forms, governed=True))
    if last and start == "..":
        return str(forms["until"]).format(end=_point(last, forms, governed=True))
    if not first or not last:
        return edtf
    return _joined(first, last, forms) or str(forms["between"]).format(
        start=_point(first, forms), end=_point(last, forms)
    )


@cache
def _forms(language: str) -> dict[str, Any]:
    path = FORMS / f"{language.split('-')[0]}.toml"
    if not path.exists():
        path = FORMS / f"{FALLBACK}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def _point(point: re.Match[str], forms: dict[str, Any], *, governed: bool = False) -> str:
    """One date; `governed` asks for the form that stands behind "since" and "until" (Russian: genitive)."""
    plain = _sure(point, forms, governed=governed)
    if not point["unsure"]:
        return plain
    about = str(forms["about"]).format(date=plain, date_of=_sure(point, forms, governed=True))
    if point["unsure"] == "~":
        return about
    return str(forms["perhaps"]).format(date=plain if point["unsure"] == "?" else about)


def _sure(point: re.Match[str], forms: dict[str, Any], *, governed: bool) -> str:
    year, month, day = point["year"], point["month"], point["day"]
    if month is None:
        return _years(year, forms, governed=governed)
    words = _words(int(month), day, forms, governed=governed)
    if year == "XXXX":
        bare = "season" if int(month) >= SPRING else f"{_shape(day)}_alone"
        text = words["season"] if bare == "season" else str(forms[bare]).format(**words)
        return str(forms["no_year"]).format(date=text)
    if int(month) == WINTER:
        following = f"{(int(year) + 1) % 100:02d}"
        return str(forms["winter_of" if governed else "winter"]).format(year=year, next=following)
    shape = "season" if int(month) >= SPRING else _shape(day)
    return str(forms[shape]).format(year=year, **words)


def _shape(day: str | None) -> str:
    if day is None:
        return "month"
    return "part" if day.endswith("X") else "day"


def _words(month: int, day: str | None, forms: dict[str, Any], *, governed: bool) -> dict[str, str]:
    """The words of a month (or season), its part and its day, in the form asked for."""
    suffix = "_of" if governed else ""
    if SPRING <= month <= WINTER:
        return {"season": forms[f"seasons{suffix}"][month - SPRING]}
    if not 1 <= month <= 12:
        return {"month": f"{month:02d}", "month_of": f"{month:02d}", "season": f"{month:02d}", "day": day or ""}
    words = {"month": forms[f"months{suffix}"][month - 1], "month_of": forms["months_of"][month - 1]}
    if day and day.endswith("X"):
        words["part"] = forms[f"parts{suffix}"][min(int(day[0]), 2)]
    elif day:
        words["day"] = str(int(day))
    return words


def _years(year: str, forms: dict[str, Any], *, governed: bool) -> str:
    if year.endswith("XX"):
        number = int(year[:2]) + 1
        return str(forms["century"]).format(number=number, roman=_roman(number), ordinal=_ordinal(number, forms))
    if year.endswith("X"):
        form = forms.get("decade_of", forms["decade"]) if governed else forms["decade"]
        return str(form).format(year=year.replace("X", "0"))
    return str(forms["year"]).format(year=year)


def _joined(first: re.Match[str], last: re.Match[str], forms: dict[str, Any]) -> str | None:
    """An interval that shares its year or month, written once: 25–28 October 2019; None where it shares nothing."""
    if first["unsure"] or last["unsure"] or "X" in first.group() + last.group():
        return None
    if first["month"] is None and last["month"] is None:
        return str(forms["years"]).format(start=first["year"], end=last["year"])
    if first["year"] != last["year"] or not _is_month(first["month"]) or not _is_month(last["month"]):
        return None
    shared = {"year": first["year"], "month_of": forms["months_of"][int(first["month"]) - 1]}
    if not first["day"] and not last["day"]:
        start, end = (forms["months"][int(point["month"]) - 1] for point in (first, last))
        return str(forms["months_of_a_year"]).format(start=start, end=end, **shared)
    if not first["day"] or not last["day"]:
        return None
    shape = "days_of_a_month" if first["month"] == last["month"] else "days_of_a_year"
    shared["end_month_of"] = forms["months_of"][int(last["month"]) - 1]
    return str(forms[shape]).format(start=int(first["day"]), end=int(last["day"]), **shared)


def _is_month(text: str | None) -> bool:
    return text is not None and 1 <= int(text) <= 12


def _roman(number: int) -> str:
    text = ""
    for value, sign in ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text


def _ordinal(number: int, forms: dict[str, Any]) -> str:
    endings = forms.get("century_ordinals", {})
    return f"{number}{endings.get(str(number), endings.get('other', ''))}"


def month_name(number: int, language: str) -> str:
    """The name of a month (1 to 12) standing alone, as in a heading."""
    return str(_forms(language)["months"][number - 1])
