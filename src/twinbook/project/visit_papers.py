"""Papers of a visit file as PDF and DOCX in any one or two languages; made anew each time, kept nowhere."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET

from twinbook.project.papers import LANGUAGES, TYPES
from twinbook.project.visit_documents import Two, delegation_list, documents
from twinbook.publishing.rendering.office_file import render_docx
from twinbook.publishing.rendering.paper import Document, as_data
from twinbook.publishing.rendering.pdf import render_pdf
from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.views.visit_people import refused
from twinbook.register.queries.visits import VisitFile, journal_line, visit_file
from twinbook.register.workflow.errors import RefusedError
from twinbook.register.workflow.visit_people import see_people

PRINT = Path(__file__).with_name("visit.typ")


@needs("read")
@require_GET
def paper(request: HttpRequest, visit: str) -> HttpResponse:
    """`?paper=programme.pdf&first=ru&second=ja`; the file's own languages where none is named."""
    file = visit_file(visit, timezone.localdate())
    if file is None:
        raise Http404
    code, form = _asked(request)
    make = documents(file, journal_line(visit)).get(code)
    if make is None:
        raise Http404
    two = languages(request, file)
    return as_file(make(two), form, f"{code}-{'-'.join(two.languages)}")


@needs("sensitive")
@require_GET
def delegation(request: HttpRequest, visit: str) -> HttpResponse:
    """Names and posts in the two languages, for those who need to know; that it was taken is written down."""
    file = visit_file(visit, timezone.localdate())
    if file is None:
        raise Http404
    _code, form = _asked(request)
    try:
        people = see_people(visit, by=request.user, at=timezone.now(), act="download")
    except RefusedError as error:
        return refused(request, words.refusal(error))
    two = languages(request, file)
    return as_file(delegation_list(file, two, people), form, f"delegation-{'-'.join(two.languages)}")


def _asked(request: HttpRequest) -> tuple[str, str]:
    """The code of the paper and the form of the file; Http404 where there is no such form."""
    code, _, form = request.GET.get("paper", "").rpartition(".")
    if form not in TYPES:
        raise Http404
    return code, form


def languages(request: HttpRequest, file: VisitFile) -> Two:
    """The languages asked for, each once; else those of the file."""
    asked = [request.GET.get(name, "") for name in ("first", "second")]
    known = list(dict.fromkeys(tag for tag in asked if tag in LANGUAGES))
    return Two(tuple(known) or tuple(file.languages) or LANGUAGES[:1])


def as_file(document: Document, form: str, name: str) -> HttpResponse:
    """The document as a download."""
    now = timezone.now()
    is_pdf = form == "pdf"
    body = render_pdf(PRINT, as_data(document), made_at=now) if is_pdf else render_docx(document, made_at=now)
    heads = {"Content-Disposition": f'attachment; filename="visit-{name}.{form}"'}
    return HttpResponse(body, content_type=TYPES[form], headers=heads)


app_name = "visit-papers"
urlpatterns: list[URLPattern] = [
    path("visits/<slug:visit>/paper/", paper, name="visit-paper"),
    path("visits/<slug:visit>/delegation/", delegation, name="visit-delegation"),
]
