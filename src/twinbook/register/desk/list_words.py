"""What the pages about lists say: meanings of columns, outcomes of rows, kinds of difference, and the letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import words
from twinbook.register.queries.compare import Correction
from twinbook.register.queries.outside_lists import Fate
from twinbook.register.queries.values import Thing
from twinbook.vocabulary.date_words import edtf_words

MEANINGS: Mapping[str, Promise] = {
    "partner": _("Partner"),
    "partner_country": _("Country"),
    "title": _("Title of the activity"),
    "kind": _("Kind"),
    "areas": _("Areas"),
    "status": _("Status"),
    "when": _("When (date or period)"),
    "since": _("First day"),
    "until": _("Last day"),
    "people_in": _("People received"),
    "people_out": _("People sent"),
    "note": _("Note"),
    "geonames": _("GeoNames number"),
    "wikidata": _("Wikidata item"),
}
OUTCOMES: Mapping[str, Promise] = {
    "new": pgettext_lazy("a row of a list", "new"),
    "known": pgettext_lazy("a row of a list", "known already"),
    "trouble": pgettext_lazy("a row of a list", "error"),
}
DIFFERENCES: Mapping[str, Promise] = {
    "missing-here": _("They list it, we do not"),
    "missing-there": _("We have it, they do not list it"),
    "ended-here": _("We know it as ended or suspended, they list it as running"),
    "ended-there": _("They list it as ended, we as running"),
    "other-date": _("Another date"),
    "other-level": _("Another level"),
    "unsure": _("Several towns have this name"),
    "same": _("Both say the same"),
}
IMPORTERS: Mapping[str, Promise] = {
    "activity_table": _("Our own list of activities"),
    "geonames": _("Places of GeoNames"),
    "iati": _("Projects (IATI)"),
    "icalendar": _("Calendar (iCalendar)"),
    "tie_list": _("A city's list of its ties"),
    "twinbook_export": _("Another Twinbook register"),
    "vcard": _("Contacts (vCard)"),
    "wikidata_edges": _("Wikidata: ties by item"),
    "wikidata_json": _("Wikidata (JSON)"),
    "wikidata_ties": _("Wikidata: ties with coordinates"),
    "wikipedia_pairs": _("Pairs of towns from Wikipedia"),
}
TROUBLES: Mapping[str, Promise] = {
    "country-unknown": _("No country is called “{value}”."),
    "count-wrong": _("“{value}” is no number of people."),
    "date-wrong": _("“{value}” is no date that can be read. Write 2019, 05.2019 or 17.05.2019."),
    "deprecated": _("Wikidata keeps this statement as wrong; it is not taken in."),
    "gone": _("GeoNames says that this is a place no more."),
    "incomplete": _("The record does not name two places, or has no kind and title."),
    "item-missing": _("One end of the tie is not named."),
    "kind-unknown": _("The kind “{value}” is not known. Use a word of the glossary, or choose a kind for all rows."),
    "name-missing": _("A name is missing."),
    "no-person": _("This card is no person’s. Enter the organisation by hand."),
    "no-place": _("This is no town, district or region that could have a partner."),
    "not-public": _("The other office keeps this to itself."),
    "partner-missing": _("No partner is named, or it is not clear which."),
    "row-damaged": _("The row has not the columns of its list."),
    "status-unknown": _("The status “{value}” is not known. Use a word of the glossary."),
    "tied-to-itself": _("A town is tied to itself here."),
    "title-missing": _("The title is missing."),
    "unsupported": _("The list itself says that nothing supports this tie."),
}
OF_TIES = frozenset(
    ["tie_list", "twinbook_export", "wikidata_edges", "wikidata_json", "wikidata_ties", "wikipedia_pairs"]
)
FORMATS: Mapping[str, Promise] = {
    "jsonl": _("JSON Lines"),
    "csv": _("Tables (CSV with a data package)"),
    "jsonld": _("JSON-LD (Web Annotation)"),
    "turtle": _("RDF (Turtle)"),
}
SYSTEMS: Mapping[str, Promise] = {
    "practical": _("practical transliteration"),
    "hepburn": _("Hepburn"),
    "polivanov": _("Polivanov"),
    "palladius": _("Palladius"),
    "katakana": _("katakana as newspapers write"),
}


def remark(fate: Fate) -> str:
    """What a person should look at in a row; an error in the reader's language."""
    told = TROUBLES.get(fate.code)
    return str(told).replace("{value}", fate.value) if told else fate.remark


def difference_value(text: str, code: str, language: str) -> str:
    """One side of a difference in words: a level, a date, or a state with its date."""
    if code == "unsure":
        return text
    if code == "other-level":
        return words.code("tie", "level", text, language)
    return ", ".join(_part(part, language) for part in text.split(", "))


def _part(part: str, language: str) -> str:
    if part[:4].isdigit():
        return edtf_words(part, language)
    if part == "listed":
        return gettext("in the list")
    if part in ("end", "pause"):
        return words.code("step", "kind", part, language)
    is_state = part in words.CODES["tie.state"]
    return words.code("tie", "state" if is_state else "kind", part, language)


def rows_done(number: int, *, is_trial: bool) -> str:
    """How many rows were tried or brought in."""
    if is_trial:
        told = ngettext(
            "%(number)s row was tried; nothing was written.", "%(number)s rows were tried; nothing was written.", number
        )
        return told % {"number": number}
    return ngettext("%(number)s row was brought in.", "%(number)s rows were brought in.", number) % {"number": number}


def stands_now() -> str:
    return gettext("Noted: our value stands, and the correction is ready to send.")


def theirs_taken() -> str:
    return gettext("Their row is in the register now, beside what we had; a contradiction is listed.")


def reading_added() -> str:
    return gettext("The reading is added, marked as computed.")


def letter(found: Iterable[Correction], *, city: Thing, list_name: str, language: str) -> str:
    """A letter to the keeper of a list, in the language of the desk, with a line for each correction."""
    lines = [_line(one, language) for one in found]
    return "\n".join(
        [
            gettext("Dear colleagues,"),
            "",
            gettext("we compared your list “%(list)s” with the register of %(city)s. We ask you to mend the following:")
            % {"list": list_name, "city": city.name(language)},
            "",
            *lines,
            "",
            gettext("With kind regards"),
            city.name(language),
            "",
        ]
    )


def _line(one: Correction, language: str) -> str:
    partner = one.partner.get(language) or one.partner.get("en") or next(iter(one.partner.values()), "")
    known = {
        "partner": partner,
        "country": words.country_name(one.country, language),
        "level": words.code("tie", "level", one.level, language),
        "since": edtf_words(one.since, language) if one.since else gettext("not known"),
        "ended": edtf_words(one.ended, language) if one.ended else gettext("not known"),
    }
    sentences = {
        "missing-there": gettext("%(partner)s (%(country)s) is missing: %(level)s, since: %(since)s"),
        "other-date": gettext("%(partner)s (%(country)s): the tie began on another date: %(since)s"),
        "other-level": gettext("%(partner)s (%(country)s): the level is another: %(level)s"),
        "ended-here": gettext("%(partner)s (%(country)s): the tie runs no longer; it ended or rests since: %(ended)s"),
    }
    row = f" [{gettext('row %(row)s') % {'row': one.row}}]" if one.row else ""
    source = f"\n  {one.source}" if one.source else ""
    return f"– {sentences[one.code] % known}{row}{source}"


SIDES: Mapping[str, Promise] = {"from": _("our city"), "to": _("the partner's city")}  # as an exchange file has them


def told_value(name: str, value: object, kind: str, language: str) -> str:
    """The value of a statement that is to be sent to a partner, in words."""
    if isinstance(value, bool):
        return words.yes_or_no(value)
    text = str(value)
    if name in words.DATES:
        return edtf_words(text, language)
    if name in ("side", "place"):
        return str(SIDES.get(text, text))
    return words.code(kind, name, text, language)
