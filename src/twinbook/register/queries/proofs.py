"""Which later activity looks like the proof that a promise was kept. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz

from twinbook.register.queries.analyser import normal
from twinbook.register.queries.lists import ActivityLine
from twinbook.register.queries.remarks import remark
from twinbook.register.queries.values import ActivityShown, CommitmentShown

ActivityTold = ActivityShown | ActivityLine

ALIKE = 55  # rapidfuzz token_set_ratio of the promise's words and the activity's title


def are_alike(promised: str, title: str) -> bool:
    """Whether a promise's words and an activity's title, in one language, speak of one thing."""
    return bool(promised and title) and fuzz.token_set_ratio(normal(promised), normal(title)) >= ALIKE


def with_possible_proofs(
    promises: Iterable[CommitmentShown], activities: Sequence[ActivityTold]
) -> tuple[CommitmentShown, ...]:
    """Open promises with the activity that may show that they were kept; workflow.promise.keep says that it does."""
    return tuple(_with_proof(promise, activities) if promise.state == "open" else promise for promise in promises)


def _with_proof(promise: CommitmentShown, activities: Sequence[ActivityTold]) -> CommitmentShown:
    source = promise.activity
    origin = next((activity for activity in activities if source and activity.thing.id == source.id), None)
    if origin and origin.status == "done":
        return _proven(promise, origin)
    said_on = _said_on(promise)
    later = [a for a in activities if a.status == "done" and a is not origin and _is_after(a, said_on)]
    fitting = [a for a in later if origin is None or a.activity_kind == origin.activity_kind]
    best = max(fitting, key=lambda activity: _likeness(promise, origin, activity), default=None)
    if best is None or _likeness(promise, origin, best) < ALIKE:
        return promise
    return _proven(promise, best)


def _proven(promise: CommitmentShown, activity: ActivityTold) -> CommitmentShown:
    known = next(iter(activity.title.values()), activity.thing.id)
    return replace(promise, possible_proof=activity.thing, why_proof=remark("proof-same-kind", {"known": known}))


def _said_on(promise: CommitmentShown) -> date:
    return min((told.source.day for told in promise.stated.get("what", ())), default=date.min)


def _is_after(activity: ActivityTold, said_on: date) -> bool:
    last = activity.when.last if activity.when else None
    return last is not None and last >= said_on


def _likeness(promise: CommitmentShown, origin: ActivityTold | None, activity: ActivityTold) -> float:
    """The best likeness of the activity's title with the promise or what it came from, in one language."""
    words = [*promise.what.items(), *(origin.title.items() if origin else ())]
    return max(
        (
            fuzz.token_set_ratio(normal(text), normal(activity.title[language]))
            for language, text in words
            if language in activity.title
        ),
        default=0.0,
    )
