"""The office's own papers as downloads from the desk: made of the office's edition, never kept on a public path."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from twinbook.project import office
from twinbook.project.city import offices
from twinbook.publishing.edition import Edition, make_editions
from twinbook.publishing.publication import publications
from twinbook.register.desk.doors import needs
from twinbook.register.queries.records import dossier

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LANGUAGES = ("ru", "en", "ja")


@needs("read")
@require_GET
def paper(request: HttpRequest, publication: str, record: str, form: str) -> HttpResponse:
    """One paper on one partner, in the language of the desk or in `?language=`; 404 where there is no such partner."""
    found = publications().get(publication)
    about = dossier(record)
    if found is None or about is None or form not in TYPES:
        raise Http404
    asked = request.GET.get("language", "") or (translation.get_language() or "en")[:2]
    language = asked if asked in LANGUAGES else "en"
    edition = _edition(language, about.partner.id)
    for made in found.render({language: edition}, ()):
        if made.form.lower() == form:
            answer = HttpResponse(made.body, content_type=TYPES[form])
            answer["Content-Disposition"] = f'attachment; filename="{made.path.rpartition("/")[2]}"'
            return answer
    raise Http404


def _edition(language: str, partner: str) -> Edition:
    """The office's edition with one partner alone."""
    city = offices(office.home())
    order = (language, *(other for other in LANGUAGES if other != language))
    edition = make_editions(order, at=timezone.now(), office=city.offices, audience="office")[language]
    partners = tuple(one for one in edition.partners if one.place.key == partner)
    if not partners:
        raise Http404
    return replace(edition, partners=partners)


app_name = "papers"
urlpatterns: list[URLPattern] = [
    path("papers/<slug:publication>/<slug:record>.<slug:form>", paper, name="paper"),
]
