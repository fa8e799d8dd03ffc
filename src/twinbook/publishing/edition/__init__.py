"""The edition: what the public may see of the register; the only place that asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

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
    PlanLine,
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
    "PlanLine",
    "Source",
    "Step",
    "Text",
    "figures",
    "make_editions",
]


def make_editions(
    languages: Sequence[str],
    *,
    at: datetime,
    address: str = "",
    office: Mapping[str, Office] | None = None,
    audience: str = "public",
) -> dict[str, Edition]:
    """The register as its audience may see it at a moment, in each language; the register is asked once.

    `office` by language; `address` is where the site will stand. `audience` office adds commitments, gifts and what is
    internal, for the office's own papers; such an edition cannot be published.
    """
    # Imported here: the values above, and all that is made of them, need no database.
    from twinbook.publishing.edition.making import Maker, discretion
    from twinbook.register.queries import plans, readings, records

    register = records.register()
    named = discretion(register)
    planned = plans.plan_lines() + plans.withdrawn_lines() if audience == "office" else ()
    computed = {
        person.id: tuple(Name(one.text, one.language, "", "computed") for one in readings.readings(person.names))
        for person in (register.people if audience == "office" else ())
    }
    return {
        language: Maker(register, language, tuple(languages), audience, named, planned, computed).edition(
            at=at, address=address, office=(office or {}).get(language, Office())
        )
        for language in languages
    }
