"""The letter that reminds an officer, in the language that is switched on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import words
from twinbook.register.queries.reminders import Due
from twinbook.vocabulary.date_words import edtf_words

HEADS: Mapping[str, Promise] = {
    "promise-late": _("Promises overdue"),
    "promise-soon": _("Promises due"),
    "paper-ends": _("Agreements that end"),
}


def letter(lines: Sequence[Due], *, desk: str) -> tuple[str, str]:
    """Subject and text. `desk` is the desk's address for links; empty: the text has none."""
    language = get_language() or "en"
    number = len(lines)
    subject = ngettext("Twinbook: %(number)s reminder", "Twinbook: %(number)s reminders", number) % {"number": number}
    parts: list[str] = []
    for about, head in HEADS.items():
        told = [_line(line, language, desk) for line in lines if line.about == about]
        if told:
            parts.append("\n".join([str(head), *told]))
    return subject, "\n\n".join([*parts, gettext("You get this because you gave this address to Twinbook.")]) + "\n"


def _line(line: Due, language: str, desk: str) -> str:
    what = words.thing_name(line.thing, language)
    tie = f" ({words.thing_name(line.tie, language)})" if line.tie else ""
    link = f"\n  {desk.rstrip('/')}{reverse('desk:record', args=[line.thing.id])}" if desk else ""
    return f"- {edtf_words(line.on.edtf, language)}: {what}{tie}{link}"
