"""Which earlier source says the same as a new one: marked when its text is first known, told to who reviews it."""

from __future__ import annotations

from collections import Counter

from twinbook.register.models import Source, SourceBand, SourceTwin
from twinbook.register.queries.changes import story_of
from twinbook.register.queries.likeness import bands, share, shingles

ALIKE = 70  # hundredths from which two stories are nearly the same
CANDIDATES = 10
KINDS = ("page", "file")


def note_likeness(source: Source) -> None:
    """Mark a source that was just read, and the earlier one that is most like it, if any; inside a transaction.

    Earlier copies of the same address are left aside: what changed from one to the next is told otherwise.
    """
    if source.kind not in KINDS or source.bands.exists():
        return
    runs = shingles(story_of(source.text, source.reading))
    marks = bands(runs)
    best = max(((share(runs, _runs(other)), -other.pk, other) for other in _like(source, marks)), default=None)
    SourceBand.objects.bulk_create([SourceBand(source=source, band=mark) for mark in marks])
    if best and best[0] >= ALIKE:
        SourceTwin.objects.create(source=source, twin=best[2], share=best[0])


def _like(source: Source, marks: tuple[int, ...]) -> list[Source]:
    """The sources that share most marks with one."""
    found = Counter(SourceBand.objects.filter(band__in=marks).values_list("source_id", flat=True)[:1000])
    nearest = [pk for pk, _ in found.most_common(CANDIDATES)]
    others = Source.objects.filter(pk__in=nearest).exclude(pk=source.pk).defer("raw")
    return list(others.exclude(address=source.address) if source.address else others)


def _runs(source: Source) -> frozenset[int]:
    return shingles(story_of(source.text, source.reading))
