"""The form that makes a calendar's address."""

from __future__ import annotations

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import words
from twinbook.register.queries.lists import PartnerLine

AUDIENCES = [
    ("office", _("The office: everything, with its promises")),
    ("public", _("The public: what the public site shows")),
]
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("ja", "日本語")]


class CalendarLinkForm(forms.Form):
    """Whom the address is for, what it shows, of which partner, in which language."""

    name = forms.CharField(
        label=_("Whom it is for"),
        max_length=120,
        help_text=_("A person or a screen, so that you know later which address to revoke."),
        error_messages={"required": _("Write whom the address is for.")},
    )
    audience = forms.ChoiceField(label=_("What it shows"), choices=AUDIENCES)
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: object, partners: tuple[PartnerLine, ...], **options: object) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        here = translation.get_language() or "en"
        named = [(line.partner.id, words.thing_name(line.partner, here)) for line in partners]
        self.fields["partner"].choices = [("", _("All partners")), *named]
