"""The words of a visit's papers, in each language that a paper may be in."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PAPERS: Mapping[str, Promise] = {
    "programme": _("Programme of the visit"),
    "working": _("Working programme"),
    "order": _("Draft order"),
    "estimate": _("Estimate"),
    "journal": _("Line of the journal of receptions"),
    "report": _("Report on the visit"),
}
DELEGATION = _("List of the delegation")

SAYS: Mapping[str, Promise] = {
    "body": _("Delegation"),
    "column": _("Column"),
    "control": _("I keep control of this order myself."),
    "days": _("Days"),
    "department": _("Department"),
    "draft": _("Draft, made of the programme and accepted sources"),
    "due": _("Due"),
    "entry": _("Entry"),
    "guest": _("Guest, country, body"),
    "guests": _("Guests"),
    "inside": _("From the visit file of the office. Not for publication."),
    "money": _("To pay the expenses of %(sum)s by the estimate."),
    "name": pgettext_lazy("of a person", "Name"),
    "number": _("No."),
    "order-incoming": _("On the reception of a delegation"),
    "order-outgoing": _("On sending a delegation"),
    "ours": _("People of our city"),
    "over": _("Over the norms: %(sum)s"),
    "own-staff": _("Own staff present"),
    "people": _("People"),
    "permitted": _("Permitted by"),
    "place": _("Place"),
    "post": _("Post"),
    "purpose": _("Purpose"),
    "purpose-is": _("Purpose: %(purpose)s."),
    "rate": _("Rate"),
    "receive": _("To receive the delegation: %(body)s; %(days)s; %(people)s."),
    "report-exists": _("Report exists"),
    "report-not": _("no report yet"),
    "report-sent": _("Report, sent to"),
    "responsible": _("Responsible officer"),
    "responsible-is": _("To make responsible for the visit: %(name)s."),
    "rules": _("Rules and norms"),
    "said": _("What was said, in short"),
    "send": _("To send a delegation to: %(body)s; %(days)s; %(people)s."),
    "side-guest": pgettext_lazy("side of a delegation", "Guests"),
    "side-own": _("Our city"),
    "signature": _("Signature, date"),
    "sum": _("Sum"),
    "task": _("Task"),
    "tasks": _("To charge:"),
    "time": _("Time"),
    "times": _("Times"),
    "total": _("In all"),
    "what": _("What happens"),
    "what-for": _("What it is for"),
    "when-where": _("Date and place"),
    "work": _("For us alone"),
}
