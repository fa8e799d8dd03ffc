"""What templates need of the watch list: its codes as words."""

from __future__ import annotations

from django import template

from twinbook.register.desk import watch_words
from twinbook.register.queries.watching import CheckLine

register = template.Library()


@register.filter
def watch_kind(code: str) -> str:
    return str(watch_words.KINDS.get(code, code))


@register.filter
def look_outcome(code: str) -> str:
    return str(watch_words.OUTCOMES.get(code, code))


@register.filter
def entry_state(code: str) -> str:
    return str(watch_words.ENTRY_STATES.get(code, code))


@register.filter
def why_trouble(code: str) -> str:
    """Why a watch is an alarm, in a sentence."""
    return watch_words.trouble(code, {"status": "404"} if code == "gone" else {})


@register.filter
def why_failed(look: CheckLine) -> str:
    """Why one look failed, in a sentence."""
    return watch_words.trouble(look.code, look.words)


@register.filter
def interval(hours: int) -> str:
    return str(watch_words.INTERVALS.get(hours, hours))


@register.filter
def change_word(code: str) -> str:
    return str(watch_words.CHANGES.get(code, code))
