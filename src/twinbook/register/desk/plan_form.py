"""The forms of a plan: one line of it, and what became of the line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import plan_words, words
from twinbook.register.desk.forms import DateField
from twinbook.register.queries.plans import OUTCOMES, PlanLineShown, Proof
from twinbook.register.queries.values import Thing
from twinbook.register.workflow.plans import LineGiven
from twinbook.vocabulary.date_words import edtf_words

# What partners pay in, beside the currency of the office's own country (ISO 4217).
CURRENCIES = ("RUB", "JPY", "EUR", "USD", "CNY", "KRW", "MNT", "GBP", "PLN", "CZK", "RSD", "KZT", "BYN", "BRL", "CHF")


class LineForm(forms.Form):
    """A line of the plan: what, with whom, when, who answers for it, how many people, how much money."""

    title = forms.CharField(label=_("What"), max_length=300, error_messages={"required": _("Write what is planned.")})
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    when = DateField(label=_("When"))
    owner = forms.CharField(label=_("Responsible"), required=False, max_length=200)
    people_out = forms.IntegerField(label=_("People to send"), required=False, min_value=0, max_value=1_000_000)
    people_in = forms.IntegerField(label=_("People to receive"), required=False, min_value=0, max_value=1_000_000)
    cost = forms.DecimalField(label=_("Money"), required=False, min_value=0, max_digits=14, decimal_places=2)
    currency = forms.ChoiceField(label=_("Currency"), required=False)

    def __init__(self, language: str, partners: tuple[Thing, ...], country: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix, self.language = "", language
        self.fields["partner"].choices = [("", "—"), *((one.id, one.name(language)) for one in partners)]
        self.fields["area"].choices = [("", "—"), *words.choices("activity", "areas", language)]
        self.fields["currency"].choices = currencies(country, language)
        self.fields["currency"].initial = currency_of(country)
        for tag, name in settings.LANGUAGES:
            if tag != language:
                self.fields[f"title_{tag}"] = forms.CharField(label=name, required=False, max_length=300)

    def other_titles(self) -> Iterator[forms.BoundField]:
        """The fields of the title in the other languages of the desk."""
        return (self[name] for name in self.fields if name.startswith("title_"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("cost") is not None and not data.get("currency"):
            self.add_error("currency", _("Choose the currency of the money."))
        return data

    def given(self, kept: Mapping[str, str] | None = None) -> LineGiven:
        """What was written; `kept` are titles in languages that the form does not show."""
        data = self.cleaned_data
        title = dict(kept or {}) | {self.language: data["title"]}
        title |= {name[6:]: data[name] for name in self.fields if name.startswith("title_")}
        return LineGiven(
            title,
            data["partner"],
            data["area"],
            data["when"],
            data["owner"],
            data["people_out"],
            data["people_in"],
            data["cost"],
            data["currency"] if data["cost"] is not None else "",
        )


class OutcomeForm(forms.Form):
    """What became of a line, with the fact that proves it and what it cost."""

    outcome = forms.ChoiceField(label=_("What became of it"), required=False)
    activity = forms.ChoiceField(
        label=_("The fact that proves it"),
        required=False,
        help_text=_("Activities held in the year; those with the line’s partner come first."),
    )
    spent = forms.DecimalField(label=_("Money spent"), required=False, min_value=0, max_digits=14, decimal_places=2)
    note = forms.CharField(label=_("Note"), required=False, max_length=600)

    def __init__(self, language: str, line: PlanLineShown, held: tuple[Proof, ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        listed = [(code, plan_words.OUTCOMES[code]) for code in OUTCOMES]
        self.fields["outcome"].choices = [("", plan_words.OUTCOMES[""]), *listed]
        near = sorted(held, key=lambda one: not (line.partner and line.partner.id in one.partners))
        self.fields["activity"].choices = [("", "—"), *((one.thing.id, _told(one, language)) for one in near)]
        if line.activity and line.activity.id not in {one.thing.id for one in held}:
            self.fields["activity"].choices += [(line.activity.id, line.activity.name(language))]
        self.fields["spent"].label = f"{_('Money spent')}, {line.currency}" if line.currency else _("Money spent")
        if not line.currency:
            del self.fields["spent"]


def initial_of(line: PlanLineShown, language: str) -> dict[str, object]:
    """A line as the first values of LineForm."""
    return {
        "title": line.title.get(language, ""),
        "partner": line.partner.id if line.partner else "",
        "area": line.area,
        "when": line.when.edtf if line.when else "",
        "owner": line.owner,
        "people_out": line.people_out,
        "people_in": line.people_in,
        "cost": as_typed(line.cost),
        **({"currency": line.currency} if line.currency else {}),
        **{f"title_{tag}": line.title.get(tag, "") for tag, _name in settings.LANGUAGES},
    }


def as_typed(amount: float | None) -> str:
    """An amount as a person would type it: 90000, 12.50; empty for none."""
    return "" if amount is None else f"{amount:.2f}".removesuffix(".00")


def currencies(country: str, language: str) -> list[tuple[str, str]]:
    """Currencies to choose from: the country's own first; each with its name (CLDR)."""
    codes = dict.fromkeys([*filter(None, [currency_of(country)]), *CURRENCIES])
    return [
        ("", "—"),
        *((code, f"{code} – {get_currency_name(code, locale=Locale.parse(language))}") for code in codes),
    ]


def currency_of(country: str) -> str:
    """A country's own currency; empty where none is known."""
    found = get_territory_currencies(country) if country else []
    return str(found[0]) if found else ""


def _told(proof: Proof, language: str) -> str:
    day = edtf_words(proof.when.edtf, language) if proof.when else ""
    return f"{day} · {proof.thing.name(language)}"[:160]
