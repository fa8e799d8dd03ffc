"""The correction of a proposal: one form for each sort of finding, every field named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import words
from twinbook.register.desk.forms import DateField
from twinbook.register.queries.queue import Card

LIST_FIELDS = ("places", "participants")
NEW_RECORD = "new"


class LinesField(forms.CharField):
    """Names, one a line; gives a list."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2, "class": "names-lines"})
        super().__init__(**{"widget": widget, "required": False, "max_length": 2000, **options})

    def clean(self, value: object) -> list[str]:
        text = super().clean(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value


class Correction(forms.Form):
    """What all corrections share: the values as read as the first words, and only what was changed as the answer."""

    sort = ""
    properties: tuple[str, ...] = ()

    def __init__(self, card: Card, language: str, data: QueryDict | None = None) -> None:
        self.read = as_read(card, self.properties)
        super().__init__(data, initial=self.read, prefix=f"c{card.id}")
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.label = words.property_name(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = self._choices(name, field, language)
        self._ask_which_record(card, language)

    def _choices(self, name: str, field: forms.ChoiceField, language: str) -> list[tuple[str, str]]:
        listed = words.choices(self.sort, name, language)
        is_one_of_many = isinstance(field, forms.MultipleChoiceField)
        return listed if field.required or is_one_of_many else [("", "—"), *listed]

    def _ask_which_record(self, card: Card, language: str) -> None:
        """The record that the proposal speaks of, where there is a choice."""
        things = [card.match] if card.match else [candidate.thing for candidate in card.candidates]
        if card.verdict == "new" or not things:
            return
        listed = [(thing.id, thing.name(language)) for thing in things] + [(NEW_RECORD, now("a new record"))]
        first = [] if card.match else [("", now("choose"))]
        self.fields["record"] = forms.ChoiceField(
            label=_("Which record"),
            choices=first + listed,
            error_messages={"required": _("Choose first which record this is, or that it is a new one.")},
        )

    def changes(self) -> dict[str, Any]:
        """What differs from what was read; None takes a claim away."""
        given = {name: self.cleaned_data.get(name) for name in self.properties}
        return {
            name: value if value not in ("", [], False) else None
            for name, value in given.items()
            if not _same(value, self.read.get(name))
        }


def _same(one: object, other: object) -> bool:
    empty = ("", [], None, False)
    return (one in empty and other in empty) or one == other


def as_read(card: Card, properties: Iterable[str]) -> dict[str, Any]:
    """The card's values by property; a list where several stand."""
    found: dict[str, Any] = {}
    for name in properties:
        values = [claim.value for claim in card.claims if claim.property == name and claim.value is not None]
        if name in LIST_FIELDS or name == "areas":
            found[name] = [str(value) for value in values]
        elif values:
            found[name] = values[0]
    return found


def _text(**options: Any) -> forms.CharField:
    return forms.CharField(**{"max_length": 500, **options})


def _maybe() -> forms.CharField:
    return _text(required=False)


class ActivityCorrection(Correction):
    sort = "activity"
    properties = ("title", "kind", "status", "when", "areas", "places", "participants", "is_recurring")
    title = _text(error_messages={"required": _("An activity needs a title.")})
    kind = forms.ChoiceField()
    status = forms.ChoiceField()
    when = DateField()
    areas = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    places = LinesField()
    participants = LinesField()
    is_recurring = forms.BooleanField(required=False)


class TieCorrection(Correction):
    sort = "tie"
    properties = ("places", "kind", "since")
    places = LinesField(
        error_messages={"required": _("A tie joins two places: write both, one a line.")}, required=True
    )
    kind = forms.ChoiceField()
    since = DateField()


class PersonCorrection(Correction):
    sort = "person"
    properties = ("name", "role", "post", "represents", "person_class")
    name = _text(error_messages={"required": _("A person needs a name.")})
    role = _maybe()
    post = forms.ChoiceField(required=False)
    represents = _maybe()
    person_class = forms.ChoiceField(required=False)


class OrganisationCorrection(Correction):
    sort = "organisation"
    properties = ("name", "place")
    name = _text(error_messages={"required": _("An organisation needs a name.")})
    place = _maybe()


class LandmarkCorrection(Correction):
    sort = "landmark"
    properties = ("name", "kind", "place", "partner", "honours")
    name = _text(error_messages={"required": _("A landmark needs a name.")})
    kind = forms.ChoiceField()
    place = _maybe()
    partner = _maybe()
    honours = _maybe()


class PromiseCorrection(Correction):
    sort = "commitment"
    properties = ("what", "side", "owner", "due")
    what = _text(error_messages={"required": _("Write what was promised.")})
    side = _maybe()
    owner = _maybe()
    due = DateField()


class SayingCorrection(Correction):
    sort = "saying"
    properties = ("speaker",)
    speaker = _text(error_messages={"required": _("Write who said it.")})


FORMS: dict[str, type[Correction]] = {
    form.sort: form
    for form in (
        ActivityCorrection,
        TieCorrection,
        PersonCorrection,
        OrganisationCorrection,
        LandmarkCorrection,
        PromiseCorrection,
        SayingCorrection,
    )
}


def correction_for(card: Card, language: str, data: QueryDict | None = None) -> Correction:
    """The form that corrects a card; ValueError for a sort that has none."""
    form = FORMS.get(card.sort)
    if form is None:
        raise ValueError(f"no correction form for {card.sort!r}; known: {', '.join(FORMS)}")
    return form(card, language, data)
