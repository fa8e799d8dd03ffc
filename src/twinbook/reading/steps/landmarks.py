"""Streets, monuments, gardens and buildings named for, or given by, the partner."""

from __future__ import annotations

from twinbook.reading.finding import Landmark
from twinbook.reading.language import LanguagePack
from twinbook.reading.story import Story


def find_landmarks(story: Story, pack: LanguagePack) -> tuple[Landmark, ...]:
    return ()
