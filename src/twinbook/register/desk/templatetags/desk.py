"""How values are said on the pages of the desk: dates, codes, countries, languages, in the words of the user."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from django import template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext

from twinbook.register.desk import list_words, plan_words, words
from twinbook.register.desk.highlight import words_lit
from twinbook.register.desk.refusals import NOTES
from twinbook.register.queries.values import Remark, Shown, SourceLine, Stated, Thing, When
from twinbook.vocabulary.date_words import edtf_words

register = template.Library()
COMMAS, STOPS = {"ja": "、"}, {"ja": "。"}  # where they are not those of Latin and Cyrillic


def _language() -> str:
    return (translation.get_language() or "en").split("-")[0]


@register.filter
def edtf(value: str | date | None) -> str:
    """An EDTF text or a day, in words."""
    text = value.isoformat() if isinstance(value, date) else value
    return edtf_words(text, _language())


@register.filter
def year_of(day: date | None) -> str:
    """A day's year: as much as the source of a last day surely says."""
    return edtf_words(f"{day.year:04}", _language()) if day else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as the office's own day and time."""
    if value is None:
        return ""
    here = timezone.localtime(value)
    return f"{edtf_words(here.date().isoformat(), _language())}, {here:%H:%M}"


@register.filter
def country(code: str | None) -> str:
    """A country's name by ISO 3166-1 code (CLDR)."""
    if not code:
        return ""
    return str(_locale().territories.get(code, code))


@register.filter
def language_name(tag: str | None) -> str:
    """A language's name by its tag (CLDR): "Russian", "Japanese (Latin)"."""
    if not tag:
        return ""
    try:
        return Locale.parse(tag, sep="-").get_display_name(_locale()) or tag
    except (ValueError, UnknownLocaleError):
        return tag


def _locale() -> Locale:
    return Locale.parse(_language())


@register.filter
def at(mapping: dict[str, object] | None, key: str) -> object:
    """The value under a key that the template holds in a variable; nothing where there is none."""
    return (mapping or {}).get(key)


@register.filter
def in_language(texts: dict[str, str] | None) -> str:
    """A text by language tag: in the user's language, else in English, else in any; empty where there is none."""
    return (texts or {}).get(_chosen(texts), "")


@register.filter
def tag_of(texts: dict[str, str] | None) -> str:
    """The language tag of what `in_language` gives, for the lang attribute."""
    return _chosen(texts)


def _chosen(texts: dict[str, str] | None) -> str:
    texts = texts or {}
    wanted = [_language(), "en", *texts]
    return next((tag for tag in wanted if texts.get(tag)), "")


@register.filter
def name_or_kind(shown: Shown) -> str:
    """A record's name; what has no name of its own is called by its kind, never by its id."""
    return in_language(shown.label) or words.record_kind(shown.kind)


@register.filter
def source_name(source: SourceLine) -> str:
    """A page by its title, else its address, else as one without a title."""
    return source.title or source.address or gettext("Page without a title")


@register.simple_tag
def thing(item: Thing | None, empty: str = "") -> str:
    """A record's name as a link to its page; what has no name of its own is called by its kind.

    Written here and not as a template: a page has hundreds of them, and a template of its own takes four times as long.
    """
    if not item:
        return conditional_escape(empty)
    text = in_language(item.label) or words.record_kind(item.kind)
    address = reverse("desk:record", args=[item.id])
    return format_html('<a href="{}"{}>{}</a>', address, _lang(tag_of(item.label)), text)


@register.simple_tag
def value(shown: Shown, name: str, text: object, language: str = "") -> str:
    """A value of a record with the way to what says it; one that nothing says looks different.

    `text` is the value in words; `language` its tag where it is not the page's own.
    """
    if shown.stated.get(name):
        address = reverse("desk:evidence", args=[shown.id, name])
        link = '<a class="value" href="{0}" hx-get="{0}" hx-target="next .evidence-slot" title="{1}"{2}>{3}</a>'
        return format_html(link, address, gettext("Show what says this"), _lang(language), text)
    if not text:
        return ""
    unsourced = '<span class="unsourced" title="{}"{}>{}</span>'
    return format_html(unsourced, gettext("No source says this"), _lang(language), text)


@register.simple_tag
def comma() -> str:
    """What stands between the parts of a line in the user's language."""
    return COMMAS.get(_language(), ", ")


@register.simple_tag
def stop() -> str:
    """What ends a short sentence that others follow, in the user's language."""
    return STOPS.get(_language(), ". ")


def _lang(tag: str) -> str:
    """The attribute that names the language of a text, where it is known."""
    return format_html(' lang="{}"', tag) if tag else ""


@register.filter
def until(since: When | None, end: When | None) -> str:
    """A period in words: since 2018, until 2022, 2018–2022; nothing where neither side is known."""
    if since is None and end is None:
        return ""
    if (since and "/" in since.edtf) or (end and "/" in end.edtf):
        return " – ".join(edtf_words(side.edtf, _language()) for side in (since, end) if side)
    return edtf_words(f"{since.edtf if since else '..'}/{end.edtf if end else '..'}", _language())


@register.filter
def code_of(value: str | None, place: str) -> str:
    """A code in words; `place` is "kind.property" of words.CODES or words.SCHEMES: {{ state|code_of:"tie.state" }}."""
    kind, _, name = place.partition(".")
    return words.code(kind, name, value or "", _language()) if value is not None else ""


@register.filter
def unlocalized(number: float) -> str:
    """A number as a drawing takes it, with a point in every language."""
    return f"{number:g}"


@register.filter
def plan_origin(code: str) -> str:
    """Where a line of a plan comes from."""
    return str(plan_words.ORIGINS.get(code, code))


@register.filter
def plan_outcome(code: str) -> str:
    """What became of a line of a plan."""
    return str(plan_words.OUTCOMES.get(code, code))


@register.filter
def amount(value: float | None) -> str:
    """A number as the language writes it, with two decimals only where it has any."""
    return "" if value is None else str(format_decimal(value, format="#,##0.##", locale=_locale()))


@register.filter
def record_kind(kind: str) -> str:
    """What a kind of record is called."""
    return words.record_kind(kind)


@register.filter
def property_name(name: str) -> str:
    """What a property is called."""
    return words.property_name(name)


@register.filter
def sentence(remark: Remark | None) -> str:
    """A remark in the user's language."""
    return words.remark(remark, _language()) if remark else ""


@register.filter
def noted(loss: Remark) -> str:
    """What was lost of a page, in the user's language."""
    return str(NOTES.get(loss.code) or loss.sentence)


@register.filter
def about(remark: Remark | None, thing: Thing | None) -> str:
    """A remark on a match in the user's language, with the record called as the user's language calls it."""
    if remark and thing and "known" in remark.words:
        remark = replace(remark, words={**remark.words, "known": in_language(thing.label)})
    return sentence(remark)


@register.filter
def is_web(address: str) -> bool:
    """Whether an address may be a link: http or https only (T17)."""
    return address.lower().startswith(("http://", "https://"))


@register.inclusion_tag("desk/parts/stated.html")
def stated(item: Stated, kind: str) -> dict[str, object]:
    """The value of one statement about a record of a kind, in words."""
    return {"item": item, "text": words.stated_value(item, kind, _language())}


@register.filter
def lit(text: str, query: str) -> list[tuple[str, bool]]:
    """A name in pieces, each with whether the search asked for it."""
    return words_lit(text, query)


@register.filter
def rank_words(rank: int) -> str:
    """Whose word a statement is."""
    return words.code("rank", "rank", str(rank), _language())


@register.filter
def importer_name(code: str) -> str:
    """What an importer is called."""
    return str(list_words.IMPORTERS.get(code, code))


@register.filter
def format_name(code: str) -> str:
    """What a format of the whole register is called."""
    return str(list_words.FORMATS.get(code, code))


@register.filter
def reading_system(code: str) -> str:
    """What a system of transliteration is called."""
    return str(list_words.SYSTEMS.get(code, code))


@register.filter
def difference_value(text: str, code: str) -> str:
    """One side of a difference in words: a level, a date, or a state with its date."""
    return list_words.difference_value(text, code, _language())


@register.filter
def told_value(statement: dict[str, object], kind: str) -> str:
    """The value of a statement of an exchange file about a record of a kind, in words."""
    return list_words.told_value(str(statement["property"]), statement["value"], kind, _language())


@register.filter
def stated_words(item: Stated, kind: str) -> str:
    """The value of one statement in words, without a link."""
    return words.stated_value(item, kind, _language())
