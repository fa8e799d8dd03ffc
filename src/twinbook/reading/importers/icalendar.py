"""An iCalendar file: events with a partner become activities that are planned, with their days as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from twinbook.reading.content_lines import Component, ContentLine, components
from twinbook.reading.countries import country_code
from twinbook.reading.importer import ActivityRow, Imported, Importer, PlaceNamed, RowTrouble
from twinbook.reading.tables import Row, Table, TableError
from twinbook.vocabulary.concept import concepts

COLUMNS = ("uid", "summary", "location", "categories", "status", "when", "recurs", "language")
DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(T\d{6}Z?)?\Z", re.ASCII)
STATUSES = {"CANCELLED": "cancelled", "TENTATIVE": "proposed", "CONFIRMED": "planned", "": "planned"}
CYRILLIC, KANA = re.compile("[А-Яа-яЁё]"), re.compile("[\u3040-\u30ff]")


def fits(raw: bytes, name: str) -> bool:
    return b"BEGIN:VCALENDAR" in raw[:400].upper().replace(b"\0", b"")


def open_calendar(raw: bytes) -> Table:
    """An event a row; the overriding instances of a series are told as events of their own."""
    calendars = [one for one in components(raw) if one.name == "VCALENDAR"]
    if not calendars:
        raise TableError("There is no calendar in this file. Export it again as iCalendar (.ics).")
    events = [event for calendar in calendars for event in calendar.inside if event.name == "VEVENT"]
    return Table(COLUMNS, (_row(event) for event in events))


def _row(event: Component) -> Row:
    summary = event.first("SUMMARY")
    instance = event.text("RECURRENCE-ID")
    cells = {
        "uid": event.text("UID") + (f"/{instance}" if instance else ""),
        "summary": event.text("SUMMARY"),
        "location": event.text("LOCATION"),
        "categories": event.text("CATEGORIES"),
        "status": event.text("STATUS").upper(),
        "when": _when(event),
        "recurs": "yes" if event.first("RRULE") or event.first("RDATE") else "",
        "language": summary.parameters.get("LANGUAGE", "") if summary else "",
    }
    shown = [cells[name] for name in ("summary", "when", "location", "categories", "status") if cells[name]]
    return Row(event.number, " | ".join(shown) or "BEGIN:VEVENT", cells)


def _when(event: Component) -> str:
    """EDTF: the day, or first and last day. The hour is left out and with it the time zone: the day is as written.

    The end of a whole-day event is the day after it; one that ends at midnight ends the day before.
    """
    start, end = event.first("DTSTART"), event.first("DTEND")
    first = _day(start)
    if first is None:
        return ""
    last = _day(end) if end else None
    if last and last > first and (_is_whole_day(end) or _is_midnight(end)):
        last -= timedelta(days=1)
    return first.isoformat() if last is None or last <= first else f"{first.isoformat()}/{last.isoformat()}"


def _day(line: ContentLine | None) -> date | None:
    found = DAY.match(line.value.strip()) if line else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _is_whole_day(line: ContentLine | None) -> bool:
    return line is not None and "T" not in line.value


def _is_midnight(line: ContentLine | None) -> bool:
    return line is not None and "T000000" in line.value


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """An activity an event. Its partner is mapping["partner"], else the place that LOCATION names with its country.

    Its kind is the category that the vocabulary knows, else mapping["kind"]; an event without either is a trouble.
    """
    for row in table.rows:
        cells = row.cells
        partner = _partner(cells["location"], mapping)
        kind = _kind(cells["categories"]) or mapping.get("kind", "")
        if not cells["summary"]:
            yield RowTrouble(row.number, row.words, "title-missing", "", "The event has no title.")
        elif partner is None:
            sentence = "No partner is named: write the place as “Town, Country”, or say whose calendar it is."
            yield RowTrouble(row.number, row.words, "partner-missing", cells["location"], sentence)
        elif not kind:
            sentence = "The kind is not known: give the event a category (visit, meeting …), or say a kind for all."
            yield RowTrouble(row.number, row.words, "kind-unknown", cells["categories"], sentence)
        elif not cells["when"]:
            yield RowTrouble(row.number, row.words, "date-wrong", "", "The event has no day that can be read.")
        else:
            identifiers = (("ical", cells["uid"][:100]),) if cells["uid"] else ()
            yield ActivityRow(
                row.number, row.words, partner, kind, cells["summary"],
                cells["language"] or mapping.get("language", "") or _language(cells["summary"]),
                STATUSES.get(cells["status"], "planned"), cells["when"],
                is_recurring=bool(cells["recurs"]), identifiers=identifiers,
            )  # fmt: skip


def _partner(location: str, mapping: dict[str, str]) -> PlaceNamed | None:
    if name := mapping.get("partner", ""):
        return PlaceNamed(((mapping.get("language", ""), name),), mapping.get("partner_country", ""))
    parts = [part.strip() for part in re.split("[,、]", location) if part.strip()]
    code = country_code(parts[-1]) if len(parts) > 1 else None
    return PlaceNamed(((_language(parts[-2]), parts[-2]),), code, parts[-1]) if code else None


def _kind(categories: str) -> str:
    """The activity kind that one of the categories is called, in any language; "" where none or several are."""
    named = {one.strip().casefold() for one in categories.split(",")}
    found = {
        code
        for code, concept in concepts("activity_kinds").items()
        if named & {code, code.replace("_", " "), *(words.label.casefold() for words in concept.words.values())}
    }
    return found.pop() if len(found) == 1 else ""


def _language(words: str) -> str:
    return "ru" if CYRILLIC.search(words) else "ja" if KANA.search(words) else "en" if words.isascii() else ""


IMPORTER = Importer("icalendar", "A calendar (iCalendar)", frozenset(), read, fits=fits, open=open_calendar)
