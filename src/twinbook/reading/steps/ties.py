"""Two places said to be joined."""

from __future__ import annotations

from twinbook.reading.finding import Tie
from twinbook.reading.language import LanguagePack
from twinbook.reading.story import Story


def find_ties(story: Story, pack: LanguagePack) -> tuple[Tie, ...]:
    return ()
