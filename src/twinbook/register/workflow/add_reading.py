"""A computed name that a person takes for a record: kept as computed, with the rule as its source."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from twinbook.register.queries.readings import Reading
from twinbook.register.workflow.capture import capture_text
from twinbook.register.workflow.decide import Decided
from twinbook.register.workflow.enter import Given, enter
from twinbook.register.workflow.permission import need


def add_reading(record: str, kind: str, reading: Reading, *, by: User, at: datetime) -> Decided:
    """State a reading as a name of the record; its evidence is the note that tells the rule and the name it is from."""
    need(by, "enter")  # before the note: who may not enter leaves none behind
    note = f"{reading.text} – computed from “{reading.origin}” by the system {reading.system}"
    source = capture_text(note, by=by, at=at, kind="note", language=reading.language).source
    given = Given("name", reading.text, reading.language, quote=reading.text, qualifiers={"kind": "computed"})
    return enter(kind, [given], source=source, by=by, at=at, record=record)
