"""Forms of a visit file: the request, its basics, the programme, tasks, the estimate, the journal line, the report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from babel import Locale
from django import forms
from django.contrib.auth.models import User
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import visit_words
from twinbook.register.queries.lists import partners
from twinbook.register.queries.visit_people import Person
from twinbook.register.queries.visits import Hour, VisitFile
from twinbook.register.workflow import visit as acts
from twinbook.register.workflow import visit_people

LANGUAGES = ("ru", "ja", "en")  # those that papers have words for
MOST_PEOPLE = 5000


def language_here() -> str:
    """The user's language, of LANGUAGES."""
    here = (get_language() or "en")[:2]
    return here if here in LANGUAGES else "en"


def language_name(tag: str) -> str:
    """A language by its name in the user's language."""
    return str(Locale.parse(language_here()).languages.get(tag, tag))


class DayField(forms.DateField):
    """One whole day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        words = {"invalid": _("Write the day as 2026-05-17.")}
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], error_messages=words, **options)


class ClockField(forms.TimeField):
    """A time of the day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        words = {"invalid": _("Write the time as 14:30.")}
        super().__init__(widget=widget, input_formats=["%H:%M", "%H:%M:%S"], error_messages=words, **options)


def _long(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, required=False, **{"max_length": 20_000, **options})


def _short(label: Any, most: int = 300, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **{"required": False, **options})


class VisitPart(forms.Form):
    """A form without colons; `two(name)` gives what was written in the two languages of the visit."""

    languages: tuple[str, ...] = ()
    ROWS: tuple[tuple[str, ...], ...] = ()  # names of the fields that stand side by side

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand on the page."""
        return [[self[name] for name in row] for row in self.ROWS]

    def two(self, name: str) -> dict[str, str]:
        """The text by language of the fields NAME_1 and NAME_2."""
        return {tag: self.cleaned_data[f"{name}_{n}"] for n, tag in enumerate(self.languages, 1)}


class RequestForm(VisitPart):
    """Who asked for what: enough to open a file."""

    ROWS = (
        ("partner", "body"),
        ("language_1", "language_2"),
        ("title_1", "title_2"),
        ("first_day", "last_day"),
        ("requested_on", "guests"),
        ("request",),
        ("purpose_1", "purpose_2"),
    )

    title_1 = _short(_("Name of the visit, in our language"), required=True, error_messages={
        "required": _("Give the visit a name.")})  # fmt: skip
    title_2 = _short(_("The same in their language"))
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    body = _short(_("Who comes or who invites: the body, its head, its country"))
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))
    requested_on = DayField(label=_("Day of the request"), required=False)
    request = _long(_("Words of the request"), help_text=_("Paste the letter or note; what waits for an answer."))
    purpose_1 = _long(_("Purpose, in our language"), 2, max_length=2000)
    purpose_2 = _long(_("Purpose, in their language"), 2, max_length=2000)
    guests = forms.IntegerField(label=_("Guests"), min_value=0, max_value=MOST_PEOPLE, initial=0)
    language_1 = forms.ChoiceField(label=_("Our language"))
    language_2 = forms.ChoiceField(label=_("Their language"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(tag, language_name(tag)) for tag in LANGUAGES]
        here = language_here()
        self.fields["partner"].choices = [("", gettext("none of our partners")), *_partners()]
        for number, first in ((1, here), (2, "en" if here != "en" else "ja")):
            self.fields[f"language_{number}"].choices = named
            self.fields[f"language_{number}"].initial = first

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.languages = (data.get("language_1", ""), data.get("language_2", ""))
        if self.languages[0] == self.languages[1]:
            self.add_error("language_2", _("Choose two different languages."))
        return data

    def values(self) -> dict[str, Any]:
        """What the workflow is given."""
        plain = ("body", "first_day", "last_day", "requested_on", "request", "guests", "partner")
        data = {name: self.cleaned_data[name] for name in plain}
        return data | {"purpose": self.two("purpose"), "languages": self.languages}


class NewVisitForm(RequestForm):
    """The request that opens a file."""

    ROWS = (("direction",), *RequestForm.ROWS)
    direction = forms.ChoiceField(
        label=_("Direction"), choices=list(visit_words.DIRECTIONS.items()), widget=forms.RadioSelect, initial="incoming"
    )

    def save(self, *, by: User, at: datetime) -> str:
        """Open the file; returns its id."""
        given = self.values() | {"direction": self.cleaned_data["direction"]}
        return acts.open_visit(self.two("title"), **given, by=by, at=at)


class BasicsForm(RequestForm):
    """The same later on, with topics, place and heads."""

    ROWS = (*RequestForm.ROWS, ("topics_1", "topics_2"), ("place", "responsible", "ours"))

    topics_1 = _long(_("Topics, in our language"), 3, max_length=2000)
    topics_2 = _long(_("Topics, in their language"), 3, max_length=2000)
    place = _short(_("Place"))
    responsible = _short(_("Responsible officer"), 200)
    ours = forms.IntegerField(label=_("People of our city"), min_value=0, max_value=MOST_PEOPLE, initial=0)

    def __init__(self, file: VisitFile, *args: Any, **options: Any) -> None:
        plain = ("body", "request", "requested_on", "place", "responsible")
        first = {name: getattr(file, name) for name in plain}
        plain_of_line = ("first_day", "last_day", "guests", "ours")
        first |= {name: getattr(file.line, name) for name in plain_of_line}
        first |= {"partner": file.line.partner.id if file.line.partner else ""}
        for number, tag in enumerate(file.languages, 1):
            first[f"language_{number}"] = tag
            first[f"title_{number}"] = file.line.title.get(tag, "")
            first[f"purpose_{number}"], first[f"topics_{number}"] = file.purpose.get(tag, ""), file.topics.get(tag, "")
        super().__init__(*args, initial=first, **options)

    def save(self, file: VisitFile, *, by: User, at: datetime) -> None:
        plain = {name: self.cleaned_data[name] for name in ("place", "responsible", "ours")}
        given = self.values() | plain | {"title": self.two("title"), "topics": self.two("topics")}
        acts.change_visit(file.id, **given, by=by, at=at)


class HourForm(VisitPart):
    """An entry of the programme, new or to change."""

    ROWS = (("day", "begins", "ends"), ("what_1", "what_2"), ("place_1", "place_2"), ("work",), ("is_for_guests",))

    hour = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    day = DayField(label=_("Day"))
    begins = ClockField(label=_("Begins"), required=False)
    ends = ClockField(label=_("Ends"), required=False)
    what_1 = _short(_("What happens"), required=True, error_messages={"required": _("Write what happens.")})
    what_2 = _short(_("What happens"))
    place_1 = _short(_("Place"))
    place_2 = _short(_("Place"))
    work = _long(
        _("For us alone: who meets, cars, rooms, interpreters"),
        2,
        max_length=2000,
        help_text=_("Stands in the working programme only."),
    )
    is_for_guests = forms.BooleanField(label=_("In the guests’ programme too"), required=False, initial=True)

    def __init__(self, file: VisitFile, *args: Any, hour: Hour | None = None, **options: Any) -> None:
        first: dict[str, Any] = {"day": file.hours[-1].day if file.hours else file.line.first_day}
        if hour is not None:
            plain = ("day", "begins", "ends", "work", "is_for_guests")
            first = {name: getattr(hour, name) for name in plain} | {"hour": hour.id}
            for number, tag in enumerate(file.languages, 1):
                first[f"what_{number}"], first[f"place_{number}"] = hour.what.get(tag, ""), hour.place.get(tag, "")
        super().__init__(*args, initial=first, **options)
        self.languages = file.languages
        for number, tag in enumerate(file.languages, 1):
            for name in ("what", "place"):
                field = self.fields[f"{name}_{number}"]
                field.label = f"{field.label} ({language_name(tag)})"
                field.widget.attrs["lang"] = tag

    def save(self, file: VisitFile, *, by: User, at: datetime) -> None:
        plain = ("day", "begins", "ends", "work", "is_for_guests")
        given = {name: self.cleaned_data[name] for name in plain}
        given |= {"what": self.two("what"), "place": self.two("place")}
        if hour := self.cleaned_data["hour"]:
            acts.change_hour(file.id, hour, **given, by=by, at=at)
        else:
            acts.add_hour(file.id, **given, by=by, at=at)


class TaskForm(VisitPart):
    """A task for a department."""

    ROWS = (("department",), ("what",), ("due",))

    department = _short(_("Department"), 200, required=True)
    what = _short(_("Task"), 500, required=True)
    due = DayField(label=_("Until"), required=False)

    def __init__(self, file: VisitFile, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)

    def save(self, file: VisitFile, *, by: User, at: datetime) -> None:
        acts.add_task(file.id, **self.cleaned_data, by=by, at=at)


class CostForm(VisitPart):
    """A line of the estimate, by a norm or free."""

    ROWS = (("norm", "what"), ("rate", "people", "times"))

    norm = forms.ChoiceField(label=_("Norm"), required=False)
    what = _short(_("What it is for"), help_text=_("Empty: the words of the norm."))
    rate = forms.DecimalField(
        label=_("Rate"), min_value=0, max_digits=12, decimal_places=2, required=False,
        help_text=_("Empty: the rate of the norm."),
    )  # fmt: skip
    people = forms.IntegerField(label=_("People or things"), min_value=1, max_value=MOST_PEOPLE, initial=1)
    times = forms.IntegerField(label=_("Days, nights or hours"), min_value=1, max_value=MOST_PEOPLE, initial=1)

    def __init__(self, file: VisitFile, *args: Any, **options: Any) -> None:
        super().__init__(*args, initial={"people": max(file.line.guests, 1)}, **options)
        here = language_here()
        named = [
            (one.code, f"{_words_in(one.what, here)}: {one.rate} / {visit_words.UNITS[one.per]}") for one in file.norms
        ]
        self.fields["norm"].choices = [("", gettext("without a norm")), *named]

    def save(self, file: VisitFile, *, by: User, at: datetime) -> None:
        acts.add_cost(file.id, **self.cleaned_data, by=by, at=at)


class JournalForm(VisitPart):
    """What the journal of receptions still needs."""

    ROWS = (("said",), ("own_staff",), ("permitted_by",), ("sent_to",))

    said = _long(_("What was said, in short"))
    own_staff = _long(_("Own staff present"), 2)
    permitted_by = _short(_("Permitted by"))
    sent_to = _short(_("Report sent to"))

    def __init__(self, file: VisitFile, *args: Any, **options: Any) -> None:
        first = {name: getattr(file, name) for name in ("said", "own_staff", "permitted_by", "sent_to")}
        super().__init__(*args, initial=first, **options)

    def save(self, file: VisitFile, *, by: User, at: datetime) -> None:
        acts.change_visit(file.id, **self.cleaned_data, by=by, at=at)


class ReportForm(VisitPart):
    """The report."""

    report = _long(_("Report"), 16, max_length=100_000)

    def __init__(self, file: VisitFile, *args: Any, prefilled: str = "", **options: Any) -> None:
        super().__init__(*args, initial={"report": prefilled or file.report}, **options)

    def save(self, file: VisitFile, *, by: User, at: datetime) -> None:
        acts.change_visit(file.id, report=self.cleaned_data["report"], by=by, at=at)


class PersonForm(VisitPart):
    """A participant, new or to change."""

    ROWS = (
        ("side", "is_minor"),
        ("name", "other_name"),
        ("post", "other_post"),
        ("consent_by", "consent_scope", "consent_on"),
        ("born", "document"),
        ("contact", "needs"),
    )
    person = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    side = forms.ChoiceField(label=_("Side"), choices=list(visit_words.SIDES.items()))
    is_minor = forms.BooleanField(label=_("A minor"), required=False)
    name = _short(
        pgettext_lazy("of a person", "Name"), required=True, error_messages={"required": _("A person needs a name.")}
    )
    other_name = _short(pgettext_lazy("of a person", "Name"))
    post = _short(_("Post"))
    other_post = _short(_("Post"))
    consent_by = _short(_("Consent given by"), help_text=_("The person; for a minor, who answers for the child."))
    consent_scope = _short(_("Consent to what"))
    consent_on = DayField(label=_("Day of the consent"), required=False)
    born = _short(_("Day of birth"))
    document = _short(_("Document"), help_text=_("Passport or visa: number, until when."))
    contact = _short(_("How to reach them"), 1000)
    needs = _short(_("Needs: diet, health, room"), 1000)

    def __init__(self, file: VisitFile, *args: Any, person: Person | None = None, **options: Any) -> None:
        first: dict[str, Any] = {}
        if person is not None:
            names = [name for name in self.base_fields if name != "person"]
            first = {name: getattr(person, name) for name in names} | {"person": person.id}
        super().__init__(*args, initial=first, **options)
        for names, tag in zip((("name", "post"), ("other_name", "other_post")), file.languages, strict=False):
            for name in names:
                self.fields[name].label = f"{self.fields[name].label} ({language_name(tag)})"
                self.fields[name].widget.attrs["lang"] = tag
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def save(self, file: VisitFile, *, by: User, at: datetime) -> None:
        if person := self.cleaned_data["person"]:
            visit_people.change_person(file.id, person, self.cleaned_data, by=by, at=at)
        else:
            visit_people.add_person(file.id, self.cleaned_data["side"], self.cleaned_data, by=by, at=at)


class RulesForm(VisitPart):
    """A profile of rules as TOML."""

    text = forms.CharField(
        label=_("Rules, norms and tasks"),
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "code-line"}),
        max_length=60_000,
    )


def _partners() -> list[tuple[str, str]]:
    here = language_here()
    return sorted(((line.partner.id, line.partner.name(here)) for line in partners()), key=lambda pair: pair[1])


def _words_in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")
