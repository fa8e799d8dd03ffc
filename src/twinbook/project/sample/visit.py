"""One incoming visit of the sample register, made up whole, with its deadlines running from the day it is loaded."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from twinbook.register.queries.lists import partners
from twinbook.register.queries.visit_rules import samples
from twinbook.register.workflow import visit, visit_rules

TOLD = Path(__file__).with_name("visit.toml")
DAYS_AHEAD, NIGHTS, ASKED_BEFORE = 16, 2, 24


def load_visit(by: User, at: datetime) -> str:
    """The office's rules and the visit's file with Kanazawa, where it is known; returns the id of the file."""
    visit_rules.save_rules(samples()["irkutsk"], by=by, at=at)
    told = tomllib.loads(TOLD.read_text("utf-8"))
    hours, title, today = told.pop("hours"), told.pop("title"), timezone.localdate(at)
    first = today + timedelta(days=DAYS_AHEAD)
    file = visit.open_visit(
        title,
        direction="incoming",
        partner=next((line.partner.id for line in partners() if line.partner.name("en") == "Kanazawa"), None),
        first_day=first,
        last_day=first + timedelta(days=NIGHTS),
        languages=("ru", "ja"),
        requested_on=today - timedelta(days=ASKED_BEFORE),
        by=by,
        at=at,
        **told,
    )
    for hour in hours:
        visit.add_hour(file, **_hour(hour, first), by=by, at=at)
    visit.fill_estimate(file, by=by, at=at)
    return file


def _hour(told: dict[str, Any], first: date) -> dict[str, Any]:
    empty = {"ends": None, "is_for_guests": True, "place": {}, "work": ""}
    return empty | told | {"day": first + timedelta(days=told["day"])}
