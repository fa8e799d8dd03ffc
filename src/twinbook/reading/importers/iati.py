"""Activities in the standard of the International Aid Transparency Initiative, 2.01 to 2.03: projects with a partner.

Source: iatistandard.org, Activity Standard 2.03 and its code lists ActivityStatus, ActivityDateType and Sector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from twinbook.reading.countries import country_name
from twinbook.reading.importer import ActivityRow, Imported, Importer, PlaceNamed, RowTrouble
from twinbook.reading.tables import Row, Table, TableError
from twinbook.vocabulary.partial_date import PartialDate

COLUMNS = ("id", "titles", "status", "start", "end", "town", "town_language", "countries", "sectors", "bodies")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
VERSION = re.compile(r"2\.0[1-9]\Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d(?=Z?\Z|[+-]\d\d:\d\d\Z)")
STATUSES = {"1": "planned", "2": "ongoing", "3": "done", "4": "done", "5": "cancelled"}  # 6, suspended, is none of ours
# The first figures of DAC purpose codes by the area that they mean; the longest that fits.
AREAS = {"11": "education", "12": "health", "13": "health", "15": "governance", "16": "humanitarian",
         "21": "transport", "24": "economy", "25": "economy", "311": "economy", "32": "economy", "331": "economy",
         "332": "tourism", "41": "environment", "72": "humanitarian", "73": "humanitarian", "74": "humanitarian",
         "16061": "culture", "14": "environment"}  # fmt: skip
DAC = frozenset(["", "1", "2"])  # vocabularies of sectors whose codes these are
DOCTYPE = re.compile(r"<!\s*DOCTYPE", re.IGNORECASE)
SEPARATOR = "\x1f"


class _Watcher:
    """Ends the parsing where a document type begins: entities and outside files come with one alone."""

    def doctype(self, *words: object) -> None:
        raise TableError("The file declares a document type (DOCTYPE), which IATI files have not; it was not read.")

    def start(self, *words: object) -> None: ...

    def end(self, *words: object) -> None: ...

    def data(self, *words: object) -> None: ...

    def close(self) -> None: ...


def fits(raw: bytes, name: str) -> bool:
    return b"<iati-activities" in raw[:4000].replace(b"\0", b"")


def open_activities(raw: bytes) -> Table:
    """An activity a row. TableError where it is no IATI 2 file, is broken, or declares a DOCTYPE."""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        etree.fromstring(raw, etree.XMLParser(target=_Watcher(), **options))
        root = etree.fromstring(raw, etree.XMLParser(remove_pis=True, remove_comments=True, **options))
    except (etree.XMLSyntaxError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(f"The XML is broken ({error}). Take the file again.") from error
    if root.getroottree().docinfo.doctype:
        raise TableError("The file declares a document type (DOCTYPE); it was not read.")
    if root.tag != "iati-activities" or not VERSION.match(root.get("version", "")):
        raise TableError(f"This is no IATI file of version 2 (it is {root.tag}, {root.get('version', 'no version')}).")
    return Table(COLUMNS, (_row(one) for one in root.iter("iati-activity")))


def _row(activity: etree._Element) -> Row:
    own = activity.get(LANGUAGE, "")
    titles = [(language, text) for language, text in _narratives(activity, "title", own) if text]
    town = next(iter(_narratives(activity, "location/name", own)), ("", ""))
    dates = {one.get("type", ""): one.get("iso-date", "") for one in activity.findall("activity-date")}
    cells = {
        "id": _text(activity, "iati-identifier"),
        "titles": SEPARATOR.join(f"{language}:{text}" for language, text in titles),
        "status": _code(activity, "activity-status"),
        "start": dates.get("2") or dates.get("1") or "",
        "end": dates.get("4") or dates.get("3") or "",
        "town": town[1],
        "town_language": town[0],
        "countries": " ".join(one.get("code", "") for one in activity.findall("recipient-country")),
        "sectors": " ".join(
            one.get("code", "") for one in activity.findall("sector") if one.get("vocabulary", "") in DAC
        ),
        "bodies": "; ".join(text for _, text in _narratives(activity, "participating-org", own)),
    }
    shown = [cells["id"], *(text for _, text in titles), cells["start"], cells["end"], cells["town"],
             cells["countries"], cells["bodies"]]  # fmt: skip
    return Row(activity.sourceline or 0, " | ".join(filter(None, shown)) or "iati-activity", cells)


def _narratives(activity: etree._Element, path: str, own: str) -> list[tuple[str, str]]:
    found = activity.findall(f"{path}/narrative")
    return [(one.get(LANGUAGE, own).lower(), " ".join("".join(one.itertext()).split())) for one in found]


def _text(activity: etree._Element, path: str) -> str:
    found = activity.find(path)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _code(activity: etree._Element, path: str) -> str:
    found = activity.find(path)
    return str(found.get("code", "")) if found is not None else ""


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """A project an activity, with the town that its location names, else with its one recipient country."""
    del mapping
    for row in table.rows:
        cells = row.cells
        titles = [(one.partition(":")[0], one.partition(":")[2]) for one in cells["titles"].split(SEPARATOR) if one]
        partner = _partner(cells)
        if not titles:
            yield RowTrouble(row.number, row.words, "title-missing", cells["id"], "The activity has no title.")
        elif partner is None:
            sentence = "The activity names no town and not just one country, so its partner is open."
            yield RowTrouble(row.number, row.words, "partner-missing", cells["countries"], sentence)
        else:
            when, is_wrong = _when(cells["start"], cells["end"])
            notes = [f"IATI: {cells['start']} – {cells['end']}"] if is_wrong else []
            notes += ["IATI: suspended"] if cells["status"] == "6" else []
            yield ActivityRow(
                row.number, row.words, partner, "project", titles[0][1], titles[0][0],
                STATUSES.get(cells["status"], ""), when, _areas(cells["sectors"]), note="; ".join(notes),
                more_titles=tuple(titles[1:]), identifiers=(("iati", cells["id"][:110]),) if cells["id"] else (),
            )  # fmt: skip


def _partner(cells: dict[str, str]) -> PlaceNamed | None:
    countries = [code for code in cells["countries"].upper().split() if len(code) == 2]
    country = countries[0] if len(set(countries)) == 1 else ""
    if cells["town"]:
        return PlaceNamed(((cells["town_language"] or "en", cells["town"]),), country, country)
    if not country:
        return None
    names = tuple((language, country_name(country, language)) for language in ("en", "ru", "ja"))
    return PlaceNamed(names, country, country, "country")


def _when(start: str, end: str) -> tuple[str, bool]:
    """EDTF of the first and last day, and whether a date could not be read or ends before it begins."""
    first, last = DAY.match(start), DAY.match(end)
    is_wrong = bool(start and not first) or bool(end and not last)
    days = [found[0] if found else "" for found in (first, last)]
    written = days[0] if days[0] == days[1] else f"{days[0] or '..'}/{days[1] or '..'}" if any(days) else ""
    try:
        return (PartialDate.parse(written).edtf if written else ""), is_wrong
    except ValueError:
        return "", True


def _areas(sectors: str) -> tuple[str, ...]:
    found = []
    for sector in sectors.split():
        fitting = [prefix for prefix in AREAS if sector.startswith(prefix)]
        if fitting:
            found.append(AREAS[max(fitting, key=len)])
    return tuple(dict.fromkeys(found))


IMPORTER = Importer("iati", "Projects (IATI)", frozenset(), read, fits=fits, open=open_activities)
