"""Forms of the desk, each with its fields named one by one."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk import words
from twinbook.register.queries.values import Stated
from twinbook.vocabulary.date_entry import edtf_of

DATE_HELP = _("As precise as it is known: 2019, 05.2019, 17.05.2019, summer 2018, since 1994, 1994–1999.")


class SignInForm(AuthenticationForm):
    """Name and password; the browser may fill them."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["username"].label = _("User name")
        self.fields["username"].widget.attrs["autocapitalize"] = "none"


class NewPasswordForm(PasswordChangeForm):
    """The old password and the new one twice."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""


class PasteForm(forms.Form):
    """A press release pasted in."""

    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 9}),
        max_length=1_000_000,
        help_text=_("Paste a press release or news story as it is, with its menus and adverts; they are left aside."),
        error_messages={"required": _("Paste the text first.")},
    )
    address = forms.CharField(label=_("Where it stood (address)"), required=False, max_length=2000)
    publisher = forms.CharField(label=_("Published by"), required=False, max_length=300)

    def clean_address(self) -> str:
        return _checked_address(self.cleaned_data["address"])


class AddressForm(forms.Form):
    """A page to be fetched."""

    address = forms.CharField(
        label=_("Address of a page"),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
        error_messages={"required": _("Write the address first.")},
    )

    def clean_address(self) -> str:
        return _checked_address(self.cleaned_data["address"])


def _checked_address(address: str) -> str:
    """Only what can be a link: http or https; the fetching door checks the rest."""
    address = address.strip()
    if address and not address.lower().startswith(("http://", "https://")):
        raise forms.ValidationError(_("An address begins with http:// or https://."))
    return address


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or many files, as a list."""

    widget = ManyFilesInput

    def clean(self, data: object, initial: object = None) -> list[object]:
        given = data if isinstance(data, list | tuple) and data else [None]
        return [super(ManyFilesField, self).clean(one, initial) for one in given]


class FilesForm(forms.Form):
    """Pages as files: HTML, text, PDF, Word, mail."""

    files = ManyFilesField(
        label=_("Files"),
        help_text=_("HTML, text, PDF, DOCX, ODT, mail (EML, MBOX); many at once, 20 MB in all."),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
    )


class ReasonForm(forms.Form):
    """Why something is done; it is kept with the decision."""

    reason = forms.CharField(label=_("Why"), max_length=500, error_messages={"required": _("Say in a few words why.")})


class AmendForm(forms.Form):
    """A person's correction of one statement."""

    value = forms.CharField(label=_("Value"), max_length=2000, error_messages={"required": _("Write the right value.")})
    reason = forms.CharField(label=_("Why"), max_length=500, error_messages={"required": _("Say in a few words why.")})

    def __init__(self, item: Stated, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.item = item
        self.fields["value"].initial = item.value
        if item.property in words.DATES:
            self.fields["value"].help_text = DATE_HELP

    def clean_value(self) -> str:
        text = self.cleaned_data["value"].strip()
        return _checked_date(text) if self.item.property in words.DATES else text


def _checked_date(text: str) -> str:
    try:
        return edtf_of(text)
    except ValueError:
        raise forms.ValidationError(
            _("“%(text)s” is no date. Write 2019, 05.2019, 17.05.2019, summer 2018, since 1994 or 1994–1999.")
            % {"text": text[:60]}
        ) from None


class DateField(forms.CharField):
    """A date as precise as it is known; gives EDTF, or an empty text."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"max_length": 60, "required": False, "help_text": DATE_HELP, **options})

    def clean(self, value: object) -> str:
        text = super().clean(value)
        return _checked_date(text) if text else ""


class PromiseForm(forms.Form):
    """A promise that came out of an activity."""

    what = forms.CharField(
        label=_("What was promised"), max_length=500, error_messages={"required": _("Write what was promised.")}
    )
    owner = forms.CharField(label=_("Responsible"), required=False, max_length=200)
    due = DateField(label=_("Due"))
