"""The form of a watched address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import watch_words


class WatchForm(forms.Form):
    """An address to be watched, or with `is_new` False only how it is watched."""

    address = forms.CharField(
        label=_("Address of a page or feed"),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
        help_text=_(
            "A page of news, an RSS or Atom feed, or a sitemap. Of a feed, new entries are taken in one by one."
        ),
        error_messages={"required": _("Write the address first.")},
    )
    name = forms.CharField(label=_("What we call it"), required=False, max_length=300)
    publisher = forms.CharField(label=_("Published by"), required=False, max_length=300)
    every_hours = forms.TypedChoiceField(
        label=_("How often"), coerce=int, choices=list(watch_words.INTERVALS.items()), initial=24
    )
    silent_days = forms.TypedChoiceField(
        label=_("Alarm after"), coerce=int, choices=list(watch_words.SILENCES.items()), initial=60
    )

    def __init__(self, *args: object, is_new: bool = True, **options: object) -> None:
        super().__init__(*args, **options)
        if not is_new:
            del self.fields["address"]
