"""Places named on the way: matched or made, with what the gazetteer knows kept as a source of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from twinbook.reading import gazetteer
from twinbook.reading.gazetteer import GazetteerPlace
from twinbook.register.models import Record, Source
from twinbook.register.workflow.capture import store_ready
from twinbook.register.workflow.record import Draft

GEONAMES = "GeoNames"
READ_BY = "importer:geonames"
KATAKANA = re.compile(r"[\u30a0-\u30ff]+\Z")
KANJI = re.compile(r"[\u3005\u3400-\u9fff]+\Z")
KANJI_COUNTRIES = frozenset(["JP", "CN", "TW", "HK", "MO", "KR", "KP"])  # there a katakana reading is not the name


def gazetteer_drafts(record: Record, entry: GazetteerPlace, at: datetime) -> list[Draft]:
    """What the gazetteer says of a place, each value with the words of its row as evidence."""
    parts = _parts(entry)
    text = "\t".join(value for _, _, value, _ in parts)
    captured = store_ready(
        text, kind="row", by=None, at=at, title=f"{entry.name} ({entry.country})", publisher=GEONAMES,
        address=f"https://www.geonames.org/{entry.geonames_id}",
    )  # fmt: skip
    source = Source.objects.get(public_id=captured.source)
    drafts, start = [], 0
    for name, language, written, value in parts:
        kind = {"kind": "other" if language == "en" else "computed"} if name == "name" else {}
        drafts.append(
            Draft(
                record,
                name,
                value,
                source,
                start,
                start + len(written),
                READ_BY,
                language=language,
                as_written=written,
                qualifiers=kind,
            )  # fmt: skip
        )
        start += len(written) + 1
    return drafts


def _parts(entry: GazetteerPlace) -> list[tuple[str, str, str, str | float]]:
    """Property, language, words of the row, value."""
    return [
        ("identifier", "", str(entry.geonames_id), f"geonames:{entry.geonames_id}"),
        ("name", "en", entry.name, entry.name),
        ("country", "", entry.country, entry.country),
        ("latitude", "", str(entry.latitude), entry.latitude),
        ("longitude", "", str(entry.longitude), entry.longitude),
        *(("name", language, name, name) for language, name in _only_names(entry)),
    ]


def _only_names(entry: GazetteerPlace) -> Sequence[tuple[str, str]]:
    """The gazetteer's Russian and Japanese names where it has one of each and not a choice of spellings."""
    found = []
    cyrillic = _names_of("cyrillic").get(entry.geonames_id, ())
    if len(cyrillic) == 1:
        found.append(("ru", cyrillic[0]))
    japanese = _japanese(_names_of("japanese").get(entry.geonames_id, ()), entry.country)
    if japanese:
        found.append(("ja", japanese))
    return found


def _japanese(names: Sequence[str], country: str) -> str | None:
    """The Japanese name where there is no choice: in kanji for places of the kanji world, else in katakana.

    What JIS does not write (宁波 beside 寧波) is no Japanese spelling; of 金沢 and 金沢市 the bare name is usual.
    """
    if country not in KANJI_COUNTRIES:
        kana = [name for name in names if KATAKANA.match(name)]
        return kana[0] if len(kana) == 1 else None
    kanji = [name for name in names if KANJI.match(name) and _is_japanese(name)]
    bare = [name for name in kanji if name + "市" in kanji]
    chosen = bare or kanji
    return chosen[0] if len(chosen) == 1 else None


def _is_japanese(name: str) -> bool:
    try:
        name.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _names_of(script: str) -> dict[int, tuple[str, ...]]:
    """The names of each gazetteer place in a script, where the place is the first bearer of the name."""
    found: dict[int, list[str]] = defaultdict(list)
    for name in gazetteer.names(script):
        found[gazetteer.find_places(name, script)[0].geonames_id].append(name)
    return {identifier: tuple(names) for identifier, names in found.items()}
