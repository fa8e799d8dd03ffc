"""Things that were, are, will or might be done together."""

from __future__ import annotations

from twinbook.reading.finding import Activity, Tie
from twinbook.reading.language import LanguagePack
from twinbook.reading.story import Story


def find_activities(story: Story, pack: LanguagePack, ties: tuple[Tie, ...]) -> tuple[Activity, ...]:
    return ()
