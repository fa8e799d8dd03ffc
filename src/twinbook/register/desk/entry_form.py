"""The form engine of entries by hand: fields that name records, fields of codes, a scan, and how one knows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import words
from twinbook.register.queries.records import Dossier
from twinbook.register.queries.values import Shown, Thing
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.entries import Fact

# Languages a name or quotation may be in: those of the desk, then of Irkutsk's and Kanazawa's partners.
LANGUAGES = ("ru", "ja", "en", "zh", "ko", "mn", "de", "fr", "it", "es", "pt", "pl", "cs", "uk", "sr", "lt", "nl")
NO_COUNTRIES = frozenset(["EU", "UN", "EZ", "ZZ", "XA", "XB", "QO"])  # CLDR's territories that are none
SCAN_HELP = _("PDF, JPEG, PNG, TIFF or WebP, up to 20 MB. What the file is, is told by its content.")


def languages(language: str) -> list[tuple[str, str]]:
    """Tags of languages with their names in the user's language."""
    names = Locale.parse(language).languages
    return [(tag, names.get(tag, tag)) for tag in LANGUAGES]


def countries(language: str) -> list[tuple[str, str]]:
    """ISO codes of countries with their names (CLDR), in the order of the names."""
    territories = Locale.parse(language).territories
    named = [(code, name) for code, name in territories.items() if len(code) == 2 and code not in NO_COUNTRIES]
    return [("", "—"), *sorted(named, key=lambda pair: pair[1])]


@dataclass(frozen=True)
class Around:
    """What an entry may name: the two places of a tie, and the people, bodies, activities and papers between them."""

    tie: str = ""
    home: Thing | None = None
    partner: Thing | None = None
    people: tuple[Thing, ...] = ()
    bodies: tuple[Thing, ...] = ()
    activities: tuple[Thing, ...] = ()
    papers: tuple[Thing, ...] = ()

    @classmethod
    def of(cls, dossier: Dossier) -> Around:
        """What stands in a dossier."""
        return cls(
            dossier.tie.id,
            dossier.home.thing if dossier.home else None,
            dossier.partner.thing,
            *(tuple(one.thing for one in listed) for listed in (dossier.people, dossier.organisations)),
            *(tuple(one.thing for one in listed) for listed in (dossier.activities, dossier.agreements)),
        )

    @property
    def sides(self) -> tuple[Thing, ...]:
        return tuple(side for side in (self.home, self.partner) if side)

    def choices(self, among: Iterable[str], language: str) -> list[tuple[str, str]]:
        """Ids and names of the named lists: sides · people · bodies · activities · papers."""
        listed = [thing for name in among for thing in getattr(self, name)]
        return [(thing.id, words.thing_name(thing, language)) for thing in listed]


class ThingField(forms.ChoiceField):
    """One record around the tie; `among` names the lists it is chosen from, `side` what is chosen to begin with."""

    def __init__(self, *among: str, side: str = "", **options: Any) -> None:
        self.among, self.side = among, side
        super().__init__(**{"required": False, **options})


class ThingsField(forms.MultipleChoiceField):
    """Several records around the tie."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *among: str, **options: Any) -> None:
        self.among, self.side = among, ""
        super().__init__(**{"required": False, **options})


class Entry(forms.Form):
    """What all entries share: how one knows it; these words are kept as the source."""

    record_kind = ""
    about: Shown | None = None  # the record on whose page it was opened
    in_words: frozenset[str] = frozenset()  # properties that are text in a language
    apart: frozenset[str] = frozenset()  # fields that `facts` reads itself
    groups_of: tuple[tuple[Any, tuple[str, ...]], ...] = ()  # legends and the fields under them
    knows = forms.CharField(
        label=_("How do you know it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text=_(
            "Quote the paper or letter, or say in a sentence what you know yourself. It is kept as the source."
        ),
        error_messages={"required": _("Write how you know it; nothing stands in the register without a source.")},
    )
    said_by = forms.CharField(label=_("Who says so, if not you"), required=False, max_length=300)
    text_language = forms.ChoiceField(label=_("Language of what you write"))

    def __init__(self, language: str, around: Around | None = None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.around = around or Around()
        self.label_suffix = ""
        self.fields["text_language"].choices = languages(language)
        self.fields["text_language"].initial = language
        for name, field in list(self.fields.items()):
            if name not in Entry.base_fields:
                self._prepare(name, field, language)
        self.order_fields([name for name in self.fields if name not in Entry.base_fields] + list(Entry.base_fields))

    def _prepare(self, name: str, field: forms.Field, language: str) -> None:
        field.label = field.label or words.property_name(name)
        if isinstance(field, ThingField | ThingsField):
            listed = self.around.choices(field.among, language)
            field.choices = listed if isinstance(field, ThingsField) else [("", "—"), *listed]
            side = getattr(self.around, field.side) if field.side else None
            field.initial = field.initial or (side.id if side else None)
            if not listed:
                del self.fields[name]
        elif isinstance(field, forms.ChoiceField) and not field.choices:
            field.choices = self._codes(name, field, language)

    def _codes(self, name: str, field: forms.ChoiceField, language: str) -> list[tuple[str, str]]:
        listed = words.choices(self.record_kind, name, language)
        may_be_empty = not field.required and not isinstance(field, forms.MultipleChoiceField)
        return [("", "—"), *listed] if may_be_empty else listed

    def groups(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields as they stand on the page: what belongs together under one legend, the source last."""
        grouped = {name for _legend, names in self.groups_of for name in names}
        first = [name for name in self.fields if name not in grouped and name not in Entry.base_fields]
        parts = [("", first), *self.groups_of, (_("Source"), list(Entry.base_fields))]
        return [(legend, fields) for legend, names in parts if (fields := [self[n] for n in names if n in self.fields])]

    def given(self) -> list[Given]:
        """The statements of the fields that are properties themselves."""
        found: list[Given] = []
        for name in self.fields:
            if name not in Entry.base_fields and name not in self.apart and name not in ("scan", "scan_name"):
                found += self.stated(name)
        return found

    def stated(self, name: str, *, field: str = "") -> list[Given]:
        """The statements of one property, from its field or another one's; what is empty states nothing."""
        value = self.cleaned_data.get(field or name)
        if value in (None, "", []) or value is False:
            return []
        tag = self.cleaned_data["text_language"] if name in self.in_words else ""
        values = value if isinstance(value, list) else [value]
        return [Given(name, one, language=tag, said_by=self.cleaned_data["said_by"]) for one in values]

    def joins(self) -> list[Given]:
        """What makes the new record belong to the tie."""
        return []

    def facts(self) -> list[Fact]:
        """All facts of the entry, the main one first."""
        return [Fact(self.record_kind, (*self.given(), *self.joins()))]


class WithScan(Entry):
    """An entry that may bring a scan of the paper, under a name of the office's own."""

    scan = forms.FileField(
        label=_("Scan or picture"),
        required=False,
        help_text=SCAN_HELP,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.webp"}),
        error_messages={"empty": _("The file is empty.")},
    )
    scan_name = forms.CharField(
        label=_("Our own name for the file"),
        required=False,
        max_length=120,
        help_text=_("As the office would look for it. The name that the file came with is not needed."),
    )
