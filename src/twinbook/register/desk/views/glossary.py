"""The words of the field in every language that has them, with their meaning."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from twinbook.register.desk.doors import needs
from twinbook.register.desk.terms import TERMS
from twinbook.vocabulary.concept import Concept, concepts

SCHEMES = {
    "tie_kinds": _("Levels of a tie"),
    "agreement_kinds": _("Papers"),
    "activity_kinds": _("Activities"),
    "statuses": _("How firm"),
    "areas": _("Areas of cooperation"),
    "landmark_kinds": _("Landmarks"),
    "posts": _("Posts"),
}


@dataclass(frozen=True)
class Row:
    """One concept: (language tag, label) pairs and its meaning in the user's language."""

    labels: tuple[tuple[str, str], ...]
    definition: str


@needs("own")
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All schemes that officers meet."""
    language = translation.get_language() or "en"
    schemes = [
        {"label": label, "rows": [_row(concept, language) for concept in concepts(scheme).values()]}
        for scheme, label in SCHEMES.items()
    ]
    schemes.insert(0, {"label": _("Words of the desk"), "rows": [_term(*term) for term in TERMS]})
    return render(request, "desk/glossary.html", {"schemes": schemes, "languages": settings.LANGUAGES})


def _term(name: Promise, meaning: Promise) -> Row:
    labels = []
    for tag, _name in settings.LANGUAGES:
        with translation.override(tag):
            labels.append((tag, str(name)))
    return Row(tuple(labels), str(meaning))


def _row(concept: Concept, language: str) -> Row:
    words = concept.words.get(language) or concept.words.get("en")
    labels = tuple((tag, concept.label(tag)) for tag, _name in settings.LANGUAGES)
    return Row(labels, words.definition if words else "")
