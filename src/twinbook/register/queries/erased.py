"""Who was erased: asked by name, answered by keyed digests that tell nothing to whoever reads the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twinbook.register.models import AccessEntry, Erasure, Tombstone
from twinbook.register.models.sealed import digests
from twinbook.register.queries.analyser import CJK, WORD, tokens

PURPOSE = "tombstone"
LONGEST_NAME, LONGEST_RUN = 4, 8  # words of a name; letters of a name in CJK


def tombstone_digests(name: str) -> list[str]:
    """The keyed digests of a name, whatever its order and case endings, one for each data key."""
    return digests(" ".join(sorted(set(tokens(name)))), purpose=PURPOSE)


def has_tombstones() -> bool:
    """Whether anybody was ever erased."""
    return bool(Tombstone.objects.exists())


def is_tombstoned(name: str) -> bool:
    """Whether a person of this name was erased."""
    return bool(name.strip()) and Tombstone.objects.filter(digest__in=tombstone_digests(name)).exists()


def erased_names_in(text: str) -> set[str]:
    """The words of a text that are an erased person's name: two to four words side by side, or a run of CJK letters."""
    known = set(Tombstone.objects.values_list("digest", flat=True))
    if not known:
        return set()
    return {words for words in set(_windows(text)) if known.intersection(tombstone_digests(words))}


def _windows(text: str) -> Iterator[str]:
    spans = [found.span() for found in WORD.finditer(text)]
    for number, (start, _) in enumerate(spans):
        for last in range(number + 1, min(number + LONGEST_NAME, len(spans))):
            if spans[last][0] - spans[last - 1][1] > 3:
                break
            yield text[start : spans[last][1]]
    for run in CJK.findall(text):
        for start in range(len(run) - 1):
            yield from (run[start:end] for end in range(start + 2, min(start + LONGEST_RUN, len(run)) + 1))


@dataclass(frozen=True)
class ErasureShown:
    """One act of destruction: what a paper on it says."""

    id: str
    at: datetime
    by: str
    ground: str
    record: str
    counts: Mapping[str, int]
    log: tuple[Mapping[str, Any], ...]


def erasure(public_id: str) -> ErasureShown | None:
    """An act of destruction with the extract of the access log about it."""
    found = Erasure.objects.select_related("by").filter(public_id=public_id).first()
    if found is None:
        return None
    lines = AccessEntry.objects.filter(about=found.record).select_related("by").order_by("number")
    log = tuple(
        {
            "number": line.number,
            "at": line.at.isoformat(),
            "by": line.by.get_username() if line.by else "",
            "act": line.act,
            "fields": line.fields,
            "note": line.note,
            "digest": line.digest,
        }
        for line in lines
    )
    by = found.by.get_full_name() or found.by.get_username()
    return ErasureShown(found.public_id, found.at, by, found.ground, found.record, found.counts, log)


def erasures() -> tuple[ErasureShown, ...]:
    """All acts of destruction, the latest first."""
    ids = Erasure.objects.order_by("-at").values_list("public_id", flat=True)
    return tuple(shown for one in ids if (shown := erasure(one)))
