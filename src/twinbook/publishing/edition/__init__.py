"""The edition: what the public may see of the register; the only place that asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from twinbook.publishing.edition.figures import RULES, figures
from twinbook.publishing.edition.values import (
    NO_TEXT,
    UNKNOWN,
    Activity,
    Agreement,
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

if TYPE_CHECKING:
    from twinbook.publishing.edition.privacy import Discretion
    from twinbook.register.queries.plans import PlanLineShown
    from twinbook.register.queries.records import Register

__all__ = [
    "NO_TEXT",
    "RULES",
    "UNKNOWN",
    "Activity",
    "Agreement",
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
    "make_partner_editions",
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
    internal, for the office's own papers; such an edition cannot be published. Where a register is mostly of others,
    the office's edition is made of our own ties alone.
    """
    # Imported here: the values above, and all that is made of them, need no database.
    from twinbook.publishing.edition.making import discretion
    from twinbook.register.queries import one_partner, plans, records

    ours = one_partner.register_of_home() if audience == "office" and one_partner.is_mostly_others() else None
    register = ours or records.register()
    named = discretion(register, records.people_not_to_name() if ours else ())
    planned = plans.plan_lines() + plans.withdrawn_lines() if audience == "office" else ()
    return _editions(register, languages, audience, named, planned, at=at, address=address, office=office or {})


def make_partner_editions(
    partner: str, languages: Sequence[str], *, at: datetime, office: Mapping[str, Office] | None = None
) -> dict[str, Edition]:
    """What the office may see of one partner (the id of its place or tie): editions of that partner alone.

    As dear in a register of a hundred thousand ties as in a small one; none where there is no such partner.
    """
    from twinbook.publishing.edition.making import discretion
    from twinbook.register.queries import one_partner, records

    register = one_partner.register_of(partner)
    if register is None:
        return {}
    named = discretion(register, records.people_not_to_name())
    return _editions(register, languages, "office", named, (), at=at, address="", office=office or {})


def _editions(
    register: Register,
    languages: Sequence[str],
    audience: str,
    named: Discretion,
    planned: tuple[PlanLineShown, ...],
    *,
    at: datetime,
    address: str,
    office: Mapping[str, Office],
) -> dict[str, Edition]:
    from twinbook.publishing.edition.making import Maker
    from twinbook.register.queries import readings

    computed = {
        person.id: tuple(Name(one.text, one.language, "", "computed") for one in readings.readings(person.names))
        for person in (register.people if audience == "office" else ())
    }
    return {
        language: Maker(register, language, tuple(languages), audience, named, planned, computed).edition(
            at=at, address=address, office=office.get(language, Office())
        )
        for language in languages
    }
