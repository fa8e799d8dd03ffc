"""What the site says, in one language: catalogue words, labels of codes, dates, numbers, names of countries."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from babel import Locale
from babel.numbers import format_decimal

from twinbook.vocabulary.concept import concepts
from twinbook.vocabulary.date_words import edtf_words

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "publishing"
SOURCE_LANGUAGE = "en"  # msgids are English

# Codes of the register that are no vocabulary scheme: what the reader sees for each.
CODES = {
    "step": {
        "contact": "First contact",
        "intent": "Letter of intent",
        "agreement": "Agreement",
        "renewal": "Renewal",
        "level_change": "Change of level",
        "pause": "Pause",
        "resumption": "Resumption",
        "end": "End",
    },
    "basis": {
        "council_vote": "by council vote",
        "signature": "by signature",
        "draft": "by a signed draft",
        "in_force": "in force",
        "announcement": "as announced",
        "first_contact": "first contact",
        "term": "by its term",
    },
    "state": {
        "active": "active",
        "intent": "intended",
        "contact": "in contact",
        "suspended": "suspended",
        "ended": "ended",
        "unknown": "state not known",
    },
    "place": {
        "city": "city",
        "district": "district",
        "region": "region",
        "country": "country",
        "other": "place",
    },
    "commitment": {"open": "open", "kept": "kept", "overtaken": "overtaken", "dropped": "dropped"},
    "name": {
        "official": "official name",
        "short": "short name",
        "former": "former name",
        "other": "other name",
        "computed": "transliteration",
    },
}  # fmt: skip


class Words:
    """The words of one language; where its catalogue has none, the English ones."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)
        self._locale = Locale.parse(language.replace("-", "_"))

    def say(self, message: str, **values: object) -> str:
        """The message in this language, its {places} filled."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def many(self, one: str, other: str, count: int, **values: object) -> str:
        """The form of the message that goes with a count; {count} is written as the language writes numbers."""
        text = self._catalogue.ngettext(one, other, count)
        return text.format(count=self.number(count), **values)

    def code(self, kind: str, code: str) -> str:
        """The words for a code of CODES; the code itself where it is unknown, so that it is seen and not lost."""
        message = CODES[kind].get(code)
        return self.say(message) if message else code

    def label(self, scheme: str, code: str) -> str:
        """The label of a vocabulary concept; the code itself where it is unknown."""
        concept = concepts(scheme).get(code)
        return concept.label(self.language) if concept else code

    def date(self, edtf: str) -> str:
        return edtf_words(edtf, self.language)

    def since(self, edtf: str) -> str:
        """A beginning: where only its latest day is known (../2022-05), it must not read as an end."""
        if not edtf.startswith("../"):
            return self.date(edtf)
        return self.say("by {date}", date=self.date(edtf.removeprefix("../")), until=self.date(edtf))

    def number(self, value: float) -> str:
        return str(format_decimal(value, locale=self._locale))

    def country(self, code: str) -> str:
        """The country's name of the Unicode CLDR; the code itself where that has none."""
        return str(self._locale.territories.get(code, code))

    def language_name(self, language: str) -> str:
        """A language's name in this language: "Japanese", "японский", "日本語"."""
        return str(self._locale.languages.get(language.partition("-")[0], language))


def message(text: str) -> str:
    """The text itself: marks a message that is said elsewhere, for scripts/publishing_words.py to find."""
    return text


def own_name(language: str) -> str:
    """A language's name in itself, as a language switch shows it."""
    locale = Locale.parse(language.replace("-", "_"))
    name = str(locale.languages.get(locale.language, language))
    return name[:1].upper() + name[1:]


def languages() -> tuple[str, ...]:
    """The languages that the site can speak: the folders of locale/, and the one its messages are written in."""
    return tuple(sorted({SOURCE_LANGUAGE, *(path.parent.parent.name for path in LOCALE.glob(f"*/*/{DOMAIN}.mo"))}))


@cache
def words_of(language: str) -> Words:
    return Words(language)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [language.replace("-", "_"), language], fallback=True)
