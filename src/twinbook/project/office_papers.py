"""Papers that the office keeps: plans, reports and briefings drafted from the register, frozen, approved by the head.

A kept paper is its words as they were: what changes in the register later does not change it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from twinbook.project import office
from twinbook.project.city import offices
from twinbook.project.papers import LANGUAGES, TYPES
from twinbook.publishing.edition import Edition, make_editions
from twinbook.publishing.publications import briefing, yearly_plan, yearly_report
from twinbook.publishing.rendering.office_file import render_docx
from twinbook.publishing.rendering.paper import Document, approved, as_data, from_data
from twinbook.publishing.rendering.pdf import render_pdf
from twinbook.publishing.rendering.words import words_of
from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.queries.lists import partners
from twinbook.register.queries.papers import PaperLine, PaperShown
from twinbook.register.queries.papers import paper as paper_of
from twinbook.register.queries.papers import papers as kept_papers
from twinbook.register.workflow import papers as acts
from twinbook.register.workflow.errors import RefusedError

FORMS = {"yearly_plan": yearly_plan.PRINT, "yearly_report": yearly_report.PRINT, "briefing": briefing.PRINT}
OF_YEARS = {"yearly_plan": yearly_plan.draft, "yearly_report": yearly_report.draft}
FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_LANGUAGES = {"briefing": 2}  # of one paper; else each language of the desk


@needs("read", post="plan")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """All papers, the newest first; a POST drafts a report on a year or a briefing on a partner."""
    now = timezone.now()
    if request.method == "POST":
        try:
            return redirect("kept:paper", _drafted(request, now))
        except RefusedError as error:
            messages.error(request, words.refusal(error))
            return redirect("kept:papers")
    context = {
        "papers": kept_papers(),
        "year": yearly_report.reported_year(timezone.localdate()),
        "partners": partners(),
        "here": (translation.get_language() or "en")[:2],
    }
    return render(request, "desk/papers.html", context)


def _drafted(request: HttpRequest, now: datetime) -> str:
    """The id of the new draft; RefusedError where a year or a language was not chosen, Http404 for no such partner."""
    publication = request.POST.get("publication", "")
    if publication not in FORMS:
        raise Http404
    most = MOST_LANGUAGES.get(publication, len(LANGUAGES))
    wanted = [tag for tag in LANGUAGES if tag in request.POST.getlist("language")][:most]
    if not wanted:
        raise acts.NotPossibleError("choose a language", code="paper-language-missing")
    editions = make_editions(wanted, at=now, office=offices(office.home()).offices, audience="office")
    if publication == "briefing":
        partner = request.POST.get("partner", "")
        documents = [briefing.draft(_of_partner(editions[tag], partner)) for tag in wanted]
        year = None
    else:
        partner, year = "", _year(request.POST.get("year", ""))
        documents = [OF_YEARS[publication](editions[tag], year) for tag in wanted]
    return acts.draft_paper(
        publication,
        title=documents[0].title,
        documents=[as_data(one) for one in documents],
        as_known_at=now,
        year=year,
        partner=partner or None,
        by=request.user,
        at=now,
    )


def _of_partner(edition: Edition, partner: str) -> Edition:
    found = tuple(one for one in edition.partners if one.place.key == partner)
    if not found:
        raise Http404
    return replace(edition, partners=found)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR):
        raise acts.NotPossibleError(f"no year {text!r}", code="wrong-value", value=text)
    return int(text)


@needs("read")
@require_GET
def paper(request: HttpRequest, paper: str) -> HttpResponse:
    """A paper as it reads, in one of its languages, with what may be done with it."""
    shown = _found(paper)
    asked = request.GET.get("language", "")
    document = shown.document(asked) or shown.documents[0]
    context = {
        "paper": shown.line,
        "is_whole": shown.is_whole,
        "digest": shown.digest,
        "document": document,
        "is_approvable": shown.line.publication in acts.APPROVED_KINDS,
    }
    return render(request, "desk/paper.html", context)


@needs("read")
@require_GET
def download(request: HttpRequest, paper: str, language: str, form: str) -> HttpResponse:
    """The paper as a file, set from the words that were kept."""
    shown = _found(paper)
    data = shown.document(language)
    if data is None or form not in TYPES:
        raise Http404
    line = shown.line
    document = _with_approval(from_data(data), line)
    if form == "pdf":
        body = render_pdf(FORMS[line.publication], as_data(document), made_at=line.as_known_at)
    else:
        body = render_docx(document, made_at=line.as_known_at)
    answer = HttpResponse(body, content_type=TYPES[form])
    name = f"{line.publication}-{line.year or line.id}-{language}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs("read")
@require_GET
def picture(request: HttpRequest, paper: str, language: str) -> HttpResponse:
    """The paper's chart or map."""
    data = _found(paper).document(language)
    if data is None or not data["picture"]:
        raise Http404
    return HttpResponse(data["picture"], content_type="image/svg+xml")


@needs("read")
@require_GET
def section_picture(request: HttpRequest, paper: str, language: str, place: int) -> HttpResponse:
    """The chart at the end of the paper's section in that place."""
    data = _found(paper).document(language)
    sections = data["sections"] if data else []
    if place >= len(sections) or not sections[place].get("picture"):
        raise Http404
    return HttpResponse(sections[place]["picture"], content_type="image/svg+xml")


@needs("plan")
@require_POST
def keep(request: HttpRequest, paper: str) -> HttpResponse:
    """Freeze a draft."""
    try:
        acts.keep_paper(paper, by=request.user, at=timezone.now())
        messages.success(request, _("The paper is kept: no word of it changes any more."))
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    return redirect("kept:paper", paper)


@needs("approve")
@require_POST
def approve(request: HttpRequest, paper: str) -> HttpResponse:
    """The head's approval."""
    try:
        acts.approve_paper(paper, by=request.user, at=timezone.now())
        messages.success(request, _("The paper is approved."))
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    return redirect("kept:paper", paper)


@needs("plan")
@require_POST
def discard(request: HttpRequest, paper: str) -> HttpResponse:
    """Throw a draft away."""
    try:
        acts.discard_paper(paper, by=request.user, at=timezone.now())
    except RefusedError as error:
        messages.error(request, words.refusal(error))
        return redirect("kept:paper", paper)
    return redirect("kept:papers")


def _with_approval(document: Document, line: PaperLine) -> Document:
    """The document as it was kept, and beside its words who approved it and when."""
    if line.approved_at is None:
        return document
    return approved(document, words_of(document.language), by=line.approved_by, on=timezone.localdate(line.approved_at))


def _found(paper: str) -> PaperShown:
    shown = paper_of(paper)
    if shown is None:
        raise Http404
    return shown


app_name = "kept"
urlpatterns: list[URLPattern] = [
    path("office-papers/", index, name="papers"),
    path("office-papers/<slug:paper>/", paper, name="paper"),
    path("office-papers/<slug:paper>/keep/", keep, name="keep"),
    path("office-papers/<slug:paper>/approve/", approve, name="approve"),
    path("office-papers/<slug:paper>/discard/", discard, name="discard"),
    path("office-papers/<slug:paper>/<slug:language>.svg", picture, name="picture"),
    path("office-papers/<slug:paper>/<slug:language>/<int:place>.svg", section_picture, name="section-picture"),
    path("office-papers/<slug:paper>/<slug:language>.<slug:form>", download, name="download"),
]
