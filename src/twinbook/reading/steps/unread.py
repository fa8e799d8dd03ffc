"""Sentences in scope that gave no finding, as notes for a person."""

from __future__ import annotations

from twinbook.reading.finding import Activity, Landmark, Note, Tie
from twinbook.reading.language import LanguagePack
from twinbook.reading.story import Story


def find_unread(
    story: Story,
    pack: LanguagePack,
    ties: tuple[Tie, ...],
    activities: tuple[Activity, ...],
    landmarks: tuple[Landmark, ...],
) -> tuple[Note, ...]:
    return ()
