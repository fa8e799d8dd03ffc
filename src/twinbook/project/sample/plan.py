"""The plan of a past year of the sample register, made up whole, with what became of each line."""

from __future__ import annotations

import tomllib
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.contrib.auth.models import User

from twinbook.register.queries.partner_names import partner_names
from twinbook.register.queries.plans import proofs
from twinbook.register.workflow.plans import LineGiven, add_line, settle_line

TOLD = Path(__file__).with_name("plan.toml")
YEAR, CURRENCY = 2025, "RUB"


def load_plan(by: User, at: datetime) -> int:
    """The lines with their outcomes; returns how many there are. A partner or proof that is not there is left out."""
    places = {one.name("en"): one.id for one in partner_names("en")}
    held = {one.thing.name("en"): one.thing.id for one in proofs(YEAR)}
    lines = tomllib.loads(TOLD.read_text("utf-8"))["line"]
    for told in lines:
        given = LineGiven(
            told["title"], places.get(told["partner"], ""), told["area"], told["when"], told["owner"],
            told.get("people_out"), told.get("people_in"), Decimal(told["cost"]), CURRENCY,
        )  # fmt: skip
        line = add_line(YEAR, given, by=by, at=at)
        spent = Decimal(told["spent"]) if "spent" in told else None
        proof = held.get(told.get("proof", ""), "")
        settle_line(line, told["outcome"], activity=proof, spent=spent, note=told.get("note", ""), by=by, at=at)
    return len(lines)
