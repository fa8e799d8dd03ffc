"""Forms about accounts and second factors."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from twinbook.register.desk.role_words import ROLES, TASKS


def role_choices() -> list[tuple[str, str]]:
    return [(code, f"{name}: {TASKS[code]}") for code, name in ROLES.items()]


class RolesForm(forms.Form):
    """The roles of an account; several may be held by one person."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=role_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})


class InviteForm(RolesForm):
    """Who is invited."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        error_messages={"required": _("Write a user name.")},
    )
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    field_order = ["username", "first_name", "last_name", "roles"]


class FirstPasswordForm(SetPasswordForm):
    """The password that an invited person chooses."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}),
        help_text=_("The six figures that the app shows now, or one of your recovery codes."),
        error_messages={"required": _("Write the code first.")},
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
