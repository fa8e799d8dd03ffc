"""A place's time zone as a person states it, with the note that says so as its source."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from twinbook.register.queries.time_zones import is_zone
from twinbook.register.workflow.capture import capture_text
from twinbook.register.workflow.decide import Decided
from twinbook.register.workflow.enter import Given, enter
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import need


def state_time_zone(place: str, zone: str, *, by: User, at: datetime) -> Decided:
    """State the zone of a place, by its name in the IANA's list."""
    need(by, "enter")
    if not is_zone(zone):
        raise NotPossibleError(f"no time zone {zone!r}", code="wrong-value", value=zone)
    who = by.get_full_name() or by.get_username()
    source = capture_text(f"{who}: the clocks there keep {zone}.", by=by, at=at, kind="note", language="en").source
    return enter("place", [Given("time_zone", zone, quote=zone)], source=source, by=by, at=at, record=place)
