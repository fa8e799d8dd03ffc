"""What is added by hand to a record that is there: names, posts, how to address somebody, a place's level, a scan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import words
from twinbook.register.desk.entries import PostEntry, held
from twinbook.register.desk.entry_form import Entry, ThingsField, WithScan, countries, languages
from twinbook.register.desk.forms import DateField
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.entries import Fact, Named


class Addition(Entry):
    """An entry about a record on whose page it was opened."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        own = [name for name in self.fields if name not in Entry.base_fields and name not in ("scan_name",)]
        if not any(data.get(name) for name in own) and not self.errors:
            self.add_error(None, _("Fill in what you want to add."))
        return data

    def facts(self) -> list[Fact]:
        assert self.about is not None
        return [Fact(self.about.kind, (*self.given(), *self.joins()), about=self.about.id)]


class NameAddition(Addition):
    """One more name of a place, person, body or landmark, with its language, kind and time."""

    record_kind = "name"
    apart = frozenset(["name", "name_language", "kind", "since", "until"])
    name = forms.CharField(max_length=300, error_messages={"required": _("Write the name.")})
    name_language = forms.ChoiceField(label=_("Language of the name"))
    kind = forms.ChoiceField()
    since = DateField(label=_("Called so since"))
    until = DateField(label=_("Called so until"))

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(language, *args, **options)
        self.fields["name_language"].choices = languages(language)
        self.fields["name_language"].initial = language
        self.fields["kind"].choices = [
            pair for pair in words.choices("name", "kind", language) if pair[0] != "computed"
        ]

    def joins(self) -> list[Given]:
        data = self.cleaned_data
        told = {name: data[name] for name in ("kind", "since", "until") if data[name]}
        return [Given("name", data["name"], data["name_language"], said_by=data["said_by"], qualifiers=told)]


class PersonAddition(Addition):
    """How a person is addressed and called."""

    record_kind = "person"
    in_words = frozenset(["salutation", "pronunciation", "note"])
    person_class = forms.ChoiceField(required=False)
    salutation = forms.CharField(required=False, max_length=200)
    pronunciation = forms.CharField(required=False, max_length=200)
    note = forms.CharField(required=False, max_length=1000)


class PostAddition(PostEntry):
    """One more post of this person."""

    def facts(self) -> list[Fact]:
        assert self.about is not None
        data = {name: self.cleaned_data.get(name, "") for name in self.parts}
        given = held(data, self.cleaned_data["text_language"])
        return [Fact("holding", (Given("person", self.about.id), *given))]


class PlaceAddition(Addition):
    """A place's level, country and what it belongs to."""

    record_kind = "place"
    in_words = frozenset(["note"])
    apart = frozenset(["belongs_to"])
    kind = forms.ChoiceField(label=_("City, district or region"), required=False)
    country = forms.ChoiceField(required=False)
    belongs_to = forms.CharField(
        label=_("Belongs to"),
        required=False,
        max_length=200,
        help_text=_("The region, prefecture or country, by name."),
    )
    note = forms.CharField(required=False, max_length=1000)

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(language, *args, **options)
        self.fields["country"].choices = countries(language)

    def joins(self) -> list[Given]:
        name = self.cleaned_data["belongs_to"]
        return (
            [Given("within", Named("place", name, self.cleaned_data["text_language"], level="region"))] if name else []
        )


class AgreementAddition(Addition, WithScan):
    """What was found out about a paper later: its term, its renewal, who signed, a scan."""

    record_kind = "agreement"
    in_words = frozenset(["approved_by", "renewal", "original_at", "note"])
    signed_on = DateField()
    signatories = ThingsField("people")
    approved_by = forms.CharField(required=False, max_length=300)
    valid_until = DateField()
    renewal = forms.CharField(required=False, max_length=300)
    original_at = forms.CharField(required=False, max_length=300)
    note = forms.CharField(required=False, max_length=1000)


class GiftAddition(Addition, WithScan):
    record_kind = "gift"
    in_words = frozenset(["kept_at", "note"])
    when = DateField()
    kept_at = forms.CharField(required=False, max_length=300)
    note = forms.CharField(required=False, max_length=1000)


class FileAddition(Addition, WithScan):
    """A scan or picture of what is on record."""

    in_words = frozenset(["note"])
    note = forms.CharField(required=False, max_length=1000)


class OrganisationAddition(Addition):
    record_kind = "organisation"
    in_words = frozenset(["note"])
    kind = forms.CharField(required=False, max_length=60)
    note = forms.CharField(required=False, max_length=1000)


# What may be added to each kind of record, and what the button says.
ADDITIONS: dict[str, dict[str, tuple[Any, type[Entry]]]] = {
    "place": {"name": (_("Add a name"), NameAddition), "details": (_("Level and region"), PlaceAddition)},
    "person": {
        "post": (_("Add a post"), PostAddition),
        "details": (_("How to address"), PersonAddition),
        "name": (_("Add a name"), NameAddition),
    },
    "organisation": {"name": (_("Add a name"), NameAddition), "details": (_("Add details"), OrganisationAddition)},
    "landmark": {"name": (_("Add a name"), NameAddition), "file": (_("Add a picture"), FileAddition)},
    "agreement": {"details": (_("Add details or a scan"), AgreementAddition)},
    "gift": {"details": (_("Add details or a picture"), GiftAddition)},
    "activity": {"file": (_("Add a scan or picture"), FileAddition)},
}
