"""A city's own list of ties: partner in three languages, level, start with its basis, end, state, sources, note."""

from __future__ import annotations

from collections.abc import Iterator

from twinbook.reading.countries import country_code
from twinbook.reading.importer import Imported, Importer, PlaceNamed, RowTrouble, StepNamed, TieRow
from twinbook.reading.tables import Row, Table
from twinbook.vocabulary.partial_date import PartialDate

# The first word that the cell holds decides; from most to least.
KINDS = (("friendship", "friendship"), ("twin", "sister_city"), ("sister", "sister_city"), ("agreement", "partner"),
         ("partner", "partner"), ("letter of intent", "contact"), ("contact", "contact"))  # fmt: skip
BASES = (("vote", "council_vote"), ("agreement", "signature"), ("signed", "signature"), ("letter", "signature"))
LEVELS = (("region", "region"), ("county", "region"), ("province", "region"), ("department", "region"))
ENDINGS = {"suspended": "pause", "terminated": "end", "lapsed": "end", "paused": "pause"}


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """A tie a row, with a step for its start and one for its end or pause.

    A row that says itself that nothing supports it ("claim only") is a trouble, not a tie. No date means "not found".
    `mapping["home"]` names the city whose list it is, `mapping["home_country"]` its country.
    """
    home = PlaceNamed((("en", mapping.get("home", "")),), mapping.get("home_country", ""))
    for row in table.rows:
        relation = row.cells.get("relation", "").casefold()
        if "claim" in relation:
            sentence = "The list itself says that nothing supports this tie. Enter it by hand if you know better."
            yield RowTrouble(row.number, row.words, "unsupported", row.cells.get("partner_en", ""), sentence)
            continue
        partner = _partner(row)
        if not partner.names or not mapping.get("home"):
            sentence = "One end of the tie is not named: the row's partner, or the city whose list this is."
            yield RowTrouble(row.number, row.words, "item-missing", row.cells.get("partner_en", ""), sentence)
            continue
        kind = next((code for word, code in KINDS if word in relation), "")
        note = row.cells.get("note", "")
        yield TieRow(row.number, row.words, home, partner, kind, tuple(_steps(row, relation)), note=note)


def _partner(row: Row) -> PlaceNamed:
    cells = row.cells
    names = [(code, cells.get(f"partner_{code}", "")) for code in ("en", "ru", "ja")]
    level = cells.get("level", "").casefold()
    identifiers = [("wikidata", cells.get("qid", "")), ("geonames", cells.get("geonames_id", ""))]
    written = cells.get("country", "")
    return PlaceNamed(
        tuple((code, name) for code, name in names if name),
        country_code(written) or "",
        written,
        next((kind for word, kind in LEVELS if level.startswith(word)), "city"),
        identifiers=tuple((scheme, number) for scheme, number in identifiers if number),
    )


def _steps(row: Row, relation: str) -> Iterator[StepNamed]:
    basis_words = row.cells.get("start_basis", "")
    basis = next((code for word, code in BASES if word in basis_words.casefold()), "")
    if start := _date(row.cells.get("start_edtf", "")):
        kind = "intent" if "intent" in relation else "contact" if relation == "contact" else "agreement"
        yield StepNamed(kind, start, basis, basis_words)
    if ending := ENDINGS.get(row.cells.get("end_kind", "").casefold()):
        ended_by = row.cells.get("ended_by", "")
        yield StepNamed(ending, _date(row.cells.get("end_edtf", "")), "", ended_by, by_partner=bool(ended_by))


def _date(written: str) -> str:
    try:
        return PartialDate.parse(written).edtf if written else ""
    except ValueError:
        return ""


IMPORTER = Importer(
    "tie_list",
    "A city's own list of ties",
    frozenset(["partner_en", "country", "relation", "start_edtf", "end_kind"]),
    read,
)
