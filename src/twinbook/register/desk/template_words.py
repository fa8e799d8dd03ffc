"""What papers are called, what their placeholders hold, and why a form is not taken, in words of the desk."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PUBLICATIONS: Mapping[str, Promise] = {
    "yearly_plan": _("Yearly plan"),
    "yearly_report": _("Report on a year"),
    "briefing": _("Briefing for a meeting"),
}
PLACEHOLDERS: Mapping[str, Promise] = {
    "title": _("the paper’s title"),
    "city": _("our city"),
    "office": _("the office’s name, as the city’s file gives it"),
    "known_on": _("the day of the register’s state that the paper tells"),
    "approved_by": _("who approved it; empty before"),
    "approved_on": _("the day of the approval; empty before"),
    "year": _("the year of a plan or report; empty for a briefing"),
    "footer": _("the line that stands at the foot of our own form"),
    "facts": _("the facts at the head of the paper"),
    "picture": _("the chart or map at the head of the paper"),
    "sections": _("all sections in their order"),
    "notes": _("the sources"),
}
TAKEN = _("The form is taken: papers are printed with it from now on.")
MISSING = _("Choose the form first.")
TROUBLES: Mapping[str, Promise] = {
    "no-docx": _("This file is no DOCX. Save the form in your word processor as DOCX."),
    "too-large": _("The form is larger than 5 MB, or holds too much. Take large pictures out."),
    "macros": _("The form holds macros. Save it as DOCX without macros."),
    "outside": _(
        "The form leads to something outside of it: {word}. Put pictures into the file, and unlink its template."
    ),
    "unknown": _("The placeholder {{{{{word}}}}} is not known for this paper. Those that are known stand below."),
    "half": _("A placeholder is not whole here: “{word}”. It is written {{{{title}}}}: two braces on each side."),
    "not-alone": _("{{{{{word}}}}} must stand alone in its paragraph: sections and tables take its place."),
    "not-in-body": _(
        "{{{{{word}}}}} cannot stand in a table, header or footer. Put it between the paragraphs of the text."
    ),
    "text-box": _("A placeholder stands in a text box, where it cannot be filled. Put it into the text or a table."),
    "empty": _("The form asks for nothing of the paper. Put {{{{sections}}}} where the paper’s sections shall stand."),
}


def trouble(code: str, word: str) -> str:
    """Why a form is not taken, as a sentence."""
    return str(TROUBLES[code]).format(word=word)
