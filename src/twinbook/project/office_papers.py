"""Papers that the office keeps: plans, reports and briefings drafted from the register, frozen, approved by the head.

A kept paper is its words as they were: what changes in the register later does not change it.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from twinbook.project import office
from twinbook.project.city import offices
from twinbook.project.papers import LANGUAGES, TYPES
from twinbook.publishing.edition import NO_TEXT, make_editions
from twinbook.publishing.publications import briefing, yearly_plan, yearly_report
from twinbook.publishing.rendering import own_form
from twinbook.publishing.rendering.editing import Written, as_text, changed
from twinbook.publishing.rendering.office_file import render_docx
from twinbook.publishing.rendering.paper import Document, approved, as_data, from_data, marked_as_draft
from twinbook.publishing.rendering.pdf import render_pdf
from twinbook.publishing.rendering.words import words_of
from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.paper_words import DONE
from twinbook.register.queries import records
from twinbook.register.queries.paper_templates import template_for
from twinbook.register.queries.papers import PaperLine, PaperShown
from twinbook.register.queries.papers import paper as paper_of
from twinbook.register.queries.papers import papers as kept_papers
from twinbook.register.queries.partner_names import partner_names
from twinbook.register.workflow import papers as acts
from twinbook.register.workflow.errors import RefusedError

FORMS = {"yearly_plan": yearly_plan.PRINT, "yearly_report": yearly_report.PRINT, "briefing": briefing.PRINT}
OF_YEARS = {"yearly_plan": yearly_plan.draft, "yearly_report": yearly_report.draft}
FIRST_YEAR, LAST_YEAR = 1900, 2199


@needs("read", post="plan")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """All papers, the newest first; a POST drafts a plan or a report of a year."""
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
        "partners": partner_names((translation.get_language() or "en")[:2]),
        "here": (translation.get_language() or "en")[:2],
    }
    return render(request, "desk/papers.html", context)


def _drafted(request: HttpRequest, now: datetime) -> str:
    """The id of the new draft; RefusedError where a year or a language was not chosen."""
    publication = request.POST.get("publication", "")
    if publication not in OF_YEARS:
        raise Http404
    wanted = [tag for tag in LANGUAGES if tag in request.POST.getlist("language")]
    if not wanted:
        raise acts.NotPossibleError("choose a language", code="paper-language-missing")
    year = _year(request.POST.get("year", ""))
    editions = make_editions(wanted, at=now, office=offices(office.home()).offices, audience="office")
    documents = [OF_YEARS[publication](editions[tag], year) for tag in wanted]
    return acts.draft_paper(
        publication,
        title=documents[0].title,
        documents=[as_data(one) for one in documents],
        as_known_at=now,
        year=year,
        by=request.user,
        at=now,
    )


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
        "is_edited": shown.line.publication in acts.EDITED_KINDS,
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
    document = _as_it_stands(from_data(data), line)
    if form == "pdf":
        body = render_pdf(FORMS[line.publication], as_data(document), made_at=line.as_known_at)
    elif own := template_for(line.publication, language) if "plain" not in request.GET else None:
        body = own_form.fill(own, document, _told(line, document))
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
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, paper: str) -> HttpResponse:
    """The words of a draft as text, section by section, in one of its languages; a POST puts the new ones in."""
    shown = _found(paper)
    language = request.GET.get("language", "") or shown.documents[0]["language"]
    data = shown.document(language)
    if data is None or shown.line.kept_at or shown.line.publication not in acts.EDITED_KINDS:
        raise Http404
    document = from_data(data)
    if request.method == "POST":
        texts = zip(request.POST.getlist("heading"), request.POST.getlist("text"), strict=False)
        new = changed(document, request.POST.get("title", ""), [Written(*pair) for pair in texts])
        documents = [as_data(new) if one is data else one for one in shown.documents]
        try:
            acts.change_paper(paper, documents, by=request.user, at=timezone.now())
        except RefusedError as error:
            messages.error(request, words.refusal(error))
        else:
            messages.success(request, str(DONE["changed"]))
        return redirect(f"{reverse('kept:paper', args=[paper])}?language={language}")
    sections = [as_text(one) for one in document.sections]
    context = {"paper": shown.line, "document": document, "sections": sections, "language": language}
    return render(request, "desk/paper_edit.html", context)


@needs("plan")
@require_POST
def keep(request: HttpRequest, paper: str) -> HttpResponse:
    """Freeze a draft; `print` sends the file of that language at once."""
    try:
        acts.keep_paper(paper, by=request.user, at=timezone.now())
        messages.success(request, str(DONE["kept"]))
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        if language := request.POST.get("print", ""):
            return redirect("kept:download", paper, language, "pdf")
    return redirect("kept:paper", paper)


@needs("approve")
@require_POST
def approve(request: HttpRequest, paper: str) -> HttpResponse:
    """The head's approval."""
    try:
        acts.approve_paper(paper, by=request.user, at=timezone.now())
        messages.success(request, str(DONE["approved"]))
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


def _told(line: PaperLine, document: Document) -> dict[str, str]:
    """The words of the city's own form."""
    say = words_of(document.language)
    home = records.home()
    approved_on = timezone.localdate(line.approved_at).isoformat() if line.approved_at else ""
    return {
        "title": document.title,
        "city": home.thing.name(document.language) if home else "",
        "office": getattr(offices(office.home()).offices.get(document.language), "name", NO_TEXT).text,
        "known_on": say.date(timezone.localdate(line.as_known_at).isoformat()),
        "approved_by": line.approved_by,
        "approved_on": say.date(approved_on) if approved_on else "",
        "year": str(line.year or ""),
        "footer": document.footer,
    }


def _as_it_stands(document: Document, line: PaperLine) -> Document:
    """The document as it was kept, and beside its words who approved it, or that it is a draft."""
    words = words_of(document.language)
    if line.kept_at is None:
        return marked_as_draft(document, words)
    if line.approved_at is None:
        return document
    return approved(document, words, by=line.approved_by, on=timezone.localdate(line.approved_at))


def _found(paper: str) -> PaperShown:
    shown = paper_of(paper)
    if shown is None:
        raise Http404
    return shown


app_name = "kept"
urlpatterns: list[URLPattern] = [
    path("office-papers/", index, name="papers"),
    path("office-papers/<slug:paper>/", paper, name="paper"),
    path("office-papers/<slug:paper>/edit/", edit, name="edit-paper"),
    path("office-papers/<slug:paper>/keep/", keep, name="keep"),
    path("office-papers/<slug:paper>/approve/", approve, name="approve"),
    path("office-papers/<slug:paper>/discard/", discard, name="discard"),
    path("office-papers/<slug:paper>/<slug:language>.svg", picture, name="picture"),
    path("office-papers/<slug:paper>/<slug:language>/<int:place>.svg", section_picture, name="section-picture"),
    path("office-papers/<slug:paper>/<slug:language>.<slug:form>", download, name="download"),
]
