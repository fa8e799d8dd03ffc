"""The form of a briefing: when the meeting is, who comes, what is to be spoken about, in which two languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from twinbook.register.queries.values import PersonShown, PostShown
from twinbook.vocabulary.concept import concepts

MOST_LANGUAGES, MOST_LINES = 2, 30


class BriefingForm(forms.Form):
    """`partner_people` and `own_people` are officials of the register, those in office first."""

    day = forms.DateField(
        label=_("Day of the meeting"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("People are told with the posts that they hold on this day."),
    )  # fmt: skip
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    guests = forms.MultipleChoiceField(
        label=_("Who comes"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose nobody, and the briefing tells the partner’s officials."),
    )  # fmt: skip
    others = forms.CharField(
        label=_("Others who come"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("People whom the register does not name: a line each, with the post."),
    )  # fmt: skip
    own = forms.MultipleChoiceField(label=_("Our side"), required=False, widget=forms.CheckboxSelectMultiple)
    aims = forms.CharField(
        label=_("What we want of it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    topics = forms.CharField(
        label=_("Topics"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A line each. The topics of the last meetings are added."),
    )  # fmt: skip
    language = forms.MultipleChoiceField(
        label=_("Languages, two at most"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose a language for the paper.")},
    )  # fmt: skip

    def __init__(
        self, language: str, partner_people: list[PersonShown], own_people: list[PersonShown], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, people in (("guests", partner_people), ("own", own_people)):
            self.fields[name].choices = [(one.id, told(one, language)) for one in people]
            if not people:
                del self.fields[name]
        self.fields["language"].choices = settings.LANGUAGES

    def clean_language(self) -> list[str]:
        chosen = self.cleaned_data["language"]
        if len(chosen) > MOST_LANGUAGES:
            raise forms.ValidationError(_("Choose two languages at most."))
        return [tag for tag, _name in settings.LANGUAGES if tag in chosen]

    def lines(self, name: str) -> tuple[str, ...]:
        """A text field as its lines."""
        return tuple(line.strip() for line in self.cleaned_data[name].splitlines() if line.strip())[:MOST_LINES]


def told(person: PersonShown, language: str) -> str:
    """A person by name and latest post, for a choice."""
    name = person.thing.name(language)
    post = post_words(person.posts[0], language) if person.posts else ""
    return f"{name} – {post}" if post else name


def post_words(post: PostShown, language: str) -> str:
    """A post as it is called in a language, else by its kind."""
    title = post.title.get(language) or post.title.get("en") or next(iter(post.title.values()), "")
    found = concepts("posts").get(post.post)
    return title or (found.label(language) if found else post.post)
