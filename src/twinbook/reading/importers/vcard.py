"""vCards 2.1 to 4.0: people with their posts and what reaches them; they come in as contacts, internal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twinbook.reading.content_lines import Component, components
from twinbook.reading.importer import Imported, Importer, PersonRow, RowTrouble
from twinbook.reading.tables import Row, Table, TableError

COLUMNS = ("name", "title", "organisation", "uid", "kind", "reached", "language")
CYRILLIC, KANA = re.compile("[А-Яа-яЁё]"), re.compile("[\u3040-\u30ff]")
NOT_PEOPLE = frozenset(["org", "group", "location", "device", "application"])


def fits(raw: bytes, name: str) -> bool:
    return b"BEGIN:VCARD" in raw[:400].upper().replace(b"\0", b"")


def open_cards(raw: bytes) -> Table:
    """A card a row; its words are the lines that are used, so that photos and keys are left out."""
    cards = [card for card in components(raw) if card.name == "VCARD"]
    if not cards:
        raise TableError("There is no card in this file. Export the contacts again as vCard.")
    return Table(COLUMNS, (_row(card) for card in cards))


def _row(card: Component) -> Row:
    reached = [
        f"{line.name.lower()} {' '.join(line.text.split())}" for line in card.lines if line.name in ("TEL", "EMAIL")
    ]
    organisation = card.first("ORG")
    cells = {
        "name": _name(card),
        "title": card.text("TITLE") or card.text("ROLE"),
        "organisation": ", ".join(filter(None, organisation.fields)) if organisation else "",
        "uid": card.text("UID").removeprefix("urn:uuid:"),
        "kind": card.text("KIND").lower(),
        "reached": "; ".join(dict.fromkeys(reached)),
        "language": card.text("LANG"),
    }
    words = [cells[name] for name in ("name", "title", "organisation", "reached") if cells[name]]
    return Row(card.number, " | ".join(words) or "BEGIN:VCARD", cells)


def _name(card: Component) -> str:
    """The name as it is shown (FN), else put together from its parts, family name last but in Chinese and Japanese."""
    if shown := card.text("FN"):
        return shown
    parts = card.first("N")
    family, given, middle = (*(parts.fields if parts else ()), "", "", "")[:3]
    order = (given, middle, family) if re.search("[A-Za-zА-Яа-я]", family + given) else (family, given)
    return " ".join(" ".join(filter(None, order)).split())


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """A person a card. A card of a body, or without a name, is a trouble."""
    for row in table.rows:
        cells = row.cells
        if cells["kind"] in NOT_PEOPLE:
            sentence = "This card is no person's. Enter the organisation by hand."
            yield RowTrouble(row.number, row.words, "no-person", cells["kind"], sentence)
        elif not cells["name"]:
            yield RowTrouble(row.number, row.words, "name-missing", "", "The card has no name.")
        else:
            language = cells["language"] or mapping.get("language", "") or _language(cells["name"])
            identifiers = (("vcard", cells["uid"][:100]),) if cells["uid"] else ()
            yield PersonRow(
                row.number, row.words, ((language, cells["name"]),), cells["title"], cells["organisation"],
                language=language, note=cells["reached"], identifiers=identifiers,
            )  # fmt: skip


def _language(name: str) -> str:
    """Told by the script where one alone writes so; "" else."""
    return "ru" if CYRILLIC.search(name) else "ja" if KANA.search(name) else ""


IMPORTER = Importer("vcard", "Contacts (vCard)", frozenset(), read, fits=fits, open=open_cards)
