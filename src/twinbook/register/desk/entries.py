"""Facts that an officer enters by hand: one form for each kind, and the statements they become."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import words
from twinbook.register.desk.forms import DateField
from twinbook.register.workflow.enter import Given

# Languages a name or quotation may be in: those of the desk, then of Irkutsk's and Kanazawa's partners.
LANGUAGES = ("ru", "ja", "en", "zh", "ko", "mn", "de", "fr", "it", "es", "pt", "pl", "cs", "uk", "sr", "lt", "nl")
NO_COUNTRIES = frozenset(["EU", "UN", "EZ", "ZZ", "XA", "XB", "QO"])  # CLDR's territories that are none


def languages(language: str) -> list[tuple[str, str]]:
    """Tags of languages with their names in the user's language."""
    names = Locale.parse(language).languages
    return [(tag, names.get(tag, tag)) for tag in LANGUAGES]


def countries(language: str) -> list[tuple[str, str]]:
    """ISO codes of countries with their names (CLDR), in the order of the names."""
    territories = Locale.parse(language).territories
    named = [(code, name) for code, name in territories.items() if len(code) == 2 and code not in NO_COUNTRIES]
    return [("", "—"), *sorted(named, key=lambda pair: pair[1])]


class Entry(forms.Form):
    """What all entries share: how the officer knows it; these words are kept as the source."""

    record_kind = ""
    in_words: frozenset[str] = frozenset()  # properties that are text in a language
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

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["text_language"].choices = languages(language)
        self.fields["text_language"].initial = language
        for name, field in self.fields.items():
            if name in Entry.base_fields:
                continue
            field.label = field.label or words.property_name(name)
            if isinstance(field, forms.ChoiceField) and not field.choices:
                field.choices = self._codes(name, field, language)
        self.order_fields([name for name in self.fields if name not in Entry.base_fields] + list(Entry.base_fields))

    def _codes(self, name: str, field: forms.ChoiceField, language: str) -> list[tuple[str, str]]:
        listed = words.choices(self.record_kind, name, language)
        may_be_empty = not field.required and not isinstance(field, forms.MultipleChoiceField)
        return [("", "—"), *listed] if may_be_empty else listed

    def given(self) -> list[Given]:
        """The statements of this entry; what joins it to a tie or place is added by the view."""
        found: list[Given] = []
        for name in self.fields:
            if name not in Entry.base_fields:
                found += self._statements(name, self.cleaned_data.get(name))
        return found

    def _statements(self, name: str, value: Any) -> list[Given]:
        if value in (None, "", []):
            return []
        tag = self.cleaned_data["text_language"] if name in self.in_words else ""
        values = value if isinstance(value, list) else [value]
        return [Given(name, one, language=tag, said_by=self.cleaned_data["said_by"]) for one in values]


class ActivityEntry(Entry):
    record_kind = "activity"
    in_words = frozenset(["title"])
    title = forms.CharField(max_length=300, error_messages={"required": _("An activity needs a title.")})
    kind = forms.ChoiceField()
    status = forms.ChoiceField(initial="done")
    when = DateField()
    areas = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    people_out = forms.IntegerField(required=False, min_value=0, max_value=100_000)
    people_in = forms.IntegerField(required=False, min_value=0, max_value=100_000)


class StepEntry(Entry):
    record_kind = "step"
    in_words = frozenset(["title", "decider"])
    kind = forms.ChoiceField()
    date = DateField()
    basis = forms.ChoiceField(required=False)
    level = forms.ChoiceField(required=False)
    decider = forms.CharField(required=False, max_length=300)
    title = forms.CharField(required=False, max_length=300)


class PersonEntry(Entry):
    """A person with one post."""

    record_kind = "person"
    in_words = frozenset(["name"])
    name = forms.CharField(max_length=300, error_messages={"required": _("A person needs a name.")})
    person_class = forms.ChoiceField()
    post = forms.ChoiceField(required=False)
    post_title = forms.CharField(label=_("Post as it is called"), required=False, max_length=300)
    since = DateField()
    until = DateField()
    of_partner = forms.BooleanField(label=_("Serves the partner, not our city"), required=False, initial=True)

    def given(self) -> list[Given]:
        return [one for name in ("name", "person_class") for one in self._statements(name, self.cleaned_data[name])]

    def holding(self) -> list[Given]:
        """The statements about the post; empty where none was given."""
        data = self.cleaned_data
        if not data["post"] and not data["post_title"]:
            return []
        titled = [Given("title", data["post_title"], language=data["text_language"])] if data["post_title"] else []
        coded = [one for name in ("post", "since", "until") for one in self._statements(name, data[name])]
        return titled + coded


class LandmarkEntry(Entry):
    record_kind = "landmark"
    in_words = frozenset(["name", "honours"])
    name = forms.CharField(max_length=300, error_messages={"required": _("A landmark needs a name.")})
    kind = forms.ChoiceField()
    honours = forms.CharField(required=False, max_length=300)
    since = DateField()


class PromiseEntry(Entry):
    record_kind = "commitment"
    in_words = frozenset(["what"])
    what = forms.CharField(max_length=500, error_messages={"required": _("Write what was promised.")})
    owner = forms.CharField(required=False, max_length=200)
    due = DateField()
    of_partner = forms.BooleanField(label=_("The partner promised it, not we"), required=False)

    def given(self) -> list[Given]:
        named = [one for name in ("what", "owner", "due") for one in self._statements(name, self.cleaned_data[name])]
        return [*named, Given("state", "open")]


class NameEntry(Entry):
    """One more name of a place, person or body."""

    record_kind = "place"
    in_words = frozenset(["name"])
    name = forms.CharField(max_length=300, error_messages={"required": _("Write the name.")})


class PartnerEntry(Entry):
    """A new partner and its tie."""

    record_kind = "tie"
    name = forms.CharField(max_length=300, error_messages={"required": _("A partner needs a name.")})
    country = forms.ChoiceField(required=False)
    kind = forms.ChoiceField()
    since = DateField()

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(language, *args, **options)
        self.fields["country"].choices = countries(language)

    def given(self) -> list[Given]:
        return [one for name in ("kind", "since") for one in self._statements(name, self.cleaned_data[name])]


class HomeForm(forms.Form):
    """The office's own city."""

    name = forms.CharField(
        label=_("Name of our city"), max_length=300, error_messages={"required": _("Write the name.")}
    )
    text_language = forms.ChoiceField(label=_("Language of the name"))
    country = forms.ChoiceField(label=_("Country"), error_messages={"required": _("Choose the country.")})

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["text_language"].choices = languages(language)
        self.fields["text_language"].initial = language
        self.fields["country"].choices = countries(language)


ENTRIES: dict[str, type[Entry]] = {
    "activity": ActivityEntry,
    "step": StepEntry,
    "person": PersonEntry,
    "landmark": LandmarkEntry,
    "commitment": PromiseEntry,
}
