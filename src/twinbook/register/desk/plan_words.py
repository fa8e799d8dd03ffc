"""What a plan's proposals are called and why they are made, in words of the desk's languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import words
from twinbook.register.queries.plans import PlanProposal
from twinbook.register.workflow.plans import LineGiven
from twinbook.vocabulary.date_words import edtf_words

ORIGINS: Mapping[str, Promise] = {
    "jubilee": _("Jubilees"),
    "promise": _("Promises"),
    "term": _("Agreements that end"),
    "planned": _("Told by sources"),
    "last_year": _("Last year’s activities"),
    "own": pgettext_lazy("where a line of the plan comes from", "Our own"),
}
OUTCOMES: Mapping[str, Promise] = {
    "": pgettext_lazy("what became of a line of the plan", "not known yet"),
    "held": pgettext_lazy("what became of a line of the plan", "held"),
    "not_held": pgettext_lazy("what became of a line of the plan", "not held"),
    "moved": pgettext_lazy("what became of a line of the plan", "moved to another year"),
}


def title_of(proposal: PlanProposal) -> dict[str, str]:
    """The words of a proposal: those of its record, or for a jubilee and a term a title in each language."""
    if proposal.origin not in ("jubilee", "term"):
        return _filled(proposal.words) or _filled(proposal.record.label) or _in_each(_kind_of, proposal)
    return _in_each(_jubilee if proposal.origin == "jubilee" else _term, proposal)


def reason_of(proposal: PlanProposal) -> str:
    """Why the register proposes it, as a sentence."""
    day = edtf_words(proposal.when.edtf, _language()) if proposal.when else ""
    if proposal.origin == "jubilee":
        return _with_day(gettext("A jubilee: %(day)s."), day)
    if proposal.origin == "promise":
        return _with_day(gettext("Promised, due %(day)s."), day) if day else gettext("Promised, and still open.")
    if proposal.origin == "term":
        return _with_day(gettext("The agreement ends: %(day)s."), day)
    if proposal.origin == "planned":
        return _with_day(gettext("A source tells of it for %(day)s."), day)
    return gettext("It took place the year before, or runs every year.")


def _with_day(sentence: str, day: str) -> str:
    """The sentence with its day; a day that ends in a stop of its own («2027 г.») ends the sentence too."""
    text = sentence % {"day": day}
    return text.removesuffix(".") if text.endswith("..") else text


def given_of(proposal: PlanProposal) -> LineGiven:
    """A line as the proposal has it."""
    cost = Decimal(f"{proposal.cost:.2f}") if proposal.cost is not None and proposal.currency else None
    return LineGiven(
        title_of(proposal),
        proposal.partner.id if proposal.partner else "",
        proposal.area,
        proposal.when.edtf if proposal.when else "",
        proposal.owner,
        proposal.people_out,
        proposal.people_in,
        cost,
        proposal.currency if cost is not None else "",
    )


def settled(number: int) -> str:
    """What saving the outcomes of a year did."""
    return ngettext("%(number)s line was told.", "%(number)s lines were told.", number) % {"number": number}


def _language() -> str:
    return (translation.get_language() or "en").split("-")[0]


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {tag: text for tag, text in texts.items() if text}


def _in_each(say: Callable[[PlanProposal, str], str], proposal: PlanProposal) -> dict[str, str]:
    found = {}
    for tag, _name in settings.LANGUAGES:
        with translation.override(tag):
            found[tag] = say(proposal, tag)
    return found


def _jubilee(proposal: PlanProposal, language: str) -> str:
    partner = proposal.partner.name(language) if proposal.partner else ""
    told = ngettext(
        "%(partner)s: %(years)s year of partnership", "%(partner)s: %(years)s years of partnership", proposal.years
    )
    return told % {"partner": partner, "years": proposal.years}


def _term(proposal: PlanProposal, language: str) -> str:
    name = words.thing_name(proposal.record, language)
    return gettext("Renew or let end: %(paper)s") % {"paper": name}


def _kind_of(proposal: PlanProposal, language: str) -> str:
    return words.record_kind(proposal.record.kind)
