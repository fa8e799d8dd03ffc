"""What codes are called on the desk: properties, steps, states, remarks and refusals, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from babel import Locale
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk.refusals import NOTES, REFUSALS
from twinbook.register.queries.remarks import SENTENCES
from twinbook.register.queries.values import Remark, Stated, Thing
from twinbook.register.workflow.errors import RefusedError
from twinbook.vocabulary.concept import concepts
from twinbook.vocabulary.date_words import edtf_words

if TYPE_CHECKING:
    from twinbook.register.queries.queue import Unread

Label = str | Promise

RECORD_KINDS: Mapping[str, Label] = {
    "place": _("Place"),
    "tie": _("Tie"),
    "step": _("Step of a tie"),
    "agreement": _("Agreement"),
    "activity": _("Activity"),
    "commitment": _("Promise"),
    "person": _("Person"),
    "holding": _("Post held"),
    "organisation": _("Organisation"),
    "landmark": _("Landmark"),
    "gift": _("Gift"),
    "publication": _("Publication"),
    "route": pgettext_lazy("a flight, ferry or train", "Route"),
    "saying": pgettext_lazy("words somebody said", "Saying"),
}

PROPERTIES: Mapping[str, Label] = {
    "name": _("Name"),
    "kind": _("Kind"),
    "country": _("Country"),
    "within": _("Belongs to"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "is_home": _("Our own city"),
    "time_zone": _("Time zone"),
    "places": _("Places"),
    "since": _("Since"),
    "until": _("Until"),
    "tie": _("Tie"),
    "date": _("Date"),
    "basis": _("Basis of the date"),
    "decider": _("Decided by"),
    "side": _("Side"),
    "level": _("Level"),
    "agreement": _("Paper"),
    "is_firm": _("Firm"),
    "title": _("Title"),
    "signed_on": _("Signed on"),
    "valid_until": _("Valid until"),
    "signed_in": _("Signed in"),
    "approved_by": _("Approved by"),
    "original_at": _("Original kept at"),
    "signatories": _("Signed by"),
    "renewal": _("Renewal"),
    "files": _("Scans and pictures"),
    "areas": _("Areas"),
    "status": _("Status"),
    "when": _("When"),
    "is_recurring": _("Recurring"),
    "participants": _("Took part"),
    "programme": _("Standing programme"),
    "edition": _("Round"),
    "people_out": _("People sent"),
    "people_in": _("People received"),
    "cost": _("Cost"),
    "currency": _("Currency"),
    "operator": _("Operator"),
    "season": _("Season"),
    "topics": _("Topics"),
    "said": _("Said"),
    "activity": _("Activity"),
    "what": _("What was promised"),
    "owner": _("Responsible"),
    "due": _("Due"),
    "state": _("State"),
    "proof": _("Proof"),
    "salutation": _("Form of address"),
    "pronunciation": _("Pronunciation"),
    "person": _("Person"),
    "role": _("Post as written"),
    "post": _("Post"),
    "represents": _("Represents"),
    "person_class": _("Class of person"),
    "of": pgettext_lazy("a post of a place or body", "Of"),
    "seen_on": _("Seen in this post"),
    "place": _("Place"),
    "partner": _("Partner"),
    "honours": _("Named for"),
    "given_by": _("Given by"),
    "given_to": _("Given to"),
    "occasion": _("Occasion"),
    "kept_at": _("Kept at"),
    "note": _("Note"),
    "visibility": _("Who may see it"),
    "identifier": _("Identifier"),
    "speaker": _("Speaker"),
}

# Codes that stand in no vocabulary scheme, by property; those of a scheme are labelled by the vocabulary.
CODES: Mapping[str, Mapping[str, Label]] = {
    "place.kind": {
        "city": _("city"),
        "district": _("district"),
        "region": _("region"),
        "country": _("country"),
        "other": pgettext_lazy("another kind of place", "other place"),
    },
    "step.kind": {
        "contact": _("First contact"),
        "intent": _("Declaration of intent"),
        "agreement": _("Agreement"),
        "renewal": _("Renewal"),
        "level_change": _("Change of level"),
        "pause": _("Suspension"),
        "resumption": _("Resumption"),
        "end": _("End of the tie"),
    },
    "step.basis": {
        "council_vote": _("vote of the council"),
        "signature": _("signature"),
        "draft": _("draft signed"),
        "in_force": _("entry into force"),
        "announcement": _("announcement"),
        "first_contact": _("first contact"),
        "term": _("end of the term"),
    },
    "tie.state": {
        "contact": pgettext_lazy("state of a tie", "contact"),
        "intent": pgettext_lazy("state of a tie", "intent"),
        "active": pgettext_lazy("state of a tie", "active"),
        "suspended": pgettext_lazy("state of a tie", "suspended"),
        "ended": pgettext_lazy("state of a tie", "ended"),
        "unknown": pgettext_lazy("state of a tie", "not known"),
    },
    "commitment.state": {
        "open": pgettext_lazy("state of a promise", "open"),
        "kept": pgettext_lazy("state of a promise", "kept"),
        "overtaken": pgettext_lazy("state of a promise", "overtaken"),
        "dropped": pgettext_lazy("state of a promise", "dropped"),
    },
    "person.person_class": {
        "official": _("official (public role)"),
        "contact": _("contact person (internal)"),
        "delegate": _("member of a delegation"),
        "minor": _("minor"),
        "": _("not classed yet: treated as a minor"),
    },
    "visibility": {
        "public": _("public"),
        "internal": _("the office only"),
        "private": _("private"),
    },
    "name.kind": {
        "official": _("official name"),
        "short": _("short name"),
        "former": _("former name"),
        "other": pgettext_lazy("another name", "other name"),
        "computed": _("computed by rule"),
    },
    "proposal.state": {
        "waiting": pgettext_lazy("state of a proposal", "waiting"),
        "accepted": pgettext_lazy("state of a proposal", "accepted"),
        "corrected": pgettext_lazy("state of a proposal", "accepted with corrections"),
        "rejected": pgettext_lazy("state of a proposal", "rejected"),
        "replaced": pgettext_lazy("state of a proposal", "replaced by a newer reading"),
        "divided": pgettext_lazy("state of a proposal", "split in two"),
        "joined": pgettext_lazy("state of a proposal", "joined with another"),
        "known": pgettext_lazy("state of a proposal", "already decided on an earlier copy"),
    },
    "source.state": {
        "captured": pgettext_lazy("state of a source", "not read yet"),
        "read": pgettext_lazy("state of a source", "read"),
        "refused": pgettext_lazy("state of a source", "could not be read"),
    },
    "decision.kind": {
        "accept": pgettext_lazy("kind of decision", "accepted"),
        "correct": pgettext_lazy("kind of decision", "accepted with corrections"),
        "reject": pgettext_lazy("kind of decision", "rejected"),
        "enter": pgettext_lazy("kind of decision", "entered by hand"),
        "withdraw": pgettext_lazy("kind of decision", "withdrawn"),
        "prefer": pgettext_lazy("kind of decision", "preferred"),
        "merge": pgettext_lazy("kind of decision", "merged"),
        "split": pgettext_lazy("kind of decision", "split"),
        "join": pgettext_lazy("kind of decision", "joined"),
        "send": pgettext_lazy("kind of decision", "sent to a partner"),
        "undo": pgettext_lazy("kind of decision", "undone"),
    },
    "rank": {
        "3": _("a person's word"),
        "2": _("an imported list"),
        "1": _("read by machine, accepted by a person"),
        "0": _("the partner's view, from its signed file"),
    },
}

SCHEMES: Mapping[str, str] = {
    "tie.kind": "tie_kinds",
    "tie.level": "tie_kinds",
    "step.level": "tie_kinds",
    "agreement.kind": "agreement_kinds",
    "activity.kind": "activity_kinds",
    "activity.areas": "areas",
    "activity.status": "statuses",
    "landmark.kind": "landmark_kinds",
    "holding.post": "posts",
    "person.post": "posts",
}


def record_kind(kind: str) -> str:
    """The name of a kind of record; the code where there is none."""
    return str(RECORD_KINDS.get(kind, kind))


def thing_name(thing: Thing, language: str) -> str:
    """A record's name; what has no name of its own is called by its kind, never by its id."""
    return thing.name(language) if thing.label else record_kind(thing.kind)


def property_name(name: str) -> str:
    """The name of a property; the code where there is none."""
    return str(PROPERTIES.get(name, name))


def code(kind: str, name: str, value: str, language: str) -> str:
    """A code of a property of a kind of record, as a word of the language; the code itself where nothing names it."""
    key = f"{kind}.{name}"
    scheme = SCHEMES.get(key)
    if scheme:
        found = concepts(scheme).get(value)
        return found.label(language) if found else value
    labels = CODES.get(key) or CODES.get(name, {})
    return str(labels.get(value, value))


def choices(kind: str, name: str, language: str) -> list[tuple[str, str]]:
    """All codes of a property with their words, in the vocabulary's order; retired concepts are left out."""
    key = f"{kind}.{name}"
    scheme = SCHEMES.get(key)
    if scheme:
        return [(concept.code, concept.label(language)) for concept in concepts(scheme).values() if not concept.retired]
    return [(value, str(label)) for value, label in (CODES.get(key) or CODES.get(name, {})).items() if value]


class Blank(dict[str, str]):
    """Words for a sentence; one that is missing is an ellipsis, never an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def remark(item: Remark, language: str) -> str:
    """A remark of the register in the user's language; its own English sentence where its code is not known."""
    template = SENTENCES.get(item.code)
    if template is None:
        return item.sentence
    return gettext(template).format_map(Blank(_words_said(item.words, language))) if template else ""


def refusal(error: RefusedError) -> str:
    """Why the register refused, in the user's language; the error's own English sentence where its code is new."""
    template = REFUSALS.get(error.code)
    return str(template).format_map(Blank(error.words)) if template else str(error)


def _words_said(given: Mapping[str, str], language: str) -> dict[str, str]:
    """The words of a remark with its codes and dates said in the language."""
    said = dict(given)
    name = given.get("property", "")
    for key in ("ours", "theirs"):
        if key in said and name in DATES:
            said[key] = edtf_words(said[key], language)
        elif key in said:
            said[key] = code("activity" if f"activity.{name}" in SCHEMES else "tie", name, said[key], language)
    if name:
        said["property"] = property_name(name)
    if "date" in said:
        said["date"] = edtf_words(said["date"], language)
    return said


def yes_or_no(value: bool) -> str:
    """A flag in words."""
    return gettext("yes") if value else gettext("no")


def accepted(number: int) -> str:
    """What accepting a whole page did."""
    return ngettext("%(number)s proposal accepted.", "%(number)s proposals accepted.", number) % {"number": number}


def rejected(number: int) -> str:
    """What rejecting the rest of a page did."""
    return ngettext("%(number)s proposal rejected.", "%(number)s proposals rejected.", number) % {"number": number}


def left_over(number: int) -> str:
    """What accepting a whole page left for a person."""
    return ngettext(
        "%(number)s proposal was left: choose which record it is.",
        "%(number)s proposals were left: choose which records they are.",
        number,
    ) % {"number": number}


def left_of_the_model(number: int) -> str:
    """What accepting a whole page left because a language model found it."""
    return ngettext(
        "%(number)s finding of the language model was left: read its sentence, then decide it.",
        "%(number)s findings of the language model were left: read their sentences, then decide them.",
        number,
    ) % {"number": number}


def undone(number: int) -> str:
    """What an undo did."""
    return ngettext("%(number)s decision undone.", "%(number)s decisions undone.", number) % {"number": number}


def safe_next(request: HttpRequest) -> str:
    """The page to go back to, where the form named one of our own; else nothing (T25)."""
    address = request.POST.get("next", "") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else ""


def note(unread: Unread) -> str:
    """What the reader saw and could not read, in a sentence."""
    pattern = NOTES.get(unread.code)
    return str(pattern) if pattern else unread.message


def found(number: int) -> str:
    """What reading a page proposed."""
    return ngettext("%(number)s proposal was found.", "%(number)s proposals were found.", number) % {"number": number}


def taken_in(pages: int, proposals: int) -> str:
    """What taking in many files did."""
    first = ngettext("%(number)s page was taken in.", "%(number)s pages were taken in.", pages) % {"number": pages}
    return f"{first} {found(proposals)}"


DATES = frozenset(["since", "until", "date", "signed_on", "valid_until", "when", "due", "seen_on"])


def stated_value(item: Stated, kind: str, language: str) -> str:
    """The value of a statement about a record of a kind, in words."""
    if item.thing is not None:
        return thing_name(item.thing, language)
    if item.property == "files":
        return item.qualifiers.get("name") or str(item.value)
    if isinstance(item.value, bool):
        return yes_or_no(item.value)
    text = str(item.value)
    if item.property in DATES:
        return edtf_words(text, language)
    if item.property == "country":
        return str(Locale.parse(language).territories.get(text, text))
    return code(kind, item.property, text, language)


def country_name(code: str, language: str) -> str:
    """A country by its ISO 3166-1 code (CLDR)."""
    return str(Locale.parse(language).territories.get(code, code))


def nothing_new() -> str:
    """A file or page brought nothing that was not decided before."""
    return gettext("All of it was decided before; nothing new waits.")


def waiting(number: int) -> str:
    """How many proposals wait for a decision."""
    return ngettext("%(number)s proposal waits", "%(number)s proposals wait", number) % {"number": number}
