"""A city's own list of activities: the office says which column means what; a row is an activity or an error."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from twinbook.reading.countries import country_code
from twinbook.reading.importer import ActivityRow, Imported, Importer, PlaceNamed, RowTrouble
from twinbook.reading.tables import Row, Table
from twinbook.vocabulary.concept import Words, concepts
from twinbook.vocabulary.date_entry import edtf_of
from twinbook.vocabulary.partial_date import PartialDate

HEADINGS = Path(__file__).with_suffix(".toml")
MEANINGS = ("partner", "partner_country", "title", "kind", "areas", "status", "when", "since", "until",
            "people_in", "people_out", "note", "geonames", "wikidata")  # fmt: skip
NEEDED = ("partner", "title")  # columns without which no row says anything
SEVERAL = re.compile(r"[;\n、]|\s/\s")
IN_BRACKETS = re.compile(r"(.+?)\s*[(（]([^()（）]+)[)）]\Z")
COUNT = re.compile(r"(\d{1,6})\s*(?:чел(?:овека?|\.)?|people|persons|名|人)?\Z", re.IGNORECASE)
CYRILLIC, KANA_OR_KANJI = re.compile("[А-Яа-яЁё]"), re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@cache
def _headings() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in tomllib.loads(HEADINGS.read_text("utf-8")).items()}


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Which column means what, by headings in three languages; a column has one meaning, a meaning one column."""
    found: dict[str, str] = {}
    for is_whole in (True, False):
        for meaning, words in _headings().items():
            if meaning not in found:
                free = [column for column in columns if column and column not in found.values()]
                column = next((one for word in words for one in free if _is_called(one, word, is_whole)), None)
                if column:
                    found[meaning] = column
    if "since" in found and "when" not in found and "until" not in found:
        found["when"] = found.pop("since")
    return {meaning: found[meaning] for meaning in MEANINGS if meaning in found}


def _is_called(column: str, word: str, is_whole: bool) -> bool:
    plain = " ".join(re.sub(r"[_:*.]|[(（].*[)）]", " ", column).casefold().split())
    if is_whole:
        return plain == word
    return len(word) > 2 and (plain.startswith(word) or (not word.isascii() and word in plain))


def read(table: Table, mapping: dict[str, str]) -> Iterator[Imported]:
    """An activity a row. mapping gives a column for each meaning that the table has, and `default_kind`,
    `default_status`, `language`, `home` for what no column says.

    Nothing is guessed: a date, number or kind that cannot be read makes the row a trouble; an area that the vocabulary
    does not know is kept as the row's note.
    """
    for row in table.rows:
        yield _activity(row, mapping)


class _WrongCellError(Exception):
    """A cell that cannot be read: what is wrong with it, and what it says."""

    def __init__(self, code: str, value: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.value, self.sentence = code, value, sentence


def _activity(row: Row, mapping: Mapping[str, str]) -> Imported:
    cell = {meaning: row.cells.get(mapping[meaning], "") for meaning in MEANINGS if mapping.get(meaning)}
    try:
        partners = _partners(cell)
        title = " ".join(cell.get("title", "").split())
        if not title:
            raise _WrongCellError("title-missing", "", "The activity has no title.")
        areas, unknown = _areas(cell.get("areas", ""))
        note = "; ".join(filter(None, [cell.get("note", ""), *unknown]))
        return ActivityRow(
            row.number, row.words, partners[0],
            _code("activity_kinds", cell.get("kind", ""), mapping.get("default_kind", ""), "kind"),
            title, _language(title, mapping),
            _code("statuses", cell.get("status", ""), mapping.get("default_status", "") or "done", "status"),
            _when(cell), areas, _count(cell.get("people_in", "")), _count(cell.get("people_out", "")), note,
            more_partners=tuple(partners[1:]),
        )  # fmt: skip
    except _WrongCellError as error:
        return RowTrouble(row.number, row.words, error.code, error.value, error.sentence)


def _partners(cell: Mapping[str, str]) -> list[PlaceNamed]:
    names = [name.strip() for name in SEVERAL.split(cell.get("partner", "")) if name.strip()]
    if not names:
        raise _WrongCellError("partner-missing", "", "The row names no partner.")
    given = cell.get("partner_country", "")
    code = country_code(given) if given else None
    if given and code is None and len(names) == 1:
        raise _WrongCellError("country-unknown", given, f"No country is called “{given}”.")
    identifiers = [
        (scheme, cell[scheme]) for scheme in ("wikidata", "geonames") if cell.get(scheme) and len(names) == 1
    ]
    return [_partner(name, code or "", given, tuple(identifiers)) for name in names]


def _partner(name: str, code: str, given: str, identifiers: tuple[tuple[str, str], ...]) -> PlaceNamed:
    """“Town (Country)” and “Town, Country” name the country too."""
    in_brackets = IN_BRACKETS.match(name)
    town, written = (in_brackets[1], in_brackets[2]) if in_brackets else name.rpartition(",")[::2]
    own = country_code(written) if town and written else None
    if own:
        name, code, given = town.strip(), own, written.strip()
    return PlaceNamed(((_script_language(name), name),), code, given, identifiers=identifiers)


@lru_cache(maxsize=2_000)
def _code(scheme: str, written: str, default: str, called: str) -> str:
    """The code that the words mean: their label, else the one concept whose words they hold."""
    words = " ".join(written.split())
    if not words and default:
        return default
    folded = words.casefold()
    for code, concept in concepts(scheme).items():
        if folded in {code, code.replace("_", " "), *(one.label.casefold() for one in concept.words.values())}:
            return code
    found = {code for code, concept in concepts(scheme).items() if words and _speaks_of(concept.words.values(), words)}
    if len(found) == 1:
        return found.pop()
    known = ", ".join(concepts(scheme))
    sentence = (
        f"The {called} “{words}” is not one that is known; known: {known}." if words else f"No {called} is given."
    )
    raise _WrongCellError(f"{called}-unknown", words, sentence)


def _speaks_of(languages: Iterable[Words], words: str) -> bool:
    return any(re.search(cue, words, re.IGNORECASE) for one in languages for cue in one.cues)


def _areas(written: str) -> tuple[tuple[str, ...], list[str]]:
    """Codes of the areas named, and the words that none is called."""
    found, unknown = [], []
    for words in filter(None, (one.strip() for one in re.split(r"[;,、/\n]", written))):
        try:
            found.append(_code("areas", words, "", "area"))
        except _WrongCellError:
            unknown.append(words)
    return tuple(dict.fromkeys(found)), unknown


def _when(cell: Mapping[str, str]) -> str:
    if since := cell.get("since", ""):
        first, last = _date(since), _date(cell.get("until", ""))
        return _interval(first, last, since) if last and last != first else first
    return _date(cell.get("when", ""))


def _interval(first: str, last: str, written: str) -> str:
    try:
        return PartialDate.parse(f"{first}/{last}").edtf
    except ValueError as error:
        raise _WrongCellError(
            "date-wrong", written, f"The activity ends before it begins ({first}, {last})."
        ) from error


@lru_cache(maxsize=20_000)
def _date(written: str) -> str:
    if not written.strip():
        return ""
    try:
        return edtf_of(written)
    except ValueError as error:
        sentence = f"“{written[:60]}” is no date. Write 2019, 05.2019, 17.05.2019 or 2019-05-17."
        raise _WrongCellError("date-wrong", written, sentence) from error


def _count(written: str) -> int | None:
    plain = written.replace("\u00a0", "").strip()
    if not plain or plain in "-–—":
        return None
    found = COUNT.match(plain)
    if not found:
        raise _WrongCellError("count-wrong", written, f"“{written[:60]}” is no number of people.")
    return int(found[1])


def _language(words: str, mapping: Mapping[str, str]) -> str:
    """The language of the list, unless the script shows another."""
    told = _script_language(words)
    return told if told in ("ru", "ja") or not mapping.get("language") else mapping["language"]


def _script_language(words: str) -> str:
    return "ru" if CYRILLIC.search(words) else "ja" if KANA_OR_KANJI.search(words) else "en"


IMPORTER = Importer("activity_table", "A city's own list of activities", frozenset(), read, is_mapped=True)
