"""Facts that an officer enters by hand: one form for each kind, and the facts they become."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk.corrections import LinesField
from twinbook.register.desk.entry_form import Around, Entry, ThingField, ThingsField, WithScan, countries, languages
from twinbook.register.desk.forms import DateField
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.entries import FIRST, Fact, Named

POSTS_AT_ONCE = 3


class ActivityEntry(WithScan):
    record_kind = "activity"
    in_words = frozenset(["title", "note"])
    title = forms.CharField(max_length=300, error_messages={"required": _("An activity needs a title.")})
    kind = forms.ChoiceField()
    status = forms.ChoiceField(initial="done")
    when = DateField()
    areas = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    people_out = forms.IntegerField(required=False, min_value=0, max_value=100_000)
    people_in = forms.IntegerField(required=False, min_value=0, max_value=100_000)
    participants = ThingsField("people", "bodies")
    note = forms.CharField(required=False, max_length=1000)

    def joins(self) -> list[Given]:
        return [Given("places", place.id) for place in self.around.sides]


class PublicationEntry(WithScan):
    """A book, film, exhibition catalogue or article that came out of the tie."""

    record_kind = "activity"
    in_words = frozenset(["title", "note"])
    title = forms.CharField(max_length=300, error_messages={"required": _("A publication needs a title.")})
    when = DateField(label=_("Published"))
    status = forms.ChoiceField(initial="done")
    areas = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    participants = ThingsField("people", "bodies", label=_("By whom"))
    note = forms.CharField(required=False, max_length=1000, help_text=_("Publisher, number of copies, where it is."))

    def joins(self) -> list[Given]:
        return [Given("kind", "publication"), *(Given("places", place.id) for place in self.around.sides)]


class RouteEntry(Entry):
    """A flight, ferry, train or bus between the two places."""

    record_kind = "activity"
    in_words = frozenset(["title", "season", "note"])
    title = forms.CharField(
        label=_("Route"), max_length=300, error_messages={"required": _("Write from where to where it goes.")}
    )
    operator = forms.CharField(required=False, max_length=200)
    status = forms.ChoiceField(initial="ongoing")
    when = DateField()
    season = forms.CharField(required=False, max_length=200)
    is_recurring = forms.BooleanField(label=_("It goes regularly"), required=False, initial=True)
    note = forms.CharField(required=False, max_length=1000)

    def joins(self) -> list[Given]:
        return [Given("kind", "transport"), *(Given("places", place.id) for place in self.around.sides)]


class StepEntry(Entry):
    record_kind = "step"
    in_words = frozenset(["title", "decider"])
    kind = forms.ChoiceField()
    date = DateField()
    basis = forms.ChoiceField(required=False)
    level = forms.ChoiceField(required=False)
    side = ThingField("sides")
    decider = forms.CharField(required=False, max_length=300)
    agreement = ThingField("papers")
    title = forms.CharField(required=False, max_length=300)

    def joins(self) -> list[Given]:
        return [Given("tie", self.around.tie)]


class AgreementEntry(WithScan):
    """A signed paper, and where it is wanted the step of the tie that it made."""

    record_kind = "agreement"
    in_words = frozenset(["title", "approved_by", "renewal", "original_at", "note"])
    apart = frozenset(["elsewhere", "more_signatories", "step", "level"])
    groups_of = (
        (_("Who signed, and where"), ("signatories", "more_signatories", "signed_in", "elsewhere", "approved_by")),
        (_("How long it runs"), ("valid_until", "renewal")),
        (_("In the life of the tie"), ("step", "level")),
        (_("The paper itself"), ("original_at", "scan", "scan_name", "note")),
    )
    title = forms.CharField(max_length=300, error_messages={"required": _("A paper needs a title.")})
    kind = forms.ChoiceField()
    signed_on = DateField()
    signatories = ThingsField("people")
    more_signatories = LinesField(
        label=_("Others who signed"), help_text=_("One name a line. They are kept as officials.")
    )
    signed_in = ThingField("sides")
    elsewhere = forms.CharField(label=_("… or signed in another place"), required=False, max_length=200)
    approved_by = forms.CharField(
        required=False, max_length=300, help_text=_("The council and its vote, the ministry, the governor.")
    )
    valid_until = DateField()
    renewal = forms.CharField(
        required=False, max_length=300, help_text=_("For example: renewed by itself for five years.")
    )
    step = forms.ChoiceField(
        label=_("It is"),
        required=False,
        choices=[
            ("", _("no step of the tie")),
            ("agreement", _("the agreement that made the tie")),
            ("renewal", _("a renewal")),
            ("level_change", _("a change of level")),
            ("intent", _("a declaration of intent")),
        ],
    )
    level = forms.ChoiceField(label=_("Level of the tie from then on"), required=False)
    original_at = forms.CharField(required=False, max_length=300)
    note = forms.CharField(required=False, max_length=1000)

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(language, *args, **options)
        self.fields["level"].choices = StepEntry(language).fields["level"].choices

    def joins(self) -> list[Given]:
        data = self.cleaned_data
        found = [Given("tie", self.around.tie)]
        found += [
            Given("signatories", Named("person", name, data["text_language"])) for name in data["more_signatories"]
        ]
        if data["elsewhere"]:
            found.append(Given("signed_in", Named("place", data["elsewhere"], data["text_language"])))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("signed_in") and data.get("elsewhere"):
            self.add_error("elsewhere", _("Choose one place or write one, not both."))
        return data

    def facts(self) -> list[Fact]:
        facts, data = super().facts(), self.cleaned_data
        if data["step"]:
            step = [Given("tie", self.around.tie), Given("kind", data["step"]), Given("agreement", FIRST)]
            step += [*self.stated("date", field="signed_on"), *self.stated("level")]
            step += [Given("basis", "signature")] if data["signed_on"] else []
            facts.append(Fact("step", tuple(step)))
        return facts


class GiftEntry(WithScan):
    record_kind = "gift"
    in_words = frozenset(["title", "kept_at", "note"])
    title = forms.CharField(
        label=_("What was given"), max_length=300, error_messages={"required": _("Write what was given.")}
    )
    given_by = ThingField("sides", "bodies", "people")
    given_to = ThingField("sides", "bodies", "people")
    occasion = ThingField("activities")
    when = DateField()
    kept_at = forms.CharField(required=False, max_length=300)
    note = forms.CharField(required=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        sides = [data.get(name) for name in ("given_by", "given_to")]
        if not any(sides):
            self.add_error("given_by", _("Say who gave it or who received it."))
        elif sides[0] == sides[1]:
            self.add_error("given_to", _("Giver and receiver are the same."))
        elif not set(sides) - {"", self.around.home.id if self.around.home else ""}:
            self.add_error("given_to", _("One side of a gift is the partner, or somebody of theirs."))
        return data


class PersonEntry(Entry):
    """A person with up to three posts."""

    record_kind = "person"
    in_words = frozenset(["name", "salutation", "pronunciation", "note"])
    name = forms.CharField(max_length=300, error_messages={"required": _("A person needs a name.")})
    person_class = forms.ChoiceField()
    salutation = forms.CharField(
        required=False, max_length=200, help_text=_("As a letter begins: Dear Mayor Muto, Уважаемый господин мэр, …様.")
    )
    pronunciation = forms.CharField(
        required=False, max_length=200, help_text=_("How the name is said, for those who will say it.")
    )
    note = forms.CharField(required=False, max_length=1000)

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(language, *args, **options)
        self.numbers = range(1, POSTS_AT_ONCE + 1)
        post = PostEntry(language, self.around)
        for number in self.numbers:
            for name in PostEntry.parts:
                if name in post.fields:
                    self.fields[_numbered(name, number)] = PostEntry(language, self.around).fields[name]
        self.apart = frozenset(_numbered(name, number) for number in self.numbers for name in PostEntry.parts)
        self.groups_of = tuple(
            (
                _("Post") if number == 1 else _("Another post"),
                tuple(_numbered(name, number) for name in PostEntry.parts),
            )
            for number in self.numbers
        )
        self.order_fields([name for name in self.fields if name not in Entry.base_fields] + list(Entry.base_fields))

    def facts(self) -> list[Fact]:
        facts = super().facts()
        for number in self.numbers:
            data = {name: self.cleaned_data.get(_numbered(name, number), "") for name in PostEntry.parts}
            if data["post"] or data["title"]:
                given = held(data, self.cleaned_data["text_language"])
                facts.append(Fact("holding", (Given("person", FIRST), *given)))
        return facts


def _numbered(name: str, number: int) -> str:
    return f"post_{name}_{number}"


def held(data: dict[str, str], language: str) -> list[Given]:
    """The statements about a post held."""
    return [
        Given(name, data[name], language=language if name == "title" else "") for name in PostEntry.parts if data[name]
    ]


class PostEntry(Entry):
    """One more post of a person who is on record."""

    record_kind = "holding"
    in_words = frozenset(["title"])
    parts = ("post", "title", "of", "since", "until")
    post = forms.ChoiceField(required=False)
    title = forms.CharField(label=_("Post as it is called"), required=False, max_length=300)
    of = ThingField("sides", "bodies", side="partner", label=_("Where"))
    since = DateField()
    until = DateField()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("post") and not data.get("title"):
            self.add_error("post", _("Choose the post, or write how it is called."))
        return data


class OrganisationEntry(Entry):
    record_kind = "organisation"
    in_words = frozenset(["name", "note"])
    name = forms.CharField(max_length=300, error_messages={"required": _("An organisation needs a name.")})
    kind = forms.CharField(required=False, max_length=60, help_text=_("School, museum, club, company, ministry …"))
    place = ThingField("sides", side="partner", required=True)
    note = forms.CharField(required=False, max_length=1000)


class LandmarkEntry(WithScan):
    record_kind = "landmark"
    in_words = frozenset(["name", "honours", "note"])
    name = forms.CharField(max_length=300, error_messages={"required": _("A landmark needs a name.")})
    kind = forms.ChoiceField()
    place = ThingField("sides", side="home")
    honours = forms.CharField(required=False, max_length=300)
    since = DateField()
    note = forms.CharField(required=False, max_length=1000)

    def joins(self) -> list[Given]:
        return [Given("partner", self.around.partner.id)] if self.around.partner else []


class PromiseEntry(Entry):
    record_kind = "commitment"
    in_words = frozenset(["what"])
    what = forms.CharField(max_length=500, error_messages={"required": _("Write what was promised.")})
    side = ThingField("sides", side="home", label=_("Who promised"))
    owner = forms.CharField(required=False, max_length=200)
    due = DateField()

    def joins(self) -> list[Given]:
        return [Given("tie", self.around.tie), Given("state", "open")]


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
        return [*self.stated("kind"), *self.stated("since")]


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
    "agreement": AgreementEntry,
    "step": StepEntry,
    "commitment": PromiseEntry,
    "person": PersonEntry,
    "organisation": OrganisationEntry,
    "gift": GiftEntry,
    "publication": PublicationEntry,
    "route": RouteEntry,
    "landmark": LandmarkEntry,
}
__all__ = ["ENTRIES", "Around", "Entry", "HomeForm", "PartnerEntry", "PostEntry", "WithScan", "held"]
