"""Pages from templates: an engine of our own, its few tags, footnotes numbered as a page cites them."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from django.template import Context, Engine, Library
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from twinbook.publishing.rendering.clean import clean
from twinbook.publishing.rendering.words import Words
from twinbook.vocabulary.partial_date import PartialDate

register = Library()  # the tags below; an Engine takes them as builtins by this module's name
BLANK_LINES = re.compile(r"\n\s*\n")
MISSING = "⟦%s⟧"  # what a template shows for a name it was not given; tests look for it


class TextValue(Protocol):
    """Words and the language they stand in."""

    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...


class SourceValue(Protocol):
    """What a source is called by."""

    @property
    def title(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def language(self) -> str: ...


class NoteValue(Protocol):
    """What a footnote is told by: the same key, the same note."""

    @property
    def key(self) -> str: ...


@dataclass
class Note:
    """One footnote of a page: its number, what it says, and the ids of the places that cite it."""

    number: int
    footnote: NoteValue
    references: list[str] = field(default_factory=list)


class Notes:
    """The footnotes of one page, numbered in the order in which the page first cites them."""

    def __init__(self) -> None:
        self._notes: dict[str, Note] = {}

    def cite(self, footnote: NoteValue) -> Note:
        note = self._notes.setdefault(footnote.key, Note(len(self._notes) + 1, footnote))
        note.references.append(f"ref-{note.number}-{len(note.references) + 1}")
        return note

    def __iter__(self) -> Any:
        return iter(self._notes.values())

    def __bool__(self) -> bool:
        return bool(self._notes)


class Pages:
    """The templates of one folder as a maker of pages."""

    def __init__(self, folder: Path) -> None:
        self._engine = Engine(dirs=[str(folder)], builtins=[__name__], string_if_invalid=MISSING)

    def render(self, template: str, *, path: str, words: Words, **values: object) -> bytes:
        """One page in UTF-8; `path` is where it will stand, so that its links can be relative."""
        context = Context({"words": words, "notes": Notes(), "path": path, **values}, use_l10n=False)
        text = self._engine.get_template(template).render(context)
        return (BLANK_LINES.sub("\n", clean(text)).strip() + "\n").encode()


def relative(target: str, *, from_path: str) -> str:
    """The relative address of one file of the site in another; an anchor stays."""
    file, hash_sign, anchor = target.partition("#")
    if file == from_path and anchor:
        return f"#{anchor}"
    return quote(posixpath.relpath(file, posixpath.dirname(from_path) or ".")) + hash_sign + anchor


def is_web_address(address: str) -> bool:
    """Whether an address may become a link: http and https only, so that no script hides in one."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _words(context: Context) -> Words:
    words = context["words"]
    assert isinstance(words, Words)
    return words


def _filled(message: str, values: dict[str, Any]) -> SafeString:
    return format_html(message, **values) if values else conditional_escape(message)


@register.simple_tag(takes_context=True)
def say(context: Context, message: str, **values: Any) -> SafeString:
    return _filled(_words(context).say(message), values)


@register.simple_tag(takes_context=True)
def many(context: Context, one: str, other: str, count: int, **values: Any) -> str:
    return _words(context).many(one, other, count, **values)


@register.simple_tag(takes_context=True)
def label(context: Context, scheme: str, code: str) -> str:
    return _words(context).label(scheme[:], code)  # a slice: paths refuse the template's safe text


@register.simple_tag(takes_context=True)
def code(context: Context, kind: str, value: str) -> str:
    return _words(context).code(kind, value)


@register.simple_tag(takes_context=True)
def country(context: Context, value: str) -> str:
    return _words(context).country(value)


@register.simple_tag(takes_context=True)
def number(context: Context, value: float) -> str:
    return _words(context).number(value)


@register.simple_tag(takes_context=True)
def when(context: Context, edtf: str) -> SafeString:
    """A date in words, as a time element where it is a day, month or year that HTML can carry."""
    shown = _words(context).date(edtf)
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", edtf):
        return format_html('<time datetime="{}">{}</time>', edtf, shown)
    return conditional_escape(shown)


@register.simple_tag(takes_context=True)
def since(context: Context, edtf: str) -> SafeString:
    """A beginning in words."""
    return conditional_escape(_words(context).since(edtf)) if edtf.startswith("../") else when(context, edtf)


@register.simple_tag(takes_context=True)
def text(context: Context, value: TextValue, *, mark: bool = False) -> SafeString:
    """Words of the register; in another language they say so to the browser, and with `mark` to the reader."""
    words = _words(context)
    if not value.language or value.language == words.language:
        return conditional_escape(value.text)
    spoken = format_html('<span lang="{}">{}</span>', value.language, value.text)
    if not mark:
        return spoken
    name = words.say("in {language}", language=words.language_name(value.language))
    return format_html('{} <span class="tongue">{}</span>', spoken, name)


@register.simple_tag(takes_context=True)
def cite(context: Context, footnotes: Sequence[NoteValue], but: Sequence[NoteValue] | str = ()) -> SafeString:
    """The numbers of footnotes, each a link to the note below, without those (`but`) that stand close by anyway."""
    page_notes: Notes = context["notes"]
    near = {footnote.key for footnote in but if not isinstance(footnote, str)}
    cited: dict[str, NoteValue] = {footnote.key: footnote for footnote in footnotes if footnote.key not in near}
    noted = sorted((page_notes.cite(footnote) for footnote in cited.values()), key=lambda note: note.number)
    title = _words(context).say("Source")
    return format_html_join(
        "",
        '<a class="cite" id="{}" href="#note-{}" role="doc-noteref" aria-label="{} {}">{}</a>',
        ((note.references[-1], note.number, title, note.number, note.number) for note in noted),
    )


@register.simple_tag(takes_context=True)
def link(context: Context, target: str) -> str:
    """The relative address of a file of the site."""
    return relative(target, from_path=context["path"])


@register.simple_tag(takes_context=True)
def kilometres(context: Context, value: int) -> str:
    words = _words(context)
    return words.say("about {number} km", number=words.number(value))


@register.simple_tag(takes_context=True)
def day(context: Context, value: date) -> str:
    """A day, or the day of a moment, in words."""
    return _words(context).date(value.strftime("%Y-%m-%d"))


@register.simple_tag(takes_context=True)
def language_name(context: Context, value: str) -> str:
    return _words(context).language_name(value)


@register.simple_tag(takes_context=True)
def source_title(context: Context, source: SourceValue) -> SafeString:
    """What a source is called: its title, else its address, else that it is a note of the office."""
    if not source.title:
        return conditional_escape(source.address or _words(context).say("Note of the office"))
    if not source.language or source.language == _words(context).language:
        return conditional_escape(source.title)
    return format_html('<span lang="{}">{}</span>', source.language, source.title)


@register.filter
def to_int(value: str) -> int:
    return int(value)


@register.filter
def web_address(address: str) -> bool:
    return is_web_address(address)


@register.filter
def year_of(edtf: str) -> str:
    return year(edtf)


def year(edtf: str) -> str:
    """The year in which a date begins, empty where that is not known: 1994/.. → 1994, ../2022 → empty."""
    if not edtf:
        return ""
    first = PartialDate.parse(edtf).first
    start = edtf.partition("/")[0]
    return str(first.year) if first and re.match(r"\d{4}", start) else ""


@register.simple_tag
def data_block(values: Iterable[Any] | dict[str, Any]) -> SafeString:
    """Values as a JSON-LD block that nothing inside can end."""
    body = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    body = body.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    body = body.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return mark_safe(f'<script type="application/ld+json">{body}</script>')  # escaped just above
