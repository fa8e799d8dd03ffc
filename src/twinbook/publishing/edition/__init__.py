"""The edition: what the public may see of the register; the only place that asks it."""

from __future__ import annotations

from twinbook.publishing.edition.figures import RULES, figures
from twinbook.publishing.edition.values import (
    NO_TEXT,
    UNKNOWN,
    Activity,
    Commitment,
    Edition,
    Fact,
    Figure,
    Footnote,
    Gift,
    Holding,
    Landmark,
    Name,
    Office,
    Participant,
    Partner,
    Person,
    Place,
    Source,
    Step,
    Text,
)

__all__ = [
    "NO_TEXT",
    "RULES",
    "UNKNOWN",
    "Activity",
    "Commitment",
    "Edition",
    "Fact",
    "Figure",
    "Footnote",
    "Gift",
    "Holding",
    "Landmark",
    "Name",
    "Office",
    "Participant",
    "Partner",
    "Person",
    "Place",
    "Source",
    "Step",
    "Text",
    "figures",
]
