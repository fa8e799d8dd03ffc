"""The city's own DOCX forms of its papers: brought in by the head or the administrator, checked, used when printed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from twinbook.project.papers import LANGUAGES, TYPES
from twinbook.publishing.publications import briefing, yearly_plan, yearly_report
from twinbook.publishing.rendering import own_form
from twinbook.register.desk import template_words, words
from twinbook.register.desk.doors import needs
from twinbook.register.queries.paper_templates import template as template_of
from twinbook.register.queries.paper_templates import templates
from twinbook.register.workflow import paper_templates as acts
from twinbook.register.workflow.errors import RefusedError

SECTIONS = {
    "yearly_plan": yearly_plan.BLOCKS,
    "yearly_report": yearly_report.BLOCKS,
    "briefing": briefing.BLOCKS,
}


@needs("templates")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The forms, and what they may ask for; a POST brings one in, or tells all that stands against it."""
    troubles: list[str] = []
    publication = request.POST.get("publication", "yearly_plan")
    if request.method == "POST":
        troubles = _brought_in(request, publication)
        if not troubles:
            messages.success(request, str(template_words.TAKEN))
            return redirect("forms:templates")
    context = {
        "templates": templates(),
        "troubles": troubles,
        "chosen": publication,
        "publications": template_words.PUBLICATIONS,
        "words": [(name, template_words.PLACEHOLDERS[name]) for name in (*own_form.WORDS, *own_form.PARTS)],
        "sections": [(template_words.PUBLICATIONS[slug], slug, names) for slug, names in SECTIONS.items()],
    }
    return render(request, "desk/paper_templates.html", context, status=422 if troubles else 200)


def _brought_in(request: HttpRequest, publication: str) -> list[str]:
    """Keeps the form; where it cannot be taken, why, a sentence each."""
    given, language = request.FILES.get("form"), request.POST.get("language", "")
    if publication not in SECTIONS or language not in LANGUAGES:
        raise Http404
    if given is None:
        return [str(template_words.MISSING)]
    raw = given.read(own_form.LARGEST + 1)
    if found := own_form.troubles(raw, SECTIONS[publication]):
        return [template_words.trouble(one.code, one.word) for one in found]
    acts.keep_template(
        raw, publication=publication, language=language, name=given.name or "", by=request.user, at=timezone.now()
    )
    return []


@needs("templates")
@require_POST
def discard(request: HttpRequest, template: str) -> HttpResponse:
    """Take a form away."""
    try:
        acts.discard_template(template, by=request.user, at=timezone.now())
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    return redirect("forms:templates")


@needs("templates")
@require_GET
def one(request: HttpRequest, template: str) -> HttpResponse:
    """A form as it was brought in."""
    found = template_of(template)
    if found is None:
        raise Http404
    return _docx(found[1], "template")


@needs("templates")
@require_GET
def sample(request: HttpRequest, publication: str, language: str) -> HttpResponse:
    """A form with every placeholder, to begin with."""
    if publication not in SECTIONS or language not in LANGUAGES:
        raise Http404
    body = own_form.sample(own_form.WORDS, SECTIONS[publication], language)
    return _docx(body, f"{publication}-{language}")


def _docx(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=TYPES["docx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return answer


app_name = "forms"
urlpatterns: list[URLPattern] = [
    path("paper-templates/", index, name="templates"),
    path("paper-templates/<slug:template>/discard/", discard, name="discard"),
    path("paper-templates/<slug:template>.docx", one, name="template"),
    path("paper-templates/sample/<slug:publication>/<slug:language>/", sample, name="sample"),
]
