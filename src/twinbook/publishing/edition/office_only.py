"""What an edition for the office has beside the public one: signed papers, and the lines of its plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twinbook.publishing.edition import values

if TYPE_CHECKING:
    from twinbook.publishing.edition.making import Maker
    from twinbook.register.queries import values as told
    from twinbook.register.queries.plans import PlanLineShown


def agreement(maker: Maker, one: told.AgreementShown) -> values.Agreement:
    """A signed paper in the maker's language."""
    return values.Agreement(
        one.id,
        one.agreement_kind,
        maker.text(one.title),
        maker.fact(one, "signed_on", one.signed_on.edtf if one.signed_on else ""),
        maker.fact(one, "valid_until", one.valid_until.edtf if one.valid_until else ""),
        maker.text(one.original_at),
        maker.footnotes(one),
    )


def plan_line(maker: Maker, one: PlanLineShown) -> values.PlanLine:
    """A line of a plan in the maker's language."""
    return values.PlanLine(
        one.id,
        one.year,
        maker.text(one.title),
        maker.slugs.get(one.partner.id, "") if one.partner else "",
        maker.text(one.partner.label) if one.partner else values.NO_TEXT,
        one.area,
        one.when.edtf if one.when else "",
        maker.discretion.told(one.owner, maker.language),
        one.people_out,
        one.people_in,
        one.cost,
        one.currency,
        one.origin,
        one.origin_record.id if one.origin_record else "",
        one.outcome,
        one.activity.id if one.activity else "",
        one.spent,
        maker.discretion.told(one.note, maker.language),
        one.is_late,
        one.is_withdrawn,
    )
