"""The hand-over as a download from the desk, and what papers of the office share; others are drafted and kept first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from twinbook.project import office
from twinbook.project.city import offices
from twinbook.publishing.edition import Edition, make_editions
from twinbook.publishing.publications.briefing.handover import PRINT as HANDOVER_PRINT
from twinbook.publishing.publications.briefing.handover import handover as handover_of
from twinbook.publishing.rendering.office_file import render_docx
from twinbook.publishing.rendering.paper import as_data
from twinbook.publishing.rendering.pdf import render_pdf
from twinbook.register.desk.doors import needs

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LANGUAGES = ("ru", "en", "ja")


@needs("read")
@require_GET
def handover(request: HttpRequest, form: str) -> HttpResponse:
    """What a successor must know of all partners, in the language of the desk."""
    if form not in TYPES:
        raise Http404
    here = (translation.get_language() or "en")[:2]
    language = here if here in LANGUAGES else "en"
    edition = _office_edition(language)
    document = handover_of(edition)
    if form == "pdf":
        body = render_pdf(HANDOVER_PRINT, as_data(document), made_at=edition.at)
    else:
        body = render_docx(document, made_at=edition.at)
    answer = HttpResponse(body, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="handover-{edition.at:%Y-%m-%d}-{language}.{form}"'
    return answer


def _office_edition(language: str) -> Edition:
    city = offices(office.home())
    order = (language, *(other for other in LANGUAGES if other != language))
    return make_editions(order, at=timezone.now(), office=city.offices, audience="office")[language]


app_name = "papers"
urlpatterns: list[URLPattern] = [
    path("papers/handover.<slug:form>", handover, name="handover"),
]
